// What is given while something else is still being read: nothing is lost, and what was asked for last is what is shown.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, step, tableCount } from "./workplace.mjs";

const ONE = "create table only_one (id bigint primary key);";
const TWO = "create table one (id bigint primary key); create table two (id bigint primary key);";

const give = (page, name, text) =>
  page.getByTestId("open-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

const paste = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Files named `slow…` come from the disk when the test says so: `release()`. */
async function slowDisk(page) {
  await page.evaluate(() => {
    const read = File.prototype.arrayBuffer;
    const released = new Promise((done) => (window.releaseDisk = done));
    File.prototype.arrayBuffer = async function () {
      if (this.name.startsWith("slow")) await released;
      return read.call(this);
    };
  });
  return () => page.evaluate(() => window.releaseDisk());
}

const told = (page, text) => page.getByRole("status").filter({ hasText: text });

async function namesOfDesigns(page) {
  await page.getByTestId("designs").click();
  const names = await page.getByTestId("designs-list").getByRole("listitem").allTextContents();
  await page.keyboard.press("Escape");
  return names.join("\n");
}

test("a file that comes late from the disk is kept beside the one that was given after it", async ({ app }) => {
  const release = await slowDisk(app);
  await give(app, "slow.sql", ONE);
  await give(app, "quick.sql", TWO);
  await expect.poll(() => tableCount(app)).toBe(2);
  await release();
  const message = told(app, "“slow.sql” is among your designs");
  await expect(message).toBeVisible();
  expect(await tableCount(app)).toBe(2);
  await expect(app.getByTestId("import-report")).toContainText("quick.sql");
  await message.getByRole("button", { name: "Show" }).click();
  await expect.poll(() => tableCount(app)).toBe(1);
  const names = await namesOfDesigns(app);
  expect(names).toContain("slow");
  expect(names).toContain("quick");
  await app.reload();
  await expect.poll(() => tableCount(app)).toBe(1);
});

test("what is chosen while a file is being read stays: a pasted schema, a design of the list, a new one", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  await step(app, "diagram");
  const release = await slowDisk(app);

  await give(app, "slow-1.sql", ONE);
  await app.getByTestId("designs").click();
  await app.getByTestId("designs-list").getByRole("button", { name: /^library/ }).click();
  await give(app, "slow-2.sql", ONE);
  await app.getByTestId("designs").click();
  await app.getByRole("button", { name: "New design" }).click();
  await expect.poll(() => tableCount(app)).toBe(0);
  await release();
  for (const name of ["slow-1.sql", "slow-2.sql"]) await expect(told(app, `“${name}” is among your designs`)).toBeVisible();
  expect(await tableCount(app)).toBe(0);
});

test("files given one upon the other are all kept, and the last is shown", async ({ app }) => {
  // None waits for the one before it: the worker is not even fetched when the first is given.
  for (let at = 0; at < 6; at += 1) await give(app, `file-${at}.sql`, at % 2 ? ONE : SCHEMA);
  await give(app, "last.sql", TWO);
  await expect(app.getByTestId("import-report")).toContainText("last.sql");
  await saved(app);
  expect(await tableCount(app)).toBe(2);
  const names = await namesOfDesigns(app);
  for (let at = 0; at < 6; at += 1) expect(names).toContain(`file-${at}`);
  // The same file may be chosen again.
  await give(app, "last.sql", ONE);
  await expect.poll(() => tableCount(app)).toBe(1);
});

test("a paste that another design overtook is offered, not lost", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  await expect(app.getByTestId("table")).toHaveCount(3);
  const many = Array.from({ length: 400 }, (_, at) => `create table many_${at} (id bigint primary key, at date not null, label text);`);
  // Given while the worker reads the file: it is asked for the paste after that.
  await app.evaluate(
    async ([text, pasted]) => {
      const files = new DataTransfer();
      files.items.add(new File([text], "many.sql"));
      const input = document.querySelector('[data-testid="open-file"]');
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      while (!document.querySelector('[data-testid="import-progress"]')) await new Promise(requestAnimationFrame);
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      const canvas = document.querySelector('[data-testid="canvas"]');
      canvas.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [many.join("\n"), TWO],
  );
  await expect.poll(() => tableCount(app)).toBe(400);
  await told(app, "Another design was opened").getByRole("button", { name: "Paste it here" }).click();
  await expect.poll(() => tableCount(app)).toBe(402);
});

test("a worker that dies of one file reads the next ones", async ({ app }) => {
  await app.evaluate(() => {
    const Plain = Worker;
    window.Worker = class extends Plain {
      constructor(...given) {
        super(...given);
        window.lastWorker = this;
      }
      postMessage(message, ...rest) {
        // It takes this one and is never heard of again.
        if (JSON.stringify(message[1] ?? "").includes("deadly.sql")) {
          setTimeout(() => this.dispatchEvent(new Event("error")), 300);
          return;
        }
        super.postMessage(message, ...rest);
      }
    };
  });
  // Not through the worker that runs already, if any does.
  await app.evaluate(() => window.lastWorker?.terminate());
  await give(app, "deadly.sql", ONE);
  await give(app, "library.sql", SCHEMA);
  await paste(app, TWO);
  await expect(app.getByRole("alert").filter({ hasText: "deadly.sql" })).toContainText("the worker stopped");
  await expect.poll(() => tableCount(app)).toBe(2);
  const names = await namesOfDesigns(app);
  expect(names).toContain("library");
});
