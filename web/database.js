// A real PostgreSQL in the page: PGlite in a worker, started when first asked.
//
//   run(sql)    → Promise<Outcome>   the script on a clean database, statement by statement, until one fails
//   query(sql)  → Promise<Rows>      one statement on the database that the last run left
//   prepare()   → Promise<void>      starts the server now, so that the first run need not wait
//   stop()                           ends the server; what is under way answers {ok: false, sqlstate: "57P01"}
//
//   Outcome  {ok: true, statements, milliseconds, version}
//          | {ok: false, message, sqlstate, position, from, to, statements, milliseconds, version, detail, hint}
//   Rows     {ok: true, columns: [name], rows: [[value]], milliseconds} | {ok: false, …as above}
//
// `position` is where the server points at, or where the statement begins when it points nowhere; `from` and `to`
// bound the failed statement. All three are UTF-8 byte offsets of the text that was given. `statements` counts
// those that went through. No call rejects. `sqlstate` is "" when the server could not be started at all.

const GONE = { ok: false, message: "the database was stopped", sqlstate: "57P01" };

let worker = null;
let next = 0;
const waiting = new Map();

/** Runs a script on a clean database. */
export function run(sql) {
  return ask("run", sql);
}

/** Runs one statement on the database that the last run left. */
export function query(sql) {
  return ask("query", sql);
}

/** Starts the server. */
export async function prepare() {
  await ask("prepare", "");
}

/** Ends the server and answers whoever waits. */
export function stop() {
  end(GONE);
}

function ask(verb, sql) {
  worker ??= start();
  return new Promise((answer) => {
    next += 1;
    waiting.set(next, { answer, size: new TextEncoder().encode(sql).length });
    worker.postMessage({ id: next, verb, sql });
  });
}

function start() {
  const started = new Worker(new URL("./database-worker.js", import.meta.url), { type: "module" });
  started.onmessage = ({ data: { id, result } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    asked?.answer(result);
  };
  started.onerror = (event) => {
    event.preventDefault();
    end({ ok: false, message: event.message || "the database could not be loaded", sqlstate: "" });
  };
  return started;
}

function end(result) {
  worker?.terminate();
  worker = null;
  const asked = [...waiting.values()];
  waiting.clear();
  for (const { answer, size } of asked) {
    answer({ ...result, position: 0, from: 0, to: size, statements: 0, milliseconds: 0, version: "", detail: null, hint: null });
  }
}
