// The engines the end-to-end tests run in: one entry each, with its driver and whatever it does otherwise than WebDriver
// says. ENGINE chooses one, Chromium unless told otherwise.
//
// An entry's functions get the `Session` of driver.mjs. What an entry lacks is refused by name, and stands in `lacks`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";

import { Bidi } from "./bidi.mjs";

const { env } = process;
// Without these, Chromium asks its maker's servers for updates and the like on its own.
const CHROMIUM_QUIET = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
  "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-default-apps", "--disable-extensions", "--disable-domain-reliability", "--metrics-recording-only",
  "--gaia-url=http://127.0.0.1:9/",
  "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication",
];
const FIREFOX_QUIET = {
  "network.proxy.allow_hijacking_localhost": true, "network.prefetch-next": false, "network.dns.disablePrefetch": true,
  "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false,
  // Pages that are kept for going back take with them what they were told of the visitor.
  "browser.sessionhistory.max_total_viewers": 0, "fission.bfcacheInParent": false,
  "browser.safebrowsing.update.enabled": false, "extensions.update.enabled": false, "app.normandy.enabled": false,
};

/** What only Chromium can, with the reason the others give. */
const CHROMIUM_ONLY = { cdp: "the Chrome DevTools Protocol is Chromium's own" };

const chromium = {
  // What it still asks for after a minute; no page can be told from it, so no test may use this host.
  ownHosts: /(^|\.)update\.googleapis\.com(:|$)/,
  lacks: {},

  start: () => run(env.CHROMEDRIVER ?? "chromedriver", ["--port=0"], /started successfully on port (\d+)/),

  capabilities: ({ profile, width, height, language, proxy }) => ({
    browserName: "chrome",
    "goog:loggingPrefs": { browser: "ALL", performance: "ALL" },
    "goog:chromeOptions": {
      ...env.CHROME && { binary: env.CHROME },
      args: [...CHROMIUM_QUIET, `--user-data-dir=${profile}`, `--lang=${language}`, `--window-size=${width},${height}`,
        ...proxy ? [`--proxy-server=http://${proxy}`, "--proxy-bypass-list=<-loopback>"] : []],
      prefs: { "intl.accept_languages": language },
    },
  }),

  // Its windows are never narrower than 500 pixels, but what is shown may be.
  setViewport: (session, width, height) => session.cdp("Emulation.setDeviceMetricsOverride",
    { width, height, deviceScaleFactor: 1, mobile: false }),

  setMedia: (session, features) => session.cdp("Emulation.setEmulatedMedia",
    { features: Object.entries(features).map(([name, value]) => ({ name, value })) }),

  async screenshotWhole(session) {
    return (await session.cdp("Page.captureScreenshot", { captureBeyondViewport: true })).data;
  },

  /** The files it opened, which no wire knows of. */
  async takeFiles(session) {
    const entries = await session.send("POST", "/se/log", { type: "performance" });
    return entries.map((entry) => JSON.parse(entry.message).message)
      .filter(({ method, params }) => method === "Network.requestWillBeSent" && params.request.url.startsWith("file:"))
      .map(({ params }) => params.request.url);
  },

  /** The console's errors, failed loads among them. */
  async takeErrors(session) {
    const entries = await session.send("POST", "/se/log", { type: "browser" });
    return entries.filter((entry) => entry.level === "SEVERE").map((entry) => entry.message);
  },
};

const firefox = {
  ownHosts: /(^|\.)(mozilla\.(com|org|net)|firefox\.com)(:|$)/,
  lacks: {
    ...CHROMIUM_ONLY,
    "print-of-what-comes": "Firefox copies a page for the printer before any promise made in `beforeprint` goes on",
  },

  start: () => run(env.GECKODRIVER ?? "geckodriver", ["--port", "0", "--websocket-port", "0", "--allow-system-access"], /Listening on [^:]+:(\d+)/),

  capabilities: ({ language, proxy }) => ({
    browserName: "firefox",
    webSocketUrl: true,
    ...standardProxy(proxy),
    "moz:firefoxOptions": {
      ...env.FIREFOX && { binary: env.FIREFOX },
      args: ["-headless"],
      prefs: { ...FIREFOX_QUIET, "intl.accept_languages": language },
    },
  }),

  async begun(session) {
    session.bidi = await Bidi.connect(session.capabilities.webSocketUrl);
    session.context = await session.send("GET", "/window");
  },

  ended: (session) => session.bidi?.close(),

  setViewport: ({ bidi, context }, width, height) => bidi.send("browsingContext.setViewport", { context, viewport: { width, height } }),

  /** Scripts of plain WebDriver have a global object of their own beside the page's; those of BiDi run in the page. */
  async exec({ bidi, context }, body, args) {
    const functionDeclaration = `async function (...given) {
      const args = given.map((one) => typeof one === "string" ? JSON.parse(one) : one);
      const value = await (function () { ${body} }).apply(null, args);
      return value instanceof Node ? value : JSON.stringify(typeof value === "function" ? {} : value);
    }`;
    const answer = await bidi.send("script.callFunction", {
      functionDeclaration, awaitPromise: true, target: { context }, userActivation: false,
      arguments: args.map((one) => one?.[ELEMENT] ? { sharedId: one[ELEMENT] } : { type: "string", value: JSON.stringify(one ?? null) }),
    });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    const { type, value, sharedId } = answer.result;
    if (type === "node") return { [ELEMENT]: sharedId };
    return type === "string" ? JSON.parse(value) : null;
  },

  /** WebDriver has no words for these; the browser's own window has. */
  async setMedia(session, features) {
    const { "prefers-color-scheme": scheme, "forced-colors": forced, "prefers-reduced-motion": motion, ...unknown } = features;
    for (const name in unknown) throw new Error(`Firefox cannot be told ${name}`);
    await inChrome(session, (scheme, forced, motion) => {
      const [{ browsingContext }, prefs] = [gBrowser.selectedBrowser, Services.prefs];
      browsingContext.prefersColorSchemeOverride = scheme;
      browsingContext.forcedColorsOverride = forced;
      prefs.setIntPref("ui.prefersReducedMotion", motion);
    }, [scheme ?? "none", forced ?? "none", motion === "reduce" ? 1 : 0]);
    // The page hears of it a little later.
    const queries = [`(prefers-reduced-motion: ${motion ?? "no-preference"})`, `(forced-colors: ${forced ?? "none"})`];
    if (scheme) queries.push(`(prefers-color-scheme: ${scheme})`);
    await session.until((queries) => queries.every((query) => matchMedia(query).matches), [queries]);
  },

  screenshotWhole: (session) => session.send("GET", "/moz/screenshot/full"),
};

const webkit = {
  ownHosts: /^$/,
  lacks: {
    ...CHROMIUM_ONLY,
    "forced-colors": "WebKitGTK has no forced colours",
    print: "WebKitWebDriver cannot print",
    "print-of-what-comes": "WebKitWebDriver cannot print",
  },

  /** Its own X server first; then its driver, which does not say when it is ready, nor choose a port. */
  async start({ profile, language }) {
    const screen = await run(env.XVFB ?? "Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-noreset", "-nolisten", "tcp"], /^(\d+)$/m);
    await focusFollowsPointer(screen.said);
    // The C library knows few languages on a small machine, and the browser asks it: this one lends it a name.
    mkdirSync(join(profile, "locale"));
    symlinkSync("/usr/lib/locale/C.utf8", join(profile, "locale", `${language.replace("-", "_")}.UTF-8`));
    const port = await freePort();
    const driver = await run(env.WEBKITDRIVER ?? "WebKitWebDriver", [`--port=${port}`], null, {
      DISPLAY: `:${screen.said}`, XDG_CONFIG_HOME: profile, LOCPATH: join(profile, "locale"),
      LC_ALL: `${language.replace("-", "_")}.UTF-8`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1",
    });
    await answers(`http://127.0.0.1:${port}/status`);
    return { said: port, end: async () => {
      await driver.end();
      await screen.end();
    } };
  },

  // Full screen has no toolbar, which would keep the window from being narrow.
  capabilities: ({ proxy }) => ({
    "webkitgtk:browserOptions": {
      ...env.MINIBROWSER && { binary: env.MINIBROWSER },
      // WebDriver's own word for a proxy is taken as one that speaks TLS itself where the address is https.
      args: ["--automation", "--full-screen", ...proxy ? [`--proxy=http://${proxy}`] : []],
    },
  }),

  /** Its driver's own scripts are no task of the page: promises would go on in the middle of them, as nowhere else. */
  exec: (session, body, args) => session.send("POST", "/execute/sync", { args, script: `const given = arguments;
    return new Promise((next) => setTimeout(next)).then(() => (function () { ${body} }).apply(null, given));` }),

  async setViewport(session, width, height) {
    await session.send("POST", "/window/rect", { width, height });
    await session.until((width, height) => innerWidth === width && innerHeight === height, [width, height]);
  },

  /** It reads them when it starts: it is started anew, and goes back to where it was. */
  async setMedia(session, features) {
    const lines = {
      "prefers-color-scheme": { dark: "gtk-theme-name=Adwaita-dark", light: "gtk-theme-name=Adwaita" },
      "prefers-reduced-motion": { reduce: "gtk-enable-animations=0", "no-preference": "gtk-enable-animations=1" },
    };
    const settings = Object.entries(features).map(([name, value]) => {
      const line = lines[name]?.[value];
      if (!line) throw new Error(`WebKitGTK cannot be told ${name}: ${value}`);
      return `${line}\n`;
    });
    const directory = join(session.profile, "gtk-3.0");
    mkdirSync(directory, { recursive: true });
    // Whatever stands around the page would take room.
    writeFileSync(join(directory, "gtk.css"), "* { padding: 0; margin: 0; min-width: 0; border-width: 0; font-size: 1px; }");
    writeFileSync(join(directory, "settings.ini"), `[Settings]\n${settings.join("")}`);
    await session.restart();
  },
};

const ENGINES = { chromium, firefox, webkit };

/** The name of the engine that ENGINE chooses. */
export const engine = env.ENGINE || "chromium";

/** Its entry. */
export const entry = ENGINES[engine];
if (!entry) throw new Error(`ENGINE is ${engine}; it may be ${Object.keys(ENGINES).join(", ")}`);

/** The member by which WebDriver marks a reference to an element. */
export const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * Starts a program, waits for a line of its output if there is one to wait for, and sees to its end with this process's
 * own. What it says is shown if it ends before that line: browsers complain a lot about machines without a desk.
 */
export async function run(program, args, pattern, environment = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...env, ...environment } });
  const gone = new Promise((done) => child.once("close", done).once("error", done));
  const kill = () => child.kill();
  process.once("exit", kill);
  const said = await new Promise((found, failed) => {
    let text = "";
    const heed = (bytes) => {
      text = (text + bytes).slice(-10_000);
      const match = pattern?.exec(text);
      if (match) found(match[1]);
    };
    child.stdout.on("data", heed);
    child.stderr.on("data", heed);
    gone.then((reason) => failed(new Error(`${program} ended before it was ready (${reason}): ${text}`)));
    if (!pattern) child.once("spawn", found);
  });
  return { said, end: async () => {
    process.off("exit", kill);
    kill();
    await gone;
  } };
}

const standardProxy = (proxy) => proxy && { proxy: { proxyType: "manual", httpProxy: proxy, sslProxy: proxy } };

/**
 * Puts the pointer of an X server where windows open. Without a window manager no window is ever given the focus; the one
 * below the pointer has it.
 * @param {string} display
 */
async function focusFollowsPointer(display) {
  const socket = connect(`/tmp/.X11-unix/X${display}`);
  await once(socket, "connect");
  // A greeting: little-endian, version 11, no name and no secret.
  socket.write(Uint8Array.of(0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  const [answer] = await once(socket, "data");
  // Behind the server's own numbers its maker's name and its pixel formats, then the first screen, with its root window.
  const [nameBytes, formats] = [answer.readUInt16LE(24), answer[29]];
  const root = answer.readUInt32LE(40 + Math.ceil(nameBytes / 4) * 4 + formats * 8);
  const warp = Buffer.alloc(24);
  warp.writeUInt8(41, 0);
  warp.writeUInt16LE(6, 2);
  warp.writeUInt32LE(root, 8);
  warp.writeInt16LE(1, 20);
  warp.writeInt16LE(1, 22);
  await new Promise((done) => socket.end(warp, done));
}

/** Runs a function in Firefox's own window. */
async function inChrome(session, script, args) {
  await session.send("POST", "/moz/context", { context: "chrome" });
  await session.send("POST", "/execute/sync", { script: `return (${script}).apply(null, arguments)`, args });
  await session.send("POST", "/moz/context", { context: "content" });
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url) {
  for (const end = Date.now() + 10_000; ;) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    if (Date.now() > end) throw new Error(`${url} does not answer`);
    await new Promise((next) => setTimeout(next, 25));
  }
}
