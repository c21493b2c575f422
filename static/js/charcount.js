// How much room is left in a long answer. Counted in characters as the server counts them.

function connect(line) {
  const area = document.getElementById(line.dataset.for);
  if (!area) return;
  const limit = Number(line.dataset.limit);
  const numbers = new Intl.NumberFormat(document.documentElement.lang || "en-gb");
  let timer = 0;

  const show = () => {
    const left = limit - Array.from(area.value).length;
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = `${words} ${numbers.format(Math.abs(left))}`;
    line.classList.toggle("charcount--over", left < 0);
  };

  line.id = `${area.id}_count`;
  line.setAttribute("aria-live", "polite");
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400); // a screen reader hears it when the hand rests
  });
  if (area.value) show();
}

document.querySelectorAll(".charcount").forEach(connect);
