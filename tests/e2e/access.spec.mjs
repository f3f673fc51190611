// What axe-core, the accessibility checker of Deque, finds on each screen: nothing, light and dark, wide and on a phone.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "./fixtures.mjs";
import { SCHEMA, describe, openFile, step } from "./workplace.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STEPS = ["describe", "model", "diagram", "sql", "check", "ship"];

/** Fails with what axe-core finds on the page as it is now. */
async function expectAccessible(page, screen) {
  // Nothing may be judged in the middle of a change of colours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((it) => it.finished.catch(() => {}))));
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const told = found.violations.flatMap(({ id, nodes }) =>
    nodes.map((it) => `${id}: ${it.target.join(" ")}\n  ${it.html.slice(0, 200)}\n  ${it.failureSummary}`),
  );
  expect.soft(told, screen).toEqual([]);
  expect.soft(await page.evaluate(smallTargets), `${screen}, what is smaller than 24 pixels`).toEqual([]);
}

/** What can be pressed and is too small for it; a label belongs to its field, and links within a text are as large as it is. */
function smallTargets() {
  const pressed = 'button, input:not([type="file"]), select, textarea, summary, [role="menuitem"], [role="option"]';
  const isShown = (it) => it.checkVisibility({ visibilityProperty: true });
  const place = (it) => (it.closest("label") ?? it).getBoundingClientRect();
  const isSmall = ({ width, height }) => width > 0 && (width < 24 || height < 24);
  const found = [...document.querySelectorAll(pressed)].filter((it) => isShown(it) && isSmall(place(it)));
  return found.map((it) => `${it.outerHTML.slice(0, 120)} ${Math.round(place(it).width)}×${Math.round(place(it).height)}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [place, options] of [
    ["on a desktop", {}],
    ["on a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ]) {
    test.describe(`${colorScheme}, ${place}`, () => {
      test.use({ colorScheme, ...options });

      test("axe-core finds nothing on any screen", async ({ app }) => {
        test.setTimeout(180_000);
        for (const name of STEPS) {
          await step(app, name);
          await expectAccessible(app, `${name}, empty`);
        }
        await describe(app);
        for (const name of STEPS) {
          await step(app, name);
          await expectAccessible(app, `${name}, from a brief`);
        }
        await step(app, "model");
        for (const it of ["rationale", "query"]) await app.getByTestId(it).locator("> summary").first().click();
        await expectAccessible(app, "model, why a table is so");
        await openFile(app, "books.sql", SCHEMA, 3);
        await expectAccessible(app, "import report");
        for (const name of STEPS) {
          await step(app, name);
          await expectAccessible(app, `${name}, from SQL`);
        }
        await step(app, "diagram");
        await app.getByTestId("fit").click();
        await app.getByTestId("table").first().click({ position: { x: 30, y: 10 } });
        await expectAccessible(app, "inspector of a table");
        await app.keyboard.press("Control+k");
        await app.getByRole("dialog").waitFor();
        await expectAccessible(app, "palette");
        await app.keyboard.press("Escape");
      });

      test("axe-core finds nothing in any dialog or menu", async ({ app }) => {
        test.setTimeout(180_000);
        const dialog = app.getByRole("dialog");
        const look = async (name, show) => {
          await show();
          await dialog.waitFor();
          await expectAccessible(app, name);
          await app.keyboard.press("Escape");
          await expect(dialog).toHaveCount(0);
        };
        const command = async (title) => {
          // The dialog before it may still be closing.
          await expect(async () => {
            await app.keyboard.press("Control+k");
            await expect(app.getByTestId("palette")).toBeVisible({ timeout: 1_000 });
          }).toPass();
          await app.getByTestId("palette").fill(title);
          await app.keyboard.press("Enter");
        };
        await openFile(app, "books.sql", SCHEMA, 3);
        await step(app, "diagram");
        await app.getByTestId("fit").click();
        await app.getByTestId("table").first().click({ position: { x: 30, y: 10 } });
        await look("sheet of columns", async () => {
          await app.getByTestId("as-sheet").click();
          await app.getByTestId("sheet").locator("tbody tr").first().waitFor();
        });
        await look("sheet of rows", async () => {
          await app.getByTestId("as-sheet").click();
          await app.getByTestId("sheet-rows").click();
          await app.getByTestId("sheet").locator("tbody tr").first().waitFor();
        });
        await app.getByTestId("more").click();
        await expectAccessible(app, "menu");
        await app.keyboard.press("Escape");
        await look("link with its code", async () => {
          await app.getByTestId("share").click();
          await expect(dialog.getByTestId("show-code")).toBeEnabled();
          await dialog.getByTestId("show-code").click();
          await dialog.getByTestId("link-code").waitFor();
        });
        await look("history", async () => {
          await command("Show history");
          await app.getByTestId("version-name").fill("first");
          await app.getByTestId("keep-version").click();
          await app.getByTestId("compare").click();
          await app.getByTestId("differences").waitFor();
        });
        await look("language model", async () => {
          await command("Ask a language model");
          await app.getByTestId("model-settings").locator("summary").first().click();
        });
        for (const title of ["Help", "Add a table", "Read a live database", "Show the designs"]) {
          await look(title, () => command(title));
        }
      });
    });
  }
}
