// A part of a page that could not be fetched says so; a silent failure would look like a finished act.

const notice = document.querySelector("[data-fragment-error]");

function tell() {
  if (!notice) return;
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:responseError", tell);
document.addEventListener("htmx:sendError", tell);
document.addEventListener("htmx:beforeRequest", () => {
  if (notice) notice.hidden = true;
});
