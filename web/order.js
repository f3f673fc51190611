// The order of what stands in the first brackets of an SQL text (columns of an index or key, values of a type), changed by dragging.
//
//   attach(field)   shows the items above the field; asked again, it shows those of the text as it is then
//
// Another order is written into the field, which tells `input` and `change` as if it had been typed.

import { make } from "./element.js";
import { say } from "./texts.js";

/** What has an order that means something. */
const ORDERED = /^\s*(CREATE (UNIQUE )?INDEX|CREATE TYPE \S+ AS ENUM|(CONSTRAINT \S+ )?(PRIMARY KEY|UNIQUE|EXCLUDE))\b/i;

const attached = new WeakSet();

export function attach(field) {
  if (!attached.has(field)) {
    attached.add(field);
    field.addEventListener("input", (event) => event.isTrusted && attach(field));
  }
  const former = listOf(field);
  const focused = [...(former?.children ?? [])].indexOf(document.activeElement);
  former?.remove();
  const found = ORDERED.test(field.value) ? itemsOf(field.value) : null;
  if (!found || found.items.length < 2) return;
  const { items, from, to } = found;
  const list = make("ol", { class: "order", "data-testid": "order" });
  const chips = items.map((text, at) => {
    const label = say("inspector-order", { name: text, at: at + 1, count: items.length });
    return make("li", { class: "order__item", tabindex: "0", role: "button", "aria-label": label }, text);
  });
  list.append(...chips);

  /** Writes the chips as they stand; the field's change redraws them. */
  const keep = (moved) => {
    const now = [...list.children];
    if (now.every((it, at) => it === chips[at])) return;
    const at = now.indexOf(moved);
    field.value = field.value.slice(0, from) + now.map((it) => it.textContent).join(", ") + field.value.slice(to);
    for (const told of ["input", "change"]) field.dispatchEvent(new Event(told, { bubbles: true }));
    attach(field);
    listOf(field)?.children[at]?.focus();
  };
  list.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    const chip = event.target.closest("li");
    if (!by || !chip) return;
    event.preventDefault();
    const next = by < 0 ? chip.previousElementSibling : chip.nextElementSibling;
    if (!next) return;
    if (!event.altKey) return next.focus();
    if (by < 0) next.before(chip);
    else next.after(chip);
    keep(chip);
  });
  list.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest("li");
    if (!chip || event.button > 0) return;
    chip.setPointerCapture(event.pointerId);
    const move = ({ clientX, clientY }) => {
      const over = document.elementFromPoint(clientX, clientY)?.closest("li");
      if (!over || over === chip || over.parentElement !== list) return;
      const isBehind = chip.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
      // Past its middle, or the two would change places at each move.
      const { left, width, top } = over.getBoundingClientRect();
      const isPast = clientX > left + width / 2;
      const isOther = top !== chip.getBoundingClientRect().top;
      if (isBehind && (isPast || isOther)) over.after(chip);
      else if (!isBehind && (!isPast || isOther)) over.before(chip);
    };
    chip.addEventListener("pointermove", move);
    const end = () => {
      chip.removeEventListener("pointermove", move);
      keep(chip);
    };
    chip.addEventListener("lostpointercapture", end, { once: true });
  });
  field.before(list);
  list.children[focused]?.focus();
}

const listOf = (field) => (field.previousElementSibling?.matches(".order") ? field.previousElementSibling : null);

/** What stands between commas in the first brackets, and where; nothing where they do not end. */
function itemsOf(sql) {
  const items = [];
  let [depth, from, begin] = [0, 0, 0];
  // Texts, quoted names and anything else, sign by sign.
  for (const { 0: sign, index } of sql.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^]/g)) {
    if (sign === "(" && (depth += 1) === 1) from = begin = index + 1;
    else if (sign === ")" && (depth -= 1) === 0) {
      items.push(sql.slice(begin, index).trim());
      return { items, from, to: index };
    } else if (sign === "," && depth === 1) {
      items.push(sql.slice(begin, index).trim());
      begin = index + 1;
    }
  }
  return null;
}
