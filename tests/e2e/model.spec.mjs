// The optional language model, against an endpoint of our own: what is sent, what comes back, and what may go wrong on the way.

import { expect, test as base } from "./fixtures.mjs";
import { open } from "./fixtures.mjs";
import { anthropic, dropped, endpoint, ollama, openai, silence, status } from "./endpoint.mjs";
import { BRIEF, SCHEMA, openFile, saved, shareLink, sqlOf, step, tableCount } from "./workplace.mjs";

const KEY = "sk-secret-7f3a9";

const CHANGE = {
  migration_up: "ALTER TABLE book ADD COLUMN isbn text;\nALTER TABLE book ADD CONSTRAINT uq_book_isbn UNIQUE (isbn);",
  migration_down: "ALTER TABLE book DROP COLUMN isbn;",
  safety_checks: ["SELECT count(*) FROM book;"],
  potential_risks: ["Building the index locks book."],
  reasons: [{ table: "book", reason: "Books are found by their ISBN." }],
};

/** A page with the schema of a library; console and requests are kept, and are searched for the key at the end. */
const test = base.extend({
  library: async ({ page, site }, use) => {
    const told = [];
    page.on("console", (it) => told.push(it.text()));
    page.on("pageerror", (it) => told.push(`page error: ${it.message}`));
    await open(page, site.address);
    await openFile(page, "library.sql", SCHEMA, 3);
    await use(page);
    expect(told.join("\n"), "the console").not.toContain(KEY);
    expect(told.filter((it) => it.startsWith("page error"))).toEqual([]);
  },
  /** Starts an endpoint with these answers, which is closed after the test. */
  serve: async ({}, use) => {
    const all = [];
    await use(async (...answers) => {
      all.push(await endpoint(...answers));
      return all.at(-1);
    });
    await Promise.all(all.map((it) => it.close()));
  },
});

const by = (page, id) => page.getByTestId(`model-${id}`);

/** Opens the panel and tells it where the model is. */
async function settings(page, address, provider = "openai", idle = 20) {
  await page.keyboard.press("Alt+l");
  await by(page, "settings").locator("summary").first().click();
  await by(page, "provider").selectOption(provider);
  await by(page, "url").fill(address);
  await by(page, "name").fill("test-model");
  await by(page, "key").fill(KEY);
  await by(page, "idle").fill(String(idle));
  await by(page, "idle").blur();
}

async function request(page, words = "Add an ISBN to books") {
  await by(page, "request").fill(words);
  await by(page, "ask").click();
  await by(page, "send").click();
}

async function accept(page) {
  await by(page, "look").click();
  await expect(page.getByTestId("review")).toBeVisible();
  await page.getByTestId("accept").click();
}

/** Nothing of the design is other than it was, and the page can be used. */
async function nothingLost(page) {
  await page.keyboard.press("Escape");
  expect(await tableCount(page)).toBe(3);
  await expect(page.getByTestId("undo")).toBeDisabled();
}

for (const [provider, answer, path] of [
  ["openai", openai, "/chat/completions"],
  ["anthropic", anthropic, "/v1/messages"],
  ["ollama", ollama, "/api/chat"],
]) {
  test(`a change through ${provider} becomes a proposal, and one undo takes it back`, async ({ library: page, serve }) => {
    const it = await serve(answer(CHANGE));
    const before = await sqlOf(page);
    await settings(page, it.address, provider);
    await by(page, "request").fill("Add an ISBN to books");
    await by(page, "ask").click();
    // Before the first sending it is said what goes where.
    await expect(by(page, "statement")).toContainText("127.0.0.1");
    expect(it.asked).toEqual([]);
    await by(page, "send").click();
    await expect(by(page, "status")).toContainText("The answer is checked");
    await expect(by(page, "outcome")).toContainText("Building the index locks book.");
    await by(page, "look").click();
    await expect(page.getByTestId("review")).toContainText("Books are found by their ISBN.");
    await expect(page.getByTestId("review")).toContainText("isbn");
    await page.getByTestId("accept").click();
    expect(await sqlOf(page)).toContain("isbn");
    await page.getByTestId("undo").click();
    await expect.poll(() => sqlOf(page)).toBe(before);

    const [{ url, headers, body }] = it.asked;
    expect(url).toBe(path);
    expect(headers[provider === "anthropic" ? "x-api-key" : "authorization"]).toContain(KEY);
    expect(JSON.stringify(body)).not.toContain(KEY);
    expect(body).toMatchObject({ model: "test-model", stream: true });
    expect(body.temperature ?? body.options.temperature).toBe(0.1);
    expect(JSON.stringify(body.messages)).toContain("CREATE TABLE book");
    expect(headers.referer).toBeUndefined();
  });
}

test("what the reader and the model find in a brief stands side by side and is taken one by one", async ({ library: page, serve }) => {
  const entity = (name, attributes, quote) => ({
    name, kind: "core", description: `A ${name}.`, reason: "", quotes: [quote],
    attributes: attributes.map((it) => ({ name: it, type: "text", nullable: false, unique: false, values: null, quotes: [] })),
  });
  const entities = { entities: [entity("gardener", ["name", "email"], "A gardener has a name"), entity("plot", ["number"], "Each plot has a number"), entity("shed", ["colour"], "never said")], left_out: [] };
  const relationships = { relationships: [{ from: "plot", to: "gardener", role: null, kind: "many-to-one", via: null, nullable: true, on_delete: "set null", reason: "It is rented.", many_likelihood: 40, quotes: ["A gardener rents plots"] }] };
  const it = await serve(openai(entities), openai(relationships));
  await page.getByTestId("open-file").setInputFiles({ name: "garden.md", mimeType: "text/markdown", buffer: Buffer.from(BRIEF) });
  await step(page, "describe");
  await expect(page.getByTestId("found")).toContainText(/plot/i);
  await saved(page);
  await settings(page, it.address);
  await by(page, "step-entities").click();
  await by(page, "ask").click();
  await by(page, "send").click();
  await expect(by(page, "summary")).toContainText("Both found");
  const row = (name) => page.locator(`[data-testid="model-row"][data-name="${name}"]`);
  await expect(row("shed")).toHaveAttribute("data-state", "model");
  await expect(row("planting")).toHaveAttribute("data-state", "reader");
  await expect(row("gardener")).toHaveAttribute("data-state", /agreed|conflict/);
  await row("planting").locator("select").selectOption("neither");
  await by(page, "propose").click();
  await expect(page.getByTestId("review")).toContainText("Add table shed");
  await expect(page.getByTestId("review")).not.toContainText("planting");
  await page.getByTestId("accept").click();
  expect(await sqlOf(page)).toContain("CREATE TABLE shed");
  expect(it.asked).toHaveLength(2);
  expect(JSON.stringify(it.asked[1].body.messages)).toContain("shed: A shed.");
});

for (const [name, code, words] of [
  ["a key that is not taken", 401, /does not take the key \(401\)/],
  ["a key that may not", 403, /may not use this model \(403\)/],
]) {
  test(`${name} is told and not tried again`, async ({ library: page, serve }) => {
    const it = await serve(status(code, { error: { message: `Incorrect API key provided: ${KEY}` } }));
    await settings(page, it.address);
    await request(page);
    await expect(by(page, "status")).toContainText(words);
    expect(await page.locator("body").innerText()).not.toContain(KEY);
    expect(it.asked).toHaveLength(1);
    await nothingLost(page);
  });
}

test("an endpoint that is busy is asked again after the time that it names", async ({ library: page, serve }) => {
  const it = await serve(status(429, {}, { "retry-after": "2" }), openai(CHANGE));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText(/Trying again in \d s/);
  await expect(by(page, "status")).toContainText("The answer is checked");
  expect(it.asked[1].at - it.asked[0].at).toBeGreaterThanOrEqual(1900);
  await accept(page);
  expect(await sqlOf(page)).toContain("isbn");
});

test("a fault of the endpoint is tried again", async ({ library: page, serve }) => {
  const it = await serve(status(500), openai(CHANGE));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
  expect(it.asked).toHaveLength(2);
});

test("silence ends after the seconds that are borne", async ({ library: page, serve }) => {
  const it = await serve(silence);
  await settings(page, it.address, "openai", 1);
  await request(page);
  await expect(by(page, "status")).toContainText("nothing was heard from the endpoint for too long");
  await nothingLost(page);
});

test("a connection that is lost within the answer is tried again", async ({ library: page, serve }) => {
  const it = await serve(dropped(CHANGE), openai(CHANGE));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
  expect(it.asked).toHaveLength(2);
});

test("an endpoint that is not there says so", async ({ library: page, serve }) => {
  const it = await serve(silence);
  await it.close();
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("cannot be reached");
  await nothingLost(page);
});

test("an answer streams in, and can be stopped", async ({ library: page, serve }) => {
  const it = await serve(openai({ ...CHANGE, potential_risks: Array(40).fill("slow ".repeat(20)) }, { every: 100 }));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText(/Receiving: \d+ characters/);
  await expect(by(page, "stream")).toContainText("ALTER TABLE book");
  await by(page, "stop").click();
  await expect(by(page, "status")).toContainText("Stopped. Nothing was changed.");
  await expect(by(page, "ask")).toBeVisible();
  await nothingLost(page);
});

test("an answer with prose around it is understood", async ({ library: page, serve }) => {
  const it = await serve(openai(`Of course! {Here} it is:\n\n\`\`\`json\n${JSON.stringify(CHANGE, null, 2)}\n\`\`\`\n\nAnything else?`));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
});

test("what a refused parameter was is left out the next time", async ({ library: page, serve }) => {
  const it = await serve(status(400, { error: { message: "Unsupported value: 'temperature' does not support 0.1" } }), openai(CHANGE));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
  expect(it.asked[0].body.temperature).toBe(0.1);
  expect(it.asked[1].body.temperature).toBeUndefined();
});

for (const [name, bad, words] of [
  ["that is cut off", JSON.stringify(CHANGE).slice(0, 90), "ends before its JSON does"],
  ["that is no JSON", "I would rather talk about gardens.", "no JSON object"],
  ["of another shape", { tables: [] }, "`migration_up` is missing"],
  ["with invented tables", { ...CHANGE, migration_up: "ALTER TABLE widget ADD COLUMN size int;" }, "`widget` is not in this text"],
  ["with SQL in a name", { ...CHANGE, migration_up: 'CREATE TABLE "x""; DROP TABLE book; --" (id int);' }, "no plain name"],
  ["with other statements", { ...CHANGE, migration_up: "COPY book TO PROGRAM 'sh';" }, "no such statements are taken"],
]) {
  test(`an answer ${name} is asked for again, with what is wrong`, async ({ library: page, serve }) => {
    const it = await serve(openai(bad), openai(CHANGE));
    await settings(page, it.address);
    await request(page);
    await expect(by(page, "status")).toContainText("The answer is checked");
    expect(it.asked).toHaveLength(2);
    const last = it.asked[1].body.messages.at(-1);
    expect(last.role).toBe("user");
    expect(last.content).toContain(words);
    await accept(page);
    expect(await sqlOf(page)).toContain("isbn");
  });

  test(`an answer ${name} is given up after two repairs`, async ({ library: page, serve }) => {
    const it = await serve(openai(bad));
    await settings(page, it.address);
    await request(page);
    await expect(by(page, "status")).toContainText("cannot be used. Nothing was changed.");
    await expect(by(page, "faults")).toContainText(words);
    expect(it.asked).toHaveLength(3);
    await nothingLost(page);
  });
}

test("what was sent can be read afterwards, each repair by itself", async ({ library: page, serve }) => {
  const it = await serve(openai({ ...CHANGE, migration_up: "ALTER TABLE widget ADD COLUMN size int;" }), openai(CHANGE));
  await settings(page, it.address);
  await expect(by(page, "was-sent")).toBeHidden();
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
  await by(page, "was-sent").locator("summary").click();
  const sent = by(page, "was-sent").locator("pre");
  await expect(sent).toHaveCount(2);
  await expect(sent.first()).toContainText("`widget` is not in this text");
  await expect(sent.last()).toContainText("Add an ISBN to books");
  for (const [at, { body }] of it.asked.entries()) {
    const text = await sent.nth(1 - at).textContent();
    for (const message of body.messages) expect(text).toContain(message.content.trim());
  }
  await expect(by(page, "was-sent")).not.toContainText(KEY);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+l");
  await expect(by(page, "was-sent").locator("summary")).toContainText("2 messages");
});

test("an answer of 10 MB is not read to its end", async ({ library: page, serve }) => {
  const it = await serve(openai("x".repeat(10_000_000), { size: 100_000 }));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("the answer was too long");
  expect(it.asked).toHaveLength(1);
  await nothingLost(page);
});

test("script in an answer is text", async ({ library: page, serve }) => {
  const script = "<img src=x onerror=\"window.stolen = 1\"><script>window.stolen = 1</script>";
  const it = await serve(openai({
    ...CHANGE,
    migration_up: `${CHANGE.migration_up}\nCOMMENT ON COLUMN book.isbn IS '${script}';`,
    reasons: [{ table: "book", reason: script }],
    potential_risks: [script],
  }));
  await settings(page, it.address);
  await request(page, script);
  await expect(by(page, "outcome")).toContainText("<script>");
  await accept(page);
  expect(await sqlOf(page)).toContain("onerror");
  for (const name of ["diagram", "model", "check", "ship"]) await step(page, name);
  expect(await page.evaluate(() => window.stolen)).toBeUndefined();
});

test("the key stays in the tab, and nowhere when the page is loaded again", async ({ library: page, serve }) => {
  const it = await serve(openai(CHANGE));
  await settings(page, it.address);
  await request(page);
  await expect(by(page, "status")).toContainText("The answer is checked");
  await accept(page);
  await saved(page);
  expect(await shareLink(page)).not.toContain(KEY);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(await download.path(), "utf8")).not.toContain(KEY);
  const stored = () => page.evaluate(async () => {
    const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href, document.documentElement.outerHTML];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((done) => (indexedDB.open(name).onsuccess = (it) => done(it.target.result)));
      for (const store of database.objectStoreNames) {
        all.push(JSON.stringify(await new Promise((done) => (database.transaction(store).objectStore(store).getAll().onsuccess = (it) => done(it.target.result)))));
      }
      database.close();
    }
    return all.join("\n");
  });
  expect(await stored()).not.toContain(KEY);
  expect(await stored()).toContain("test-model");
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await page.keyboard.press("Alt+l");
  await by(page, "settings").locator("summary").first().click();
  await expect(by(page, "key")).toHaveValue("");

  // Kept only when that is asked for, and gone when it no longer is.
  await by(page, "key").fill(KEY);
  await by(page, "keep").check();
  expect(await page.evaluate(() => localStorage.getItem("relata.model"))).toContain(KEY);
  await by(page, "keep").uncheck();
  expect(await page.evaluate(() => localStorage.getItem("relata.model"))).not.toContain(KEY);
});

test("without an endpoint the prompt is copied and the answer pasted, through the same checks", async ({ library: page }) => {
  await page.keyboard.press("Alt+l");
  await by(page, "settings").locator("summary").first().click();
  await by(page, "provider").selectOption("none");
  await expect(by(page, "ask")).toBeHidden();
  await by(page, "request").fill("Add an ISBN to books");
  await by(page, "copy").click();
  await expect(by(page, "status")).toContainText("on the clipboard");
  const prompt = await page.evaluate(() => navigator.clipboard.readText());
  expect(prompt).toContain("CREATE TABLE book");
  expect(prompt).toContain("Add an ISBN to books");
  await by(page, "answer").fill(JSON.stringify({ ...CHANGE, migration_up: "ALTER TABLE widget ADD a int;" }));
  await by(page, "check").click();
  await expect(by(page, "faults")).toContainText("widget");
  await by(page, "copy").click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("The answer cannot be used");
  await by(page, "answer").fill(JSON.stringify(CHANGE));
  await by(page, "check").click();
  await accept(page);
  expect(await sqlOf(page)).toContain("isbn");
});

test("an address that would give the key away is not sent to", async ({ library: page }) => {
  await settings(page, "http://models.example.com/v1");
  await request(page);
  await expect(by(page, "status")).toContainText("anybody on the way could read the key");
  await nothingLost(page);
});

test("by keys alone: ask, agree, look, accept", async ({ library: page, serve }) => {
  const it = await serve(openai(CHANGE));
  await settings(page, it.address);
  await by(page, "request").focus();
  await page.keyboard.type("Add an ISBN to books");
  await by(page, "ask").focus();
  await page.keyboard.press("Enter");
  await expect(by(page, "send")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(by(page, "look")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("review")).toBeVisible();
  // What was not accepted is there again when the panel is opened.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Alt+l");
  await expect(by(page, "look")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByTestId("accept").press("Enter");
  await expect.poll(() => sqlOf(page)).toContain("isbn");
});

base.describe("a browser set to German", () => {
  base.use({ locale: "de-DE" });

  base("is spoken to in German in this panel too", async ({ app }) => {
    await app.keyboard.press("Alt+l");
    await expect(app.getByRole("dialog")).toContainText("Entwurf ändern");
    await by(app, "ask").click();
    await expect(by(app, "status")).toHaveText("Nennen Sie zuerst ein Modell.");
  });
});
