// The link that has a credential checked on another site.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { linkElsewhere } from "../../src/js/elsewhere.js";

const BASE = "https://careers.example/jobs";
const BADGE = new Uint8Array(readFileSync(new URL("../vectors/own/did-key.json", import.meta.url)));

test("the credential travels behind the #, as it came", async () => {
  const link = new URL(await linkElsewhere(BADGE, "https://check.example/page?a=b#c", BASE));
  assert.equal(link.origin + link.pathname + link.search, "https://check.example/page?a=b");
  const text = link.hash.replace(/^#vc=d\./, "");
  assert.match(text, /^[\w-]+$/);
  assert.deepEqual(new Uint8Array(inflateRawSync(Buffer.from(text, "base64url"))), BADGE);
});

test("a page beside this one will do, also without https", async () => {
  assert.match(await linkElsewhere(BADGE, "check.html", "http://localhost:8080/a/"), /^http:\/\/localhost:8080\/a\/check\.html#vc=d\./);
});

test("no link leads to what is no page, or carries what no page takes", async () => {
  const large = new Uint8Array(1_000_001);
  for (const [bytes, verifier] of [[BADGE, ""], [BADGE, "none"], [BADGE, "http://check.example/"], [BADGE, "javascript:alert(1)"],
    [BADGE, "data:text/html,x"], [BADGE, "https://["], [large, "https://check.example/"]]) {
    assert.equal(await linkElsewhere(bytes, verifier, BASE), "", String(verifier));
  }
});
