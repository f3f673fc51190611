// Trunk's build hook: bundles web/*.js with esbuild into js/, and puts PGlite's files and the fonts beside them.

import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeGuide } from "./guide.mjs";

const out = process.env.TRUNK_STAGING_DIR ?? "dist";
const isRelease = process.env.TRUNK_PROFILE === "release";

const pglite = "node_modules/@electric-sql/pglite";
const { version } = JSON.parse(readFileSync(join(pglite, "package.json"), "utf8"));
const extensions = readdirSync(join(pglite, "dist"))
  .filter((it) => it.endsWith(".tar.gz"))
  .map((it) => it.slice(0, -".tar.gz".length));

/** All of them run in the same page, side by side in js/. */
const shared = {
  outdir: join(out, "js"),
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: isRelease,
  sourcemap: isRelease ? false : "inline",
  legalComments: "none",
  logLevel: "warning",
};

await build({ ...shared, entryPoints: ["web/texts.js"] });
await build({
  ...shared,
  entryPoints: ["editor", "text-area", "database", "database-worker", "picture", "sheet", "combobox", "order", "critic", "folder", "model", "engine-worker", "offline"].map((it) => `web/${it}.js`),
  // Parts that are loaded later become files of their own.
  splitting: true,
  chunkNames: "part-[hash]",
  define: { EXTENSIONS: JSON.stringify(extensions), PGLITE_VERSION: JSON.stringify(version) },
  // PGlite looks for the others where it runs in Node; in the page it never asks for them. The texts are one module for all.
  external: ["./texts.js", "node:*", "fs/promises", "util", "ws", "crypto", "module"],
});

copy(join(pglite, "dist"), join(out, "js/pglite"), [
  "pglite.wasm",
  "pglite.data",
  "initdb.wasm",
  ...extensions.map((it) => `${it}.tar.gz`),
]);

for (const family of ["ibm-plex-sans", "ibm-plex-mono"]) {
  const files = [400, 600].map((weight) => `${family}-latin-${weight}-normal.woff2`);
  copy(`node_modules/@fontsource/${family}/files`, join(out, "fonts"), files);
}

// The page shows this query to people and asks it of its own PostgreSQL.
copyFileSync("src/read/catalog/query.sql", join(out, "catalog.sql"));

writeGuide(out);

// One file a language: the page asks for one, and comments are for those who translate.
mkdirSync(join(out, "locales"), { recursive: true });
for (const language of readdirSync("locales")) {
  const files = readdirSync(join("locales", language)).sort();
  const messages = files.map((it) => readFileSync(join("locales", language, it), "utf8").replace(/^#.*\n|^\n/gm, ""));
  writeFileSync(join(out, "locales", `${language}.ftl`), messages.join(""));
}

function copy(from, to, names) {
  mkdirSync(to, { recursive: true });
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}
