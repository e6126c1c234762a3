// The element's attributes, over as little DOM as importing it takes.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const { VerifyCredential } = await import("../../src/js/element.js");

test("every observed attribute has a getter that documents its default", () => {
  const read = (name) => readFileSync(new URL(`../../src/js/${name}.js`, import.meta.url), "utf8");
  const source = read("control") + read("element");
  for (const attribute of VerifyCredential.observedAttributes) {
    const name = attribute.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
    const owners = [VerifyCredential.prototype, Object.getPrototypeOf(VerifyCredential.prototype)];
    const accessor = owners.map((owner) => Object.getOwnPropertyDescriptor(owner, name)).find(Boolean);
    assert.equal(typeof accessor?.get, "function", name);
    const before = source.slice(0, source.indexOf(`  get ${name}() {`));
    assert.match(before.slice(before.lastIndexOf("/**")), /Default[^:]*: /, name);
  }
});

test("an attribute that is absent or unknown gives the default", () => {
  const read = (name, value) => Reflect.get(VerifyCredential.prototype, name, { getAttribute: () => value });
  const table = [
    ["src", null, ""], ["view", null, "card"], ["view", "poster", "card"], ["view", "badge", "badge"],
    ["network", null, "ask"], ["network", "on", "ask"], ["network", "AUTO", "ask"], ["network", "off", "off"],
    ["network", "auto", "auto"], ["lang", null, ""], ["lang", "de", "de"], ["loading", null, "lazy"],
    ["loading", "later", "lazy"], ["loading", "eager", "eager"], ["name", null, ""], ["name", "badge", "badge"],
    ["acceptHeadlines", null, "verified"], ["acceptHeadlines", "expired", "expired"],
  ];
  for (const [name, value, expected] of table) assert.equal(read(name, value), expected, `${name}=${value}`);
});

test("the hand-written scripts put no text through a parser and register nothing but in define.js", () => {
  const files = readdirSync(new URL("../../src/js", import.meta.url), { recursive: true })
    .filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
  assert.ok(files.includes("lang/index"));
  for (const name of files) {
    const source = readFileSync(new URL(`../../src/js/${name}.js`, import.meta.url), "utf8").replaceAll(/^\s*(\/?\*|\/\/).*$/gm, "");
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b/, name);
    assert.doesNotMatch(source, /document\.cookie|localStorage|sessionStorage|indexedDB|caches\.|sendBeacon|XMLHttpRequest|WebSocket/, name);
    assert.equal(/\bfetch\(/.test(source), name === "fetch", `${name} fetches`);
    assert.equal(/customElements\.define/.test(source), name === "define", `${name} registers`);
  }
});
