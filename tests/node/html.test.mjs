// The element as HTML text for servers: the package's function and the command line write the same.
//
// VERIFY_CREDENTIAL names the command; `cargo xtask test node` builds it and sets that.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const asked = [];
globalThis.fetch = async (address) => {
  asked.push(String(address));
  throw new TypeError("no network in tests");
};
const { html, verify } = await import("../../pkg/index.js");

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOW = "2026-11-22T12:00:00Z";
const folder = mkdtempSync(join(tmpdir(), "verify-credential-"));
after(() => rmSync(folder, { recursive: true }));

const VECTORS = "tests/vectors/";
const FIXTURES = "08-open-badges-3/dcc-vc-test-fixtures/";
const ANDAMIO = "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json";
const OWN = "own/did-key.json";
const TAMPERED = `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json`;
const read = (file) => readFileSync(ROOT + VECTORS + file);

const DID = "did:web:credentials.andamio.io";
const LIST = "https://credentials.andamio.io/status/key-epoch-2026-07.json";
const MAP = JSON.parse(read("13-dids-registries/offline-map.json"));
const RESOURCES = {
  readAt: NOW,
  dids: { [DID]: read(MAP.dids[DID]).toString() },
  statusLists: { [LIST]: read(MAP.statusLists[LIST]).toString() },
};
const MAP_FILE = join(folder, "map.json");
writeFileSync(MAP_FILE, JSON.stringify(RESOURCES));

/** What the command prints of a file. */
function native(file, ...options) {
  const command = process.env.VERIFY_CREDENTIAL ?? `${ROOT}target/debug/verify-credential`;
  const args = ["--now", NOW, "--resources", MAP_FILE, "--html", ...options, VECTORS + file];
  try {
    return execFileSync(command, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
  } catch (error) {
    // Not every one is valid.
    if (error.status !== 1) throw error;
    return error.stdout.trimEnd();
  }
}

const written = (file, options = {}) => html(read(file), { now: NOW }, RESOURCES, { name: VECTORS + file, ...options });

const FILES = [
  ANDAMIO, OWN, TAMPERED,
  `${FIXTURES}v1/dataIntegrityProof/didWeb/oidf-revokedStatus-noExpiry.json`,
  `${FIXTURES}v2/ed25519/didKey/legacy-noStatus-expired.json`,
  `${FIXTURES}v2/ed25519/didWeb/badDidWeb.json`,
  "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.png",
  "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.svg",
  "09-clr-2/learncard/competency-aligned.json",
  "own/results-by-points.json",
];

test("the command and the function write the same text, byte for byte", async () => {
  for (const file of FILES) {
    for (const view of ["card", "badge", "full"]) {
      const own = await written(file, { view });
      assert.equal(own, native(file, "--view", view), `${file}, ${view}`);
      assert.match(own, /^<verify-credential [^>]*><template shadowrootmode="open"/);
    }
    const bare = await written(file, { whole: false });
    assert.equal(bare, native(file, "--html-card"), file);
    assert.ok((await written(file)).includes(`dir="ltr">${bare}</div><slot name="after"></slot></template>`), file);
  }
});

test("every option does the same in both", async () => {
  const table = [
    [{ blind: "holder" }, ["--blind", "holder"]],
    [{ blind: "issuer", attributes: { src: "/a b.json" } }, ["--blind", "issuer", "--attribute", "src=/a b.json"]],
    [{ heading: 4 }, ["--heading-level", "4"]],
    [{ stylesheet: "/\"&<'\u00a0.css" }, ["--stylesheet", "/\"&<'\u00a0.css"]],
    [
      { attributes: { class: "\"><script>", network: "off", "data-a": "\r\n" } },
      ["--attribute", "class=\"><script>", "--attribute", "network=off", "--attribute", "data-a=\r\n"],
    ],
  ];
  const usual = await written(ANDAMIO);
  for (const [options, args] of table) {
    const own = await written(ANDAMIO, options);
    assert.equal(own, native(ANDAMIO, ...args), args.join(" "));
    assert.notEqual(own, usual);
  }
});

test("every language has its own text, direction and days", async () => {
  const texts = new Map();
  for (const lang of ["en", "ar", "de", "es", "fr", "ja", "nl", "pt"]) {
    const own = await written(ANDAMIO, { lang });
    const direction = lang === "ar" ? "rtl" : "ltr";
    assert.ok(own.startsWith(`<verify-credential lang="${lang}">`), lang);
    assert.ok(own.includes(`part="root" lang="${lang}" dir="${direction}">`), lang);
    texts.set(lang, /<section class="verdict".*?<\/section>/s.exec(own)?.[0]);
  }
  assert.equal(new Set(texts.values()).size, 8, JSON.stringify([...texts]));
});

test("a review without bias carries nothing of what it hides", async () => {
  const name = JSON.parse(read(OWN)).credentialSubject;
  const secrets = [name.id, JSON.parse(read(OWN)).issuer.name].filter(Boolean);
  assert.ok(secrets.length > 0);
  const shown = await written(OWN);
  const hidden = await written(OWN, { blind: "issuer" });
  for (const secret of secrets) {
    assert.ok(shown.includes(secret), secret);
    assert.ok(!hidden.includes(secret), secret);
  }
});

test("no credential leaves the element, its attributes, its template or its block of data", async () => {
  const text = "</template></verify-credential></script><!--<script>\"'><img src=x onerror=alert(1)>";
  const attack = JSON.parse(read(OWN));
  attack.credentialSubject.achievement.name = text;
  attack.credentialSubject.achievement.description = text;
  attack.issuer = { id: attack.issuer.id ?? attack.issuer, type: ["Profile"], name: text };
  for (const view of ["card", "badge", "full"]) {
    const own = await html(JSON.stringify(attack), { now: NOW }, null, { view });
    for (const [tag, count] of [["</template>", 1], ["</verify-credential>", 1], ["<script", 1], ["</script>", 1], ["<img", 0], ["<!--", 0]]) {
      assert.equal(own.split(tag).length - 1, count, `${tag} in ${view}`);
    }
    // What travels is the same document.
    const data = /<script type="application\/vc\+json">(.*)<\/script>/s.exec(own)[1];
    assert.deepEqual(JSON.parse(data), attack);
    assert.equal((await verify(data, { now: NOW })).headline, (await verify(JSON.stringify(attack), { now: NOW })).headline);
  }
});

test("what the page puts inside stands after the card, as it is", async () => {
  const own = await written(OWN, { content: '<p slot="after">A & B</p>' });
  assert.ok(own.endsWith('</script><p slot="after">A & B</p></verify-credential>'));
});

test("nothing is fetched without permission, and a resolver is asked", async () => {
  const badge = read(ANDAMIO);
  assert.match(await html(badge, { now: NOW }), /data-headline="not-fully-checked"/);
  assert.deepEqual(asked, []);
  const resolver = ({ url }) => url === LIST ? RESOURCES.statusLists[LIST] : RESOURCES.dids[DID];
  assert.match(await html(badge, { now: NOW }, null, { resolver }), /data-headline="verified"/);
  assert.deepEqual(asked, []);
});

test("arguments that are not understood are refused", async () => {
  const table = [
    { view: "wide" }, { blind: "all" }, { heading: 0 }, { heading: 7 }, { headline: "verified" }, { network: "ask" },
    ...["onclick", "style", "view", "lang", "A", "a b", "a=", ""].map((name) => ({ attributes: { [name]: "x" } })),
  ];
  for (const options of table) await assert.rejects(html("{}", null, null, options), { name: "TypeError" }, JSON.stringify(options));
  await assert.rejects(html({}), { name: "TypeError" });
});
