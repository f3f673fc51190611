// Why a table is as it is, what holds its rules, and how it is asked: folded in its entry of the Model step.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, describe, openFile, sqlOf, step } from "./workplace.mjs";

const run = (page, sql) =>
  page.evaluate(async (sql) => (await import(new URL("js/database.js", document.baseURI))).run(sql), sql);

const entry = (page, name) => page.locator(`[data-testid="model-table"][data-name="${name}"]`);

/** Opens what is told of a table. */
async function told(page, name) {
  const rationale = entry(page, name).getByTestId("rationale");
  await rationale.locator("summary").first().click();
  await expect(rationale.getByTestId("query").first()).toBeVisible();
  return rationale;
}

test("a table from a brief tells why it is one, what holds its rules, and queries that its database runs", async ({ app }) => {
  await describe(app);
  const script = await sqlOf(app);
  await step(app, "model");
  const rationale = entry(app, "plot").getByTestId("rationale");
  await expect(rationale.getByTestId("query")).toHaveCount(0);
  const summary = rationale.locator("summary").first();
  await summary.focus();
  await app.keyboard.press("Enter");
  await expect(rationale.getByText(/^The brief speaks of “.*plots?”/)).toBeVisible();
  const rule = rationale.getByTestId("held-rule").first();
  const name = await rule.locator("code").textContent();
  expect(script).toContain(name);

  const queries = rationale.getByTestId("query");
  const commonest = queries.first();
  await expect(commonest.getByTestId("query-sql")).toContainText("FROM plot");
  await expect(commonest.getByTestId("query-given")).toContainText(/^\$1: .+ \(\w+\)/);
  await commonest.getByTestId("query-copy").click();
  const text = await commonest.getByTestId("query-sql").textContent();
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toBe(text);

  // The others are folded one by one; each is a statement for the database of this design.
  expect(await queries.count()).toBeGreaterThan(1);
  await expect(queries.nth(1).getByTestId("query-sql")).toBeHidden();
  await queries.nth(1).locator("summary").click();
  await expect(queries.nth(1).getByTestId("query-sql")).toBeVisible();
  const all = await queries.getByTestId("query-sql").allTextContents();
  const prepared = all.map((sql, at) => {
    const given = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((it) => Number(it[1])));
    const values = Array.from({ length: given }, () => "NULL").join(", ");
    return `PREPARE asked_${at} AS ${sql};\nEXECUTE asked_${at}${given ? ` (${values})` : ""};`;
  });
  expect(await run(app, `${script}\n${prepared.join("\n")}`)).toMatchObject({ ok: true });

  await summary.focus();
  await app.keyboard.press("Enter");
  await expect(queries).toHaveCount(0);
});

test("what is told follows the design, and stays open", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await step(app, "model");
  const rationale = await told(app, "author");
  await expect(rationale).toContainText("book");
  await expect(rationale).not.toContainText("deleted_at");
  const overrides = entry(app, "author").locator(".overrides");
  await overrides.locator("summary").click();
  await overrides.getByRole("switch", { name: "Deletion by mark" }).check();
  await expect(rationale.getByTestId("query-sql").first()).toContainText("deleted_at IS NULL");
});

for (const width of [1440, 390]) {
  test(`at a width of ${width} a long statement scrolls within itself`, async ({ app }) => {
    await app.setViewportSize({ width, height: 844 });
    await openFile(app, "books.sql", `${SCHEMA}\nalter table author add ${"very_long_name_".repeat(4)} text unique;`, 3);
    await step(app, "model");
    const rationale = await told(app, "author");
    for (const it of await rationale.locator("details > summary").all()) await it.click();
    const cramped = await app.evaluate(() => {
      const held = [...document.querySelectorAll(".model, .model__list, .table-entry, .rationale, .rationale__foot")];
      return held.filter((it) => it.scrollWidth > it.clientWidth).map((it) => `${it.className} ${it.scrollWidth} in ${it.clientWidth}`);
    });
    expect(cramped).toEqual([]);
    const least = width < 860 ? 44 : 24;
    const pressed = await rationale.locator("summary, button").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
    for (const height of pressed) expect(height).toBeGreaterThanOrEqual(least);
  });
}
