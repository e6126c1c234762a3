// What counts as a credential, as resources and as a time, and what an address may cost.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  SOURCE_BYTES_MAX, credentialData, inlineText, judgeAddress, nowText, policyData, readData, resourcesData, textData,
  transferData,
} from "../../src/js/source.js";

const bytes = (text) => new TextEncoder().encode(text);

test("exact text and bytes are taken, and copied", () => {
  const buffer = bytes("abc");
  const taken = credentialData(buffer);
  buffer[0] = 0;
  assert.deepEqual(taken, bytes("abc"));
  assert.deepEqual(credentialData("é"), bytes("é"));
  assert.deepEqual(credentialData(bytes("abcd").subarray(1, 3)), bytes("bc"));
  assert.deepEqual(credentialData(bytes("abc").buffer), bytes("abc"));
  assert.deepEqual(credentialData(new DataView(bytes("abc").buffer, 1)), bytes("bc"));
  assert.equal(credentialData(null), null);
  assert.equal(credentialData(undefined), null);
});

test("an object is refused: its spelling is lost", () => {
  for (const value of [{}, [], 1, true, () => {}]) assert.throws(() => credentialData(value), TypeError);
});

test("a file is read up to what the core accepts, its name kept as a hint", async () => {
  assert.deepEqual(await readData(bytes("a")), { bytes: bytes("a"), name: "" });
  assert.deepEqual(await readData(new Blob(["ab"])), { bytes: bytes("ab"), name: "" });
  const { bytes: read } = await readData(new Blob([new Uint8Array(SOURCE_BYTES_MAX + 9)]));
  assert.equal(read.length, SOURCE_BYTES_MAX + 1);
});

test("resources are fixed when they are given", () => {
  const map = { dids: {} };
  const taken = resourcesData(map);
  map.dids["did:web:a"] = {};
  assert.deepEqual(taken, bytes('{"dids":{}}'));
  assert.deepEqual(resourcesData('{"a":1}'), bytes('{"a":1}'));
  assert.equal(resourcesData(null), null);
  for (const value of [1, [], true]) assert.throws(() => resourcesData(value), TypeError);
});

test("a time is a date-time or it is refused", () => {
  assert.equal(nowText("2026-11-22T12:00:00Z"), "2026-11-22T12:00:00Z");
  assert.equal(nowText("2026-11-22T13:00:00.5+01:00"), "2026-11-22T12:00:00Z");
  assert.equal(nowText(new Date(0)), "1970-01-01T00:00:00Z");
  for (const none of [null, undefined, ""]) assert.equal(nowText(none), null);
  assert.equal(nowText(Date.UTC(2026, 10, 22, 12)), "2026-11-22T12:00:00Z");
  // Seconds would be taken for a day in 1970.
  for (const bad of ["soon", new Date(NaN), 1, Date.UTC(2026, 10, 22) / 1000, NaN, {}]) assert.throws(() => nowText(bad), TypeError);
});

test("what an address may cost depends on its origin and on `network`", () => {
  const table = [
    // address, ask, auto, off
    ["badge.json", "load", "load", "refuse"],
    ["http://page.example/x", "load", "load", "refuse"],
    ["https://other.example/x", "ask", "load", "refuse"],
    ["http://other.example/x", "refuse", "refuse", "refuse"],
    ["https://10.0.0.1/x", "refuse", "refuse", "refuse"],
    ["data:,x", "load", "load", "load"],
    ["blob:http://page.example/1", "load", "load", "load"],
    ["file:///etc/passwd", "refuse", "refuse", "refuse"],
    ["javascript:alert(1)", "refuse", "refuse", "refuse"],
    ["https://", "refuse", "refuse", "refuse"],
  ];
  for (const [address, ...expected] of table) {
    const found = ["ask", "auto", "off"].map((network) =>
      judgeAddress(address, { base: "http://page.example/dir/", origin: "http://page.example", network }).leave);
    assert.deepEqual(found, expected, address);
  }
  assert.equal(
    judgeAddress("badge.json", { base: "http://page.example/dir/", origin: "http://page.example", network: "ask" }).url.href,
    "http://page.example/dir/badge.json",
  );
});

test("only a child script of a credential type is a source", () => {
  const script = (type, textContent) => ({ localName: "script", textContent, getAttribute: () => type });
  const paragraph = { localName: "p", textContent: "{}", getAttribute: () => "application/vc+json" };
  assert.equal(inlineText({ children: [paragraph, script(null, "a"), script("module", "b")] }), null);
  assert.equal(inlineText({ children: [paragraph, script(" Application/VC+JSON ", "c"), script("application/json", "d")] }), "c");
});

test("a drop is its first file, else its text", () => {
  const file = new Blob(["x"]);
  assert.equal(transferData({ files: [file, new Blob()], getData: () => "text" }), file);
  assert.deepEqual(transferData({ files: [], getData: () => " eyJ.a.b\n" }), bytes("eyJ.a.b"));
  assert.equal(transferData({ files: [], getData: () => " " }), null);
  assert.equal(transferData(null), null);
  assert.equal(textData(""), null);
});

test("a policy is fixed when it is given, its time as text, all else left to the core", () => {
  const given = { now: new Date(0), keys: { "https://a.example": ["z6Mk"] }, unheardOf: 1 };
  const taken = policyData(given);
  given.keys["https://a.example"].push("z6Mkother");
  assert.deepEqual(taken, { now: "1970-01-01T00:00:00Z", keys: { "https://a.example": ["z6Mk"] }, unheardOf: 1 });
  for (const none of [null, undefined, {}, { now: null }]) assert.deepEqual(policyData(none), {});
  for (const bad of ["{}", 1, [], { now: "soon" }]) assert.throws(() => policyData(bad), TypeError);
});
