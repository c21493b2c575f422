// Questions that follow from an answer: data-when="name=value" or "name=value|value".
// Without this file every question is shown, and the server drops the answers that were not asked for.

function isAnswered(name, values) {
  const controls = document.getElementsByName(name);
  return Array.from(controls).some((control) => {
    const asked = !control.closest("[data-when][hidden]");
    const chosen = control.type === "radio" || control.type === "checkbox" ? control.checked : true;
    return asked && chosen && values.includes(control.value);
  });
}

function update() {
  for (const block of document.querySelectorAll("[data-when]")) {
    const [name, values] = block.dataset.when.split("=");
    block.hidden = !isAnswered(name, values.split("|"));
  }
}

document.addEventListener("change", update);
document.addEventListener("htmx:afterSettle", update);
addEventListener("pageshow", update); // the browser's back button restores answers without a change
update();
