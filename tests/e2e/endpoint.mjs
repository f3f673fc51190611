// A fake endpoint of a language model, on a port of its own: what it answers is the test's to say, what it was asked is kept.

import { once } from "node:events";
import { createServer } from "node:http";

const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-expose-headers": "retry-after" };

/** Starts it; `answers` are taken one after the other, the last one again and again. */
export async function endpoint(...answers) {
  const asked = [];
  const open = new Set();
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (it) => (text += it));
    request.on("end", () => {
      if (request.method === "OPTIONS") return response.writeHead(204, CORS).end();
      asked.push({ url: request.url, headers: request.headers, body: JSON.parse(text), at: Date.now() });
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      answer(response, asked.at(-1));
    });
  });
  server.on("connection", (it) => {
    open.add(it);
    it.on("close", () => open.delete(it));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    for (const it of open) it.destroy();
    return new Promise((done) => server.close(done));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, asked, close };
}

/** A status with a body. */
export const status = (code, body = {}, headers = {}) => (response) =>
  response.writeHead(code, { ...CORS, ...headers, "content-type": "application/json" }).end(JSON.stringify(body));

/** Nothing, ever. */
export const silence = () => {};

const EVENTS = { ...CORS, "content-type": "text/event-stream" };
const chunk = (content, finish_reason = null) => `data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [{ index: 0, delta: content === null ? {} : { content }, finish_reason }] })}\n\n`;
const pieces = (text, size) => text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
const textOf = (answer) => (typeof answer === "string" ? answer : JSON.stringify(answer));

/** A stream of OpenAI's format; `every` is the pause between its pieces in milliseconds. */
export const openai = (answer, { every = 0, size = 40, finish = "stop" } = {}) => async (response) => {
  response.setMaxListeners(0).writeHead(200, EVENTS);
  for (const piece of pieces(textOf(answer), size)) {
    if (response.destroyed) return;
    if (!response.write(chunk(piece))) await Promise.race([once(response, "drain"), once(response, "close")]);
    if (every) await new Promise((go) => setTimeout(go, every));
  }
  response.end(`${chunk(null, finish)}data: [DONE]\n\n`);
};

/** The same of Anthropic's. */
export const anthropic = (answer) => (response) => {
  response.writeHead(200, EVENTS);
  const event = (it) => response.write(`event: ${it.type}\ndata: ${JSON.stringify(it)}\n\n`);
  event({ type: "message_start", message: { id: "m", type: "message", role: "assistant", content: [] } });
  event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
  event({ type: "ping" });
  for (const text of pieces(textOf(answer), 30)) event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
  event({ type: "content_block_stop", index: 0 });
  event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } });
  event({ type: "message_stop" });
  response.end();
};

/** The same of Ollama's. */
export const ollama = (answer) => (response) => {
  response.writeHead(200, { ...CORS, "content-type": "application/x-ndjson" });
  const line = (it) => response.write(`${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", ...it })}\n`);
  for (const content of pieces(textOf(answer), 30)) line({ message: { role: "assistant", content }, done: false });
  line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop" });
  response.end();
};

/** A stream that begins well and whose connection is lost. */
export const dropped = (answer) => (response) => {
  response.writeHead(200, EVENTS);
  response.write(chunk(textOf(answer).slice(0, 20)), () => setTimeout(() => response.destroy(), 50));
};
