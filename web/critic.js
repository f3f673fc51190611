// What the critic found: what will be regretted, the checklist, the findings by rule or by table, and how it is set up.
//
//   mount(element, {ask(what, text) → promise}) → Panel
//   Panel   show(report as JSON, table or null, column or null, run)   destroy()
//   run     "never", "running", "stale", "ok" or "failed": whether the design runs on a clean PostgreSQL
//
// With a table the panel holds what concerns it alone. `ask` is told `fix` (which findings), `judge` (a decision), `rule` (its code;
// gives its page) and `show` (identities). What is open, typed or chosen stays when the report is told anew.

import { inline, page } from "./critic-page.js";
import { say } from "./texts.js";

/** More places of one group are drawn when they are asked for. */
const SHOWN = 60;
/** A group of more places begins closed. */
const OPEN = 5;

const GRAVITY = ["error", "warning", "info"];

export function mount(element, { ask }) {
  const wanted = (what, value) => ask(what, typeof value === "string" ? value : JSON.stringify(value)).catch(() => null);
  const state = {
    by: "rule",
    text: "",
    hidden: new Set(),
    line: null,
    toggled: new Set(),
    more: new Set(),
    pages: new Map(),
    asking: null,
    reason: "",
    rule: "",
  };
  let report = null;
  let [table, column, run] = [null, null, "never"];

  const parts = { regrets: make("section"), checklist: make("section"), findings: make("section"), rules: make("section") };
  const draw = () => {
    if (!report) return;
    const focus = focused(element);
    if (table !== null) {
      element.replaceChildren(drawTable());
    } else {
      if (!parts.regrets.isConnected) element.replaceChildren(parts.regrets, parts.checklist, parts.findings, parts.rules);
      drawRegrets();
      drawChecklist();
      drawFindings();
      drawRules();
    }
    focus();
  };

  // One finding, in the panel and in the inspector.
  const drawFix = (finding) => {
    if (!finding.fix) return [];
    const words = finding.fix.safe ? finding.fix.title : `${finding.fix.title}…`;
    const fix = button(words, () => wanted("fix", { code: finding.code, places: [finding.place] }), { "data-testid": "fix" });
    fix.dataset.keep = `fix ${keyOf(finding)}`;
    return [fix];
  };
  const drawIgnore = (finding) => {
    const key = keyOf(finding);
    const open = () => {
      [state.asking, state.reason] = [key, ""];
      draw();
      element.querySelector(".critic__reason input")?.focus();
    };
    const ignore = button(say("check-ignore-open"), open, { "data-testid": "ignore", class: "button button--quiet" });
    ignore.dataset.keep = `ignore ${key}`;
    return ignore;
  };
  const drawReason = (key, label, judge) => {
    if (state.asking !== key) return [];
    const input = make("input", { class: "field", "aria-label": label, placeholder: say("check-reason"), "data-testid": "ignore-reason" });
    input.value = state.reason;
    input.dataset.keep = `reason ${key}`;
    input.addEventListener("input", () => {
      state.reason = input.value;
      save.disabled = !input.value.trim();
    });
    const close = () => {
      state.asking = null;
      draw();
    };
    const save = make("button", { class: "button button--primary", type: "submit", "data-testid": "ignore-save" }, say("check-ignore"));
    save.disabled = !state.reason.trim();
    const form = make("form", { class: "critic__reason" }, input, save, button(say("check-cancel"), close));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = state.reason.trim();
      if (!reason) return;
      close();
      wanted("judge", judge(reason));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
    });
    return [form];
  };
  const drawOne = (finding, { isAlone }) => {
    const key = keyOf(finding);
    const ids = [...(finding.table === null ? [] : [finding.table]), ...finding.objects];
    const place = () => (finding.table === null ? make("code", {}, finding.place) : button(finding.place, () => wanted("show", ids), { class: "findings__place" }));
    const message = inline(make("p", {}, ...(isAlone ? [place(), " "] : within(finding))), sentence(finding.message));
    message.append(make("span", { class: "note" }, finding.code));
    const evidence = finding.evidence.map((it) => inline(make("li"), it));
    const words = make("div", { class: "findings__words" }, message);
    if (evidence.length) words.append(make("ul", { class: "note findings__evidence" }, ...evidence));
    const judge = (reason) => ({ ignore: { code: finding.code, about: finding.objects, place: finding.place, reason } });
    const acts = make("div", { class: "critic__acts" }, ...drawFix(finding), drawIgnore(finding));
    return make(
      "li",
      { class: "findings__one", "data-testid": "finding", "data-code": finding.code },
      gravity(finding.severity),
      words,
      acts,
      ...drawReason(key, say("check-reason-at", { code: finding.code, place: finding.place }), judge),
    );
  };

  // What concerns one table.
  const drawTable = () => {
    const own = report.findings.filter((it) => it.table === table);
    const isColumns = (it) => column !== null && it.objects.includes(column);
    own.sort((one, two) => isColumns(two) - isColumns(one) || grave(one) - grave(two));
    const list = own.map((it) => {
      const one = drawOne(it, { isAlone: false });
      one.classList.toggle("critic__here", isColumns(it));
      return one;
    });
    return make("section", { class: "critic critic--narrow", "data-testid": "table-findings" },
      make("h3", {}, say("check-findings", { count: own.length })), make("ul", { class: "findings__list" }, ...list));
  };

  const drawRegrets = () => {
    parts.regrets.className = "card critic critic__regrets";
    parts.regrets.dataset.testid = "regrets";
    parts.regrets.hidden = report.regrets.length === 0;
    const one = (it) => {
      const story = make("p", { class: "critic__story" }, sentence(upper(it.story)).trim());
      const acts = make("div", { class: "critic__acts" });
      if (it.fix) acts.append(...drawFix({ ...it, fix: { ...it.fix, title: it.remedy } }));
      else acts.append(make("p", { class: "critic__remedy" }, `${it.remedy}.`));
      const ids = [...(it.table === null ? [] : [it.table]), ...it.objects];
      const place = button(it.place, () => wanted("show", ids), { class: "findings__place" });
      return make("li", { "data-testid": "regret", "data-code": it.code }, story, inline(make("p", { class: "note" }, place, " "), sentence(it.message)), acts);
    };
    parts.regrets.replaceChildren(make("h2", {}, say("check-regrets")), make("ol", {}, ...report.regrets.map(one)));
  };

  const drawChecklist = () => {
    // The first line is the run's, which the page knows and the worker does not.
    const [ran, ...others] = report.checklist;
    const lines = [{ ...ran, state: { ok: "holds", failed: "open" }[run] ?? "not_run", errors: run === "failed" ? 1 : 0 }, ...others];
    const held = lines.filter((it) => it.state === "holds").length;
    const one = (line) => {
      const bad = line.state === "open";
      const counts = () => [counted("error", line.errors), counted("warning", line.warnings)].filter(Boolean).join(", ");
      const settled = () => (line.state === "holds" ? say("check-holds") : say("check-line-not-run"));
      const words = bad ? counts() : settled();
      const remarks = line.infos ? ` · ${counted("info", line.infos)}` : "";
      const tone = { open: "dot dot--bad", holds: "dot dot--ok", not_run: "dot" }[line.state];
      const sign = make("span", { class: tone, "aria-hidden": "true" });
      const title = make("span", { class: "critic__title" }, line.title);
      const told = make("span", { class: "note" }, words + remarks);
      const is = state.line === line.title;
      const choose = () => {
        state.line = is ? null : line.title;
        draw();
        if (!is) parts.findings.scrollIntoView({ block: "start" });
      };
      const row = line.rules.length === 0 || !bad && line.infos === 0 ? make("div", { class: "critic__line" }) : button("", choose, { class: "critic__line", "aria-pressed": String(is) });
      row.dataset.keep = `line ${line.title}`;
      row.append(sign, title, told);
      const named = line.rules.length === 0 && line.places.length > 0;
      const places = named ? [make("ul", { class: "note" }, ...line.places.map((it) => make("li", {}, it)))] : [];
      return make("li", { "data-testid": "check-line", "data-state": line.state }, row, ...places);
    };
    parts.checklist.className = "card critic critic__checklist";
    parts.checklist.dataset.testid = "checklist";
    const verdict = held === lines.length ? say("check-every-line") : say("check-lines", { held: held, all: lines.length });
    parts.checklist.replaceChildren(make("h2", {}, say("check-before-commit")), make("p", { class: "note" }, verdict), make("ul", {}, ...lines.map(one)));
  };

  const isShown = (finding) => {
    if (state.hidden.has(finding.severity)) return false;
    if (state.line !== null && !lineOf(report.checklist, finding.code, state.line)) return false;
    const text = state.text.trim().toLowerCase();
    return !text || [finding.place, finding.message, finding.code, ruleOf(finding.code).name].some((it) => it.toLowerCase().includes(text));
  };
  const ruleOf = (code) => report.rules.find((it) => it.code === code) ?? { code, name: code, summary: "" };

  const tools = make("div", { class: "critic__tools" });
  const drawTools = () => {
    if (tools.childElementCount === 0) {
      const filter = make("input", { class: "field", type: "search", placeholder: say("check-filter"), "aria-label": say("check-filter-findings"), "data-testid": "findings-filter" });
      filter.addEventListener("input", () => {
        state.text = filter.value;
        draw();
      });
      tools.append(make("div", { class: "segments", role: "group", "aria-label": say("check-group-by") }), filter, make("div", { class: "critic__severities" }));
    }
    const by = (it, words) => {
      const choose = () => {
        state.by = it;
        draw();
      };
      const one = button(words, choose, { class: "", "aria-pressed": String(state.by === it), "data-testid": `by-${it}` });
      one.dataset.keep = `by ${it}`;
      return one;
    };
    tools.children[0].replaceChildren(by("rule", say("check-by-rule")), by("table", say("check-by-table")));
    const severity = (it) => {
      const count = report.findings.filter((finding) => finding.severity === it).length;
      const toggle = () => {
        flip(state.hidden, it);
        draw();
      };
      const one = button(counts(it, count), toggle, {
        class: "button critic__severity",
        "aria-pressed": String(!state.hidden.has(it)),
        "data-testid": `show-${it}`,
      });
      one.dataset.keep = `severity ${it}`;
      return one;
    };
    const whole = () => {
      state.line = null;
      draw();
    };
    const line = state.line === null ? [] : [button(`${say("check-only", { line: state.line })} ✕`, whole, { class: "button critic__only", "data-keep": "only" })];
    tools.children[2].replaceChildren(...GRAVITY.map(severity), ...line);
  };

  const list = make("div", { class: "critic__groups" });
  const heading = make("p", { class: "findings__verdict", "aria-live": "polite" });
  const left = make("div", { class: "critic__left" });
  const drawFindings = () => {
    parts.findings.className = "card findings critic";
    parts.findings.dataset.testid = "findings";
    if (!list.isConnected) parts.findings.replaceChildren(make("h2", {}, say("check-will-it-hold")), heading, tools, list, left);
    const all = GRAVITY.map((it) => counted(it, report.findings.filter((finding) => finding.severity === it).length));
    heading.textContent = all.filter(Boolean).join(", ") || say("check-nothing");
    tools.hidden = report.findings.length === 0;
    drawTools();
    const shown = report.findings.filter(isShown);
    const groups = new Map();
    for (const it of shown) {
      const key = state.by === "rule" ? `${it.severity} ${it.code}` : (it.table_name ?? say("check-whole"));
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(it);
    }
    const sorted = [...groups].sort(([, one], [, two]) => gravest(one) - gravest(two) || two.length - one.length);
    list.replaceChildren(...sorted.map(([key, findings]) => drawGroup(key, findings)));
    if (shown.length === 0 && report.findings.length) list.append(make("p", { class: "note" }, say("check-filtered")));
    drawLeft();
  };
  const drawGroup = (key, findings) => {
    const byRule = state.by === "rule";
    const { code, severity } = findings[0];
    const isOpen = findings.length <= OPEN !== state.toggled.has(key);
    findings.sort((one, two) => grave(one) - grave(two));
    const title = byRule ? upper(ruleOf(code).name.replaceAll("-", " ")) : key;
    const head = button("", () => (flip(state.toggled, key), draw()), { class: "critic__head", "aria-expanded": String(isOpen) });
    head.dataset.keep = `group ${key}`;
    head.append(gravity(GRAVITY[gravest(findings)] ?? severity), make("span", { class: "critic__title" }, title));
    if (byRule) head.append(make("span", { class: "note" }, code));
    head.append(make("span", { class: "count" }, String(findings.length)));
    const acts = make("div", { class: "critic__acts" });
    if (byRule) {
      const fixable = findings.filter((it) => it.fix);
      if (fixable.length > 1) {
        const places = fixable.map((it) => it.place);
        acts.append(button(say("check-fix-all", { count: fixable.length }), () => wanted("fix", { code, places }), { "data-testid": "fix-all", "data-keep": `all ${key}` }));
      }
      acts.append(button(state.pages.has(key) ? say("check-close") : say("check-why"), () => why(key, code), { class: "button button--quiet", "data-testid": "why", "data-keep": `why ${key}` }));
    }
    const group = make("section", { class: "critic__group", "data-testid": "finding-group", "data-code": byRule ? code : "" }, make("div", { class: "critic__bar" }, head, acts));
    if (state.pages.has(key)) group.append(page(state.pages.get(key)));
    if (isOpen) {
      const some = state.more.has(key) ? findings : findings.slice(0, SHOWN);
      group.append(make("ul", { class: "findings__list" }, ...some.map((it) => drawOne(it, { isAlone: true }))));
      if (some.length < findings.length) group.append(button(say("check-show-more", { count: findings.length - some.length }), () => (state.more.add(key), draw())));
    }
    return group;
  };
  const why = async (key, code) => {
    if (!state.pages.delete(key)) {
      const text = await wanted("rule", code);
      if (text) state.pages.set(key, text);
    }
    draw();
  };
  const drawLeft = () => {
    left.replaceChildren();
    if (report.decisions.length === 0) return;
    const one = (it) => {
      const back = button(say("check-take-back"), () => wanted("judge", { forget: it.id }), { class: "button button--quiet", "data-testid": "take-back" });
      return make("li", { "data-testid": "judgement" }, make("code", {}, it.title), it.reason ? ` ${it.reason} ` : " ", back);
    };
    left.append(make("h3", {}, say("check-decisions")), make("ul", {}, ...report.decisions.map(one)));
  };

  // How it is set up.
  const rules = make("ul", { class: "critic__rules" });
  const preset = make("select", { class: "field", "aria-label": say("check-set"), "data-testid": "preset" });
  preset.addEventListener("change", () => wanted("judge", { start: preset.value }));
  const search = make("input", { class: "field", type: "search", placeholder: say("check-find-rule"), "aria-label": say("check-find-rule"), "data-testid": "rule-filter" });
  search.addEventListener("input", () => {
    state.rule = search.value;
    drawRules();
  });
  const settings = make("details", { class: "critic__settings", "data-testid": "rules" }, make("summary", {}, say("check-rules")));
  settings.append(
    make("p", { class: "note" }, say("check-rules-about")),
    make("div", { class: "critic__tools" }, make("label", { class: "critic__preset" }, say("check-set"), " ", preset), search),
    rules,
  );
  settings.addEventListener("toggle", () => drawRules());
  const PRESETS = {
    recommended: say("check-recommended"),
    core: say("check-core"),
    strict: say("check-strict"),
    supabase: say("check-supabase"),
    rails: say("check-rails"),
    legacy: say("check-legacy"),
  };
  const drawRules = () => {
    parts.rules.className = "card critic";
    if (!settings.isConnected) parts.rules.replaceChildren(settings);
    preset.replaceChildren(...report.presets.map((it) => make("option", { value: it }, PRESETS[it] ?? it)));
    preset.value = report.preset;
    if (!settings.open) return rules.replaceChildren();
    const text = state.rule.trim().toLowerCase();
    const meant = report.rules.filter((it) => !text || `${it.code} ${it.name} ${it.summary}`.toLowerCase().includes(text));
    rules.replaceChildren(...meant.map(drawRule));
  };
  const drawRule = (rule) => {
    const key = `rule ${rule.code}`;
    const rate = make("select", { class: "field", "aria-label": say("check-rule-is", { code: rule.code }), "data-testid": "rate" });
    rate.append(
      make("option", { value: "" }, say("check-usual", { severity: rule.usual ? word(rule.usual) : say("check-off") })),
      ...GRAVITY.map((it) => make("option", { value: it }, word(it))),
      make("option", { value: "off" }, say("check-off")),
    );
    rate.value = rule.now === rule.usual ? "" : (rule.now ?? "off");
    rate.dataset.keep = key;
    const turnedOff = report.decisions.find((it) => it.title === `Ignore ${rule.code}`);
    rate.addEventListener("change", async () => {
      if (rate.value === "off") {
        [state.asking, state.reason] = [key, ""];
        drawRules();
        return rules.querySelector(".critic__reason input")?.focus();
      }
      if (turnedOff) await wanted("judge", { forget: turnedOff.id });
      await wanted("judge", { rate: { code: rule.code, severity: rate.value || null } });
    });
    const judge = (reason) => ({ ignore: { code: rule.code, about: [], place: "", reason } });
    const words = make("div", { class: "findings__words" }, make("p", {}, make("b", {}, rule.code), ` ${rule.name}`), inline(make("p", { class: "note" }), rule.summary));
    const show = button(state.pages.has(key) ? say("check-close") : say("check-why"), () => why(key, rule.code), { class: "button button--quiet", "data-keep": `why ${key}` });
    const row = make("li", { "data-testid": "rule", "data-code": rule.code }, words, make("div", { class: "critic__acts" }, show, rate), ...drawReason(key, say("check-reason-off", { code: rule.code }), judge));
    if (state.pages.has(key)) row.append(page(state.pages.get(key)));
    return row;
  };

  return {
    show(text, aTable, aColumn, aRun) {
      if (!text) return;
      [report, table, column, run] = [JSON.parse(text), aTable, aColumn, aRun];
      draw();
    },
    destroy() {
      element.replaceChildren();
    },
  };
}

/** What a finding is about within its table, unless its message names it. */
function within({ objects, table, place, message }) {
  if (objects[0] === table) return [];
  const names = place.split(", ").map((it) => it.slice(it.lastIndexOf(".") + 1));
  const unsaid = names.filter((it) => !message.includes(it));
  return unsaid.length > 0 ? [make("code", {}, unsaid.join(", ")), ": "] : [];
}

const keyOf = (it) => `${it.code} ${it.place} ${it.message}`;
const grave = (it) => GRAVITY.indexOf(it.severity);
const gravest = (all) => Math.min(...all.map(grave));
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text) => (/[?.…]$/.test(text) ? `${text} ` : `${text}. `);
const counted = (severity, count) => (count === 0 ? "" : counts(severity, count));
const flip = (set, it) => set.delete(it) || set.add(it);

/** Whether a rule's line of the checklist is this one: the first that names it, or else the first whose pattern means it. */
function lineOf(lines, code, title) {
  const own = lines.find((it) => it.rules.includes(code)) ?? lines.find((it) => it.rules.some((rule) => rule.endsWith("*") && code.startsWith(rule.slice(0, -1))));
  return own?.title === title;
}

function word(severity) {
  if (severity === "error") return say("check-error");
  return severity === "warning" ? say("check-warning") : say("check-remark");
}

function counts(severity, count) {
  if (severity === "error") return say("check-errors", { count: count });
  return severity === "warning" ? say("check-warnings", { count: count }) : say("check-remarks", { count: count });
}

function gravity(severity) {
  return make("span", { class: `findings__severity findings__severity--${severity}` }, word(severity));
}

/** Notes where the focus is, to go back there after a redrawing. */
function focused(element) {
  const { activeElement } = document;
  const keep = element.contains(activeElement) ? activeElement.dataset.keep : null;
  return () => {
    if (!keep || element.contains(document.activeElement)) return;
    [...element.querySelectorAll("[data-keep]")].find((it) => it.dataset.keep === keep)?.focus();
  };
}

function button(words, onClick, attributes = {}) {
  const it = make("button", { type: "button", class: "button", ...attributes }, ...(words ? [words] : []));
  it.addEventListener("click", onClick);
  return it;
}

function make(name, attributes = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  it.append(...children);
  return it;
}
