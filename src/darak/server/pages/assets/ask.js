// A conversation: each question is answered as a stream of steps and words, then shown as the server draws it.
import { eventsOf, Problem, send, t } from "./api.js";

const UNDER_WAY = "question";
const LATE = 5000; // milliseconds of a model's silence

export function startAsking() {
  const form = document.getElementById("ask");
  if (!form) {
    return;
  }
  const box = form.elements.q;
  const turns = document.getElementById("turns");
  box.value ||= sessionStorage.getItem(UNDER_WAY) ?? ""; // the page was left before the answer came
  const [sendButton, stopButton] = [form.querySelector("[data-send]"), form.querySelector("[data-stop]")];
  let conversation = form.dataset.conversation || null;
  let first = form.dataset.first;
  let running = null;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      running?.abort();
    }
  });
  stopButton.addEventListener("click", () => running?.abort());
  const examples = document.getElementById("examples");
  if (examples) {
    send(`${examples.dataset.load}?part=1`, { method: "GET" }).then(
      async (response) => (examples.innerHTML = await response.text()),
      () => {}, // the box is there without them
    );
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
    if (!question || running) {
      return;
    }
    running = new AbortController();
    let hurried = false;
    showRunning(true);
    leaveFirst();
    const { turn, reply } = begin(question);
    box.value = "";
    sessionStorage.setItem(UNDER_WAY, question);
    turn.scrollIntoView({ block: "start" });
    try {
      const late = lateNote(reply, () => {
        hurried = true;
        running.abort();
      });
      reply.innerHTML = await answer(question, reply, running.signal, late).catch((error) => {
        if (!hurried) {
          throw error;
        }
        running = new AbortController();
        return answer(question, reply, running.signal, late, true);
      }).finally(late.over);
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      const stopped = running.signal.aborted;
      reply.replaceChildren(paragraph(stopped ? t("talk.stopped") : error.message, "standing"));
      box.value = question;
    } finally {
      running = null;
      sessionStorage.removeItem(UNDER_WAY);
      reply.removeAttribute("aria-busy");
      turn.scrollIntoView({ block: "start" });
      showRunning(false);
      box.focus({ preventScroll: true });
    }
  }

  /** The answer as the server draws it; until then its steps and words are shown in `reply` as they come. */
  async function answer(question, reply, signal, late, withoutModel = false) {
    if (first) { // the question of a bookmark, which began no conversation
      const begun = await send("/api/ask", { body: { question: first, conversation: null }, signal });
      conversation = (await begun.json()).conversation;
      first = "";
    }
    const steps = reply.querySelector(".steps");
    const said = paragraph("", "answer");
    const stream = await send("/api/ask/stream", { body: { question, conversation, no_model: withoutModel }, signal });
    let found = null;
    for await (const { name, data } of eventsOf(stream)) {
      if (name === "step") {
        if (data.action.startsWith("ask ")) {
          steps.textContent = t("talk.writing", { model: data.action.slice(4) });
          late.begin();
        }
      } else if (name === "words") {
        late.over();
        said.textContent += data.text;
        reply.prepend(said);
      } else if (name === "anew") {
        said.textContent = "";
      } else if (name === "answer") {
        found = data;
      } else if (name === "error") {
        throw new Problem(data.status === 404 ? t("talk.gone") : data.detail);
      }
    }
    if (!found) {
      throw new Problem(t("problem.gone"));
    }
    conversation = found.conversation;
    history.replaceState(null, "", `/conversations/${conversation}`);
    const drawn = await send("/answer?part=1", { body: found, signal });
    return drawn.text();
  }

  function begin(question) {
    document.getElementById("last")?.removeAttribute("id");
    const turn = document.createElement("article");
    turn.className = "turn";
    turn.id = "last";
    const heading = document.createElement(turns.children.length ? "h2" : "h1");
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

  function showRunning(yes) {
    sendButton.hidden = yes;
    stopButton.hidden = !yes;
  }

  function leaveFirst() {
    document.querySelector("main").classList.remove("first");
    document.querySelector(".talk-way").hidden = false;
    for (const one of document.querySelectorAll("#welcome, #examples, .earlier")) {
      one.remove();
    }
    box.placeholder = t("talk.further");
  }
}

/** What is said, and can be done, where a model is asked and is silent for long. */
function lateNote(reply, hurry) {
  const note = paragraph(t("talk.late"), "late");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t("talk.without");
  button.addEventListener("click", () => {
    note.remove();
    hurry();
  });
  note.append(" ", button);
  let timer = 0;
  const over = () => {
    clearTimeout(timer);
    timer = 0;
    note.remove();
  };
  return { begin: () => (timer ||= setTimeout(() => reply.append(note), LATE)), over };
}

function paragraph(words, kind) {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = words;
  return made;
}
