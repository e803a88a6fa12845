// Moves the edge between two pictures that lie over each other: by a slider, which keys move too, and
// on the pictures themselves.

function compare(figure) {
  const stack = figure.querySelector(".stack");
  const slider = figure.querySelector("input");
  const show = () => {
    stack.style.setProperty("--edge", `${slider.value}%`);
    const [before, after] = [...figure.querySelectorAll(".end")].map(end => end.innerText);
    slider.setAttribute("aria-valuetext", say("report.edge_at", slider.value, before, after));
  };
  const moveTo = event => {
    const box = stack.getBoundingClientRect();
    slider.value = Math.round(100 * (event.clientX - box.left) / box.width);
    show();
  };
  stack.addEventListener("pointerdown", event => {
    event.preventDefault();
    stack.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  stack.addEventListener("pointermove", event => {
    if (stack.hasPointerCapture(event.pointerId)) {
      moveTo(event);
    }
  });
  slider.addEventListener("input", show);
  language.listeners.push(show);
  show();
}
