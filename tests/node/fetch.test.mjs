// What may be asked, how it is asked, and that nothing throws. `fetch` itself is replaced; no test uses the network.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { fetchNeed, fetchSource, publicAddress } from "../../src/js/fetch.js";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** Replaces fetch; returns the calls it got. */
function answerWith(respond) {
  const calls = [];
  globalThis.fetch = async (address, init) => {
    calls.push({ address: String(address), init });
    return respond(init);
  };
  return calls;
}

const BOUNDS = { bytesMax: 10 };
const text = (fetched) => new TextDecoder().decode(fetched.bytes);

test("a public https address may be asked, without its fragment", () => {
  const table = [
    ["https://example.org/did.json", "https://example.org/did.json"],
    ["https://example.org:8443/list#7", "https://example.org:8443/list"],
    ["https://xn--mnchen-3ya.example/a", "https://xn--mnchen-3ya.example/a"],
    ["https://EXAMPLE.org./a", "https://example.org./a"],
  ];
  for (const [address, expected] of table) assert.equal(publicAddress(address), expected, address);
});

test("everything else may not", () => {
  const refused = [
    "", "x", "did:web:example.org", "http://example.org/", "ftp://example.org/", "data:,x", "javascript:1",
    "https://user@example.org/", "https://:secret@example.org/", "https://localhost/", "https://localhost./",
    "https://a.localhost/", "https://printer.local/", "https://vault.internal/", "https://a.home.arpa/",
    "https://intranet/", "https://127.0.0.1/", "https://0x7f.1/", "https://2130706433/", "https://10.0.0.1/",
    "https://192.168.1.1/", "https://169.254.169.254/latest", "https://8.8.8.8/", "https://[::1]/", "https://[fe80::1]/",
    "https://[2001:db8::1]/", "https://[::ffff:127.0.0.1]/", `https://example.org/${"a".repeat(2048)}`,
  ];
  for (const address of refused) assert.equal(publicAddress(address), null, address);
});

test("a refused address is never asked", async () => {
  const calls = answerWith(() => new Response("x"));
  assert.deepEqual(await fetchNeed("https://127.0.0.1/", BOUNDS), { failure: "fetch-bad-address" });
  assert.deepEqual(await fetchNeed("did:web:a.example", BOUNDS), { failure: "fetch-bad-address" });
  assert.deepEqual(calls, []);
});

test("a request carries nothing about the visitor and follows no redirect", async () => {
  const calls = answerWith(() => new Response("{}"));
  assert.equal(text(await fetchNeed("https://example.org/a", BOUNDS)), "{}");
  const [{ address, init }] = calls;
  assert.equal(address, "https://example.org/a");
  assert.equal(init.credentials, "omit");
  assert.equal(init.referrerPolicy, "no-referrer");
  assert.equal(init.redirect, "error");
  assert.equal(init.cache, "no-store");
  assert.equal(init.headers, undefined);
});

test("every failure is a reason, never an exception", async () => {
  const table = [
    [() => new Response("", { status: 404 }), "fetch-not-found"],
    [() => new Response("", { status: 410 }), "fetch-not-found"],
    [() => new Response("", { status: 403 }), "fetch-failed"],
    [() => new Response("", { status: 500 }), "fetch-failed"],
    [() => Promise.reject(new TypeError("Failed to fetch")), "fetch-failed"],
    [() => new Response("12345678901"), "fetch-too-large"],
    [() => new Response("1", { headers: { "content-length": "11" } }), "fetch-too-large"],
  ];
  for (const [respond, failure] of table) {
    answerWith(respond);
    assert.deepEqual(await fetchNeed("https://example.org/a", BOUNDS), { failure });
  }
});

test("the cap counts what arrives, to the byte", async () => {
  answerWith(() => new Response("1234567890"));
  assert.equal(text(await fetchNeed("https://example.org/a", BOUNDS)), "1234567890");
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(4)),
    cancel: () => {
      cancelled = true;
    },
  });
  answerWith(() => new Response(endless, { headers: { "content-length": "4" } }));
  assert.deepEqual(await fetchNeed("https://example.org/a", BOUNDS), { failure: "fetch-too-large" });
  assert.ok(cancelled);
});

test("a host that does not answer is given up", async () => {
  const never = (init) => new Promise((_, fail) => init.signal.addEventListener("abort", () => fail(init.signal.reason)));
  answerWith(never);
  assert.deepEqual(await fetchNeed("https://example.org/a", { bytesMax: 10, timeoutMs: 5 }), { failure: "fetch-timeout" });
  const outer = new AbortController();
  const pending = fetchNeed("https://example.org/a", { bytesMax: 10, signal: outer.signal });
  outer.abort();
  assert.deepEqual(await pending, { failure: "fetch-failed" });
});

test("data: is decoded here, without a request", async () => {
  const calls = answerWith(() => assert.fail("asked"));
  const table = [
    ["data:,abc", "abc"],
    ["data:,a%20b%2", "a b%2"],
    ["data:application/json;base64,e30=", "{}"],
    ["data:application/json;base64,e30", "{}"],
    ["data:;charset=utf-8;BASE64,e3%30%3D", "{}"],
    ["data:,%C3%A9#fragment", "é"],
    ["data:,", ""],
  ];
  for (const [address, expected] of table) {
    const fetched = await fetchSource(new URL(address), { ...BOUNDS, origin: "https://page.example" });
    assert.equal(text(fetched), expected, address);
  }
  for (const [address, failure] of [["data:abc", "fetch-bad-address"], ["data:;base64,*", "fetch-bad-address"],
    ["data:,12345678901", "fetch-too-large"]]) {
    const fetched = await fetchSource(new URL(address), { ...BOUNDS, origin: "https://page.example" });
    assert.deepEqual(fetched, { failure }, address);
  }
  assert.deepEqual(calls, []);
});

test("a source may be plain http only where the page itself is", async () => {
  const calls = answerWith(() => new Response("x"));
  const origin = "http://127.0.0.1:8000";
  assert.equal(text(await fetchSource(new URL("http://127.0.0.1:8000/a.json"), { ...BOUNDS, origin })), "x");
  for (const address of ["http://example.org/a", "http://127.0.0.1:8001/a", "https://127.0.0.1/a", "file:///etc/passwd"]) {
    const fetched = await fetchSource(new URL(address), { ...BOUNDS, origin });
    assert.deepEqual(fetched, { failure: "fetch-bad-address" }, address);
  }
  assert.equal(calls.length, 1);
});
