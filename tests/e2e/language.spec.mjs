// The page in another language: chosen by the browser, chosen by a person, kept; and nothing on the page that no message says.

import { readFileSync } from "node:fs";
import { expect, open, ready, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, step } from "./workplace.mjs";

test("a brief in a language that is not read says so, until it is in English", async ({ app }) => {
  await step(app, "describe");
  const brief = app.getByTestId("brief");
  await brief.fill("Los clientes hacen pedidos de los productos que la tienda vende. Cada pedido tiene una fecha y un estado.");
  const said = app.getByTestId("other-language");
  await expect(said).toContainText("does not seem to be in English");
  await brief.fill("A customer has a name. An order belongs to a customer and has a date.");
  await expect(app.getByTestId("accept-all")).toBeEnabled();
  await expect(said).toBeHidden();
});

test.describe("a browser set to German", () => {
  test.use({ locale: "de-AT" });

  test("is spoken to in German, and in English once a person chooses it", async ({ app }) => {
    await expect(app.locator("html")).toHaveAttribute("lang", "de");
    await expect(app).toHaveTitle(/von der Beschreibung/);
    await expect(app.getByTestId("step-describe")).toContainText("Beschreiben");
    await openFile(app, "books.sql", SCHEMA, 3);
    await step(app, "model");
    await expect(app.getByPlaceholder("3 Tabellen filtern")).toBeVisible();
    await saved(app);

    await app.keyboard.press("?");
    await app.getByTestId("language").selectOption("en");
    await expect(app.locator("html")).toHaveAttribute("lang", "en");
    await expect(app.getByTestId("step-describe")).toContainText("Describe");
    await expect(app.getByPlaceholder("Filter 3 tables")).toBeVisible();

    await app.reload();
    await ready(app);
    await expect(app.getByTestId("step-describe")).toContainText("Describe");
    await expect(app.getByTestId("table-count")).toHaveText("3");
  });

  test("says in German what to do with a file that hovers over the page", async ({ app }) => {
    const said = await app.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["create table a (id int);"], "a.sql"));
      dispatchEvent(new DragEvent("dragover", { dataTransfer: transfer, cancelable: true }));
      return new Promise((done) =>
        requestAnimationFrame(() => done(getComputedStyle(document.querySelector(".shell"), "::after").content)),
      );
    });
    expect(said).toBe('"Zum Öffnen loslassen"');
  });

  test("writes numbers as in its region", async ({ app }) => {
    const tables = Array.from({ length: 1200 }, (_, it) => `create table t${it} (id bigint primary key);`);
    await openFile(app, "many.sql", tables.join("\n"), 1200);
    await expect(app.getByTestId("import-report")).toContainText(/Alle 1[.\s]200 Anweisungen/);
  });
});

for (const [locale, width] of [["de", 390], ["de", 360], ["en", 360]]) {
  test.describe(`a phone of ${width} pixels, in ${locale}`, () => {
    test.use({ locale, viewport: { width, height: 740 } });

    test("has room for every word of its bars and cards", async ({ app }) => {
      await openFile(app, "books.sql", SCHEMA, 3);
      for (const name of ["model", "diagram", "sql", "check", "ship", "describe"]) {
        await step(app, name);
        const cramped = await app.evaluate(() => {
          const held = [...document.querySelectorAll(".bar, .steps, .steps a, .tools, .card, .card .button, .foot")];
          const words = (it) => `${it.className || it.tagName} ${it.scrollWidth} in ${it.clientWidth}`;
          return held.filter((it) => it.clientWidth && it.scrollWidth > it.clientWidth).map(words);
        });
        expect.soft(cramped, name).toEqual([]);
      }
    });
  });
}

test.describe("a browser set to a language that there is not", () => {
  test.use({ locale: "fr-FR" });

  test("is spoken to in English", async ({ app }) => {
    await expect(app.locator("html")).toHaveAttribute("lang", "en");
    await expect(app.getByTestId("step-describe")).toContainText("Describe");
  });
});

/** What stands on the page by itself: PostgreSQL's words, signs, keys, the design's own names. */
const OWN = /^[^\p{L}]*$|^(relata|PostgreSQL \d+|SQL|DBML|SVG|PNG|English|Deutsch)$/u;

test("every text of the page comes from its messages", async ({ page, site }) => {
  const marked = mark(readFileSync("dist/locales/en.ftl", "utf8"));
  await page.route("**/locales/en.ftl", (route) => route.fulfill({ contentType: "text/plain", body: marked }));
  await open(page, site.address);
  const look = async (screen) => expect.soft(await unmarked(page), screen).toEqual([]);
  for (const name of ["describe", "model", "diagram", "sql", "check", "ship"]) {
    await step(page, name);
    await look(`${name}, empty`);
  }
  await openFile(page, "books.sql", SCHEMA, 3);
  for (const name of ["model", "sql", "check", "ship", "diagram"]) {
    await step(page, name);
    await look(name);
  }
  await step(page, "model");
  await page.getByTestId("rationale").locator("summary").first().click();
  await page.getByTestId("query").first().waitFor();
  await look("why a table is so");
  await step(page, "diagram");
  await page.getByTestId("fit").click();
  await page.getByTestId("table").first().click({ position: { x: 30, y: 10 } });
  await look("inspector of a table");
  await page.getByTestId("more").click();
  await look("menu");
  await page.keyboard.press("Escape");
  await page.getByTestId("as-sheet").click();
  await look("sheet");
  await page.keyboard.press("Escape");
  await page.getByTestId("share").click();
  await look("share");
  for (const keys of ["?", "Alt+n", "Alt+h", "Control+k"]) {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press(keys);
    await page.getByRole("dialog").waitFor();
    await look(`the dialog of ${keys}`);
  }
});

/** The same messages, each text between marks. */
function mark(messages) {
  return messages
    .replace(/^([\w-]+ = )(?!\{ \$\w+ ->$)(.+)$/gm, "$1⟦$2⟧")
    .replace(/^( +\*?\[\w+\] )(.+)$/gm, "$1⟦$2⟧");
}

/** Texts, names and hints in view that are neither between marks nor of the design. */
function unmarked(page) {
  return page.evaluate((own) => {
    const OWN = new RegExp(own, "u");
    // What a person or the engine wrote: names, SQL, words of PostgreSQL.
    const theirs = ".cm-editor, [data-testid=sql], .findings__list, [data-testid=regret], .critic__title, .critic__head > .note, .palette, .history__words, code, kbd, textarea, .drawing, option, .tree__leaf, .chip, .inspector__part, .bar__mark, .sheet, .origin, .table-entry__name, .rationale li, .rationale__query :is(h4, summary), .rationale__sql";
    const found = new Set();
    const take = (text) => {
      let words = text;
      while (/⟦[^⟦⟧]*⟧/.test(words)) words = words.replace(/⟦[^⟦⟧]*⟧/g, "");
      if (!OWN.test(words.trim())) found.add(text.trim());
    };
    const seen = (it) => it.checkVisibility() && !it.closest(theirs);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode;
      if (parent && seen(parent) && !parent.closest("script, style, noscript")) take(data);
    }
    for (const it of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      if (!seen(it)) continue;
      for (const name of ["aria-label", "title", "placeholder"]) if (it.hasAttribute(name)) take(it.getAttribute(name));
    }
    return [...found];
  }, OWN.source);
}
