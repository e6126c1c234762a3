// Whether it is genuine, who says so, what it is and what its holder can do best stand at the top of the card: for every
// sound credential of the vectors. tests/six_seconds.rs counts the words.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { lacks, openPage, serveSite } from "./driver.mjs";
import { NOW, OWN, openBare, resources } from "./states.mjs";

const VECTORS = "tests/vectors/";
const HEIGHT_MAX = 420;
const BATCH = 40;

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 400, height: 900 });
  await openBare(page, site);
  await page.exec(() => {
    // Nothing of the width is to go to a scroll bar.
    document.documentElement.style.overflow = "hidden";
    document.body.style.margin = "0";
    document.querySelector("main").style.cssText = "all: initial";
  });
});

after(async () => {
  await page?.close();
  await site?.close();
});

/** The keys of the fictional issuers of specifications, as the policy takes them. @param {string} text */
function vouched(text) {
  if (!text.startsWith("{")) return {};
  const { issuer, proof } = JSON.parse(text);
  return Object.fromEntries([proof].flat().flatMap((proof) => {
    const key = proof?.verificationMethod?.split(/[#:]/).at(-1);
    return key?.startsWith("z") ? [[issuer?.id ?? issuer, key]] : [];
  }));
}

function sound() {
  const shared = resources(`${VECTORS}13-dids-registries/offline-map.json`, VECTORS);
  const index = JSON.parse(readFileSync(`${VECTORS}index.json`, "utf8")).files
    .filter(({ file, expect }) => expect === "valid" && existsSync(VECTORS + file))
    .map(({ file }) => {
      const isOfSpecification = /02-|1edtech-spec|rec-examples/.test(file);
      const keys = isOfSpecification ? vouched(readFileSync(VECTORS + file, "utf8")) : {};
      return { file, resources: "shared", keys };
    });
  const own = readdirSync(`${VECTORS}own`).filter((name) => /\.(json|png)$/.test(name) && name !== "offline-map.json")
    .map((name) => ({ file: `own/${name}`, resources: "own", keys: {} }));
  return { shared, rows: [...index, ...own] };
}

test("the first answers stand within 420 pixels", { skip: lacks("cdp") && "one engine's measures are enough" }, async () => {
  const { shared, rows } = sound();
  await page.exec((maps) => { globalThis.maps = maps; }, { shared, own: OWN });
  const measured = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH).map((row) => ({ ...row, bytes: readFileSync(VECTORS + row.file).toString("base64") }));
    measured.push(...await page.execAsync(async (rows, now) => {
      const done = [];
      document.querySelector("main").replaceChildren(...rows.map(({ bytes, resources, keys }) => {
        const element = document.createElement("verify-credential");
        Object.assign(element, { loading: "eager", network: "off" });
        done.push(new Promise((next) => element.addEventListener("credential-checked", next, { once: true })));
        const credential = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        Object.assign(element, { credential, resources: globalThis.maps[resources], policy: { now, keys } });
        return element;
      }));
      await Promise.all(done);
      return [...document.querySelectorAll("verify-credential")].map((element, at) => {
        const { top, width } = element.getBoundingClientRect();
        const root = element.shadowRoot;
        const last = root.querySelector('[part="outcomes"] li') ?? root.querySelector(".about") ?? root.querySelector(".verdict");
        return [rows[at].file, element.report.verdict, Math.ceil(last.getBoundingClientRect().bottom - top), width];
      });
    }, batch, NOW));
  }
  const valid = measured.filter(([, verdict]) => verdict === "valid");
  assert.ok(valid.length >= 60, `${valid.length} sound ones`);
  assert.deepEqual(new Set(valid.map(([, , , width]) => width)), new Set([400]));
  assert.deepEqual(valid.filter(([, , bottom]) => bottom > HEIGHT_MAX).map(([file, , bottom]) => `${bottom} ${file}`), []);
});
