// One question to an endpoint: sent, heard piece by piece, tried again where that helps. What the bytes mean is the worker's to say
// (`ask`, see src/llm/message.rs); the key is put in here, as it is sent, and goes nowhere else.

/** Ends an exchange; `message` is for people. */
export class Stopped extends Error {}

/**
 * Puts a prompt to an endpoint; a promise of the whole text.
 * `{ask, endpoint: {provider, url, model}, key, idle: seconds of silence that are borne,
 * omits: what each model was found not to take, by its name, signal, onText(text so far), onWait(why, seconds left)}`
 */
export async function exchange(prompt, { ask, endpoint, key, idle, omits, signal, onText, onWait }) {
  const whom = `${endpoint.url} ${endpoint.model}`;
  let omit = omits.get(whom) ?? {};
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    const told = await ask({ ask: "request", endpoint, prompt, omit });
    if (told.told !== "request") throw new Stopped(told.message);
    const came = await once(told.request, { ask, endpoint, key, idle, signal, onText, tries, omit });
    if (came.told === "text") return came.text;
    if (came.omit) omits.set(whom, (omit = came.omit));
    else if (came.wait === null) throw new Stopped(came.message);
    else await pause(came.wait, signal, (seconds) => onWait(came.message, seconds));
    onText("");
  }
}

async function once({ url, headers, key: place, body }, { ask, endpoint, key, idle, signal, onText, tries, omit }) {
  const silence = new AbortController();
  let timer;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), idle * 1000);
  };
  const failed = (trouble) => {
    signal.throwIfAborted();
    return ask({ ask: "failed", trouble: silence.signal.aborted ? "timeout" : trouble, tries });
  };
  listen();
  try {
    let response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: [...headers, ...(key ? [[place.name, place.prefix + key]] : [])],
        body,
        signal: AbortSignal.any([signal, silence.signal]),
        // Another address than the one that the person wrote gets neither the key nor the design.
        redirect: "error",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        cache: "no-store",
      });
    } catch {
      return await failed("unreachable");
    }
    if (!response.ok) {
      const said = await beginning(response).catch(() => "");
      const retry_after = seconds(response.headers.get("retry-after"));
      return await ask({ ask: "status", status: response.status, retry_after, body: hide(said, key), tries, omit });
    }
    let { hearing } = await ask({ ask: "listen", endpoint });
    let text = "";
    const reader = response.body.getReader();
    for (let ends = false; !ends; ) {
      let piece;
      try {
        listen();
        piece = await reader.read();
      } catch {
        return await failed("dropped");
      }
      clearTimeout(timer);
      ends = piece.done;
      const told = await ask({ ask: "hear", hearing, ends, tries, omit }, piece.value ?? new Uint8Array());
      if (told.told === "trouble") {
        reader.cancel().catch(() => {});
        return { ...told, message: hide(told.message, key) };
      }
      hearing = told.hearing;
      text += told.text;
      onText(text);
    }
    return { told: "text", text };
  } finally {
    clearTimeout(timer);
  }
}

/** As much of an error's body as says what it is. */
async function beginning(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < 20_000) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => {});
  return text;
}

/** An endpoint may say the key back. */
const hide = (text, key) => (key ? text.replaceAll(key, "…") : text);

/** `Retry-After`: seconds, or a date. */
function seconds(header) {
  if (!header) return null;
  const number = Number(header);
  const value = Number.isNaN(number) ? (Date.parse(header) - Date.now()) / 1000 : number;
  return Number.isNaN(value) ? null : Math.max(0, value);
}

async function pause(milliseconds, signal, onSecond) {
  const until = Date.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = until - Date.now()) {
    onSecond(Math.ceil(left / 1000));
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Math.min(left, 1000));
      signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    });
  }
}
