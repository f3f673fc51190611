// What the offline reader and the model found, side by side: a row each, with what is taken of it.

import { make } from "./element.js";
import { say } from "./texts.js";

const STATES = { agreed: () => say("llm-both"), conflict: () => say("llm-differ"), reader: () => say("llm-only-reader"), model: () => say("llm-only-model") };
const PICKS = { both: () => say("llm-both"), reader: () => say("llm-take-reader"), model: () => say("llm-take-model"), neither: () => say("llm-take-none") };

/** The rows (src/llm/compare.rs) as a form; `onPropose` is told the picks. */
export function sides(rows, onPropose) {
  const picks = {};
  const line = (row) => {
    const state = typeof row.state === "string" ? row.state : row.state.only;
    const isEntity = row.key.startsWith("entity:");
    const choices = state === "agreed" && isEntity ? ["both", "reader", "model", "neither"] : row.reader && row.model ? ["reader", "model", "neither"] : [row.reader ? "reader" : "model", "neither"];
    const select = make("select", { class: "field", "aria-label": say("llm-take-of", { name: row.name }) }, ...choices.map((it) => make("option", { value: it }, PICKS[it]())));
    select.value = choices.includes(row.usual) ? row.usual : choices[0];
    select.addEventListener("change", () => (picks[row.key] = select.value));
    const item = make("li", { class: "llm__row", "data-testid": "model-row" },
      make("div", { class: "llm__head" }, make("b", {}, row.name), make("span", { class: `chip llm__state llm__state--${state}` }, STATES[state]()), select));
    item.dataset.state = state;
    item.dataset.name = row.name;
    for (const words of row.differences) item.append(make("p", { class: "llm__difference" }, words));
    if (row.reader && row.reader !== row.model) item.append(make("p", { class: "note" }, say("llm-by-reader", { words: row.reader })));
    if (row.model) item.append(make("p", { class: "note" }, row.reader === row.model ? say("llm-by-both", { words: row.model }) : say("llm-by-model", { words: row.model })));
    return item;
  };
  const propose = make("button", { type: "button", class: "button button--primary", "data-testid": "model-propose" }, say("llm-propose"));
  propose.addEventListener("click", () => onPropose(picks));
  const count = (state) => rows.filter((it) => (it.state.only ?? it.state) === state).length;
  const summary = say("llm-summary", { agreed: count("agreed"), reader: count("reader"), model: count("model"), conflict: count("conflict") });
  return make("div", { class: "llm__sides" }, make("p", { "data-testid": "model-summary" }, summary), make("ul", { class: "llm__rows" }, ...rows.map(line)), make("div", { class: "llm__acts" }, propose));
}
