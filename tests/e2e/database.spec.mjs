// PostgreSQL in the page: js/database.js, without the app around it.

import { expect, test } from "./fixtures.mjs";

const run = (page, sql, verb = "run") =>
  page.evaluate(async ([sql, verb]) => (await import(new URL("js/database.js", document.baseURI)))[verb](sql), [sql, verb]);

test("a script runs statement by statement on a clean database each time", async ({ app }) => {
  const script = `
    create type mood as enum ('fine; really', 'bad');
    create table person (id uuid primary key default gen_random_uuid(), mood mood not null);
    create function f() returns int begin atomic select 1; select 2; end;
    create role reader; grant select on person to reader;
    comment on table person is $$it's; fine$$;`;
  for (let round = 0; round < 3; round += 1) {
    const result = await run(app, script);
    expect(result).toMatchObject({ ok: true, statements: 6 });
    expect(result.version).toMatch(/^18\./);
  }
  const rows = await run(app, "select f() as two, count(*) from person", "query");
  expect(rows).toMatchObject({ ok: true, columns: ["two", "count"], rows: [[2, 0]] });
});

test("a failure is told with its place in bytes", async ({ app }) => {
  const script = "create table a (id int); -- é € 😀\ncreate table b (x nöpe);\nselect 1";
  const bytes = (text) => Buffer.byteLength(text);
  expect(await run(app, script)).toMatchObject({
    ok: false,
    sqlstate: "42704",
    message: 'type "nöpe" does not exist',
    statements: 1,
    position: bytes(script.slice(0, script.indexOf("nöpe"))),
    from: bytes(script.slice(0, script.indexOf("create table b"))),
    to: bytes(script.slice(0, script.lastIndexOf(";"))),
  });
  const twice = await run(app, "create table a (); create table a ()");
  expect(twice).toMatchObject({ ok: false, sqlstate: "42P07", position: 19, statements: 1 });
});

test("extensions are there when a script asks for them", async ({ app }) => {
  const names = ["pg_trgm", "citext", "btree_gist", "ltree", "hstore", "uuid-ossp", "pgcrypto", "unaccent", "earthdistance"];
  const script = names.map((it) => `create extension if not exists "${it}" cascade;`).join("\n");
  expect(await run(app, `${script} create table t (e citext unique, h hstore)`)).toMatchObject({ ok: true });
  expect(await run(app, "create table t (e citext)")).toMatchObject({ ok: false, sqlstate: "42704" });
  expect(await run(app, "create extension nowhere")).toMatchObject({ ok: false, sqlstate: "0A000" });
});

test("stopping answers whoever waits, and the next run starts afresh", async ({ app }) => {
  const stopped = await app.evaluate(async () => {
    const database = await import(new URL("js/database.js", document.baseURI));
    const running = database.run("select pg_sleep(60)");
    setTimeout(database.stop, 500);
    return running;
  });
  expect(stopped).toMatchObject({ ok: false, sqlstate: "57P01" });
  expect(await run(app, "select 1")).toMatchObject({ ok: true, statements: 1 });
});
