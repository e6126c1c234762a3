// The package as a program uses it: imported where there is no DOM, with whatever network the test puts up.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";

const asked = [];
globalThis.fetch = async (address) => {
  asked.push(String(address));
  throw new TypeError("no network in tests");
};
const { REPORT_VERSION, VerifyCredential, collect, verify } = await import("../../pkg/index.js");
const importing = asked.splice(0);

const read = (file) => readFileSync(new URL(`../vectors/${file}`, import.meta.url));
const FIXTURES = "08-open-badges-3/dcc-vc-test-fixtures/";
const ANDAMIO = read("08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json");
const UNCONFIRMED = read(`${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry.json`);
const TAMPERED = read(`${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json`);
const NOW = "2026-11-22T12:00:00Z";
const DID = "did:web:credentials.andamio.io";
const DOCUMENT = "https://credentials.andamio.io/.well-known/did.json";
const LIST = "https://credentials.andamio.io/status/key-epoch-2026-07.json";
const MAP = JSON.parse(read("13-dids-registries/offline-map.json"));
const ANSWERS = { [DOCUMENT]: read(MAP.dids[DID]), [LIST]: read(MAP.statusLists[LIST]) };
const RESOURCES = { dids: { [DID]: ANSWERS[DOCUMENT].toString() }, statusLists: { [LIST]: ANSWERS[LIST].toString() } };

const offline = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = offline;
  asked.length = 0;
});

/** Puts up a network that has the two documents. */
function online() {
  globalThis.fetch = async (address, { redirect, credentials, referrerPolicy }) => {
    asked.push(address);
    assert.deepEqual([redirect, credentials, referrerPolicy], ["error", "omit", "no-referrer"]);
    return new Response(ANSWERS[address], { status: ANSWERS[address] ? 200 : 404 });
  };
}

test("importing registers nothing and asks nobody, and the class is there without a DOM", () => {
  assert.deepEqual(importing, []);
  assert.equal(typeof VerifyCredential, "function");
  assert.equal(globalThis.customElements, undefined);
});

test("text, bytes, a buffer and a file give the same report, and its version is the package's", async () => {
  const first = await verify(UNCONFIRMED.toString(), { now: NOW });
  assert.equal(first.headline, "genuine-issuer-unconfirmed");
  assert.equal(first.version, REPORT_VERSION);
  const bytes = Uint8Array.from(UNCONFIRMED);
  for (const input of [UNCONFIRMED, bytes.buffer, new Blob([bytes])]) {
    assert.deepEqual(await verify(input, { now: NOW }), first);
  }
  const file = await verify(new File([bytes], "badge.json"), { now: NOW });
  assert.equal(file.source, "badge.json");
  assert.equal((await verify(bytes, null, null, { name: "upload 7" })).source, "upload 7");
  assert.equal((await verify(TAMPERED)).headline, "do-not-rely");
  assert.equal((await verify("")).headline, "unreadable");
  assert.deepEqual(asked, []);
});

test("what is no credential's text is refused with the reason, as are arguments that are not understood", async () => {
  await assert.rejects(verify(JSON.parse(UNCONFIRMED)), { name: "TypeError", message: /spelling/ });
  const table = [
    [null], [undefined], [1],
    ["{}", "policy"], ["{}", { nwo: NOW }], ["{}", { now: "soon" }], ["{}", { now: 1_790_000_000 }], ["{}", { keys: 1 }],
    ["{}", null, "not json"], ["{}", null, { dids: [] }], ["{}", null, 1],
    ["{}", null, null, { network: "ask" }], ["{}", null, null, { netwrok: "auto" }],
  ];
  for (const row of table) await assert.rejects(verify(...row), { name: "TypeError" }, JSON.stringify(row));
  // None of them cost the others the instance.
  assert.equal((await verify(TAMPERED)).headline, "do-not-rely");
});

test("the time that counts is text, a Date or milliseconds", async () => {
  const expired = read(`${FIXTURES}v2/ed25519/didKey/legacy-noStatus-expired.json`);
  const day = Date.UTC(2010, 11, 31);
  const report = await verify(expired, { now: day });
  assert.notEqual(report.headline, "expired");
  assert.equal(report.as_of.now, day / 1000);
  for (const now of [new Date(day), "2010-12-31T00:00:00Z"]) assert.deepEqual(await verify(expired, { now }), report);
  assert.equal((await verify(expired)).headline, "expired");
});

test("the issuers a caller trusts, and what a proof must have been made for, reach the core", async () => {
  const id = JSON.parse(UNCONFIRMED).issuer.id;
  const { headline, issuer } = await verify(UNCONFIRMED, { now: NOW, trust: { issuers: [{ id, name: "Ours" }] } });
  assert.deepEqual([headline, issuer.identity, issuer.listed_as], ["verified", "listed", "Ours"]);
  const other = await verify(UNCONFIRMED, { now: NOW, trust: [{ issuers: [{ id: `${id}x` }] }] });
  assert.equal(other.headline, "genuine-issuer-unconfirmed");
});

test("documents that are handed over need no network", async () => {
  const bare = await verify(ANDAMIO, { now: NOW });
  assert.equal(bare.headline, "not-fully-checked");
  assert.deepEqual(bare.needs.map(({ url }) => url), [DOCUMENT]);
  for (const resources of [RESOURCES, JSON.stringify(RESOURCES)]) {
    assert.equal((await verify(ANDAMIO, { now: NOW }, resources)).headline, "verified");
  }
  assert.deepEqual(asked, []);
});

test("the network is used when it is allowed, and not before", async () => {
  online();
  for (const network of [undefined, "off"]) {
    assert.equal((await verify(ANDAMIO, { now: NOW }, null, { network })).headline, "not-fully-checked");
    assert.deepEqual(asked, []);
  }
  assert.equal((await verify(ANDAMIO, { now: NOW }, null, { network: "auto" })).headline, "verified");
  assert.deepEqual(asked, [DOCUMENT, LIST]);
});

test("a resolver answers without a network, and a failure is not remembered", async () => {
  const kinds = [];
  const resolver = async ({ url, kind }) => {
    kinds.push(kind);
    return new Blob([ANSWERS[url]]);
  };
  assert.equal((await verify(ANDAMIO, { now: NOW }, null, { resolver })).headline, "verified");
  assert.deepEqual(kinds, ["did-document", "status-list"]);
  const failing = () => Promise.reject(new Error("not now"));
  assert.equal((await verify(ANDAMIO, { now: NOW }, null, { resolver: failing })).headline, "not-fully-checked");
  assert.equal((await verify(ANDAMIO, { now: NOW }, null, { resolver })).headline, "verified");
  assert.deepEqual(asked, []);
});

test("what was collected verifies offline, and says when it was read", async () => {
  online();
  const before = Math.floor(Date.now() / 1000) * 1000;
  const resources = await collect(ANDAMIO, { now: NOW });
  assert.deepEqual(asked.splice(0), [DOCUMENT, LIST]);
  assert.ok(Date.parse(resources.readAt) >= before && Date.parse(resources.readAt) <= Date.now());
  assert.deepEqual(resources.statusLists, { [LIST]: ANSWERS[LIST].toString() });
  assert.deepEqual(resources.documents, { [DOCUMENT]: ANSWERS[DOCUMENT].toString() });
  const again = JSON.parse(JSON.stringify(resources));
  const report = await verify(ANDAMIO, { now: NOW }, again);
  assert.equal(report.headline, "verified");
  assert.equal(report.as_of.documents_read_at, Date.parse(resources.readAt) / 1000);
  assert.deepEqual(asked, []);

  globalThis.fetch = offline;
  const nothing = await collect(ANDAMIO, { now: NOW });
  assert.deepEqual([nothing.documents, nothing.statusLists], [{}, {}]);
});

test("an aborted call rejects with the reason", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await assert.rejects(verify(ANDAMIO, null, null, { signal }), reason);
  const stop = new AbortController();
  const resolver = () => {
    stop.abort(reason);
    return new Promise(() => {});
  };
  await assert.rejects(verify(ANDAMIO, null, null, { signal: stop.signal, resolver }), reason);
});
