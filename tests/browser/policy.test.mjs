// Under the policy that the documentation names, Trusted Types among it, no state of an element breaks it, and no state asks
// anybody for anything before a reader allows it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { openPage, serveSite } from "./driver.mjs";
import { CARDS, NOW, OTHERS, OWN, mount, openBare, settled, text } from "./states.mjs";

const HOSTILE = "tests/vectors/own/hostile/";
const UNDER_POLICY = "bare/policy.html";

/** Whatever may be an address, on hosts that none of this may reach. */
const AWAY = {
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://away.example/context.json"],
  id: "https://away.example/credential", type: ["VerifiableCredential", "OpenBadgeCredential"],
  issuer: { id: "https://away.example/issuer", type: ["Profile"], name: "Away", image: { id: "https://away.example/issuer.png", type: "Image" } },
  image: { id: "https://away.example/image.png", type: "Image" },
  validFrom: "2026-01-15T09:00:00Z",
  credentialSchema: [{ id: "https://away.example/schema.json", type: "JsonSchema" }],
  credentialStatus: { id: "https://away.example/list#1", type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "1", statusListCredential: "https://away.example/list" },
  refreshService: { id: "https://away.example/refresh", type: "1EdTechCredentialRefresh" },
  termsOfUse: { id: "https://away.example/terms", type: "Policy" },
  evidence: [{ id: "https://away.example/evidence", type: ["Evidence"], narrative: "![a](https://away.example/narrative.png) <img src=https://away.example/raw.png>" }],
  credentialSubject: {
    id: "did:web:away.example", type: ["AchievementSubject"], achievement: {
      id: "https://away.example/achievement", type: ["Achievement"], name: "Away", description: "![a](https://away.example/description.png)",
      criteria: { id: "https://away.example/criteria" }, image: { id: "https://away.example/badge.svg", type: "Image" },
      alignment: [{ type: ["Alignment"], targetName: "Away", targetUrl: "https://away.example/skill" }],
    },
  },
};
const proof = { type: "DataIntegrityProof", cryptosuite: "eddsa-rdfc-2022", proofPurpose: "assertionMethod", verificationMethod: "https://away.example/issuer#key", proofValue: "z1" };

/** Credentials that name what is elsewhere, signed or not. @type {import("./states.mjs").State[]} */
const NAMING = [
  { name: "unsigned", headline: "do-not-rely", properties: { credential: JSON.stringify(AWAY), now: NOW } },
  { name: "not-at-hand", headline: "not-fully-checked", properties: { credential: JSON.stringify({ ...AWAY, proof }), now: NOW } },
  { name: "listed", headline: "not-fully-checked", properties: { credential: text("own/revoked.json"), now: NOW } },
  ...readdirSync(HOSTILE).filter((name) => name.startsWith("mark")).map((name) => ({
    name, headline: name.includes("nobody") ? "genuine-issuer-unconfirmed" : "verified",
    properties: { credential: readFileSync(HOSTILE + name, "utf8"), resources: OWN, now: NOW },
  })),
];

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite({ mounts: ["/bare/=tests/browser/pages"] });
  page = await openPage({ width: 800, height: 900 });
});

after(async () => {
  await page?.close();
  await site?.close();
});

const watch = () => page.exec(() => {
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    globalThis.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
  });
});

/** Presses and opens whatever does not ask for the network. */
async function openAll() {
  for (const selector of ['[data-action="reveal"]', "details:not([open]) > summary", "details:not([open]) > summary"]) {
    await page.exec((selector) => document.querySelectorAll("verify-credential").forEach(
      ({ shadowRoot }) => shadowRoot.querySelectorAll(selector).forEach((control) => control.click())), selector);
    await settled(page);
  }
}

test("no state breaks the policy", async () => {
  await openBare(page, site, UNDER_POLICY);
  await watch();
  for (const view of ["badge", "full", "card"]) {
    await mount(page, [...CARDS, ...NAMING], { view });
  }
  await openAll();
  await page.exec(() => document.querySelectorAll("verify-credential").forEach((element) => { element.lang = "ar"; }));
  await settled(page);
  await mount(page, OTHERS);
  // The file that is not there is the state's own.
  const errors = (await page.consoleErrors()).filter((error) => !/no-such-file|404/.test(error));
  assert.deepEqual([await page.exec(() => globalThis.violations), errors], [[], []]);
});

test("the test above would notice", async () => {
  await openBare(page, site, UNDER_POLICY);
  await watch();
  await page.exec(() => {
    document.createElement("img").src = "https://away.example/a.png";
    try {
      document.body.innerHTML = "<p>";
    } catch {
      // Where Trusted Types are enforced.
    }
  });
  await page.until(() => globalThis.violations.length > 0);
  await page.consoleErrors();
});

test("no state asks anybody before it may", async () => {
  // Under the policy a request would not be sent, whatever the element tries.
  await page.liftPolicy(true);
  await openBare(page, site, UNDER_POLICY);
  for (const network of ["ask", "off"]) {
    for (const view of ["badge", "full", "card"]) await mount(page, [...CARDS, ...NAMING], { view, network });
    await openAll();
    await mount(page, OTHERS);
    await page.execAsync(() => new Promise((next) => setTimeout(next, 300)));
    const foreign = (await page.requests()).filter((address) => !address.startsWith(site.address) && !/^(data|blob|about):/.test(address));
    assert.deepEqual(foreign, [], network);
  }
  // That somebody would be asked who may be.
  await mount(page, [NAMING[2]], { network: "auto" });
  await page.until(() => document.querySelector("verify-credential").report !== null);
  assert.ok((await page.requests()).some((address) => address.includes("issuer.example")));
  await page.liftPolicy(false);
});
