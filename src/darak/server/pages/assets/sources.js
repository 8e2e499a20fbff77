// Adding files: dropped or chosen, sent one after the other, and followed while they are read.
import { Problem, send, t } from "./api.js";

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
  for (const job of jobs.querySelectorAll("[data-job]")) {
    follow(job, job.dataset.job);
  }
  document.getElementById("files").addEventListener("change", (event) => {
    add(event.target.files);
    event.target.value = "";
  });
  jobs.addEventListener("click", (event) => {
    const stop = event.target.closest("[data-stop]");
    if (stop) {
      stop.disabled = true;
      send(`/api/imports/${stop.dataset.stop}`, { method: "DELETE" });
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
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(event.dataTransfer.files);
  });

  async function add(files) {
    for (const file of files) {
      const job = document.createElement("div");
      job.className = "job";
      job.append(line(file.name, t("import.sending")), document.createElement("progress"));
      jobs.prepend(job);
      queue.push({ file, job });
    }
    if (sending) {
      return;
    }
    sending = true;
    while (queue.length > 0) {
      const { file, job } = queue.shift();
      try {
        const one = await upload(file, job.querySelector("progress"));
        await show(job, one);
        follow(job, one.id);
      } catch (error) {
        job.replaceChildren(line(file.name, t("state.failed")), told(error));
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
    events.addEventListener("end", async ({ data }) => {
      events.close();
      await show(job, JSON.parse(data));
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

function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much was sent
    request.open("POST", `/api/imports?name=${encodeURIComponent(file.name)}`);
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
        reject(new Problem(request.response?.detail ?? t("problem")));
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
