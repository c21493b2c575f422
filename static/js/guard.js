// Typed words are not left behind without a question. form[data-guard] asks for it.

let unsaved = false;

document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsaved = true;
});
document.addEventListener("submit", () => {
  unsaved = false;
});
document.addEventListener("draft-saved", () => {
  unsaved = false;
});
document.addEventListener("still-here", () => {
  unsaved = true; // it was to be sent, and could not
});
document.addEventListener("session-ended", (event) => {
  if (unsaved) event.preventDefault(); // the page stays, so that the words can be copied
});
document.addEventListener("leave-at-once", () => {
  unsaved = false; // the quick exit never asks
});
addEventListener("pageshow", (event) => {
  if (event.persisted) unsaved = false;
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
