// The playground: words as they come, a yes asked for before a host gets its first, and the code beside it.
import { eventsOf, Problem, send, t } from "./api.js";
import { openDialog } from "./models.js";

const PAUSE = 300;

export function startPlayground() {
  const form = document.getElementById("play");
  if (!form) {
    return;
  }
  const place = document.getElementById("reply");
  const code = document.getElementById("code");
  const stop = form.querySelector("[data-stop]");
  let running = null;
  let pause = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    play();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  stop.addEventListener("click", () => running?.abort());
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(showCode, PAUSE);
  });
  code.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = t("playground.copied");
    }
  });
  wakeCopies();

  async function play() {
    if (running) {
      return;
    }
    running = new AbortController();
    form.querySelector("button.main").disabled = true;
    stop.hidden = false;
    const said = begin();
    let refused = null;
    try {
      refused = await read(said, running.signal);
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      end(error.message);
    } finally {
      running = null;
      form.querySelector("button.main").disabled = false;
      stop.hidden = true;
      place.removeAttribute("aria-busy");
    }
    if (refused) {
      await askYes();
    }
  }

  /** Shows the words as they come. Resolves to true when nothing was sent because a host has no yes. */
  async function read(said, signal) {
    try {
      const stream = await send("/api/playground", { body: asked(), signal });
      for await (const { name, data } of eventsOf(stream)) {
        if (name === "words") {
          said.classList.remove("waiting");
          said.textContent = (said.dataset.begun ? said.textContent : "") + data.text;
          said.dataset.begun = "yes";
        } else if (name === "reply") {
          const drawn = await send("/playground/played?part=1", { body: data });
          said.parentElement.innerHTML = await drawn.text();
        } else if (data.host) {
          place.hidden = true;
          return true;
        } else {
          end(t(`model.${data.kind}`).startsWith("model.") ? data.detail : t(`model.${data.kind}`), data.detail);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
      end(t("playground.stopped"));
    }
    return false;
  }

  async function askYes() {
    const shown = await send("/playground/consent?part=1", { body: new URLSearchParams(new FormData(form)) });
    const yes = await openDialog(shown, { take: true });
    if (yes) {
      const fields = new FormData(yes);
      const home = fields.getAll("home");
      if (home.length > 0) {
        await send("/api/leaving/keep", { body: { names: home } });
      }
      await send("/api/leaving/allow", { body: { host: fields.get("host") } });
      await play();
    }
  }

  function begin() {
    const holder = document.createElement("div");
    const said = document.createElement("div");
    said.className = "said waiting";
    said.textContent = t("playground.waiting");
    holder.append(said);
    place.querySelectorAll(":scope > :not(h2)").forEach((one) => one.remove());
    place.append(holder);
    place.hidden = false;
    place.setAttribute("aria-busy", "true");
    return said;
  }

  function end(words, detail = "") {
    place.querySelector(".waiting")?.remove();
    const made = document.createElement("p");
    made.className = "note";
    made.textContent = words;
    if (detail && detail !== words) {
      const small = document.createElement("span");
      small.className = "quiet small";
      small.lang = "en";
      small.textContent = ` ${detail}`;
      made.append(small);
    }
    place.append(made);
  }

  function asked() {
    const fields = new FormData(form);
    const number = (name) => (fields.get(name) === "" ? null : Number(fields.get(name)));
    return {
      model: fields.get("model"),
      prompt: fields.get("prompt"),
      system: fields.get("system"),
      temperature: number("temperature"),
      max_tokens: number("max_tokens"),
    };
  }

  async function showCode() {
    const request = asked();
    if (form.checkValidity() || !request.prompt) {
      const drawn = await send("/playground/code?part=1", { body: { ...request, prompt: request.prompt || "…" } });
      code.innerHTML = await drawn.text();
      wakeCopies();
    }
  }

  function wakeCopies() {
    code.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = !navigator.clipboard));
  }
}
