// The panel of the optional language model: where it is, what is asked, what is sent, what comes back.
//
//   mount(element, {ask(question as JSON, needs the design, bytes) → promise of JSON, propose(proposal as JSON), design, request}) → {destroy}
//
// `design` is another number for each design that was opened: what came for one is not shown for the next.
//
// The key stays in this module's memory unless the person asks to keep it. What an endpoint says is a stranger's text: it is only ever
// put in as text, and is checked by the worker before anything is proposed.

import { make } from "./element.js";
import { Stopped, exchange } from "./exchange.js";
import { sides } from "./sides.js";
import { say } from "./texts.js";

const KEPT = "relata.model";

const PROVIDERS = {
  openai: [() => say("llm-provider-openai"), "https://api.openai.com/v1"],
  anthropic: [() => "Anthropic", "https://api.anthropic.com"],
  ollama: [() => "Ollama", "http://localhost:11434"],
  none: [() => say("llm-provider-none"), ""],
};

const STEPS = {
  change: () => say("llm-step-change"),
  entities: () => say("llm-step-entities"),
  schema: () => say("llm-step-schema"),
};

// For as long as the tab lives: the panel may be closed and opened again. `current` is the prompt and `told` what its answer came to.
// `sent` is what has gone where, oldest first.
const tab = { key: "", agreed: new Set(), omits: new Map(), step: "change", request: "", design: null, current: null, told: null, sent: [] };

// So many sendings can be read again.
const MOST_SENT = 20;

export function mount(element, { ask: askWorker, propose, design, request }) {
  const settings = kept();
  if (tab.design !== design) [tab.design, tab.current, tab.told] = [design, null, null];
  if (request) [tab.step, tab.request] = ["change", request];
  let running = null;

  const ask = async (question, bytes) => {
    const needsDesign = question.ask === "prompt" || question.ask === "check" || question.ask === "merge";
    return JSON.parse(await askWorker(JSON.stringify(question), needsDesign, bytes));
  };
  const endpoint = () => ({ provider: settings.provider, url: settings.url, model: settings.model });
  const isByHand = () => settings.provider === "none";
  const host = () => {
    try {
      return new URL(settings.url).host;
    } catch {
      return settings.url;
    }
  };

  // What is asked.
  const what = make("textarea", { class: "field", rows: "3", "data-testid": "model-request", placeholder: say("llm-request-example") });
  what.value = tab.request;
  const whatLabel = make("label", { class: "label" }, say("llm-request"), what);
  const steps = make("div", { class: "segments", role: "group", "aria-label": say("llm-steps") });
  for (const [step, words] of Object.entries(STEPS)) {
    const button = make("button", { type: "button", "data-testid": `model-step-${step}` }, words());
    button.dataset.step = step;
    button.addEventListener("click", () => {
      tab.step = step;
      changed();
    });
    steps.append(button);
  }
  what.addEventListener("input", () => {
    tab.request = what.value;
    changed();
  });

  // Where the model is.
  const provider = make("select", { class: "field", "data-testid": "model-provider" }, ...Object.entries(PROVIDERS).map(([id, [words]]) => make("option", { value: id }, words())));
  const url = make("input", { class: "field", type: "url", autocomplete: "off", spellcheck: "false", "data-testid": "model-url" });
  const name = make("input", { class: "field", autocomplete: "off", spellcheck: "false", "data-testid": "model-name", placeholder: say("llm-name-example") });
  const key = make("input", { class: "field", type: "password", autocomplete: "off", spellcheck: "false", "data-testid": "model-key" });
  const keep = make("input", { type: "checkbox", role: "switch", "data-testid": "model-keep" });
  const idle = make("input", { class: "field", type: "number", min: "1", max: "3600", "data-testid": "model-idle" });
  const byHand = make("p", { class: "note" }, say("llm-by-hand"));
  const online = [
    make("label", { class: "label" }, say("llm-address"), url),
    make("label", { class: "label" }, say("llm-model"), name),
    make("label", { class: "label" }, say("llm-key"), key),
    make("label", { class: "label" }, say("llm-idle"), idle),
    make("label", { class: "switch llm__wide" }, keep, say("llm-keep")),
    make("p", { class: "note llm__wide" }, say("llm-key-note")),
  ];
  const where = make("details", { class: "llm__settings", "data-testid": "model-settings" }, make("summary", {}),
    make("div", { class: "llm__fields" }, make("label", { class: "label" }, say("llm-speaks-like"), provider), byHand, ...online));
  const shown = () => {
    provider.value = settings.provider;
    url.value = settings.url;
    name.value = settings.model;
    key.value = tab.key;
    keep.checked = settings.keeps;
    idle.value = settings.idle;
    for (const it of online) it.hidden = isByHand();
    byHand.hidden = !isByHand();
    where.firstChild.textContent = isByHand() ? say("llm-provider-none") : say("llm-where", { model: settings.model || "–", host: host() });
  };
  provider.addEventListener("change", () => {
    const isUsual = Object.values(PROVIDERS).some((it) => it[1] === settings.url);
    settings.provider = provider.value;
    if (isUsual) settings.url = PROVIDERS[provider.value][1];
    // A key of one service is no other's business.
    tab.key = "";
    changed();
  });
  for (const [field, write] of [
    [url, (value) => (settings.url = value.trim())],
    [name, (value) => (settings.model = value.trim())],
    [key, (value) => (tab.key = value.trim())],
    [idle, (value) => (settings.idle = Math.min(3600, Math.max(1, Number(value) || 60)))],
    [keep, () => (settings.keeps = keep.checked)],
  ]) {
    field.addEventListener("change", () => {
      write(field.value);
      changed();
    });
  }

  // What is sent, and what comes back.
  const sent = make("pre", { class: "llm__text", tabindex: "0", "data-testid": "model-sent", "aria-label": say("llm-prompt") });
  const sentBox = make("details", {}, make("summary", {}, say("llm-sent")), sent);
  const wasSent = make("details", { "data-testid": "model-was-sent" }, make("summary", {}));
  const copy = button(say("llm-copy"), "model-copy");
  const go = button(say("llm-ask"), "model-ask", "button--primary");
  const stop = button(say("llm-stop"), "model-stop");
  const acts = make("div", { class: "llm__acts" }, go, copy, stop);
  const statement = make("div", { class: "llm__statement", role: "group", "aria-label": say("llm-before"), "data-testid": "model-statement" });
  const status = make("p", { class: "llm__status", role: "status", "data-testid": "model-status" });
  const faults = make("ul", { class: "llm__faults", role: "alert", "data-testid": "model-faults" });
  const stream = make("pre", { class: "llm__text", tabindex: "0", "data-testid": "model-stream", "aria-label": say("llm-answer") });
  const heard = make("details", { open: "" }, make("summary", {}, say("llm-heard")), stream);
  const pasted = make("textarea", { class: "field field--mono", rows: "5", spellcheck: "false", "data-testid": "model-answer", placeholder: "{ … }" });
  const check = button(say("llm-check"), "model-check");
  const paste = make("details", { class: "llm__paste" }, make("summary", {}, say("llm-paste")), pasted, check);
  const outcome = make("div", { class: "llm__outcome", "data-testid": "model-outcome" });
  element.append(steps, whatLabel, where, acts, statement, sentBox, wasSent, status, faults, outcome, heard, paste);

  const note = (words) => (status.textContent = words);
  const hear = (text) => {
    stream.textContent = text.length > 4000 ? `…${text.slice(-4000)}` : text;
    heard.hidden = text === "";
    heard.open = true;
    stream.scrollTop = stream.scrollHeight;
  };
  const tell = (list) => faults.replaceChildren(...list.map((it) => make("li", {}, it)));
  /** Everything that went to an endpoint since the tab was opened, the last first. */
  const showSent = () => {
    wasSent.hidden = tab.sent.length === 0;
    wasSent.firstChild.textContent = say("llm-was-sent", { count: tab.sent.length });
    const one = ({ host, at, text }) => [
      make("p", { class: "note" }, say("llm-was-sent-to", { host: host, at: at, size: kilobytesOf(text) })),
      make("pre", { class: "llm__text", tabindex: "0", "aria-label": say("llm-prompt") }, text),
    ];
    wasSent.replaceChildren(wasSent.firstChild, ...[...tab.sent].reverse().flatMap(one));
  };
  const settle = () => {
    const isBusy = Boolean(running);
    go.hidden = isByHand() || isBusy;
    stop.hidden = !isBusy;
    for (const it of [what, provider, url, name, key, ...steps.children]) it.disabled = isBusy;
    for (const it of steps.children) it.setAttribute("aria-pressed", String(it.dataset.step === tab.step));
    whatLabel.hidden = tab.step !== "change";
    heard.hidden = stream.textContent === "";
    faults.hidden = faults.children.length === 0;
    statement.hidden = statement.children.length === 0;
  };
  /** Something of the question or of the endpoint is another now. */
  const changed = () => {
    write(settings);
    [tab.current, tab.told] = [null, null];
    outcome.replaceChildren();
    statement.replaceChildren();
    tell([]);
    note("");
    if (isByHand()) paste.open = true;
    sent.textContent = "";
    sentBox.open = false;
    shown();
    settle();
  };

  /** The prompt as it would be sent now; none when there is nothing to ask. One that goes on from an answer stays as it is. */
  const prepare = async () => {
    if (tab.current?.found || tab.current?.round) return tab.current;
    const told = await ask({ ask: "prompt", step: tab.step, request: tab.request });
    if (told.told === "unusable") {
      tell(told.faults);
      settle();
      return null;
    }
    return take(told);
  };
  const take = (told) => {
    tab.current = { prompt: told.prompt, text: told.text, found: told.found ?? tab.current?.found ?? null, round: told.round ?? 0 };
    sent.textContent = told.text;
    return tab.current;
  };
  const guarded = (act) => async () => {
    try {
      await act();
    } catch (problem) {
      note(say("llm-failed", { reason: String(problem?.message ?? problem) }));
      settle();
    }
  };

  sentBox.addEventListener("toggle", () => sentBox.open && guarded(prepare)());
  copy.addEventListener("click", guarded(async () => {
    const now = await prepare();
    if (!now) return;
    await navigator.clipboard.writeText(now.text);
    note(say("llm-copied"));
    paste.open = true;
    settle();
  }));
  go.addEventListener("click", guarded(async () => {
    tab.current = null;
    tell([]);
    outcome.replaceChildren();
    if (!settings.model) {
      where.open = true;
      name.focus();
      note(say("llm-name-first"));
      return settle();
    }
    const now = await prepare();
    if (!now) return;
    if (!tab.agreed.has(host())) return confirm(now);
    await run();
  }));
  stop.addEventListener("click", () => running?.abort());
  check.addEventListener("click", guarded(async () => {
    const now = await prepare();
    if (!now) return;
    tell([]);
    outcome.replaceChildren();
    come(await judged(pasted.value, "a model"), () => (pasted.value = ""));
  }));

  /** The plain statement before anything goes to a host for the first time. */
  const confirm = (now) => {
    const parts = { change: () => say("llm-sends-change"), entities: () => say("llm-sends-entities"), schema: () => say("llm-sends-schema") };
    const left = now.prompt.left_out.length ? say("llm-left-out", { what: now.prompt.left_out.join("; ") }) : "";
    const yes = button(say("llm-send"), "model-send", "button--primary");
    const no = button(say("llm-not-now"), "model-not-now");
    statement.replaceChildren(
      make("p", {}, make("b", {}, say("llm-sends", { size: kilobytesOf(now.text), host: host() })), ` ${parts[tab.step]()} ${left} ${say("llm-sends-rest")}`),
      make("p", { class: "note" }, say("llm-sends-note")),
      make("div", { class: "llm__acts" }, yes, no),
    );
    yes.addEventListener("click", guarded(async () => {
      tab.agreed.add(host());
      statement.replaceChildren();
      await run();
    }));
    no.addEventListener("click", () => {
      statement.replaceChildren();
      settle();
      go.focus();
    });
    settle();
    yes.focus();
  };

  const judged = (answer, model) =>
    ask({ ask: "check", prompt: tab.current.prompt, answer, model, round: tab.current.round, request: tab.request, found: tab.current.found });

  /** Asks, checks and asks again until there is something to look at. */
  const run = async () => {
    running = new AbortController();
    const { signal } = running;
    let again = "";
    hear("");
    try {
      for (;;) {
        note(`${again} ${say("llm-waiting", { host: host() })}`.trim());
        settle();
        tab.sent.push({ host: host(), at: new Date().toLocaleTimeString(), text: tab.current.text });
        tab.sent.splice(0, tab.sent.length - MOST_SENT);
        showSent();
        const answer = await exchange(tab.current.prompt, {
          ask, endpoint: endpoint(), key: tab.key, idle: settings.idle, omits: tab.omits, signal,
          onText: (text) => {
            hear(text);
            if (text) note(`${again} ${say("llm-receiving", { count: text.length })}`.trim());
          },
          onWait: (why, left) => {
            note(say("llm-retry", { reason: why, seconds: left }));
            settle();
          },
        });
        signal.throwIfAborted();
        note(say("llm-checking"));
        const told = await judged(answer, settings.model);
        signal.throwIfAborted();
        if (told.told === "prompt" || told.told === "repair") {
          again = told.told === "repair" ? say("llm-again", { round: told.round }) : say("llm-entities-checked");
          tell(told.faults ?? []);
          take(told);
          continue;
        }
        running = null;
        heard.open = false;
        return come(told, () => {});
      }
    } catch (problem) {
      if (signal.aborted) note(say("llm-stopped"));
      else if (problem instanceof Stopped) note(say("llm-no-answer", { reason: problem.message }));
      else throw problem;
    } finally {
      running = null;
      settle();
    }
  };

  /** What a checked answer comes to. */
  const come = (told, done) => {
    if (told.told === "side_by_side" || told.told === "proposal") [tab.told, tab.current] = [told, null];
    if (told.told === "prompt") {
      take(told);
      done();
      note(say("llm-next-step"));
    } else if (told.told === "repair") {
      take(told);
      tell(told.faults);
      note(say("llm-has-faults"));
    } else if (told.told === "unusable") {
      tell(told.faults);
      note(say("llm-unusable"));
    } else if (told.told === "side_by_side") {
      done();
      note("");
      tell([]);
      outcome.replaceChildren(sides(told.rows, guardedWith(async (picks) => {
        const merged = await ask({ ask: "merge", reader: told.reader, model: told.model, picks });
        if (merged.proposal.parts.length) propose(JSON.stringify(merged.proposal));
        else note(say("llm-all-there"));
        settle();
      })));
    } else if (told.told === "proposal") {
      done();
      tell([]);
      const look = button(say("llm-look"), "model-look", "button--primary");
      look.addEventListener("click", () => propose(JSON.stringify(told.proposal)));
      const parts = told.proposal.parts.length;
      note(say("llm-checked", { count: parts }));
      outcome.replaceChildren(
        make("ul", { class: "llm__notes" }, ...told.notes.map((it) => make("li", {}, it))),
        make("div", { class: "llm__acts" }, look),
      );
      settle();
      look.focus();
    }
    settle();
  };
  const guardedWith = (act) => (value) => guarded(() => act(value))();

  shown();
  settle();
  showSent();
  if (isByHand()) paste.open = true;
  if (tab.told) come(tab.told, () => {});
  // Not where a keyboard would cover the panel.
  else if (matchMedia("(pointer: fine)").matches) what.focus();
  return {
    destroy: () => {
      running?.abort();
      element.replaceChildren();
    },
  };
}

/** What this device keeps of the endpoint; the key only where it was asked for. */
function kept() {
  const usual = { provider: "openai", url: PROVIDERS.openai[1], model: "", idle: 60, keeps: false };
  try {
    const { key, ...told } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    if (key && !tab.key) tab.key = String(key);
    const settings = { ...usual, ...told };
    return settings.provider in PROVIDERS ? settings : usual;
  } catch {
    return usual;
  }
}

function write({ provider, url, model, idle, keeps }) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ provider, url, model, idle, keeps, ...(keeps && tab.key ? { key: tab.key } : {}) }));
  } catch {
    // A browser that keeps nothing forgets the settings with the tab.
  }
}

const kilobytesOf = (text) => Math.ceil(new TextEncoder().encode(text).length / 1024);

function button(words, testid, more = "") {
  return make("button", { type: "button", class: `button ${more}`, "data-testid": testid }, words);
}
