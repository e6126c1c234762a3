// The element's attributes, over as little DOM as importing it takes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

globalThis.HTMLElement ??= class {};
const { VerifyCredential } = await import("../../src/js/element.js");

test("every observed attribute has a getter that documents its default", () => {
  const source = readFileSync(new URL("../../src/js/element.js", import.meta.url), "utf8");
  for (const name of VerifyCredential.observedAttributes) {
    const accessor = Object.getOwnPropertyDescriptor(VerifyCredential.prototype, name);
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
    ["network", "auto", "auto"], ["lang", null, ""], ["lang", "de", "de"],
  ];
  for (const [name, value, expected] of table) assert.equal(read(name, value), expected, `${name}=${value}`);
});

test("the hand-written scripts put no text through a parser and register nothing but in define.js", () => {
  const files = ["client", "define", "element", "fetch", "parts", "parts.inline", "session", "source", "start-failure", "surface", "wasm", "lang/index"];
  for (const name of files) {
    const source = readFileSync(new URL(`../../src/js/${name}.js`, import.meta.url), "utf8").replaceAll(/^\s*(\/?\*|\/\/).*$/gm, "");
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b/, name);
    assert.equal(/\bfetch\(/.test(source), name === "fetch", `${name} fetches`);
    assert.equal(/customElements\.define/.test(source), name === "define", `${name} registers`);
  }
});
