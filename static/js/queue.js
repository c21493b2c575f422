// The day at the queue by keyboard: "/" goes to the search, where nobody is typing; one press ticks every row.
// A list that was fetched anew is a new list: nothing is remembered of the old one.

const isTyping = (place) => place.closest?.("input, textarea, select, [contenteditable]");
const boxes = () => [...document.querySelectorAll("input[type=checkbox][name=ticked]")];

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field || isTyping(event.target)) return;
  event.preventDefault();
  field.focus();
  field.select();
});

function name(button) {
  button.dataset.all ??= button.textContent;
  const every = boxes().length > 0 && boxes().every((box) => box.checked);
  button.textContent = every ? button.dataset.none : button.dataset.all;
  return every;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-tick-all]");
  if (!button) return;
  const every = name(button);
  for (const box of boxes()) box.checked = !every;
  name(button);
});

document.addEventListener("change", (event) => {
  const button = document.querySelector("[data-tick-all]");
  if (button && event.target.name === "ticked") name(button);
});
