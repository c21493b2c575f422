// Two minutes before a session ends, a dialog says so and offers to stay. Somebody who types is there: they stay
// without being asked. When it has ended the page goes to where it can be opened again, unless words would be lost.

const WARN_BEFORE = 120;
const ASK_AGAIN = 30;
const dialog = document.querySelector("dialog[data-session]");

function watchOver() {
  const form = dialog.querySelector("form");
  const words = dialog.querySelector("[data-session-words]");
  const back = dialog.querySelector("[data-session-back]");
  let timer = 0;
  let due = 0; // when to ask, by the clock: timers sleep when the machine does
  let heard = Date.now();
  let hasLeft = false;

  const askIn = (seconds) => {
    clearTimeout(timer);
    due = Date.now() + seconds * 1000;
    timer = setTimeout(ask, seconds * 1000);
  };

  async function answerTo(options) {
    const answer = await fetch(dialog.dataset.session, { redirect: "manual", ...options });
    return answer.ok ? answer.json() : null;
  }

  async function ask() {
    document.dispatchEvent(new Event("save-now"));
    try {
      hear(await answerTo({ headers: { "X-Background": "1" } }));
    } catch {
      askIn(ASK_AGAIN); // no connection: nobody can say
    }
  }

  async function stay() {
    if (dialog.open) dialog.close();
    if (hasLeft) return;
    heard = Date.now();
    try {
      hear(await answerTo({ method: "POST", body: new URLSearchParams(new FormData(form)) }));
    } catch {
      askIn(ASK_AGAIN);
    }
  }

  function hear(left) {
    if (hasLeft) return;
    if (!left) ended();
    else if (left.seconds > WARN_BEFORE) {
      if (dialog.open) dialog.close();
      askIn(left.seconds - WARN_BEFORE);
    } else warn(left);
  }

  function warn(left) {
    words.textContent = left.words;
    form.hidden = !left.can_stay;
    if (!dialog.open) dialog.showModal();
    askIn(Math.min(left.seconds + 1, ASK_AGAIN));
  }

  function ended() {
    const isFree = document.dispatchEvent(new Event("session-ended", { cancelable: true }));
    if (isFree) {
      location.replace(location.pathname + location.search);
      return;
    }
    clearTimeout(timer);
    hasLeft = true;
    words.textContent = dialog.dataset.ended;
    form.hidden = true;
    back.hidden = false;
    if (!dialog.open) dialog.showModal();
    back.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  back.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", stay); // Escape
  document.addEventListener("input", (event) => {
    const savesItself = event.target.closest("form[data-autosave]");
    if (!savesItself && !hasLeft && Date.now() - heard > 60_000) stay();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !hasLeft && Date.now() >= due) ask();
  });
  document.addEventListener("leave-at-once", () => {
    hasLeft = true;
    clearTimeout(timer);
  });
  askIn(Math.max(Number(dialog.dataset.seconds) - WARN_BEFORE, 1));
}

if (dialog) watchOver();
