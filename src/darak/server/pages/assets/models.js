// Models: a test that shows each check as it is done, and what would leave in a dialog over the page.
import { eventsOf, Problem, send } from "./api.js";

export function startModels() {
  for (const form of document.querySelectorAll("form[data-test]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      test(form);
    });
  }
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

async function test(form) {
  const button = form.querySelector("button");
  const row = form.closest("li");
  const place = row.querySelector("[data-checks]") ?? row.appendChild(document.createElement("div"));
  place.className = "checks";
  place.dataset.checks = "";
  place.setAttribute("aria-live", "polite");
  const told = { checks: [], ended: null, failure: null };
  button.disabled = true;
  try {
    await draw(place, told);
    const stream = await send("/api/models/test", { body: { model: button.value } });
    for await (const { name, data } of eventsOf(stream)) {
      if (name === "check") {
        told.checks.push(data);
      } else {
        told[name === "end" ? "ended" : "failure"] = data;
      }
      await draw(place, told);
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

async function draw(place, told) {
  const drawn = await send("/models/checks?part=1", { body: told });
  place.innerHTML = await drawn.text();
}
