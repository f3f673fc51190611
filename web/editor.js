// A text editor: CodeMirror 6 with what Relata needs of it. Colours come from style/editor.css, so that a theme
// changes tokens only.
//
//   mount(element, options) → Editor
//
//   options  {doc, language: "sql" | "dbml" | "markdown" | "json" | "text", readOnly, lineNumbers, wrap, dark, placeholder,
//             label: accessible name,
//             testid: data-testid of what is typed into; where nothing can be typed, or with `whole`, of an element
//             that holds the whole text, of which the editor itself draws only the lines in view; what is typed into
//             is `<testid>-editor` then,
//             onChange(text), onCursor(offset), onMarks(ids, kind)}
//             `onMarks` tells which marks the pointer or the cursor is on, innermost first, whenever that changes:
//             kind is "hover" | "click" | "cursor"; ids is empty when it leaves.
//   Editor   getDoc() → text              setDoc(text)            a step of its own in the history; no onChange
//            setMarks([{from, to, class, id}])                    several may share an id, and they may overlap
//            setActive([id])              these marks get the class `mark--active`
//            marksAt(offset) → [id]       innermost first
//            setDiagnostics([{from, to, severity: "error" | "warning" | "info", message}])
//            revealRange(from, to, {select})                      scrolls there, selects it when asked, else marks its lines; without a place, none
//            setTheme(isDark)  setReadOnly(is)  setLanguage(name)  focus()  destroy()
//
// All offsets are UTF-8 bytes of the text; out of range ones are moved inside. Marks follow the text while it is
// edited. A value set through a method never calls back. Colours of code and problems may come a moment later, and so do undo
// and the keys of an editor once it has the focus: the first screen need not wait for them.

import { Annotation, Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { Offsets } from "./offsets.js";

/** code.js: what writing needs, and code. */
const code = () => import("./code.js");
const isCode = (name) => name === "sql" || name === "json" || name === "dbml";

/** prose.js: how Markdown is read. An empty text need not wait for it. */
const prose = () => import("./prose.js");

const LANGUAGES = {
  // Prose is set like prose (style/editor.css).
  markdown: () => EditorView.editorAttributes.of({ class: "cm-prose" }),
  text: () => [],
};

/** Marks a transaction as ours, so that `onChange` stays silent. */
const ours = Annotation.define();

const replaceMarks = StateEffect.define();
const activate = StateEffect.define();

/** The marks as decorations, and the ids of those that are active. */
const marksField = StateField.define({
  create: () => ({ set: Decoration.none, active: new Set() }),
  update({ set, active }, transaction) {
    let next = set.map(transaction.changes);
    let nextActive = active;
    for (const effect of transaction.effects) {
      if (effect.is(replaceMarks)) next = effect.value;
      if (effect.is(activate)) nextActive = effect.value;
    }
    const isSame = next === set && nextActive === active;
    return isSame ? { set, active } : { set: restyle(next, nextActive), active: nextActive };
  },
  provide: (field) => EditorView.decorations.from(field, (it) => it.set),
});

function decoration(id, name, isActive) {
  return Decoration.mark({
    id,
    name,
    isActive,
    class: isActive ? `${name} mark--active` : name,
    attributes: { "data-mark": id },
  });
}

/** The same marks, each with the look that its being active asks for. */
function restyle(set, active) {
  const ranges = [];
  let isChanged = false;
  for (const at = set.iter(); at.value; at.next()) {
    const { id, name, isActive } = at.value.spec;
    isChanged ||= isActive !== active.has(id);
    ranges.push(decoration(id, name, active.has(id)).range(at.from, at.to));
  }
  return isChanged ? Decoration.set(ranges, true) : set;
}

/** The lines of what is selected elsewhere, until the cursor is put somewhere. */
const show = StateEffect.define();
const shownLine = Decoration.line({ class: "cm-shown" });
const shownField = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    let next = transaction.selection && !transaction.annotation(ours) ? Decoration.none : lines.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(show)) next = effect.value ? shownLines(transaction.state.doc, effect.value) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function shownLines(doc, { from, to }) {
  const [first, last] = [doc.lineAt(from).number, doc.lineAt(Math.max(from, to - 1)).number];
  const starts = Array.from({ length: last - first + 1 }, (_, at) => shownLine.range(doc.line(first + at).from));
  return Decoration.set(starts);
}

/** Puts an editor into `element`. */
export function mount(element, options) {
  return new Editor(element, options);
}

class Editor {
  #view;
  #language = new Compartment();
  #readOnly = new Compartment();
  #theme = new Compartment();
  #extras = new Compartment();
  #code = null;
  #tabIndents;
  #isolated = [];
  #name = "";
  #isStyled = false;
  #offsets = { doc: null, value: null };
  #told = { hover: "", cursor: "" };
  #on;
  #whole = null;

  constructor(element, options) {
    // Prose, and what can only be read, let Tab go on. In code it indents, and Escape before it leaves: CodeMirror's own way
    // out for the keyboard.
    this.#tabIndents = options.language !== "markdown" && !options.readOnly;
    this.#on = { change: options.onChange, cursor: options.onCursor, marks: options.onMarks };
    const attributes = { "aria-label": options.label ?? "", spellcheck: "false", autocapitalize: "off", tabindex: "0" };
    const isWhole = options.readOnly || options.whole;
    if (options.testid && isWhole) this.#whole = wholeText(element, options);
    if (options.testid) attributes["data-testid"] = isWhole ? `${options.testid}-editor` : options.testid;
    const extensions = [
      highlightSpecialChars(),
      drawSelection(),
      marksField,
      shownField,
      EditorView.contentAttributes.of(attributes),
      EditorView.updateListener.of((update) => this.#updated(update)),
      EditorView.domEventHandlers({
        mousemove: (event) => this.#pointed(event.target, "hover"),
        mouseleave: () => this.#pointed(null, "hover"),
        click: (event) => this.#pointed(event.target, "click"),
        focus: () => void this.#loaded(),
      }),
      this.#language.of(plain(options.language)),
      this.#extras.of([]),
      this.#readOnly.of(readOnly(options.readOnly)),
      this.#theme.of(EditorView.darkTheme.of(Boolean(options.dark))),
      options.lineNumbers ? [lineNumbers(), highlightActiveLine()] : [],
      options.wrap ? EditorView.lineWrapping : [],
      options.placeholder ? placeholder(options.placeholder) : [],
    ];
    this.#view = new EditorView({ parent: element, doc: options.doc ?? "", extensions });
    this.#name = options.language;
    if (isCode(options.language)) this.setLanguage(options.language);
    this.#styled();
  }

  /** Marks up prose once there is some. */
  #styled() {
    if (this.#name !== "markdown" || this.#isStyled || this.#view.state.doc.length === 0) return;
    this.#isStyled = true;
    prose().then(
      ({ markdown }) => {
        if (this.#name !== "markdown") return;
        const effects = this.#language.reconfigure([plain("markdown"), markdown()]);
        this.#view.dispatch({ effects, annotations: ours.of(true) });
      },
      () => (this.#isStyled = false),
    );
  }

  /** What writing needs, and code, loaded once and put to use. */
  #loaded() {
    this.#code ??= code().then((module) => {
      this.#isolated = module.isolated;
      this.#view.dispatch({ effects: this.#extras.reconfigure(module.extras(this.#tabIndents)) });
      return module;
    });
    // A part that could not be fetched may come the next time; the text can be written without it.
    this.#code.catch(() => (this.#code = null));
    return this.#code;
  }

  getDoc() {
    return this.#view.state.doc.toString();
  }

  setDoc(text) {
    const old = this.getDoc();
    if (old === text) return;
    // Only what differs is replaced: the cursor, the marks and the scroll position stay where they can.
    const annotations = [ours.of(true), ...this.#isolated];
    this.#view.dispatch({ changes: differences(old, text), annotations });
  }

  setMarks(marks) {
    const ranges = [];
    for (const mark of marks) {
      const { from, to } = this.#range(mark);
      if (from < to) ranges.push(decoration(String(mark.id), mark.class ?? "mark", false).range(from, to));
    }
    this.#view.dispatch({ effects: replaceMarks.of(Decoration.set(ranges, true)), annotations: ours.of(true) });
  }

  setActive(ids) {
    this.#view.dispatch({ effects: activate.of(new Set(Array.from(ids, String))), annotations: ours.of(true) });
  }

  marksAt(offset) {
    return this.#idsAt(this.#places().toUnits(offset));
  }

  setDiagnostics(list) {
    if (list.length === 0 && !this.#code) return;
    this.#loaded().then(({ setDiagnostics }) => {
      const found = list.map((it) => ({ ...this.#range(it), severity: it.severity, message: it.message }));
      this.#view.dispatch(setDiagnostics(this.#view.state, found));
    }, () => {});
  }

  revealRange(from, to, { select = false } = {}) {
    if (from === undefined) return this.#view.dispatch({ effects: show.of(null), annotations: ours.of(true) });
    const range = this.#range({ from, to });
    const effects = [EditorView.scrollIntoView(range.from, { y: "center" }), show.of(select ? null : range)];
    const selection = select ? { anchor: range.from, head: range.to } : undefined;
    this.#view.dispatch({ effects, selection, annotations: ours.of(true) });
  }

  setTheme(isDark) {
    this.#view.dispatch({ effects: this.#theme.reconfigure(EditorView.darkTheme.of(Boolean(isDark))) });
  }

  setReadOnly(is) {
    this.#view.dispatch({ effects: this.#readOnly.reconfigure(readOnly(is)) });
  }

  setLanguage(name) {
    this.#name = name;
    this.#isStyled = false;
    const set = (it) => this.#view.dispatch({ effects: this.#language.reconfigure(it) });
    if (isCode(name)) this.#loaded().then(({ LANGUAGES }) => set(LANGUAGES[name]()), () => {});
    else set(plain(name));
    this.#styled();
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#whole?.remove();
    this.#view.destroy();
  }

  #updated(update) {
    if (update.docChanged) this.#styled();
    if (update.docChanged && this.#whole) this.#whole.textContent = update.state.doc.toString();
    const isOurs = update.transactions.some((it) => it.annotation(ours));
    if (isOurs) return;
    if (update.docChanged) this.#on.change?.(update.state.doc.toString());
    if (!update.selectionSet && !update.docChanged) return;
    const head = update.state.selection.main.head;
    this.#on.cursor?.(this.#places().toBytes(head));
    this.#tell("cursor", this.#idsAt(head));
  }

  #pointed(target, kind) {
    const ids = [];
    for (let at = target?.closest?.("[data-mark]"); at; at = at.parentElement?.closest("[data-mark]")) {
      if (!ids.includes(at.dataset.mark)) ids.push(at.dataset.mark);
    }
    if (kind !== "click" || ids.length > 0) this.#tell(kind, ids);
    return false;
  }

  /** Hovering and the cursor are told when they change, a click each time. */
  #tell(kind, ids) {
    const key = ids.join("\n");
    if (kind !== "click" && this.#told[kind] === key) return;
    this.#told[kind] = key;
    this.#on.marks?.(ids, kind);
  }

  #idsAt(unit) {
    const found = [];
    this.#view.state.field(marksField).set.between(unit, unit, (from, to, value) => {
      found.push({ length: to - from, id: value.spec.id });
    });
    return [...new Set(found.sort((one, two) => one.length - two.length).map((it) => it.id))];
  }

  #range({ from, to }) {
    const places = this.#places();
    const start = places.toUnits(from);
    return { from: start, to: Math.max(start, places.toUnits(to)) };
  }

  /** The places of the text as it is now, worked out once for each text. */
  #places() {
    const { doc } = this.#view.state;
    if (this.#offsets.doc !== doc) this.#offsets = { doc, value: new Offsets(doc.toString()) };
    return this.#offsets.value;
  }
}

/** What turns one text into another, piece by piece between the lines that stand once in both. */
function differences(old, text) {
  const before = old.split("\n");
  const after = text.split("\n");
  const count = (lines) => lines.reduce((all, line) => all.set(line, (all.get(line) ?? 0) + 1), new Map());
  const [timesBefore, timesAfter] = [count(before), count(after)];
  const places = new Map(before.map((line, place) => [line, place]));
  const changes = [];
  let [start, begin, place, at] = [0, 0, 0, 0];
  const close = (end, stop) => {
    const change = difference(old, text, { from: start, to: end, begin, stop });
    if (change) changes.push(change);
  };
  const starts = [0];
  for (const line of before) starts.push(starts[starts.length - 1] + line.length + 1);
  for (const line of after) {
    const found = places.get(line);
    if (timesAfter.get(line) === 1 && timesBefore.get(line) === 1 && found >= place) {
      close(starts[found], at);
      place = found + 1;
      [start, begin] = [starts[found] + line.length, at + line.length];
    }
    at += line.length + 1;
  }
  close(old.length, text.length);
  return changes;
}

/** What differs between two stretches, without what they begin and end with alike. */
function difference(old, text, { from, to, begin, stop }) {
  while (from < to && begin < stop && old[from] === text[begin]) [from, begin] = [from + 1, begin + 1];
  while (from < to && begin < stop && old[to - 1] === text[stop - 1]) [to, stop] = [to - 1, stop - 1];
  return from < to || begin < stop ? { from, to, insert: text.slice(begin, stop) } : null;
}

/** For programs only: not seen, not read aloud, not copied. */
function wholeText(element, { doc, testid }) {
  const whole = document.createElement("pre");
  whole.className = "cm-whole";
  whole.dataset.testid = testid;
  whole.ariaHidden = "true";
  whole.textContent = doc ?? "";
  element.append(whole);
  return whole;
}

function plain(name) {
  return (LANGUAGES[name] ?? LANGUAGES.text)();
}

/** A text that cannot be changed still takes the focus, so that it can be read, searched and copied by keyboard. */
function readOnly(is) {
  return is ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })] : [];
}
