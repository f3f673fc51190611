// Texts for other tools: what Ship hands out, read by the tools that it is for.

import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, step } from "./workplace.mjs";

/** Names, types and texts that the syntaxes of the tools have other uses for. */
const ODD = `
create schema crm;
create type crm.state as enum ('open', 'not -- yet', '}');
create table "order" (
  id uuid primary key default gen_random_uuid(),
  "first {name}" varchar(80),
  "__v" integer,
  "straße" text,
  "#no" numeric(12,2) not null,
  state crm.state,
  parent uuid references "order",
  between_times tstzrange,
  tags text[]
);
comment on table "order" is 'A "quoted" <b>text</b> | with; 100 % # of \\ signs';
comment on column "order".tags is E'two\\nlines, "quoted" -- and *starred*';
create table crm."end" (order_id uuid not null unique references "order", class text, primary key (order_id, class));
`;

/** What Ship writes in a format: the file's name and its text. */
async function exported(app, format) {
  await step(app, "ship");
  await app.getByTestId("export-format").selectOption({ label: format });
  const [download] = await Promise.all([app.waitForEvent("download"), app.getByTestId("ship-export").click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** A page with nothing on it but a script. */
async function blank(app, script) {
  const page = await app.context().newPage();
  await page.setContent("<!doctype html><title>blank</title>");
  await page.addScriptTag({ path: script });
  return page;
}

test("Mermaid reads and draws what is written for it", async ({ app }) => {
  const tool = await blank(app, "node_modules/mermaid/dist/mermaid.min.js");
  for (const [sql, tables, references] of [[SCHEMA, 3, 2], [ODD, 2, 2]]) {
    await openFile(app, "shop.sql", sql, tables);
    const { name, text } = await exported(app, "Mermaid");
    expect(name).toBe("shop.mmd");
    const read = await tool.evaluate(async (text) => {
      window.mermaid.initialize({ startOnLoad: false });
      const diagram = await window.mermaid.mermaidAPI.getDiagramFromText(text);
      const entities = [...diagram.db.getEntities().values()];
      const { svg } = await window.mermaid.render("drawn", text);
      return { type: diagram.type, attributes: entities.map((it) => it.attributes.length), ties: diagram.db.getRelationships().length, drawn: svg.includes("<svg") };
    }, text);
    expect(read.type).toBe("er");
    expect(read.attributes.sort()).toEqual(sql === SCHEMA ? [2, 3, 4] : [2, 9]);
    expect(read.ties).toBe(references);
    expect(read.drawn).toBe(true);
  }
});

test("the data dictionary is a page whose links lead somewhere, and in which axe finds nothing", async ({ app }) => {
  await openFile(app, "shop.sql", ODD, 2);
  const { name, text } = await exported(app, "Data dictionary, HTML");
  expect(name).toBe("shop.html");
  const page = await blank(app, "node_modules/axe-core/axe.min.js");
  await page.setContent(text);
  await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
  await expect(page.locator("h2 code")).toHaveText(["order", "crm.end", "crm.state"]);
  await expect(page.locator("p").first()).toHaveText('A "quoted" <b>text</b> | with; 100 % # of \\ signs');
  await expect(page.locator("table").first().locator("tbody tr")).toHaveCount(9);
  await expect(page.locator("table").first()).toContainText("gen_random_uuid()");
  const dead = await page.locator("a").evaluateAll((all) => all.filter((it) => !document.getElementById(decodeURIComponent(it.hash.slice(1)))).length);
  expect(dead).toBe(0);
  const found = await page.evaluate(async () => (await window.axe.run()).violations.map((it) => it.id));
  expect(found).toEqual([]);
  const markdown = await exported(app, "Data dictionary, Markdown");
  expect(markdown.name).toBe("shop.md");
  expect(markdown.text).toContain("| `first {name}` | `varchar(80)` | yes |");
  const dbml = await exported(app, "DBML");
  expect(dbml.text).toContain("Ref");
});
