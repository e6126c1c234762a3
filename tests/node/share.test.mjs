// Documents that several elements need are asked for once, and failures are forgotten.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fetchShared } from "../../src/js/share.js";

const START = 1_790_000_000_000;
let asked = [];
let answer = async () => new Response("{}");
let address = "";
let count = 0;
globalThis.fetch = (url) => {
  asked.push(url);
  return answer();
};

beforeEach(() => {
  asked = [];
  answer = async () => new Response("{}");
  address = `https://a.example/${(count += 1)}`;
});

const ask = (url = address, bytesMax = 8) => fetchShared(url, { bytesMax, signal: new AbortController().signal });

test("those who ask at the same time, and soon after, get one answer, with the time it was read", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: START });
  const [one, two] = await Promise.all([ask(), ask()]);
  t.mock.timers.tick(299_000);
  const three = await ask();
  for (const each of [one, two, three]) {
    assert.deepEqual(each, { bytes: new TextEncoder().encode("{}"), readAt: START / 1000 });
  }
  assert.deepEqual(asked, [address]);
  t.mock.timers.tick(1_000);
  assert.equal((await ask()).readAt, START / 1000 + 300);
  assert.deepEqual(asked, [address, address]);
});

test("a failure is kept for nobody", async () => {
  answer = async () => new Response("", { status: 500 });
  const both = await Promise.all([ask(), ask()]);
  assert.deepEqual(both, [{ failure: "fetch-failed" }, { failure: "fetch-failed" }]);
  answer = async () => new Response("{}");
  assert.ok("bytes" in (await ask()));
  assert.deepEqual(asked, [address, address]);
});

test("another address or bound is another question, and the oldest answers go first", async () => {
  await ask();
  assert.deepEqual(await ask(address, 1), { failure: "fetch-too-large" });
  for (let more = 0; more < 40; more += 1) await ask(`${address}/${more}`);
  asked = [];
  await ask(`${address}/39`);
  await ask(`${address}/2`);
  assert.deepEqual(asked, []);
  await ask();
  assert.deepEqual(asked, [address]);
});

test("an address that is not asked is not asked here either", async () => {
  assert.deepEqual(await ask("http://127.0.0.1/"), { failure: "fetch-bad-address" });
  assert.deepEqual(asked, []);
});
