// Moving over the timeline by keyboard: arrows to the nearest cell that has something, Backspace a level up.
export function startTimeline() {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, aside") || event.metaKey || event.ctrlKey || event.altKey) {
      return;
    }
    const up = document.querySelector("[data-up=yes]");
    if (event.key === "Backspace" && up) {
      event.preventDefault();
      location.href = up.href;
      return;
    }
    const turn = { ArrowLeft: "back", ArrowRight: "on" }[event.key];
    const leaf = turn && document.querySelector(`[data-turn=${turn}]`);
    if (leaf) {
      location.href = leaf.href;
      return;
    }
    const grid = document.querySelector("[data-cells]");
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (grid && way) {
      event.preventDefault();
      move([...grid.querySelectorAll("a.cell")], way);
    }
  });
}

function move(cells, [dx, dy]) {
  const here = cells.indexOf(document.activeElement);
  if (here < 0) {
    cells[0]?.focus();
    return;
  }
  if (dx !== 0) {
    cells[here + dx]?.focus();
    return;
  }
  const from = middle(cells[here]);
  const beyond = cells.filter((cell) => Math.sign(middle(cell).y - from.y) === dy && Math.abs(middle(cell).y - from.y) > 4);
  const far = (cell) => Math.abs(middle(cell).y - from.y) + 3 * Math.abs(middle(cell).x - from.x);
  beyond.sort((one, other) => far(one) - far(other));
  beyond[0]?.focus();
}

function middle(cell) {
  const box = cell.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
