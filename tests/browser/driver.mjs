// Drives Chromium through chromedriver for the end-to-end tests: the WebDriver protocol over fetch, nothing else.
//
// A test starts the site and a page, acts as a visitor would, and asks what went over the network:
//
//   const site = await serveSite();
//   const page = await openPage({ dark: true });
//   await page.goto(site.address);
//   await page.click("verify-credential >>> button");
//   assert.deepEqual(await page.consoleErrors(), []);
//   await page.close(); await site.close();
//
// A selector may cross open shadow roots with `>>>`. CHROME, CHROMEDRIVER and XTASK name the programs;
// `cargo xtask test e2e` sets them.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A",
  Escape: "\uE00C", Space: " ", PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Delete: "\uE017",
};
// Without these, Chromium asks its maker's servers for updates and the like on its own.
const QUIET = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
  "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-default-apps", "--disable-extensions", "--disable-domain-reliability", "--metrics-recording-only",
  "--gaia-url=http://127.0.0.1:9/",
  "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication",
];
// What it still asks for after a minute; no page can be told from it, so no test may use this host.
const BROWSERS_OWN = "update.googleapis.com";

/**
 * Starts the project's own server on a free port.
 * @param {{mounts?: string[]}} [options] `mounts`: further `/start/=directory` pairs, for pages only tests need
 * @returns {Promise<{address: string, close: () => Promise<void>}>} `address` ends with a slash
 */
export async function serveSite({ mounts = [] } = {}) {
  const xtask = process.env.XTASK ?? resolve("target/debug/xtask");
  const server = await start(xtask, ["serve", "--port", "0", ...mounts.flatMap((mount) => ["--mount", mount])],
    /^(http:\/\/127\.0\.0\.1:\d+\/)$/m);
  return { address: server.said, close: server.end };
}

/**
 * Opens a page in a browser of its own, with an empty profile.
 * @param {object} [options]
 * @param {number} [options.width] of the viewport, in CSS pixels
 * @param {number} [options.height]
 * @param {boolean} [options.dark] what `prefers-color-scheme` says
 * @param {string} [options.language] the visitor's, such as `de`
 * @param {Record<string, string>} [options.media] further media features, such as `{"forced-colors": "active"}`
 * @returns {Promise<Page>}
 */
export async function openPage({ width = 1024, height = 768, dark = false, language = "en-US", media = {} } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "verify-credential-"));
  const proxy = await watchOutside();
  const driver = await start(process.env.CHROMEDRIVER ?? "chromedriver", ["--port=0"], /started successfully on port (\d+)/);
  const args = [...QUIET, `--user-data-dir=${profile}`, `--lang=${language}`, `--window-size=${width},${height}`,
    `--proxy-server=http://127.0.0.1:${proxy.port}`];
  const chrome = { args, prefs: { "intl.accept_languages": language } };
  if (process.env.CHROME) chrome.binary = process.env.CHROME;
  const endAll = async () => {
    await driver.end();
    proxy.server.close();
    proxy.server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const root = `http://127.0.0.1:${driver.said}/session`;
    const { sessionId } = await call("POST", root, { capabilities: { alwaysMatch: {
      browserName: "chrome", "goog:chromeOptions": chrome,
      "goog:loggingPrefs": { performance: "ALL", browser: "ALL" },
    } } });
    const page = new Page(`${root}/${sessionId}`, proxy.hosts, endAll);
    await page.setViewport(width, height);
    await page.setMedia({ "prefers-color-scheme": dark ? "dark" : "light", ...media });
    await page.requests();
    return page;
  } catch (error) {
    await endAll();
    throw error;
  }
}

/** One page in one browser. Every method rejects with the browser's own words when it cannot be done. */
export class Page {
  #session;
  #outside;
  #end;

  /** Made by `openPage`. @param {string} session @param {Set<string>} outside @param {() => Promise<void>} end */
  constructor(session, outside, end) {
    this.#session = session;
    this.#outside = outside;
    this.#end = end;
  }

  /** Loads an address and waits for its load event. @param {string} url */
  goto = (url) => this.#post("/url", { url });

  /**
   * Runs a function in the page and returns its result as JSON, or an element reference.
   * @param {Function | string} script the body if a string; a function must not use names from around it
   * @param {...unknown} args
   */
  exec(script, ...args) {
    if (typeof script === "function") script = `return (${script}).apply(null, arguments)`;
    return this.#post("/execute/sync", { script, args });
  }

  /** Like `exec`, and waits for the promise the function returns. @param {Function} script @param {...unknown} args */
  async execAsync(script, ...args) {
    const body = `const done = arguments[arguments.length - 1];
      (async () => (${script}).apply(null, [...arguments].slice(0, -1)))()
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#post("/execute/async", { script: body, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /**
   * Waits until a function in the page returns something true, and returns that.
   * @param {Function} script @param {unknown[]} [args] @param {number} [limit] milliseconds
   */
  async until(script, args = [], limit = 10_000) {
    for (const end = Date.now() + limit; ;) {
      const value = await this.exec(script, ...args);
      if (value) return value;
      if (Date.now() > end) throw new Error(`not within ${limit} ms: ${script}`);
      await new Promise((next) => setTimeout(next, 25));
    }
  }

  /** The element a selector names, `>>>` entering shadow roots. @param {string} selector */
  async find(selector) {
    const element = await this.exec(findInPage, selector);
    if (!element) throw new Error(`no element matches ${selector}`);
    return element;
  }

  /** Clicks the middle of an element with the pointer, as a visitor would. @param {string} selector */
  async click(selector) {
    const origin = await this.find(selector);
    await this.exec((element) => element.scrollIntoView({ block: "center" }), origin);
    await this.#post("/actions", { actions: [{ type: "pointer", id: "mouse", actions: [
      { type: "pointerMove", origin, x: 0, y: 0 },
      { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 },
    ] }] });
  }

  /** Presses keys where the focus is: names (`Tab`), chords (`Shift+Tab`), or text to type. @param {...string} keys */
  async keys(...keys) {
    const actions = keys.flatMap((key) => {
      const chord = key.length > 1 ? key.split("+") : [key];
      const named = chord.every((part) => part in KEYS || part.length === 1) && chord.some((part) => part in KEYS);
      const codes = named ? chord.map((part) => KEYS[part] ?? part) : [];
      const [down, up] = ["keyDown", "keyUp"].map((type) => (value) => ({ type, value }));
      return named ? [...codes.map(down), ...codes.reverse().map(up)] : [...key].flatMap((one) => [down(one), up(one)]);
    });
    await this.#post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Chooses a file in `<input type="file">`. @param {string} selector @param {string} path */
  async setFile(selector, path) {
    await this.#post(`/element/${(await this.find(selector))[ELEMENT]}/value`, { text: resolve(path) });
  }

  /**
   * Drops a file on an element. The events are made by script, because WebDriver cannot drag from outside the page.
   * @param {string} selector @param {{name: string, type?: string, bytes: Uint8Array}} file
   */
  async dropFile(selector, { name, type = "", bytes }) {
    await this.exec((element, name, type, base64) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
      for (const event of ["dragenter", "dragover", "drop"]) {
        const init = { dataTransfer: data, bubbles: true, composed: true, cancelable: true };
        element.dispatchEvent(new DragEvent(event, init));
      }
    }, await this.find(selector), name, type, Buffer.from(bytes).toString("base64"));
  }

  /** Writes a PNG picture of the viewport, or of the whole page. @param {string} path @param {{whole?: boolean}} [options] */
  async screenshot(path, { whole = false } = {}) {
    const { data } = await this.cdp("Page.captureScreenshot", { captureBeyondViewport: whole });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  /**
   * Every address the page asked for since the last call, in order, refused ones included. What the browser asked
   * of other hosts in ways the page's log does not show (workers, preconnect) stands at the end as `//host:port`.
   * @returns {Promise<string[]>}
   */
  async requests() {
    const entries = await this.#log("performance");
    const urls = entries.map((entry) => JSON.parse(entry.message).message)
      .filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params.request.url);
    const known = new Set(urls.map((url) => hostOf(new URL(url))));
    const hidden = [...this.#outside].filter((host) => !known.has(host) && !host.startsWith(BROWSERS_OWN));
    this.#outside.clear();
    return [...urls, ...hidden.map((host) => `//${host}`)];
  }

  /** Errors in the console since the last call: exceptions, failed loads, violations of the page's policy. */
  async consoleErrors() {
    const entries = await this.#log("browser");
    return entries.filter((entry) => entry.level === "SEVERE").map((entry) => entry.message);
  }

  /** Sets the size of the viewport in CSS pixels. @param {number} width @param {number} height */
  setViewport(width, height) {
    return this.cdp("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** Sets media features, such as `{"prefers-reduced-motion": "reduce"}`; those not named go back. @param {Record<string, string>} features */
  setMedia(features) {
    features = Object.entries(features).map(([name, value]) => ({ name, value }));
    return this.cdp("Emulation.setEmulatedMedia", { features });
  }

  /** Takes the network away from the page, or gives it back. @param {boolean} offline */
  setOffline(offline) {
    const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    return this.cdp("Network.emulateNetworkConditions", { offline, ...speed });
  }

  /** Sends a command of the Chrome DevTools Protocol. @param {string} cmd @param {object} [params] */
  cdp = (cmd, params = {}) => this.#post("/goog/cdp/execute", { cmd, params });

  /** Closes the browser and everything it ran on. */
  async close() {
    await call("DELETE", this.#session).catch(() => {});
    await this.#end();
  }

  #post = (path, body) => call("POST", this.#session + path, body);
  #log = (type) => this.#post("/se/log", { type });
}

function findInPage(selector) {
  return selector.split(">>>").reduce((scope, part, index) => {
    const inside = index === 0 ? scope : scope?.shadowRoot;
    return inside?.querySelector(part.trim()) ?? null;
  }, document);
}

async function call(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message.split("\n")[0]}`);
  return value;
}

/** A proxy that lets nothing through and notes which host was asked for; requests to this machine bypass it. */
async function watchOutside() {
  const hosts = new Set();
  const server = createServer((request, response) => {
    hosts.add(hostOf(new URL(request.url)));
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    hosts.add(request.url);
    socket.on("error", () => {}).end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, hosts, port: server.address().port };
}

function hostOf(url) {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;
}

/** Starts a program, waits for a line of its output, and sees to its end with this process's own. */
async function start(program, args, pattern) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((done) => child.once("close", done).once("error", done));
  const kill = () => child.kill();
  process.once("exit", kill);
  const said = await new Promise((found, failed) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const match = pattern.exec(text);
      if (match) found(match[1]);
    });
    gone.then((reason) => failed(new Error(`${program} ended before it was ready (${reason}): ${text}`)));
  });
  return { said, end: async () => {
    process.off("exit", kill);
    kill();
    await gone;
  } };
}
