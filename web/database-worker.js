// The worker behind database.js: one PGlite, cleaned between runs, replaced when cleaning does not bring back
// exactly what a new database holds.
/* global EXTENSIONS, PGLITE_VERSION */

import { PGlite } from "@electric-sql/pglite";

import { Offsets, unitsOfCharacter } from "./offsets.js";
import { statements } from "./statements.js";

/** What a new database holds, counted catalog by catalog. Statistics and large objects are left out: they follow. */
const INVENTORY = `
  select array[
    (select count(*) from pg_class), (select count(*) from pg_type), (select count(*) from pg_proc),
    (select count(*) from pg_namespace), (select count(*) from pg_roles), (select count(*) from pg_extension),
    (select count(*) from pg_cast), (select count(*) from pg_operator), (select count(*) from pg_collation),
    (select count(*) from pg_conversion), (select count(*) from pg_language), (select count(*) from pg_am),
    (select count(*) from pg_event_trigger), (select count(*) from pg_publication), (select count(*) from pg_subscription),
    (select count(*) from pg_foreign_server), (select count(*) from pg_foreign_data_wrapper), (select count(*) from pg_policy),
    (select count(*) from pg_rewrite), (select count(*) from pg_trigger), (select count(*) from pg_description),
    (select count(*) from pg_db_role_setting), (select count(*) from pg_default_acl), (select count(*) from pg_ts_config),
    (select count(*) from pg_ts_dict), (select count(*) from pg_tablespace), (select count(*) from pg_prepared_xacts),
    (select count(*) from pg_largeobject_metadata), (select count(*) from pg_shdescription),
    (select coalesce(sum(hashtext(nspname || coalesce(nspacl::text, ''))::bigint), 0) from pg_namespace)
  ] as inventory`;

/** Drops whatever a script may have made outside the system's own schemas. */
const CLEAN = `
  do $$
  declare it record;
  begin
    set local client_min_messages = error;
    for it in select evtname as name from pg_event_trigger loop execute format('drop event trigger %I', it.name); end loop;
    for it in select pubname as name from pg_publication loop execute format('drop publication %I', it.name); end loop;
    for it in select extname as name from pg_extension where extname <> 'plpgsql' loop
      execute format('drop extension if exists %I cascade', it.name);
    end loop;
    for it in select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
      execute format('drop schema %I cascade', it.name);
    end loop;
    for it in select rolname as name from pg_roles where rolname !~ '^pg_' and rolname <> current_user loop
      execute format('drop owned by %I cascade', it.name);
      execute format('drop role %I', it.name);
    end loop;
    create schema public authorization pg_database_owner;
    grant usage on schema public to public;
    comment on schema public is 'standard public schema';
  end $$;`;

const CACHE = "relata-database";
const SNAPSHOT = new URL(`./snapshot-${PGLITE_VERSION}.tar.gz`, import.meta.url).href;

/** @type {{pg: PGlite, extensions: Set<string>, inventory: string, version: string, isClean: boolean} | null} */
let server = null;

/** One at a time, in the order asked. */
let turn = Promise.resolve();
self.onmessage = ({ data: { id, verb, sql } }) => {
  turn = turn.then(async () => self.postMessage({ id, result: await VERBS[verb](sql) }));
};

const VERBS = {
  run: (sql) => guarded(sql, () => run(sql)),
  query: (sql) => guarded(sql, () => query(sql)),
  prepare: (sql) => guarded(sql, () => ready(new Set()).then(() => ({ ok: true }))),
};

/** Turns what nobody expected (out of memory, a file that did not load) into an answer, and starts afresh next time. */
async function guarded(sql, act) {
  try {
    return await act();
  } catch (problem) {
    await discard();
    const whole = { from: 0, to: sql.length };
    return failure(problem, sql, whole, { statements: 0, milliseconds: 0, version: "" });
  }
}

async function run(sql) {
  const { pg, version } = await ready(extensionsIn(sql));
  server.isClean = false;
  const begin = performance.now();
  let done = 0;
  const told = () => ({ statements: done, milliseconds: performance.now() - begin, version });
  for (const place of statements(sql)) {
    try {
      await pg.exec(sql.slice(place.from, place.to));
    } catch (problem) {
      return failure(problem, sql, place, told());
    }
    done += 1;
  }
  return { ok: true, ...told() };
}

async function query(sql) {
  server ?? (await ready(extensionsIn(sql)));
  const { pg, version } = server;
  server.isClean = false;
  const begin = performance.now();
  try {
    const { fields, rows } = await pg.query(sql, [], { rowMode: "array" });
    const columns = fields.map((it) => it.name);
    return { ok: true, columns, rows: rows.map((it) => it.map(plain)), milliseconds: performance.now() - begin };
  } catch (problem) {
    const milliseconds = performance.now() - begin;
    return failure(problem, sql, { from: 0, to: sql.length }, { statements: 0, milliseconds, version });
  }
}

/** Values that JSON cannot hold become text. */
function plain(value) {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return `\\x${Array.from(value, (it) => it.toString(16).padStart(2, "0")).join("")}`;
  return value;
}

function failure(problem, sql, { from, to }, told) {
  const offsets = new Offsets(sql);
  const pointed = Number(problem.position ?? 0);
  const at = pointed > 0 ? from + unitsOfCharacter(sql.slice(from, to), pointed) : from;
  return {
    ok: false,
    message: problem.message ?? String(problem),
    sqlstate: problem.code ?? "",
    position: offsets.toBytes(at),
    from: offsets.toBytes(from),
    to: offsets.toBytes(to),
    detail: problem.detail ?? null,
    hint: problem.hint ?? null,
    ...told,
  };
}

/** The extensions that a script asks for and that we have. Anything else is the server's to refuse, in its words. */
function extensionsIn(sql) {
  const found = new Set();
  for (const it of sql.matchAll(/create\s+extension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w-]+)/gi)) {
    const name = it[1].startsWith('"') ? it[1].slice(1, -1) : it[1].toLowerCase();
    if (EXTENSIONS.includes(name)) found.add(name);
    // The only contributed module that is built on another.
    if (name === "earthdistance") found.add("cube");
  }
  return found;
}

/** A clean server that has these extensions. */
async function ready(extensions) {
  if (server && ![...extensions].every((it) => server.extensions.has(it))) {
    server.extensions.forEach((it) => extensions.add(it));
    await discard();
  }
  if (server && !server.isClean && !(await clean())) await discard();
  server ??= await start(extensions);
  return server;
}

async function clean() {
  try {
    await sweep(server.pg);
    server.isClean = (await inventory(server.pg)) === server.inventory;
    return server.isClean;
  } catch {
    return false;
  }
}

async function sweep(pg) {
  // Each on its own: together they would be one transaction, in which `discard` is not allowed.
  for (const statement of ["rollback", "discard all", CLEAN]) await pg.exec(statement);
}

async function discard() {
  const old = server;
  server = null;
  await old?.pg.close().catch(() => {});
}

async function start(extensions) {
  const cached = await snapshot();
  const bundles = [...extensions].map((it) => [it, new URL(`./pglite/${it}.tar.gz`, import.meta.url)]);
  const pg = await PGlite.create({ ...(await programs()), extensions: Object.fromEntries(bundles), loadDataDir: cached });
  // What initdb does takes seconds; its result is kept for the next visit.
  if (!cached) await keepSnapshot(await pg.dumpDataDir("gzip"));
  // Dropping and making `public` moves counts that a new database has not moved yet.
  await sweep(pg);
  const version = (await pg.query("show server_version")).rows[0].server_version;
  return { pg, extensions, inventory: await inventory(pg), version, isClean: true };
}

async function programs() {
  const file = (name) => fetch(new URL(`./pglite/${name}`, import.meta.url));
  const [pgliteWasmModule, initdbWasmModule, data] = await Promise.all([
    WebAssembly.compileStreaming(file("pglite.wasm")),
    WebAssembly.compileStreaming(file("initdb.wasm")),
    file("pglite.data"),
  ]);
  return { pgliteWasmModule, initdbWasmModule, fsBundle: await data.blob() };
}

async function inventory(pg) {
  return JSON.stringify((await pg.query(INVENTORY)).rows[0].inventory, (_, it) => (typeof it === "bigint" ? `${it}` : it));
}

/** The data folder that an earlier visit kept; nothing in a private window that refuses storage. */
async function snapshot() {
  try {
    const found = await (await caches.open(CACHE)).match(SNAPSHOT);
    return found ? await found.blob() : undefined;
  } catch {
    return undefined;
  }
}

async function keepSnapshot(blob) {
  try {
    await caches.delete(CACHE);
    await (await caches.open(CACHE)).put(SNAPSHOT, new Response(blob));
  } catch {
    // Storage is full or refused: the next start is slower, nothing else.
  }
}
