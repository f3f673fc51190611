// What a person does in the page, by the handles of docs/automation.md.

import { expect } from "./fixtures.mjs";

/** A brief that no rule of the reader was written for. */
export const BRIEF = `# Allotment garden

A gardener rents plots. Each plot has a number, a size in square metres and a status: free, rented or closed.
A gardener has a name, an email and a phone number.
A gardener can add many plantings to a plot. Each planting has a crop, a planted date and an optional harvest date.
As a warden, I want to report damage on a plot, so that the gardener can repair it.
`;

/** A schema for the tests that begin with tables. */
export const SCHEMA = `
create table author (id bigint generated always as identity primary key, name text not null);
create table book (
  id bigint generated always as identity primary key,
  title text not null,
  author_id bigint not null references author (id) on delete restrict,
  pages integer check (pages > 0)
);
create index on book (author_id);
create table review (
  id bigint generated always as identity primary key,
  book_id bigint not null references book (id) on delete cascade,
  stars smallint not null
);
`;

export const step = (page, name) => page.getByTestId(`step-${name}`).click();

/** Pulls with the mouse from one point of the screen to another. */
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Puts a brief into the page and takes over everything that was found. */
export async function describe(page, text = BRIEF) {
  await step(page, "describe");
  await page.getByTestId("brief").fill(text);
  await expect(page.getByTestId("found")).toContainText(/plot/i);
  // A phone shows the text and what was found one at a time.
  if (!(await page.getByTestId("found").isVisible())) await page.getByText("Found", { exact: true }).click();
  await page.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(page)).toBeGreaterThan(2);
}

/** Opens a text as a file, and takes it over where the page asks. */
export async function openFile(page, name, text, tables) {
  await page.getByTestId("open-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await expect(async () => {
    const accept = page.getByTestId("accept-all");
    // Where it goes meanwhile there is nothing to accept any more.
    if (await accept.isVisible()) await accept.click({ timeout: 2_000 });
    expect(await tableCount(page)).toBe(tables);
  }).toPass();
}

/** Adds a table by the palette, and waits for nothing. */
export async function quickAdd(page, name) {
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette").fill(`${name} label:text`);
  await page.getByTestId("palette").press("Enter");
}

export async function tableCount(page) {
  const text = await page.getByTestId("table-count").textContent();
  return Number(text.replace(/\D/g, ""));
}

/** The whole SQL of the design. */
export async function sqlOf(page) {
  await step(page, "sql");
  const sql = page.getByTestId("sql");
  await expect(sql).toContainText(/create|no sql/i);
  return sql.textContent();
}

/** Names of the tables that the diagram draws when everything is in view, and where their corners stand from the first's. */
export async function drawnTables(page) {
  await step(page, "diagram");
  await page.getByTestId("fit").click();
  await expect(page.getByTestId("table").first()).toBeVisible();
  const boxes = await page.getByTestId("table").evaluateAll((tables) =>
    tables.map((it) => {
      // Not its bounds: the number of findings, which comes when it has been counted, stands out of the card.
      const { e: x, f: y } = it.getScreenCTM();
      return { name: it.dataset.name, x: Math.round(x), y: Math.round(y) };
    }),
  );
  boxes.sort((one, two) => (one.name < two.name ? -1 : 1));
  return boxes.map(({ name, x, y }) => ({ name, x: x - boxes[0].x, y: y - boxes[0].y }));
}

/** Runs the SQL in the page's PostgreSQL and waits for the verdict. */
export async function runSql(page) {
  await step(page, "check");
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-result")).toHaveAttribute("data-state", /ok|failed/, { timeout: 60_000 });
  return page.getByTestId("run-result").getAttribute("data-state");
}

export async function saved(page) {
  await expect(page.getByTestId("saved")).toHaveAttribute("data-state", "saved");
}

/** The link that the page gives to the design as it is now. */
export async function shareLink(page) {
  await page.getByTestId("share").click();
  const link = page.getByTestId("share-link");
  await expect(link).toBeVisible();
  const read = () => link.evaluate((it) => it.value ?? it.getAttribute("href") ?? it.textContent);
  await expect.poll(read).toContain("#d=");
  const address = (await read()).trim();
  await page.keyboard.press("Escape");
  return address;
}
