// A form that saves itself: a moment after the last letter, and again until it worked. Nothing is kept in the browser.
// form[data-autosave] holds one line, [data-save-state], which says how it stands, in the words of the server.

const MOMENT_MS = 1200;
const AGAIN_MS = 5000;

function autosave(form) {
  const line = form.querySelector("[data-save-state]");
  let dirty = false; // typed and not yet on its way
  let offline = false; // the last try did not reach us
  let stopped = false; // to try again could only do harm: signed out, sent, saved elsewhere
  let inflight = null;
  let timer = 0;

  const say = (words, isSaved = false) => {
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("save-state--not", !isSaved);
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => save({ byItself: wait !== MOMENT_MS }), wait);
  };

  async function send(byItself) {
    const headers = byItself ? { "X-Autosave": "1", "X-Background": "1" } : { "X-Autosave": "1" };
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(location.href, { method: "POST", headers, body, redirect: "manual" });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, ...(isOurs ? await answer.json() : {}) };
  }

  function heard({ status, words, seen }) {
    offline = false;
    if (status === 200) {
      form.elements.seen.value = seen;
      if (!dirty) document.dispatchEvent(new Event("draft-saved"));
    } else if (status === 503 || status === 429) {
      failed(words);
      return;
    } else stopped = true;
    say(words ?? (status === 403 || status === 0 ? line.dataset.signedOut : line.dataset.refused), status === 200);
  }

  function failed(words) {
    dirty = offline = true;
    say(words ?? line.dataset.offline);
    later(AGAIN_MS);
  }

  function save({ byItself = false } = {}) {
    clearTimeout(timer);
    if (!dirty || stopped || inflight) return inflight ?? Promise.resolve();
    dirty = false;
    inflight = send(byItself)
      .then(heard, () => failed())
      .finally(() => {
        inflight = null;
        if (dirty && !offline) later(MOMENT_MS);
      });
    return inflight;
  }

  form.addEventListener("input", () => {
    dirty = true;
    if (!stopped) later(MOMENT_MS);
  });
  // A save on its way comes first, so that the two do not meet. Without a connection the browser would put its own
  // page in the place of the words: they stay, and the line says why.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (stopped || (!inflight && !offline && navigator.onLine)) {
      dirty = false; // the form takes it along: the page that is left must not save it a second time
      return;
    }
    event.preventDefault();
    dirty = true;
    (inflight ?? save()).then(() => {
      if (!offline) form.requestSubmit(event.submitter);
      else {
        say(line.dataset.stillHere);
        document.dispatchEvent(new Event("still-here"));
      }
    });
  });
  addEventListener("online", () => save({ byItself: true }));
  document.addEventListener("visibilitychange", () => document.hidden && save());
  document.addEventListener("save-now", () => save());
  document.addEventListener("leave-at-once", () => {
    stopped = true; // the form is emptied next: that is not what was typed
    clearTimeout(timer);
  });
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
