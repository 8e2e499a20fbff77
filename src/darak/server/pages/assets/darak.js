// What all pages share: a record opens beside the page it was named on; the rooms that are here are woken.
import { Problem, send } from "./api.js";
import { startAsking } from "./ask.js";
import { startModels } from "./models.js";
import { startPlayground } from "./playground.js";
import { startSources } from "./sources.js";
import { startTimeline } from "./timeline.js";

const beside = document.getElementById("beside");
const content = beside.querySelector(".beside-content");
let opener = null;

async function openBeside(link) {
  const address = new URL(link.href);
  address.searchParams.set("part", "1");
  try {
    const response = await send(address, { method: "GET" });
    content.innerHTML = await response.text();
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    content.textContent = error.message; // what is read stays on the page
  }
  if (!beside.contains(link)) {
    opener = link;
  }
  light(opener);
  beside.hidden = false;
  document.body.classList.add("with-beside");
  beside.scrollTop = 0;
  const current = content.querySelector(".chat .current");
  if (current) {
    current.scrollIntoView({ block: "center" });
  }
  beside.focus({ preventScroll: true });
}

function closeBeside() {
  beside.hidden = true;
  document.body.classList.remove("with-beside");
  light(null);
  opener?.focus();
}

function light(link) {
  for (const lit of document.querySelectorAll("main .lit")) {
    lit.classList.remove("lit");
  }
  const turn = link?.closest(".turn");
  for (const same of turn?.querySelectorAll("a[data-beside]") ?? []) {
    same.classList.toggle("lit", same.href === link.href);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    openBeside(link);
  } else if (event.target.closest("[data-close]")) {
    closeBeside();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !beside.hidden) {
    closeBeside();
  } else if (event.key === "/" && !event.target.closest("input, textarea, select") && document.getElementById("q")) {
    event.preventDefault();
    document.getElementById("q").focus();
  }
});

startAsking();
startModels();
startPlayground();
startSources();
startTimeline();
