// Models: a test that shows each check as it is done, and what would leave in a dialog over the page.
import { eventsOf, Problem, send } from "./api.js";

const FOLLOWED = {
  test: {
    part: "/models/checks",
    begin: (model) => ({ model, checks: [], ended: null, failure: null }),
    take: { check: (told, data) => told.checks.push(data), end: (told, data) => (told.ended = data) },
  },
  worth: {
    part: "/models/compared",
    begin: (model) => ({ model, graded: null, worth: null, failure: null }),
    take: { graded: (told, data) => (told.graded = data), worth: (told, data) => (told.worth = data) },
  },
};

export function startModels() {
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.follow) {
      event.preventDefault();
      follow(event.target);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.metaKey && !event.ctrlKey && event.button === 0) {
      event.preventDefault();
      const address = new URL(link.href);
      address.searchParams.set("part", "1");
      send(address, { method: "GET" }).then(openDialog, () => (location.href = link.href));
    }
  });
}

/** Shows a part of a page over it. Resolves to the form that was sent there, or null when it was closed. */
export async function openDialog(response, { take = false } = {}) {
  const dialog = document.getElementById("dialog");
  dialog.innerHTML = await response.text();
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.querySelector("[data-dialog-close]").addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      if (take) {
        event.preventDefault();
        resolve(event.target);
        dialog.close();
      }
    });
    dialog.addEventListener("close", () => resolve(null), { once: true });
  });
}

/** Has a model tested or compared, and shows it below its row as it goes on. */
async function follow(form) {
  const kind = FOLLOWED[form.dataset.follow];
  const button = form.querySelector("button");
  const row = form.closest("li");
  const place = row.querySelector(".checks") ?? row.appendChild(document.createElement("div"));
  const told = kind.begin(button.value);
  const draw = async () => {
    const drawn = await send(`${kind.part}?part=1`, { body: told });
    place.innerHTML = await drawn.text();
  };
  place.className = "checks";
  place.setAttribute("aria-live", "polite");
  button.disabled = true;
  try {
    await draw();
    const stream = await send(`/api/models/${form.dataset.follow}`, { body: { model: button.value } });
    for await (const { name, data } of eventsOf(stream)) {
      if (data.host) {
        location.href = `/models/allow?host=${encodeURIComponent(data.host)}`;
        return;
      } else if (name === "error") {
        told.failure = data;
      } else {
        kind.take[name](told, data);
      }
      await draw();
    }
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    place.textContent = error.message;
  } finally {
    button.disabled = false;
  }
}
