// The rounds of run, fetch, provide, run again, over a small fake of the wasm module.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, EngineGone, VerifierStopped } from "../../src/js/client.js";

const need = (url) => ({ url, kind: "did-document", for_check: "proof.any-good", bytes_max: 8 });
const INPUT = { bytes: new Uint8Array([1]), name: "a.json", policy: {}, snapshot: null };

/**
 * A module whose verification needs, after every answer, what `next` says for the answers so far.
 * @param {(answers: Map<string, unknown>) => string[]} next
 */
function world(next, { fetchNeed = async () => ({ bytes: new Uint8Array([7]) }), trap = "", curves = null } = {}) {
  const seen = { asked: [], parts: [], provided: [], policies: [], snapshots: [], freed: 0, dropped: 0, curvesLoaded: 0 };
  class Verification {
    answers = new Map();
    constructor(bytes, name, policy) {
      seen.policies.push(JSON.parse(policy));
      if (policy.includes("misspelt")) throw "unknown-member";
    }
    provide(url, bytes, readAt) {
      this.answers.set(url, { bytes, readAt });
    }
    provide_failure(url, reason) {
      this.answers.set(url, reason);
    }
    provide_snapshot(json) {
      seen.snapshots.push(json);
      return json[0] === 0x7b;
    }
    wants_parts() {
      return curves?.wanted(this.answers) && !this.curves ? "curves" : "";
    }
    provide_part(name, module) {
      seen.provided.push(name);
      if (name === "curves") this.curves = module;
    }
    forget_failures() {
      for (const [url, answer] of this.answers) if (typeof answer === "string") this.answers.delete(url);
    }
    verify() {
      if (trap === "verify") throw new WebAssembly.RuntimeError("unreachable");
      seen.answers = this.answers;
      return { headline: this.curves ? "verified" : "not-fully-checked", needs: next(this.answers).map(need) };
    }
    draw() {
      if (trap === "draw") throw new WebAssembly.RuntimeError("unreachable");
    }
    free() {
      seen.freed += 1;
      if (trap === "free") throw new WebAssembly.RuntimeError("unreachable");
    }
  }
  const engines = [];
  const loadEngine = async () => {
    const last = engines.at(-1);
    if (last && !last.stopped) return last;
    engines.push({ exports: { Verification, stylesheet: () => "" }, stopped: false, sheet: null });
    return engines.at(-1);
  };
  const dropEngine = (engine) => {
    engine.stopped = true;
    seen.dropped += 1;
  };
  const counted = (url, bounds) => {
    seen.asked.push(url);
    return fetchNeed(url, bounds);
  };
  const loadLater = async (name) => {
    seen.parts.push(name);
    if (name !== "curves") return undefined;
    seen.curvesLoaded += 1;
    return curves.load();
  };
  return { seen, engines, means: { loadEngine, dropEngine, loadLater, fetchNeed: counted, clock: () => 1000 } };
}

const allowed = (more = {}) => ({ mayFetch: () => true, resolver: null, signal: new AbortController().signal, ...more });
const NOBODY = { mayFetch: () => false };
const unanswered = (...urls) => (answers) => urls.filter((url) => !answers.has(url));

test("the policy goes in, with the clock where it gives no time", async () => {
  const { seen, means } = world(() => []);
  const client = new Client(means);
  await client.open(INPUT);
  await client.open({ ...INPUT, policy: { now: "2026-11-22T12:00:00Z", keys: {} } });
  assert.deepEqual(seen.policies, [{ clock: 1000 }, { now: "2026-11-22T12:00:00Z", keys: {} }]);
  assert.equal(seen.freed, 1);
});

test("a policy that is not understood is the caller's error, and no trap", async () => {
  const { seen, means } = world(() => []);
  const client = new Client(means);
  await assert.rejects(client.open({ ...INPUT, policy: { misspelt: 1 } }), { name: "TypeError", message: /unknown-member/ });
  assert.equal(seen.dropped, 0);
  await client.open(INPUT);
});

test("a snapshot is provided before the first run, and an unreadable one is said", async () => {
  const { seen, means } = world(() => []);
  const client = new Client(means);
  const good = await client.open({ ...INPUT, snapshot: new TextEncoder().encode("{}") });
  const bad = await client.open({ ...INPUT, snapshot: new TextEncoder().encode("x") });
  assert.deepEqual([good.snapshotRead, bad.snapshotRead, seen.snapshots.length], [true, false, 2]);
});

test("without permission nothing is asked", async () => {
  const { seen, means } = world(unanswered("a"));
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  const last = await client.settle(report, allowed(NOBODY));
  assert.deepEqual(seen.asked, []);
  assert.deepEqual(last.needs.map(({ url }) => url), ["a"]);
});

test("what reads the answers is loaded while they are on their way, and only then", async () => {
  const { seen, means } = world(unanswered("a"), {
    fetchNeed: async () => {
      assert.deepEqual(seen.parts, ["net"]);
      return { bytes: new Uint8Array([7]) };
    },
  });
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  await client.settle(report, allowed(NOBODY));
  assert.deepEqual(seen.parts, []);
  const last = await client.settle(report, allowed());
  assert.deepEqual([last.needs, seen.provided], [[], ["net"]]);
});

test("needs are fetched in rounds until none is left, each address once", async () => {
  const { seen, means } = world((answers) => answers.has("a") ? unanswered("b")(answers) : ["a", "a"]);
  const client = new Client(means);
  const between = [];
  const { report } = await client.open(INPUT);
  const last = await client.settle(report, allowed({ onReport: (one) => between.push(one.needs.length) }));
  assert.deepEqual(seen.asked, ["a", "b"]);
  assert.deepEqual(last.needs, []);
  assert.deepEqual(between, [1]);
  assert.deepEqual(seen.answers.get("a"), { bytes: new Uint8Array([7]), readAt: 1000 });
});

test("only needs that may be asked are, judged anew in every round", async () => {
  const { seen, means } = world(unanswered("https://a.example/1", "https://b.example/1"));
  const client = new Client(means);
  const mayFetch = ({ url }) => url.includes("//a.") || seen.asked.length > 0;
  const last = await client.settle((await client.open(INPUT)).report, allowed({ mayFetch }));
  assert.deepEqual(seen.asked, ["https://a.example/1", "https://b.example/1"]);
  assert.deepEqual(last.needs, []);
});

test("every document that was had is told, failures are not", async () => {
  const fetchNeed = async (url) => (url === "b" ? { failure: "fetch-failed" } : { bytes: new Uint8Array([7]) });
  const { means } = world(unanswered("a", "b", "c"), { fetchNeed });
  const client = new Client(means);
  const told = [];
  const resolver = ({ url }) => (url === "c" ? "{}" : null);
  const onAnswer = ({ url, kind }, bytes) => told.push([url, kind, bytes.length]);
  await client.settle((await client.open(INPUT)).report, allowed({ resolver, onAnswer }));
  assert.deepEqual(told, [["a", "did-document", 1], ["c", "did-document", 2]]);
});

test("a failure is provided as one, and asked again only after it is forgotten", async () => {
  const { seen, means } = world(unanswered("a"), { fetchNeed: async () => ({ failure: "fetch-timeout" }) });
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  const last = await client.settle(report, allowed());
  assert.equal(seen.answers.get("a"), "fetch-timeout");
  await client.settle(last, allowed());
  assert.deepEqual(seen.asked, ["a"]);
  await client.settle(client.forgetFailures(), allowed());
  assert.deepEqual(seen.asked, ["a", "a"]);
});

test("rounds end at 4, requests at 16", async () => {
  const endless = world((answers) => [`https://a.example/${answers.size}`]);
  const client = new Client(endless.means);
  const last = await client.settle((await client.open(INPUT)).report, allowed());
  assert.equal(endless.seen.asked.length, 4);
  assert.equal(last.needs.length, 1);

  const many = world(unanswered(...Array.from({ length: 40 }, (_, index) => `https://a.example/${index}`)));
  const second = new Client(many.means);
  await second.settle((await second.open(INPUT)).report, allowed());
  assert.equal(many.seen.asked.length, 16);
});

test("an aborted run provides nothing more", async () => {
  const stop = new AbortController();
  const { seen, means } = world(unanswered("a"), {
    fetchNeed: async () => {
      stop.abort();
      return { bytes: new Uint8Array() };
    },
  });
  const client = new Client(means);
  await client.settle((await client.open(INPUT)).report, allowed({ signal: stop.signal }));
  assert.equal(seen.answers.size, 0);
});

test("the page's resolver answers first, whatever the network may do", async () => {
  const { seen, means } = world(unanswered("a", "b", "c", "d", "e", "f"));
  const client = new Client(means);
  const answers = { a: "text", b: new Uint8Array([1]), c: "more than eight bytes", e: new Blob(["blob"]), f: { parsed: 1 } };
  const resolver = async ({ url }) => {
    if (url === "d") throw new Error("not here");
    return answers[url];
  };
  const last = await client.settle((await client.open(INPUT)).report, allowed({ ...NOBODY, resolver }));
  assert.deepEqual(seen.asked, []);
  assert.deepEqual(seen.answers.get("a").bytes, new TextEncoder().encode("text"));
  assert.deepEqual(seen.answers.get("b").bytes, new Uint8Array([1]));
  assert.equal(seen.answers.get("c"), "fetch-too-large");
  assert.deepEqual(seen.answers.get("e").bytes, new TextEncoder().encode("blob"));
  assert.deepEqual(last.needs.map(({ url }) => url), ["d", "f"]);
});

test("a resolver that never answers is left after its time, or when the run is over, and asked again next time", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, means } = world(unanswered("a"));
  const client = new Client(means);
  let asked = 0;
  const resolver = () => {
    asked += 1;
    return new Promise(() => {});
  };
  const { report } = await client.open(INPUT);
  const settling = client.settle(report, allowed({ ...NOBODY, resolver }));
  while (asked < 1) await null;
  t.mock.timers.tick(10_000);
  assert.deepEqual((await settling).needs.map(({ url }) => url), ["a"]);
  assert.equal(seen.answers.size, 0, "no answer is not remembered as one");

  const stop = new AbortController();
  const second = client.settle(report, allowed({ ...NOBODY, resolver, signal: stop.signal }));
  while (asked < 2) await null;
  stop.abort();
  await second;
  assert.equal(asked, 2);
});

test("a resolver is asked within the same bounds as the network", async () => {
  const { means } = world((answers) => [`https://a.example/${answers.size}`]);
  const client = new Client(means);
  let asked = 0;
  const resolver = () => {
    asked += 1;
    return "{}";
  };
  await client.settle((await client.open(INPUT)).report, allowed({ ...NOBODY, resolver }));
  assert.equal(asked, 4);
});

test("a trap drops the instance and says nothing about the credential", async () => {
  for (const trap of ["verify", "draw"]) {
    const { seen, engines, means } = world(() => [], { trap });
    const client = new Client(means);
    await assert.rejects(async () => {
      await client.open(INPUT);
      client.drawReport(null, "{}");
    }, VerifierStopped);
    assert.equal(seen.dropped, 1);
    assert.throws(() => client.drawNotice(null, "{}"), EngineGone);
    await client.start();
    assert.equal(engines.length, 2);
  }
});

test("a client whose instance another one lost says so, and can open again", async () => {
  const { engines, means } = world(unanswered("a"));
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  engines[0].stopped = true;
  await assert.rejects(client.settle(report, allowed()), EngineGone);
  assert.throws(() => client.drawReport(null, "{}"), EngineGone);
  assert.equal((await client.open(INPUT)).report.needs.length, 1);
  assert.equal(engines.length, 2);
});

test("closing never throws", async () => {
  const { means } = world(() => [], { trap: "free" });
  const client = new Client(means);
  client.close();
  await client.open(INPUT);
  client.close();
});

test("the module for ECDSA is loaded when a report waits for it, without leave, and once", async () => {
  const module = {};
  const curves = { wanted: () => true, load: () => module };
  const { seen, means } = world(unanswered("a"), { curves });
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  const last = await client.settle(report, allowed(NOBODY));
  assert.equal(last.headline, "verified");
  await client.settle(last, allowed());
  assert.equal(seen.curvesLoaded, 1);

  const without = world(unanswered("a"));
  const other = new Client(without.means);
  await other.settle((await other.open(INPUT)).report, allowed());
  assert.equal(without.seen.curvesLoaded, 0);
});

test("a status list may be what waits for ECDSA", async () => {
  const curves = { wanted: (answers) => answers.has("a"), load: () => ({}) };
  const { means } = world(unanswered("a"), { curves });
  const client = new Client(means);
  const last = await client.settle((await client.open(INPUT)).report, allowed());
  assert.deepEqual([last.headline, last.needs], ["verified", []]);
});

test("where the module for ECDSA cannot be had, the report stays, and the next time it is tried again", async () => {
  let there = false;
  const load = () => {
    if (!there) throw new Error("not there");
    return {};
  };
  const { seen, means } = world(() => [], { curves: { wanted: () => true, load } });
  const client = new Client(means);
  const { report } = await client.open(INPUT);
  assert.equal((await client.settle(report, allowed())).headline, "not-fully-checked");
  there = true;
  assert.equal((await client.settle(client.forgetFailures(), allowed())).headline, "verified");
  assert.deepEqual([seen.curvesLoaded, seen.dropped], [2, 0]);
});
