// Completion of a text field: a combobox with a list, as the ARIA Authoring Practices have it.
//
//   attach(input, options)   options() → a promise of [name, what it is]; asked for anew whenever the field takes the focus
//
// What is chosen is written into the field, which tells `input` and `change` as if it had been typed.

import { say } from "./texts.js";

const MOST = 40;
const attached = new WeakSet();
let count = 0;

/** Completes a field; a second time it does nothing. */
export function attach(input, options) {
  if (attached.has(input)) return;
  attached.add(input);
  const list = document.createElement("ul");
  list.className = "combobox";
  list.id = `combobox-${(count += 1)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("sheet-suggestions"));
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) {
    input.setAttribute(name, value);
  }
  let all = [];
  let at = -1;

  const isOpen = () => list.isConnected;
  const close = () => {
    list.remove();
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((it, place) => it.setAttribute("aria-selected", String(place === at)));
    const chosen = list.children[at];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const choose = (name) => {
    input.value = name;
    close();
    for (const told of ["input", "change"]) input.dispatchEvent(new Event(told, { bubbles: true }));
    close();
  };
  const open = (query) => {
    const found = matching(all, query);
    if (found.length === 0) return close();
    list.replaceChildren(...found.map((it, place) => option(`${list.id}-${place}`, it)));
    // Within a dialog only what is in it is on top.
    (input.closest("dialog") ?? document.body).append(list);
    place(list, input);
    input.setAttribute("aria-expanded", "true");
    mark(-1);
  };

  list.addEventListener("pointerdown", (event) => {
    // The field keeps the focus.
    event.preventDefault();
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose(chosen.dataset.name);
  });
  const load = async () => {
    all = await options();
  };
  input.addEventListener("focus", load);
  input.addEventListener("blur", close);
  input.addEventListener("input", async (event) => {
    // One of its own is no typing.
    if (!event.isTrusted) return;
    if (all.length === 0) await load();
    open(input.value);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && !isOpen() && !event.shiftKey && (event.altKey || input.dataset.opens !== "alt")) {
      open(event.altKey ? "" : input.value);
      mark(0);
    } else if (!isOpen()) {
      return;
    } else if (event.key === "ArrowDown") mark(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") mark(at <= 0 ? last : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) choose(list.children[at].dataset.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  if (document.activeElement === input) load();
}

function option(id, [name, words]) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "combobox__option";
  item.setAttribute("role", "option");
  item.dataset.name = name;
  const what = document.createElement("span");
  what.className = "combobox__words";
  what.textContent = words;
  item.append(name, what);
  return item;
}

/** Those whose name begins with the query, then those that hold it, then those of which it is said. */
function matching(all, query) {
  const wanted = query.trim().toLowerCase();
  const rank = ([name, words]) => {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) return 0;
    if (lower.includes(wanted)) return 1;
    return words.toLowerCase().includes(wanted) ? 2 : 3;
  };
  const ranked = all.map((it, place) => [rank(it), place, it]).filter((it) => it[0] < 3);
  ranked.sort((one, two) => one[0] - two[0] || one[1] - two[1]);
  return ranked.slice(0, MOST).map((it) => it[2]);
}

/** Below the field, or above it where there is no room. */
function place(list, input) {
  const box = input.getBoundingClientRect();
  const below = innerHeight - box.bottom;
  const isAbove = below < 180 && box.top > below;
  list.style.minWidth = `${Math.max(box.width, 180)}px`;
  Object.assign(list.style, {
    left: `${Math.max(4, Math.min(box.left, innerWidth - list.offsetWidth - 8))}px`,
    top: isAbove ? "auto" : `${box.bottom + 2}px`,
    bottom: isAbove ? `${innerHeight - box.top + 2}px` : "auto",
    maxHeight: `${Math.max(96, (isAbove ? box.top : below) - 12)}px`,
  });
}
