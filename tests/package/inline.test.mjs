// The single-file build: from a file, without a network, and under a policy that allows no request at all.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { openPage } from "../browser/driver.mjs";
import { BADGE, BADGE_HEADLINE, host, scratchProject } from "./support.mjs";

const NAME = "verify-credential.inline.js";
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:; connect-src 'none'; "
  + "require-trusted-types-for 'script'; trusted-types verify-credential";
const PAGE = `<!doctype html><html lang="en"><title>A file</title><script defer src="${NAME}"></script>
  <body><verify-credential network="off"><script type="application/vc+json">${BADGE}</script></verify-credential>`;

let project;
/** @type {import("../browser/driver.mjs").Page} */
let page;

before(async () => {
  project = scratchProject();
  page = await openPage();
});
after(async () => {
  await page?.close();
  project?.remove();
});

const headline = () => page.until(() => document.querySelector("verify-credential").report?.headline
  ?? document.querySelector("verify-credential").shadowRoot?.querySelector("[part=fallback]")?.textContent);

test("it verifies from a file, and asks for no other file", async () => {
  copyFileSync(join(project.package, NAME), join(project.directory, NAME));
  writeFileSync(join(project.directory, "page.html"), PAGE);
  await page.setOffline(true);
  await page.requests();
  await page.goto(pathToFileURL(join(project.directory, "page.html")).href);
  assert.equal(await headline(), BADGE_HEADLINE);
  assert.deepEqual((await page.requests()).map((address) => address.split("/").at(-1)), ["page.html", NAME]);
  assert.deepEqual(await page.consoleErrors(), []);
  await page.setOffline(false);
});

test("it verifies where a policy forbids every request", async () => {
  const server = await host(project.package, { "/": PAGE }, (_, good) => ({ ...good, csp: POLICY }));
  try {
    await page.goto(server.address);
    assert.equal(await headline(), BADGE_HEADLINE);
    assert.deepEqual(server.asked.filter((path) => path !== "/favicon.ico"), ["/", `/${NAME}`]);
    assert.deepEqual((await page.consoleErrors()).filter((line) => !line.includes("favicon")), []);
  } finally {
    await server.close();
  }
});

test("it says so where a policy forbids WebAssembly", async () => {
  const csp = POLICY.replace(" 'wasm-unsafe-eval'", "");
  const server = await host(project.package, { "/": PAGE }, (_, good) => ({ ...good, csp }));
  try {
    await page.goto(server.address);
    assert.match(await headline(), /wasm-unsafe-eval/);
  } finally {
    await server.close();
  }
});
