// The driver's own test: what the other tests rely on to be noticed really is noticed.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { lacks, openPage } from "./driver.mjs";

const POLICY = "default-src 'none'; script-src 'self'; img-src data:; connect-src 'self' https://allowed.example; worker-src 'self'";
const FILES = {
  "/page.html": `<!doctype html><title>t</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script>
    <button id="plain">plain</button><x-box></x-box>`,
  "/page.js": `customElements.define("x-box", class extends HTMLElement {
      constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        const [button, file, text] = ["button", "input", "input"].map((name) => document.createElement(name));
        button.addEventListener("click", (event) => { this.title = "clicked " + event.isTrusted; });
        file.type = "file";
        file.addEventListener("change", () => { this.title = "chosen " + file.files[0].name; });
        text.type = "text";
        root.append(button, file, text);
        button.textContent = "inside";
        this.addEventListener("drop", async (event) => {
          event.preventDefault();
          this.title = "dropped " + await event.dataTransfer.files[0].text();
        });
      }
    });`,
  "/broken.html": `<!doctype html><title>t</title><link rel="icon" href="data:,"><script src="broken.js"></script>`,
  "/broken.js": `throw new Error("while it loads");`,
  "/worker.js": `fetch("https://hidden.example/from-worker").catch(() => {});`,
  "/data.json": "{}",
};

let server, address, page;

before(async () => {
  server = createServer((request, response) => {
    const body = FILES[request.url];
    const type = request.url.endsWith(".html") ? "text/html" : "text/javascript";
    const policy = request.url === "/worker.js" ? "connect-src *" : POLICY;
    response.writeHead(body === undefined ? 404 : 200, { "content-type": type, "content-security-policy": policy });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${server.address().port}`;
  page = await openPage({ width: 640, height: 480, dark: true, language: "de" });
});

after(async () => {
  await page?.close();
  server?.close();
});

/** Loads the page afresh and forgets what that asked for. */
async function fresh() {
  await page.goto(`${address}/page.html`);
  await page.requests();
  await page.consoleErrors();
}

test("a clean page asks for its own files and says nothing", async () => {
  await page.goto(`${address}/page.html`);
  const urls = (await page.requests()).filter((url) => !url.startsWith("data:"));
  assert.deepEqual(urls, [`${address}/page.html`, `${address}/page.js`]);
  assert.deepEqual(await page.consoleErrors(), []);
  assert.deepEqual(await page.requests(), []);
});

test("a request to another host is noticed though it fails", async () => {
  await fresh();
  await page.execAsync(() => fetch("https://allowed.example/x").catch(() => {}));
  assert.deepEqual(await page.requests(), ["https://allowed.example/x"]);
});

test("a request from a worker is noticed", async () => {
  await fresh();
  await page.exec(() => { new Worker("/worker.js"); });
  const seen = [];
  for (const end = Date.now() + 10_000; Date.now() < end && !seen.some((url) => url.includes("hidden.example"));) {
    seen.push(...await page.requests());
  }
  assert.ok(seen.some((url) => url.includes("hidden.example")), seen.join());
});

test("a violation of the policy is noticed", async () => {
  await fresh();
  await page.execAsync(() => fetch("https://forbidden.example/x").catch(() => {}));
  const errors = await page.consoleErrors();
  assert.ok(errors.some((text) => text.includes("Content Security Policy")), errors.join());
});

test("an exception and a failed load are noticed", async () => {
  await fresh();
  await page.exec(() => { setTimeout(() => { throw new Error("on purpose"); }); });
  await page.execAsync(() => fetch("/absent"));
  const errors = await page.consoleErrors();
  assert.ok(errors.some((text) => text.includes("on purpose")), errors.join());
  assert.ok(errors.some((text) => text.includes("404")), errors.join());
});

test("an exception of a page that is being loaded is noticed", async () => {
  await fresh();
  await page.goto(`${address}/broken.html`);
  const errors = await page.consoleErrors();
  assert.ok(errors.some((text) => text.includes("while it loads")), errors.join());
});

test("the pointer and the keyboard are real", async () => {
  await fresh();
  await page.click("x-box >>> button");
  assert.equal(await page.exec(() => document.querySelector("x-box").title), "clicked true");
  await page.keys("Tab", "Tab", "a+b", "Shift+Home", "Delete", "ok");
  const value = () => document.querySelector("x-box").shadowRoot.querySelector("[type=text]").value;
  assert.equal(await page.exec(value), "ok");
  await assert.rejects(page.find("x-box >>> nothing"), /no element/);
});

test("files can be chosen and dropped", async () => {
  await fresh();
  const directory = mkdtempSync(join(tmpdir(), "driver-test-"));
  writeFileSync(join(directory, "badge.json"), "{}");
  await page.setFile("x-box >>> input[type=file]", join(directory, "badge.json"));
  assert.equal(await page.exec(() => document.querySelector("x-box").title), "chosen badge.json");
  await page.dropFile("x-box", { name: "a.txt", type: "text/plain", bytes: Buffer.from("content") });
  await page.until(() => document.querySelector("x-box").title === "dropped content");
  await page.screenshot(join(directory, "page.png"));
  const picture = readFileSync(join(directory, "page.png"));
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [640, 480]);
  rmSync(directory, { recursive: true });
});

test("viewport, colour scheme, language and offline reach the page", async () => {
  await fresh();
  const seen = () => [innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches, navigator.language];
  assert.deepEqual(await page.exec(seen), [640, 480, true, "de"]);
  await page.setViewport(320, 500);
  await page.setMedia({ "prefers-color-scheme": "light" });
  assert.deepEqual(await page.exec(seen), [320, 500, false, "de"]);
  const reachable = () => fetch("/data.json").then(() => true, () => false);
  await page.setOffline(true);
  assert.equal(await page.execAsync(reachable), false);
  await page.setOffline(false);
  assert.equal(await page.execAsync(reachable), true);
});

test("what the visitor prefers reaches the page, and goes back", async () => {
  const preferred = (forced) => page.exec((forced) => [
    "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", ...forced ? ["(forced-colors: active)"] : [],
  ].map((query) => matchMedia(query).matches), forced);
  await fresh();
  await page.resize(500, 400);
  const forced = lacks("forced-colors") ? {} : { forcedColors: "active" };
  await page.emulate({ colorScheme: "dark", reducedMotion: "reduce", ...forced });
  assert.deepEqual(await preferred("forcedColors" in forced), "forcedColors" in forced ? [true, true, true] : [true, true]);
  assert.deepEqual(await page.exec(() => [innerWidth, innerHeight]), [500, 400]);
  await page.emulate({});
  assert.deepEqual(await preferred(true), [false, false, false]);
  assert.equal(await page.exec(() => document.title), "t", "it is still the same page");
});

test("a page's policy can be lifted", async () => {
  const inline = () => page.exec(() => {
    const script = document.createElement("script");
    script.append("globalThis.ran = true");
    document.body.append(script);
    return globalThis.ran ?? false;
  });
  await fresh();
  assert.equal(await inline(), false);
  await page.liftPolicy(true);
  await fresh();
  assert.equal(await inline(), true);
  await page.liftPolicy(false);
  await fresh();
  assert.equal(await inline(), false);
});

test("a page is printed", { skip: lacks("print") }, async () => {
  assert.equal((await page.print()).subarray(0, 5).toString(), "%PDF-");
});

test("what only one engine can is refused elsewhere", { skip: !lacks("cdp") && "this is the one" }, async () => {
  await assert.rejects(page.cdp("Page.bringToFront"));
});

test("what fails in the page fails here", async () => {
  await assert.rejects(page.execAsync(async () => { throw new Error("inside"); }), /inside/);
  await assert.rejects(page.until(() => false, [], 50), /not within/);
  const closed = createServer();
  await new Promise((ready) => closed.listen(0, "127.0.0.1", ready));
  const { port } = closed.address();
  await new Promise((done) => closed.close(done));
  await assert.rejects(page.goto(`http://127.0.0.1:${port}/`), /answer|ERR_|error page/);
});
