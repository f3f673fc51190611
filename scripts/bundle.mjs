// Trunk's build hook: bundles web/*.js with esbuild into js/, and puts PGlite's files and the fonts beside them.

import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeGuide } from "./guide.mjs";

const out = process.env.TRUNK_STAGING_DIR ?? "dist";
const isRelease = process.env.TRUNK_PROFILE === "release";

const pglite = "node_modules/@electric-sql/pglite";
const { version } = JSON.parse(readFileSync(join(pglite, "package.json"), "utf8"));
const extensions = readdirSync(join(pglite, "dist"))
  .filter((it) => it.endsWith(".tar.gz"))
  .map((it) => it.slice(0, -".tar.gz".length));

await build({
  entryPoints: ["editor", "database", "database-worker", "picture", "sheet", "combobox", "engine-worker", "offline"].map((it) => `web/${it}.js`),
  outdir: join(out, "js"),
  bundle: true,
  // Parts that are loaded later become files of their own.
  splitting: true,
  chunkNames: "part-[hash]",
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: isRelease,
  sourcemap: isRelease ? false : "inline",
  legalComments: "none",
  define: { EXTENSIONS: JSON.stringify(extensions), PGLITE_VERSION: JSON.stringify(version) },
  // PGlite looks for these where it runs in Node; in the page it never asks for them.
  external: ["node:*", "fs/promises", "util", "ws", "crypto", "module"],
  logLevel: "warning",
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

function copy(from, to, names) {
  mkdirSync(to, { recursive: true });
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}
