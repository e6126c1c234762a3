// Drives a browser through its WebDriver for the end-to-end tests: the protocol over fetch, nothing else.
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
// A selector may cross open shadow roots with `>>>`. Three engines run the same tests; engines.mjs has what differs:
//
//   engine                                  which one this is: "chromium", "firefox" or "webkit"
//   test(name, { skip: lacks("print") }, …) what one engine cannot do is skipped with its reason
//   await page.resize(320, 640)             the viewport, in CSS pixels
//   await page.emulate({ colorScheme: "dark", reducedMotion: "reduce", forcedColors: "active" })
//                                           those not named go back; WebKit loads the page anew
//   await page.press("Shift+Tab", "Enter")  keys where the focus is
//   await page.screenshot("target/screenshots/a.png")
//   page.offline(true), page.liftPolicy(true)  the network, and the pages' own policy, taken away
//
// ENGINE, CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER, MINIBROWSER, WEBKITDRIVER, XVFB and XTASK name the engine and the
// programs, BROWSER_TOOLS the directory of what tools/ lists; `cargo xtask test e2e` sets them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { ELEMENT, engine, entry, run } from "./engines.mjs";
import { Wire, watchErrors } from "./wire.mjs";

export { engine };

const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A",
  Escape: "\uE00C", Space: " ", PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Delete: "\uE017",
};

/**
 * Why this engine cannot do something, or false if it can: the `skip` of a test that needs it.
 * @param {"cdp" | "forced-colors" | "print" | "print-of-what-comes" | "same-pixels" | "tab-to-links"} what
 * @returns {string | false}
 */
export const lacks = (what) => entry.lacks[what] ?? false;

/**
 * Starts the project's own server on a free port.
 * @param {{mounts?: string[]}} [options] `mounts`: further `/start/=directory` pairs, for pages only tests need
 * @returns {Promise<{address: string, close: () => Promise<void>}>} `address` ends with a slash
 */
export async function serveSite({ mounts = [] } = {}) {
  const xtask = process.env.XTASK ?? resolve("target/debug/xtask");
  const server = await run(xtask, ["serve", "--port", "0", ...mounts.flatMap((mount) => ["--mount", mount])],
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
 * @param {boolean} [options.direct] for measurements: nothing stands between the browser and this machine's own
 * servers, so `requests`, `offline` and `liftPolicy` know nothing
 * @returns {Promise<Page>}
 */
export async function openPage({ width = 1024, height = 768, dark = false, language = "en-US", media = {}, direct = false } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "verify-credential-"));
  const wire = await Wire.start(entry.ownHosts, { watch: !entry.takeErrors });
  const options = { profile, width, height, language, proxy: direct ? null : wire.address };
  const session = new Session(profile, { acceptInsecureCerts: true, ...entry.capabilities(options) });
  const page = new Page(session, wire);
  try {
    session.driver = await entry.start(options);
    await session.begin();
    await page.setMedia({ "prefers-color-scheme": dark ? "dark" : "light", ...media });
    await page.setViewport(width, height);
    await page.requests();
    return page;
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** A browser as its driver knows it: what the entries of engines.mjs work with. */
class Session {
  #wanted;
  #viewport = [0, 0];
  #root = "";

  /** @param {string} profile a directory of its own @param {object} wanted the capabilities */
  constructor(profile, wanted) {
    this.profile = profile;
    this.#wanted = wanted;
  }

  /** Opens the browser's window. */
  async begin() {
    const root = `http://127.0.0.1:${this.driver.said}/session`;
    const { sessionId, capabilities } = await call("POST", root, { capabilities: { alwaysMatch: this.#wanted } });
    this.#root = `${root}/${sessionId}`;
    this.capabilities = capabilities;
    await entry.begun?.(this);
  }

  /** Closes the window. */
  async end() {
    await entry.ended?.(this);
    if (this.#root) await this.send("DELETE", "").catch(() => {});
  }

  /** Closes it and opens another of the same size at the same address. */
  async restart() {
    const address = await this.send("GET", "/url");
    await this.end();
    await this.begin();
    if (this.#viewport[0]) await this.setViewport(...this.#viewport);
    if (address) await this.send("POST", "/url", { url: address });
  }

  /** One command of WebDriver. @param {string} method @param {string} path @param {object} [body] */
  send = (method, path, body) => call(method, this.#root + path, body);

  /** One of the Chrome DevTools Protocol. @param {string} cmd @param {object} params */
  cdp = (cmd, params) => this.send("POST", "/goog/cdp/execute", { cmd, params });

  /** @param {number} width @param {number} height */
  async setViewport(width, height) {
    this.#viewport = [width, height];
    await entry.setViewport(this, width, height);
  }

  /** Runs a script in the page. @param {Function | string} script @param {...unknown} args */
  exec(script, ...args) {
    if (typeof script === "function") script = `return (${script}).apply(null, arguments)`;
    return entry.exec ? entry.exec(this, script, args) : this.send("POST", "/execute/sync", { script, args });
  }

  /** Waits until a function in the page returns something true. @param {Function} script @param {unknown[]} args @param {number} limit */
  async until(script, args = [], limit = 10_000) {
    for (const end = Date.now() + limit; ;) {
      const value = await this.exec(script, ...args);
      if (value) return value;
      if (Date.now() > end) throw new Error(`not within ${limit} ms: ${script}`);
      await new Promise((next) => setTimeout(next, 25));
    }
  }
}

/** One page in one browser. Every method rejects with the browser's own words when it cannot be done. */
export class Page {
  #session;
  #wire;
  #errors = [];

  /** Made by `openPage`. @param {Session} session @param {Wire} wire */
  constructor(session, wire) {
    this.#session = session;
    this.#wire = wire;
  }

  /** Loads an address and waits for its load event. @param {string} url */
  async goto(url) {
    this.#errors.push(...await this.#takeErrors());
    await this.#post("/url", { url });
    if (this.#wire.unreached.delete(url)) throw new Error(`nobody answers at ${url}`);
    if (!entry.takeErrors) await this.exec(watchErrors);
  }

  /**
   * Runs a function in the page and returns its result as JSON, or an element reference.
   * @param {Function | string} script the body if a string; a function must not use names from around it
   * @param {...unknown} args
   */
  exec = (script, ...args) => this.#session.exec(script, ...args);

  /** Like `exec`, and waits for the promise the function returns. @param {Function} script @param {...unknown} args */
  async execAsync(script, ...args) {
    const { value, error } = await this.#session.exec(`return (async () => (${script}).apply(null, arguments))()
      .then((value) => ({ value }), (error) => ({ error: String(error) }))`, ...args);
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /**
   * Waits until a function in the page returns something true, and returns that.
   * @param {Function} script @param {unknown[]} [args] @param {number} [limit] milliseconds
   */
  until = (script, args, limit) => this.#session.until(script, args, limit);

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

  /** The same under the name that other drivers give it. @param {...string} keys */
  press = (...keys) => this.keys(...keys);

  /**
   * Writes a PNG picture of the viewport, or of the whole page where the engine can (WebKit cannot).
   * @param {string} path @param {{whole?: boolean}} [options]
   */
  async screenshot(path, { whole = false } = {}) {
    const takeWhole = whole && entry.screenshotWhole;
    const data = await (takeWhole ? takeWhole(this.#session) : this.#session.send("GET", "/screenshot"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  /** Prints the page, as PDF. @returns {Promise<Buffer>} */
  print = async () => Buffer.from(await this.#post("/print", {}), "base64");

  /**
   * Every address the page asked a host for since the last call, in order, refused ones included; nothing that its policy
   * forbade. Hosts that were only connected to stand at the end as `//host:port`, files in Chromium at the start.
   * @returns {Promise<string[]>}
   */
  async requests() {
    // What the page has just asked for may still be on its way.
    await this.exec("return 0");
    return [...await entry.takeFiles?.(this.#session) ?? [], ...this.#wire.takeAddresses()];
  }

  /** Errors in the console since the last call: exceptions, failed loads, violations of the page's policy. */
  async consoleErrors() {
    return [...this.#errors.splice(0), ...await this.#takeErrors()];
  }

  /** Sets the size of the viewport in CSS pixels. @param {number} width @param {number} height */
  setViewport = (width, height) => this.#session.setViewport(width, height);

  /** The same, shorter. @param {number} width @param {number} height */
  resize = (width, height) => this.setViewport(width, height);

  /** Sets media features, such as `{"prefers-reduced-motion": "reduce"}`; those not named go back. @param {Record<string, string>} features */
  setMedia = (features) => entry.setMedia(this.#session, features);

  /**
   * What the visitor prefers; what is not named goes back.
   * @param {{colorScheme?: "light" | "dark", reducedMotion?: "reduce", forcedColors?: "active"}} preferences
   */
  emulate({ colorScheme = "light", reducedMotion, forcedColors }) {
    return this.setMedia({
      "prefers-color-scheme": colorScheme,
      ...reducedMotion && { "prefers-reduced-motion": reducedMotion },
      ...forcedColors && { "forced-colors": forcedColors },
    });
  }

  /** Takes the network away from the page, or gives it back. @param {boolean} offline */
  async setOffline(offline) {
    this.#wire.offline = offline;
  }

  /** The same, shorter. @param {boolean} offline */
  offline = (offline) => this.setOffline(offline);

  /** Takes the policies away from the pages loaded from now on, or leaves them theirs. @param {boolean} lifted */
  async liftPolicy(lifted) {
    this.#wire.policyLifted = lifted;
  }

  /** Sends a command of the Chrome DevTools Protocol: for tests that `lacks("cdp")` skips elsewhere. @param {string} cmd @param {object} [params] */
  cdp = (cmd, params = {}) => this.#session.cdp(cmd, params);

  /** Closes the browser and everything it ran on. */
  async close() {
    await this.#session.end();
    await this.#session.driver?.end();
    this.#wire.close();
    rmSync(this.#session.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #post = (path, body) => this.#session.send("POST", path, body);

  async #takeErrors() {
    if (entry.takeErrors) return entry.takeErrors(this.#session);
    return [...await this.exec(() => globalThis[Symbol.for("errors")]?.splice(0) ?? []), ...this.#wire.takeFailures()];
  }
}

function findInPage(selector) {
  return selector.split(">>>").reduce((scope, part, index) => {
    const inside = index === 0 ? scope : scope?.shadowRoot;
    return inside?.querySelector(part.trim()) ?? null;
  }, document);
}

async function call(method, url, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message.split("\n")[0]}`);
  return value;
}
