// Talking to this machine's Darak: JSON in and out, server-sent events as they arrive, and problems as sentences.
const texts = JSON.parse(document.getElementById("texts").textContent);

export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export class Problem extends Error {}

export async function send(path, { method = "POST", body, headers = {}, signal } = {}) {
  let response;
  try {
    const plain = body === undefined || body instanceof Blob || body instanceof URLSearchParams;
    response = await fetch(path, {
      method,
      headers: plain ? headers : { "content-type": "application/json", ...headers },
      body: plain ? body : JSON.stringify(body),
      signal,
    });
  } catch {
    throw new Problem(t("problem.gone"));
  }
  if (response.status === 401) {
    throw new Problem(t("problem.signed-out"));
  }
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    throw new Problem(typeof told.detail === "string" ? told.detail : t("problem"));
  }
  return response;
}

/** Yields {name, data} of each server-sent event of a response. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (true) {
    const { done, value } = await reader.read().catch(() => {
      throw new Problem(t("problem.gone"));
    });
    if (done) {
      return;
    }
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop();
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (name && data) {
        yield { name, data: JSON.parse(data) };
      }
    }
  }
}
