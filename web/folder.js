// A folder of this machine in which designs live as files, by the File System Access API, where the browser has it. A design that
// is a file there is written whenever it has been saved on this device, unless somebody else has changed the file meanwhile.

import { make } from "./element.js";
import { say } from "./texts.js";

/** How the file of a design ends. */
const ENDING = ".relata.json";
/** Which design is which file, and when the file was last seen to change: `{design: {name, seen}}`. */
const FILES = "relata.files";
const DATABASE = "relata-folder";
const STORE = "handles";
const WRITES = { mode: "readwrite" };

/** What the page gives: see src/app/edge/folder.rs. */
let page;
/** The folder, or null; a promise of it. */
let known;
let isPending = false;

/** Takes what the page gives; all else asks for that. */
export function begin(given) {
  page = given;
  known ??= remembered().catch(() => null);
}

/** The open design has been saved on this device. */
export function saved() {
  if (isPending) return;
  isPending = true;
  // One after the other among all tabs: two that wrote at once would each take the other for a stranger.
  const write = () => {
    isPending = false;
    return keepUp(false);
  };
  const turn = navigator.locks ? navigator.locks.request(FILES, write) : write();
  Promise.resolve(turn).catch(told);
}

async function keepUp(isAgreed) {
  const folder = await known;
  const key = page.key();
  if (!folder || !key || !files()[key] || (await folder.queryPermission(WRITES)) !== "granted") return;
  const text = await page.text();
  const file = files()[key];
  // Another design was opened while this one was being written down.
  if (page.key() !== key || !file) return;
  const handle = await folder.getFileHandle(file.name, { create: true });
  const there = await handle.getFile();
  if (there.size > 0 && there.lastModified !== file.seen && !isAgreed) {
    if ((await there.text()) === text) return remember(key, { ...file, seen: there.lastModified });
    const over = () => void keepUp(true).catch(told);
    return page.offer(say("folder-changed", { name: file.name }), say("folder-write-over"), over);
  }
  const out = await handle.createWritable();
  await out.write(text);
  // The file changes here, at once or not at all.
  await out.close();
  remember(key, { name: file.name, seen: (await handle.getFile()).lastModified });
}

/** Puts the panel into an element; nothing where the browser has no such folders. */
export async function mount(element) {
  if (!("showDirectoryPicker" in window)) return;
  await show(element);
}

async function show(element) {
  const folder = await known;
  const act = (name, id, run) => {
    const button = make("button", { class: "button", "data-testid": `folder-${id}`, type: "button" }, name);
    button.addEventListener("click", () => Promise.resolve(run()).then(() => show(element)).catch(told));
    return button;
  };
  const title = make("h3", { class: "folder__title" }, folder ? say("folder-called", { name: folder.name }) : say("folder-title"));
  if (!folder) {
    return element.replaceChildren(title, note(say("folder-what-for")), acts(act(say("folder-choose"), "choose", choose)));
  }
  const leave = act(say("folder-leave"), "leave", forget);
  if ((await folder.queryPermission(WRITES)) !== "granted") {
    const allow = act(say("folder-allow"), "allow", () => folder.requestPermission(WRITES));
    return element.replaceChildren(title, note(say("folder-ask-again")), acts(allow, leave));
  }
  const own = files()[page.key()];
  const here = own ? [note(say("folder-is-here", { name: own.name }))] : [];
  const put = own || !page.key() ? [] : [act(say("folder-put"), "put", () => putIn(folder))];
  const found = await designs(folder);
  const rows = found.map((it) => {
    const open = make("button", { class: "designs__open", "data-testid": "folder-file", type: "button" }, it.name);
    open.addEventListener("click", () => void opened(it).catch(told));
    return make("li", { class: "designs__row" }, open);
  });
  const list = rows.length ? make("ul", { class: "designs" }, ...rows) : note(say("folder-empty", { ending: ENDING }));
  element.replaceChildren(title, ...here, list, acts(...put, leave));
}

async function choose() {
  let folder;
  try {
    folder = await window.showDirectoryPicker({ id: "relata", ...WRITES });
  } catch (problem) {
    // Nobody chose one.
    if (problem.name === "AbortError") return;
    throw problem;
  }
  if (!(await (await known)?.isSameEntry(folder))) localStorage.removeItem(FILES);
  known = Promise.resolve(folder);
  await stored("readwrite", (store) => store.put(folder, "folder"));
}

/** Files stay where they are, and designs on this device. */
async function forget() {
  known = Promise.resolve(null);
  localStorage.removeItem(FILES);
  await stored("readwrite", (store) => store.delete("folder"));
}

/** Makes the open design a file of the folder, under its title or else a free name like it. */
async function putIn(folder) {
  const taken = new Set((await designs(folder)).map((it) => it.name));
  const stem = page.title();
  let name = stem + ENDING;
  for (let at = 2; taken.has(name); at += 1) name = `${stem}-${at}${ENDING}`;
  remember(page.key(), { name, seen: 0 });
  await keepUp(false);
}

/** Opens the design that this file is; a file that was changed elsewhere is another design. */
async function opened(handle) {
  const file = await handle.getFile();
  const [key, link] = Object.entries(files()).find(([, it]) => it.name === handle.name) ?? [];
  if (key && link.seen === file.lastModified && (await page.show(key))) return;
  const made = await page.open(handle.name, new Uint8Array(await file.arrayBuffer()));
  if (key) remember(key, null);
  remember(made, { name: handle.name, seen: file.lastModified });
}

async function designs(folder) {
  const all = [];
  for await (const it of folder.values()) if (it.kind === "file" && it.name.endsWith(ENDING)) all.push(it);
  return all.sort((one, two) => one.name.localeCompare(two.name));
}

function files() {
  try {
    return JSON.parse(localStorage.getItem(FILES) ?? "{}");
  } catch {
    return {};
  }
}

function remember(key, file) {
  const all = files();
  if (file) all[key] = file;
  else delete all[key];
  localStorage.setItem(FILES, JSON.stringify(all));
}

/** The folder that was chosen on an earlier visit. */
const remembered = async () => (await stored("readonly", (store) => store.get("folder"))) ?? null;

/** A request of the database that keeps the folder: handles cannot be written down as text. */
function stored(mode, ask) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        opening.result.close();
        done(request.result);
      };
      transaction.onabort = () => failed(transaction.error);
    };
  });
}

const told = (problem) => page.fail(say("folder-failed", { reason: problem?.message ?? String(problem) }));
const note = (text) => make("p", { class: "note" }, text);
const acts = (...buttons) => make("div", { class: "designs__actions" }, ...buttons);
