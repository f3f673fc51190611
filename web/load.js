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

/** editor.js: the text editor. */
export const editor = () => load("editor");

/** database.js: PostgreSQL in the page. */
export const database = () => load("database");
