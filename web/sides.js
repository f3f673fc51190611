// What the offline reader and the model found, side by side: a row each, with what is taken of it.

const STATES = { agreed: "both", conflict: "differ", reader: "only the reader", model: "only the model" };
const PICKS = { both: "both", reader: "the reader's", model: "the model's", neither: "leave out" };

/** The rows (src/llm/compare.rs) as a form; `onPropose` is told the picks. */
export function sides(rows, onPropose) {
  const picks = {};
  const line = (row) => {
    const state = typeof row.state === "string" ? row.state : row.state.only;
    const isEntity = row.key.startsWith("entity:");
    const choices = state === "agreed" && isEntity ? ["both", "reader", "model", "neither"] : row.reader && row.model ? ["reader", "model", "neither"] : [row.reader ? "reader" : "model", "neither"];
    const select = make("select", { class: "field", "aria-label": `What to take of ${row.name}` }, ...choices.map((it) => make("option", { value: it }, PICKS[it])));
    select.value = choices.includes(row.usual) ? row.usual : choices[0];
    select.addEventListener("change", () => (picks[row.key] = select.value));
    const item = make("li", { class: "llm__row", "data-testid": "model-row" },
      make("div", { class: "llm__head" }, make("b", {}, row.name), make("span", { class: `chip llm__state llm__state--${state}` }, STATES[state]), select));
    item.dataset.state = state;
    item.dataset.name = row.name;
    for (const words of row.differences) item.append(make("p", { class: "llm__difference" }, words));
    if (row.reader && row.reader !== row.model) item.append(make("p", { class: "note" }, `Reader: ${row.reader}`));
    if (row.model) item.append(make("p", { class: "note" }, `${row.reader === row.model ? "Both" : "Model"}: ${row.model}`));
    return item;
  };
  const propose = make("button", { type: "button", class: "button button--primary", "data-testid": "model-propose" }, "Propose these");
  propose.addEventListener("click", () => onPropose(picks));
  const count = (state) => rows.filter((it) => (it.state.only ?? it.state) === state).length;
  const summary = `Both found ${count("agreed")}, only the reader ${count("reader")}, only the model ${count("model")}; they differ in ${count("conflict")}.`;
  return make("div", { class: "llm__sides" }, make("p", { "data-testid": "model-summary" }, summary), make("ul", { class: "llm__rows" }, ...rows.map(line)), make("div", { class: "llm__acts" }, propose));
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
