// Starts the worker's module. Its address names it as the page does: `…?module=…/relata-worker-HASH`, without an ending.

const module = new URL(self.location.href).searchParams.get("module");
const { default: start } = await import(`${module}.js`);
await start({ module_or_path: `${module}_bg.wasm` });
