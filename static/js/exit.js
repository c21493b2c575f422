// "Exit this page": empty the forms, hide the page, and replace it, so that Back does not return to it.
// The browser's history still knows that somebody was here, and the page says so. Where the page belongs to
// somebody who proved an address, their session ends too: the request outlives the page.

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

function endSession() {
  const form = document.querySelector("[data-exit-leave]");
  if (!form) return;
  const sent = { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" };
  fetch(form.action, sent).catch(() => {}); // offline: the page goes all the same
}

function leave() {
  endSession();
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
