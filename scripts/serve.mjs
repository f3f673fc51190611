// Serves a folder of static files on this machine: `node scripts/serve.mjs [FOLDER]`. PORT names the port
// (8080, or the next free one); HOST the address to listen on (127.0.0.1).

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Serves `folder`; resolves with the address once it listens, and a `close` to end it. */
export async function serve(folder, { port = 0, host = "127.0.0.1" } = {}) {
  const root = resolve(folder);
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, listening);
  });
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { address: `http://${host === "127.0.0.1" ? "localhost" : host}:${server.address().port}/`, close };
}

function answer(root, request, response) {
  const found = find(root, request.url);
  if (request.method !== "GET" && request.method !== "HEAD") return response.writeHead(405).end();
  if (!found) return response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");

  const tag = `"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`;
  const headers = { "cache-control": "no-cache", etag: tag };
  if (request.headers["if-none-match"] === tag) return response.writeHead(304, headers).end();
  headers["content-type"] = TYPES[extname(found.path)] ?? "application/octet-stream";
  headers["content-length"] = found.size;
  response.writeHead(200, headers);
  if (request.method === "HEAD") return response.end();
  createReadStream(found.path).on("error", () => response.destroy()).pipe(response);
}

/** The file that an address means, a folder meaning its index.html; nothing outside the root. */
function find(root, address) {
  try {
    const path = normalize(decodeURIComponent(new URL(address, "http://x").pathname));
    const file = join(root, path.endsWith("/") ? join(path, "index.html") : path);
    const stat = statSync(file);
    return stat.isFile() ? { path: file, size: stat.size, mtimeMs: stat.mtimeMs } : null;
  } catch {
    return null;
  }
}

async function main() {
  const host = process.env.HOST ?? "127.0.0.1";
  let port = Number(process.env.PORT ?? 8080);
  for (;;) {
    try {
      const { address } = await serve(process.argv[2] ?? "dist", { port, host });
      console.log(`Relata is at ${address} (Ctrl-C ends it)`);
      return;
    } catch (problem) {
      if (problem.code !== "EADDRINUSE" || process.env.PORT) throw problem;
      port += 1;
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
