// A conversation: each question is answered as a stream of steps, then shown as the server draws it.
import { eventsOf, Problem, send, t } from "./api.js";

export function startAsking() {
  const form = document.getElementById("ask");
  if (!form) {
    return;
  }
  const box = form.elements.q;
  const turns = document.getElementById("turns");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  const examples = document.getElementById("examples");
  if (examples) {
    fetch(`${examples.dataset.load}?part=1`).then(async (response) => {
      examples.innerHTML = response.ok ? await response.text() : "";
    });
  }
  examples?.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-question]");
    if (link && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      ask(link.dataset.question);
    }
  });

  async function ask(words) {
    const question = words.trim();
    if (!question || form.elements.length === 0 || form.dataset.busy) {
      return;
    }
    form.dataset.busy = "yes";
    form.querySelector("button").disabled = true;
    leaveFirst();
    const { turn, reply } = begin(question);
    box.value = "";
    turn.scrollIntoView({ block: "start" });
    history.replaceState(null, "", `/?q=${encodeURIComponent(question)}`);
    try {
      reply.innerHTML = await answer(question, reply);
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      reply.replaceChildren(paragraph(error.message, "standing"));
      box.value = question;
    } finally {
      reply.removeAttribute("aria-busy");
      delete form.dataset.busy;
      form.querySelector("button").disabled = false;
      box.focus({ preventScroll: true });
    }
  }

  async function answer(question, reply) {
    const steps = reply.querySelector(".steps");
    const stream = await send("/api/ask/stream", { body: { question } });
    let found = null;
    for await (const { name, data } of eventsOf(stream)) {
      if (name === "step") {
        steps.textContent = `${data.action}: ${data.found}`;
      } else if (name === "answer") {
        found = data;
      } else if (name === "error") {
        throw new Problem(data.detail);
      }
    }
    if (!found) {
      throw new Problem(t("problem.gone"));
    }
    const drawn = await send("/answer?part=1", { body: found });
    return drawn.text();
  }

  function begin(question) {
    const turn = document.createElement("article");
    turn.className = "turn";
    const heading = document.createElement("h1");
    heading.className = "question";
    heading.textContent = question;
    const reply = document.createElement("div");
    reply.className = "reply";
    reply.setAttribute("aria-busy", "true");
    reply.append(paragraph(t("ask.looking"), "steps"));
    turn.append(heading, reply);
    turns.append(turn);
    return { turn, reply };
  }

  function leaveFirst() {
    document.querySelector("main").classList.remove("first");
    document.getElementById("welcome")?.remove();
    document.getElementById("examples")?.remove();
  }
}

function paragraph(words, kind) {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = words;
  return made;
}
