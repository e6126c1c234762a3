// The package without its element, in a worker and in a page, under the policy the site is served with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { openPage, serveSite } from "./driver.mjs";

const FIXTURES = "tests/vectors/08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/";
const GENUINE = readFileSync(`${FIXTURES}legacy-noStatus-noExpiry.json`, "utf8");
const TAMPERED = readFileSync(`${FIXTURES}legacy-noStatus-noExpiry-tampered.json`, "utf8");

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite({ mounts: ["/test-pages/=tests/browser/pages"] });
  page = await openPage();
  await page.goto(site.address);
  await page.until(() => customElements.get("verify-credential"));
  await page.consoleErrors();
});

after(async () => {
  await page?.close();
  await site?.close();
});

test("a worker verifies", async () => {
  const answers = await page.execAsync(async (inputs) => {
    const policy = trustedTypes.createPolicy("verify-credential", { createScriptURL: (url) => url });
    const worker = new Worker(policy.createScriptURL("/test-pages/worker.js"), { type: "module" });
    const next = () => new Promise((done, failed) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => failed(new Error(message));
    });
    await next();
    const answers = [];
    for (const input of inputs) {
      worker.postMessage(input);
      answers.push(await next());
    }
    worker.terminate();
    return answers;
  }, [GENUINE, TAMPERED]);
  const [genuine, tampered] = ["genuine-issuer-unconfirmed", "do-not-rely"];
  assert.deepEqual(answers, [[genuine, "function", "undefined"], [tampered, "function", "undefined"]]);
  assert.deepEqual(await page.consoleErrors(), []);
});

test("a page verifies without an element, asking nobody", async () => {
  await page.requests();
  const headline = await page.execAsync(async (input) => {
    const { verify } = await import("/pkg/index.js");
    return (await verify(new Blob([input]))).headline;
  }, TAMPERED);
  assert.equal(headline, "do-not-rely");
  assert.deepEqual((await page.requests()).filter((address) => !address.startsWith(site.address)), []);
});
