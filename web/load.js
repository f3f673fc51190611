// The door from the app to the JavaScript modules beside it, each fetched when first asked for.
// Their addresses are relative to the page, because the site may live under any path.

const loaded = new Map();

function load(name) {
  if (!loaded.has(name)) {
    const module = import(new URL(`js/${name}.js`, document.baseURI).href);
    loaded.set(name, module);
    // A fetch that failed may work the next time.
    module.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
}

/** texts.js: what the page says; it loads beside the app, and is waited for. */
export const texts = async () => {
  const module = await load("texts");
  await module.ready;
  return module;
};

/** editor.js: the text editor; or text-area.js, which becomes one. */
export const editor = (isLater) => load(isLater ? "text-area" : "editor");

/** database.js: PostgreSQL in the page. */
export const database = () => load("database");

/** sheet.js: a table as a sheet of cells. */
export const sheet = () => load("sheet");

/** critic.js: findings. */
export const critic = () => load("critic");

/** model.js: the panel of the language model. */
export const model = () => load("model");

/** folder.js: designs as files of a folder. */
export const folder = () => load("folder");

/** combobox.js: completes a field. */
export const complete = async (input, options) => (await load("combobox")).attach(input, options);

/** order.js: the order of items in a field of SQL. */
export const order = async (field) => (await load("order")).attach(field);

/** picture.js: the diagram as `svg`, `png` or on paper, by `print`. */
export const picture = async (as, svg, scale) => (await load("picture"))[as](svg, scale);

/** The files of a drop, folders walked: a promise of `[path, File]`. What a drop holds must be asked for at once. */
export const dropped = (transfer) => {
  const entries = [...transfer.items].map((it) => it.webkitGetAsEntry?.()).filter((it) => it);
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((it) => [it.name, it]));
  return Promise.all(entries.map((it) => walk(it, ""))).then((all) => all.flat());
};

/** The query that reads a live database. */
export const catalogQuery = async () => {
  const told = await fetch(new URL("catalog.sql", document.baseURI));
  if (!told.ok) throw new Error(`the query cannot be loaded (${told.status})`);
  return told.text();
};

/**
 * Holds a lock of this name among all tabs: at once, or else when it gets free; a promise of a function that gives it back, or of
 * nothing. A tab that dies gives back what it held. Without locks (pages from an address that is not secure) a tab holds whatever it asks for.
 */
export const hold = (name, waits) =>
  new Promise((told) => {
    if (!navigator.locks) return told(() => {});
    const held = (lock) => lock && new Promise((back) => told(back));
    navigator.locks.request(name, { ifAvailable: !waits }, held).then(() => told(null), () => told(null));
  });

/** Endings of the files of a folder that may hold a part of a schema. */
const SCHEMA = /\.(sql|dbml|prisma|ts|json)$/i;

async function walk(entry, above) {
  const path = above + entry.name;
  if (entry.isFile) {
    if (above && !SCHEMA.test(entry.name)) return [];
    return [[path, await new Promise((found, failed) => entry.file(found, failed))]];
  }
  if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
  const reader = entry.createReader();
  const inside = [];
  // A folder is told of a hundred entries at a time.
  for (;;) {
    const some = await new Promise((found, failed) => reader.readEntries(found, failed));
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map((it) => walk(it, `${path}/`)))).flat();
}
