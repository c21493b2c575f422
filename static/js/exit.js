// "Exit this page": empty the forms, hide the page, and replace it, so that Back does not return to it.
// The browser's history still knows that somebody was here, and the page says so.

const link = document.querySelector("[data-exit]");
const PRESSES = 3;
const WITHIN_MS = 3000;
let presses = [];

function empty(form) {
  for (const control of form.elements) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else if (["INPUT", "TEXTAREA"].includes(control.tagName) && control.type !== "hidden") control.value = "";
  }
}

function leave() {
  document.dispatchEvent(new Event("leave-at-once"));
  document.body.hidden = true;
  document.title = "…";
  for (const form of document.forms) empty(form);
  location.replace(link.dataset.exit);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = []; // capital letters are not a wish to leave
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });
}
