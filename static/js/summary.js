// A page with errors begins at its list of errors, and a link in it ends in the control itself.

const summary = document.getElementById("error-summary");

summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  const group = control.closest(".field");
  (group ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
