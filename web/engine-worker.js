// Starts the app's own module in a worker, where it answers jobs instead of showing a page. Its address carries the
// two addresses that the page itself was started from, so both run the same version.

const { script, wasm } = Object.fromEntries(new URL(self.location.href).searchParams);
const { default: start } = await import(script);
await start({ module_or_path: wasm });
