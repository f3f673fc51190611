// Keeps the page usable without a network, and says when a new version waits. Loaded by index.html on its own, so
// that a page whose app fails to start can still be mended by a new version.
//
// The app listens on `window`, or reads the same from the `html` element at any time:
//   relata-offline   everything is stored: the page now works without a network   data-offline="ready"
//   relata-update    a new version is ready and waits to be asked for              data-update="ready"
// and asks for the new version by dispatching
//   relata-reload    the new version takes over and the page loads again

const page = document.documentElement;

function tell(what) {
  page.dataset[what] = "ready";
  window.dispatchEvent(new Event(`relata-${what}`));
}

async function start() {
  const container = navigator.serviceWorker;
  // Absent in private windows of some browsers, and where the page comes neither by https nor from this machine.
  if (!container) return;
  const wasControlled = Boolean(container.controller);
  const registration = await container.register(new URL("sw.js", document.baseURI), { updateViaCache: "none" });

  let isAsked = false;
  window.addEventListener("relata-reload", () => {
    isAsked = true;
    if (registration.waiting) registration.waiting.postMessage("take over");
    else location.reload();
  });
  container.addEventListener("controllerchange", () => {
    if (isAsked) location.reload();
    // Another tab asked for the new version: this one runs the old app until it is loaded again.
    else if (wasControlled) tell("update");
  });

  const watch = (worker) => {
    const look = () => {
      if (worker.state === "installed" && registration.active) tell("update");
      if (worker.state === "activated") tell("offline");
    };
    worker.addEventListener("statechange", look);
    look();
  };
  if (registration.active) tell("offline");
  if (registration.waiting) tell("update");
  if (registration.installing) watch(registration.installing);
  registration.addEventListener("updatefound", () => registration.installing && watch(registration.installing));

  // A tab that stays open for days asks now and then.
  const ask = () => document.visibilityState === "visible" && registration.update().catch(() => {});
  document.addEventListener("visibilitychange", ask);
}

// Milliseconds: after the first screen; after somebody did something; in all; for an app that does not start.
const [FIRST, AFTER_INPUT, LONGEST, UNSTARTED] = [400, 6000, 30000, 5000];

/**
 * When the app has started and nobody is at work: fetching and storing every file while the first schema is read makes that
 * take half as long again, and while a hand drags on the diagram one frame in twenty comes late. A page that is served from
 * the storage has next to nothing to store.
 */
function whenQuiet(act) {
  if (navigator.serviceWorker?.controller) return act();
  const kinds = ["pointerdown", "keydown", "wheel", "drop"];
  const from = performance.now();
  let timer;
  const wait = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(go, Math.max(0, Math.min(ms, from + LONGEST - performance.now())));
  };
  const touched = () => wait(AFTER_INPUT);
  const seen = new MutationObserver(() => page.dataset.ready === "true" && started());
  function started() {
    seen.disconnect();
    wait(FIRST);
  }
  function go() {
    seen.disconnect();
    for (const kind of kinds) window.removeEventListener(kind, touched, true);
    act();
  }
  for (const kind of kinds) window.addEventListener(kind, touched, { capture: true, passive: true });
  wait(UNSTARTED);
  if (page.dataset.ready === "true") started();
  else seen.observe(page, { attributes: true, attributeFilter: ["data-ready"] });
}

// Without sw.js (a development build, or an old static host) the page simply needs the network.
whenQuiet(() => start().catch((problem) => console.info(`not offline: ${problem.message}`)));
