// The text editor of an empty page of prose: a plain text area, which needs no library, until a person goes to it or a text
// comes into it. Then editor.js is fetched and takes its place, with the text, the selection and the focus.
//
//   mount(element, options) → Editor         options and methods as editor.js has them

const editor = () => import("./editor.js");

/** Puts a text area into `element` that becomes an editor. */
export function mount(element, options) {
  return new TextArea(element, options);
}

class TextArea {
  #element;
  #options;
  #area = document.createElement("textarea");
  #coming = null;
  #editor = null;
  #isComposing = false;
  /** The last call of each method that sets something. */
  #told = new Map();

  constructor(element, options) {
    this.#element = element;
    this.#options = options;
    const area = this.#area;
    Object.assign(area, { className: "text-area", placeholder: options.placeholder ?? "", spellcheck: false, autocapitalize: "off" });
    area.ariaLabel = options.label ?? "";
    if (options.testid) area.dataset.testid = options.testid;
    area.addEventListener("focus", () => this.#become());
    area.addEventListener("input", () => {
      options.onChange?.(area.value);
      // A fetch that failed may work by now.
      this.#become();
    });
    // What is being composed would be cut short.
    area.addEventListener("compositionstart", () => (this.#isComposing = true));
    area.addEventListener("compositionend", () => {
      this.#isComposing = false;
      this.#become();
    });
    element.append(area);
    if (options.doc) this.setDoc(options.doc);
  }

  async #become() {
    try {
      this.#coming ??= editor();
      const { mount } = await this.#coming;
      if (this.#editor || this.#isComposing || !this.#area.isConnected) return;
      this.#editor = this.#replaced(mount);
    } catch {
      // The text can be written without it.
      this.#coming = null;
    }
  }

  #replaced(mount) {
    const { value, selectionStart, selectionEnd } = this.#area;
    const hadFocus = document.activeElement === this.#area;
    const editor = mount(this.#element, { ...this.#options, doc: value });
    for (const [method, given] of this.#told) editor[method](...given);
    if (hadFocus) {
      const bytes = (end) => new TextEncoder().encode(value.slice(0, end)).length;
      editor.focus();
      editor.revealRange(bytes(selectionStart), bytes(selectionEnd), { select: true });
    }
    this.#area.remove();
    return editor;
  }

  #tell(method, ...given) {
    if (this.#editor) return this.#editor[method](...given);
    this.#told.set(method, given);
  }

  getDoc() {
    return this.#editor ? this.#editor.getDoc() : this.#area.value;
  }

  setDoc(text) {
    if (this.#editor) return this.#editor.setDoc(text);
    this.#area.value = text;
    if (text) this.#become();
  }

  setMarks(marks) {
    this.#tell("setMarks", marks);
  }

  setActive(ids) {
    this.#tell("setActive", ids);
  }

  setDiagnostics(list) {
    this.#tell("setDiagnostics", list);
  }

  revealRange(from, to, how) {
    this.#tell("revealRange", from, to, how);
  }

  setTheme(isDark) {
    this.#tell("setTheme", isDark);
  }

  destroy() {
    this.#editor?.destroy();
    this.#area.remove();
  }
}
