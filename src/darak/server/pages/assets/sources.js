// Adding files: dropped or chosen, sent one after the other, and followed while they are read.
import { Problem, send, t } from "./api.js";
import { chosenFolder, dropped, together } from "./archive.js";

const MOST_APART = 5; // files that are added at once and still told one by one

export function startSources() {
  const drop = document.getElementById("drop");
  if (!drop) {
    return;
  }
  const jobs = document.getElementById("jobs");
  const queue = [];
  let sending = false;

  const years = document.querySelector(".grid")?.parentElement;
  years?.scrollTo({ left: years.scrollWidth }); // the latest are seen first where there is no room for all
  for (const job of jobs.querySelectorAll("[data-job]:has(progress)")) {
    follow(job, job.dataset.job);
  }
  const [files, folder] = ["files", "folder"].map((id) => document.getElementById(id));
  files.addEventListener("change", () => {
    add([...files.files]);
    files.value = "";
  });
  folder.addEventListener("change", () => {
    add(folder.files.length > 0 ? [chosenFolder(folder.files)] : []);
    folder.value = "";
  });
  jobs.addEventListener("click", (event) => {
    const stop = event.target.closest("[data-stop]");
    const confirmed = event.target.closest("[data-columns]");
    if (stop) {
      stop.disabled = true;
      send(`/api/imports/${stop.dataset.stop}`, { method: "DELETE" });
    } else if (confirmed) {
      sendAgain(event.target.closest(".job"), confirmed.dataset.columns);
    }
  });
  // The whole page takes what is dropped, so that a near miss does not leave it.
  for (const name of ["dragover", "dragenter"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      drop.classList.remove("over");
    }
  });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(await dropped(event.dataTransfer));
  });

  /** Sends a bank's statement again with what its columns hold. After a reload its file has to be chosen again. */
  async function sendAgain(job, columns) {
    const file = job.file ?? (await choose());
    if (file) {
      queueUp({ file, job, columns });
    }
  }

  function add(files) {
    const apart = files.length > MOST_APART ? [together(t("import.files", { n: files.length }), files)] : files;
    for (const file of apart) {
      const job = document.createElement("div");
      job.className = "job";
      jobs.prepend(job);
      queueUp({ file, job });
    }
  }

  async function queueUp(one) {
    const progress = document.createElement("progress");
    progress.setAttribute("aria-label", one.file.name);
    Object.assign(one.job, { file: one.file, news: null });
    one.job.replaceChildren(line(one.file.name, t("import.sending")), progress);
    queue.push(one);
    if (sending) {
      return;
    }
    sending = true;
    while (queue.length > 0) {
      const { file, job, columns } = queue.shift();
      try {
        const one = await upload(file, columns, job.querySelector("progress"));
        await show(job, one);
        follow(job, one.id);
      } catch (error) {
        job.replaceChildren(line(file.name, t("state.failed")), told(error));
        announce(`${file.name}: ${error.message}`);
      }
    }
    sending = false;
  }

  function follow(job, id) {
    const events = new EventSource(`/api/imports/${id}/events`);
    let began = 0;
    events.addEventListener("progress", async ({ data }) => {
      const one = JSON.parse(data);
      began ||= one.state === "reading" ? performance.now() : 0;
      await show(job, one);
      pace(job, one, (performance.now() - began) / 1000);
    });
    events.addEventListener("error", () => {
      // the browser tries again by itself, unless it was refused
      const words = job.querySelector("[data-pace]");
      if (words) {
        words.textContent = t(events.readyState === EventSource.CLOSED ? "problem.signed-out" : "problem.gone");
        job.news = null;
      }
    });
    events.addEventListener("end", async ({ data }) => {
      events.close();
      const one = JSON.parse(data);
      await show(job, one);
      announce(`${one.name}: ${job.querySelector(".state").textContent}`);
      if (!jobs.querySelector("progress")) {
        refresh();
      }
    });
  }

  /** Draws how far a job is, unless that stands there already (and was perhaps opened) or newer news came meanwhile. */
  async function show(job, one) {
    const news = JSON.stringify(one);
    if (job.news === news) {
      return;
    }
    job.news = news;
    const drawn = await send("/sources/import", { body: one });
    const html = await drawn.text();
    if (job.news === news) {
      job.innerHTML = html;
    }
  }

  /** Says to a screen reader how a file ended; how far it is meanwhile would be too much to hear. */
  function announce(words) {
    document.getElementById("ended").textContent = words;
  }

  /** Takes the rest of the page anew, which tells what is there now. */
  async function refresh() {
    const page = await fetch("/sources").then((response) => response.text());
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const [old, now] = [document, fresh].map((one) => [...one.querySelectorAll("#jobs ~ *")]);
    old.forEach((part) => part.remove());
    document.getElementById("main").append(...now);
  }
}

function pace(job, one, seconds) {
  const words = job.querySelector("[data-pace]");
  if (!words || seconds < 1 || !one.items) {
    return;
  }
  const parts = [t("import.items", { n: one.items.toLocaleString() })];
  parts.push(t("import.rate", { n: Math.round(one.items / seconds).toLocaleString() }));
  if (one.done > 0 && one.total > one.done) {
    const left = (seconds * (one.total - one.done)) / one.done;
    const key = left > 90 ? "import.left.minutes" : "import.left";
    parts.push(t(key, { n: Math.ceil(left > 90 ? left / 60 : left) }));
  }
  words.textContent = [words.dataset.pace, ...parts].filter(Boolean).join(" · ");
}

function choose() {
  const input = document.createElement("input");
  input.type = "file";
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files[0]));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

function upload(file, columns, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much was sent
    const asked = new URLSearchParams({ name: file.name, ...(columns && { columns }) });
    request.open("POST", `/api/imports?${asked}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      progress.max = event.total;
      progress.value = event.loaded;
    });
    request.addEventListener("error", () => reject(new Problem(t("problem.gone"))));
    request.addEventListener("load", () => {
      if (request.status === 202) {
        resolve(request.response);
      } else if (request.status === 401) {
        reject(new Problem(t("problem.signed-out")));
      } else {
        const [key, detail] = [`upload.${request.status}`, request.response?.detail];
        reject(new Problem(t(key) === key ? (detail ?? t("problem")) : t(key)));
      }
    });
    request.send(file);
  });
}

function line(name, state) {
  const made = document.createElement("div");
  made.className = "job-line";
  const [bold, standing] = [document.createElement("b"), document.createElement("span")];
  bold.textContent = name;
  standing.className = "state";
  standing.textContent = state;
  made.append(bold, " ", standing);
  return made;
}

function told(error) {
  if (!(error instanceof Problem)) {
    throw error;
  }
  const made = document.createElement("p");
  made.textContent = error.message;
  return made;
}
