// What the configurator gives to copy: whatever is typed stays where it belongs.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { contrast } from "../../www/contrast.js";
import { DEFAULTS, KINDS, inCss, inHtml, inPolicy, inReact, inVue, inWordPress, written } from "../../www/snippets.js";

const PACKAGE = new URL("../../pkg/", import.meta.url);
const PLAIN = {
  source: "src", attributes: { src: "badge.json" }, text: "My badge", credential: "", properties: {},
  folder: "/verify-credential/", hosts: "", integrity: {},
};
/** Each ends the place where a careless writer would put it. */
const HOSTILE = [
  '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "--><b>", "{{ 1 }}", "{alert(1)}",
  "`${alert(1)}`", "&quot;&gt;", "a\\", "\\\"", "line\nbreak", "[gallery ids=1]", "<!-- /wp:html -->", "*/alert(1)/*", "]]>", "%22%3E",
];

const attribute = (html, name) => new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1];
const decoded = (text) => text?.replace(/&(?:quot|lt|gt|amp|#91|#93);/g, (it) => (
  { "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#91;": "[", "&#93;": "]" })[it]);

test("what is as by default is not written, and the rest once", () => {
  assert.deepEqual(written({ ...PLAIN, attributes: { ...DEFAULTS } }), []);
  const chosen = { ...DEFAULTS, src: "a.json", view: "badge", required: true };
  assert.deepEqual(written({ ...PLAIN, attributes: chosen }), [["src", "a.json"], ["view", "badge"], ["required", true]]);
  assert.deepEqual(written({ ...PLAIN, source: "upload", attributes: chosen }), [["view", "badge"], ["required", true]]);
});

test("no value leaves its attribute, in HTML, Vue and WordPress", () => {
  for (const value of HOSTILE) {
    const choices = { ...PLAIN, attributes: { src: value, verifier: value, lang: value, name: value }, text: value };
    for (const [kind, write] of Object.entries({ html: inHtml, vue: inVue, wordpress: inWordPress })) {
      const text = write(choices);
      const tag = /<verify-credential[^>]*>/.exec(text)?.[0] ?? "";
      for (const name of ["src", "verifier", "lang", "name"]) {
        assert.equal(decoded(attribute(tag, name)), value, `${kind} ${value}`);
      }
      assert.doesNotMatch(text, /<img|<b>|<script>/, kind);
      assert.equal(text.split("</script>").length, kind === "wordpress" ? 1 : 2, `${kind} ${value}`);
    }
    assert.equal(inWordPress(choices).split("<!-- /wp:html -->").length, 2, value);
    assert.doesNotMatch(inWordPress(choices).split("<!-- /wp:html -->")[0], /\[|\]/, value);
  }
});

test("no value leaves its string in React", () => {
  for (const value of HOSTILE) {
    const text = inReact({ ...PLAIN, attributes: { src: value }, text: value });
    const found = / src=(?:"([^"]*)"|\{("(?:[^"\\]|\\.)*")\})>\n/.exec(text);
    assert.equal(found?.[1] ?? JSON.parse(found?.[2] ?? "null"), value);
    assert.doesNotMatch(text, /<script|<img|<b>/);
    const shown = /\n {6}\{("(?:[^"\\]|\\.)*")\}\n/.exec(text);
    assert.equal(JSON.parse(shown?.[1] ?? "null"), value);
  }
});

test("a credential inside the page keeps its text, and ends no script", () => {
  const credential = '{"name": "</script><script>alert(1)</script>", "a": "{{x}} [y] <!--"}';
  const inline = { ...PLAIN, source: "inline", credential };
  for (const write of [inHtml, inWordPress]) {
    const [, type, inside] = /<script type="(application[^"]*)">(.*?)<\/script>/.exec(write(inline)) ?? [];
    assert.equal(type, "application/vc+json");
    assert.deepEqual(JSON.parse(inside), JSON.parse(credential));
  }
  for (const write of [inReact, inVue]) {
    const [, inside] = /^const CREDENTIAL = (".*");$/m.exec(write(inline)) ?? [];
    assert.equal(JSON.parse(inside), credential);
  }
  assert.match(inHtml({ ...inline, credential: "eyJhbGciOiJFZERTQSJ9.e30.AA" }), /<script type="application\/vc\+jwt">eyJ/);
});

test("no link leads to a script", () => {
  for (const src of ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x"]) {
    assert.doesNotMatch(inHtml({ ...PLAIN, attributes: { src } }), /<a /, src);
  }
  for (const src of ["badge.json", "/a:b.json", "https://badges.example/a.json"]) {
    assert.match(inHtml({ ...PLAIN, attributes: { src } }), /<a /, src);
  }
});

test("the script has its hash, and from another host also asks for it", () => {
  const integrity = { "verify-credential.js": "sha384-abc" };
  assert.match(inHtml({ ...PLAIN, integrity }), /src="\/verify-credential\/verify-credential\.js" integrity="sha384-abc"><\/script>/);
  assert.match(inHtml({ ...PLAIN, integrity, folder: "https://cdn.example/vc" }),
    /src="https:\/\/cdn\.example\/vc\/verify-credential\.js" integrity="sha384-abc" crossorigin>/);
  assert.match(inWordPress({ ...PLAIN, folder: "it's\\" }), /get_theme_file_uri\( 'it\\'s\\\\\/verify-credential\.js' \)/);
});

test("the policy allows what the choices need, and no more", () => {
  const connect = (choices) => /connect-src ([^;]*);/.exec(inPolicy({ ...PLAIN, ...choices }))?.[1];
  assert.equal(connect({ attributes: { network: "off", src: "https://a.example/b" } }), "'self'");
  assert.equal(connect({}), "'self' https:");
  assert.equal(connect({ hosts: "issuer.example *.lists.example https://b.example:8443" }),
    "'self' https://issuer.example https://*.lists.example https://b.example:8443");
  assert.equal(connect({ attributes: { src: "https://a.example/b.json" }, hosts: "issuer.example" }),
    "'self' https://a.example https://issuer.example");
  assert.equal(connect({ source: "upload", attributes: { src: "https://a.example/b" }, hosts: "issuer.example" }), "'self' https://issuer.example");
  assert.equal(connect({ attributes: { src: "blob:x", network: "off" } }), "'self' blob:");
  assert.equal(connect({ attributes: { network: "off" }, folder: "https://cdn.example/vc/" }), "'self' https://cdn.example");
  assert.match(inPolicy({ ...PLAIN, folder: "https://cdn.example/vc/" }), /script-src 'self' https:\/\/cdn\.example 'wasm-unsafe-eval';/);
  // What is no host is not written: it would end the line, or allow everything.
  for (const hosts of ["*", "'unsafe-inline'", "a; script-src *", "http://a.example", "data:"]) {
    assert.doesNotMatch(inPolicy({ ...PLAIN, hosts }), /unsafe-inline|script-src \*|\*|http:|data:.*data:/, hosts);
  }
});

test("the looks are plain declarations", () => {
  assert.equal(inCss(PLAIN), "");
  assert.equal(inCss({ ...PLAIN, properties: { "--badge-link": "#ff0000" } }), "verify-credential {\n  --badge-link: #ff0000;\n}");
  assert.equal(inCss({ ...PLAIN, properties: { "--badge-font": "x; } body { display: none } </style>" } }),
    "verify-credential {\n  --badge-font: x  body  display: none  /style;\n}");
});

test("every attribute of the element can be chosen", { skip: !existsSync(new URL("custom-elements.json", PACKAGE)) && "no package" }, () => {
  const manifest = JSON.parse(readFileSync(new URL("custom-elements.json", PACKAGE), "utf8"));
  const [{ attributes }] = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ customElement }) => customElement);
  assert.deepEqual(attributes.map(({ name }) => name).sort(), Object.keys(DEFAULTS).sort());
  assert.deepEqual(Object.keys(KINDS), ["html", "react", "vue", "wordpress", "css", "csp"]);
});

test("contrast is that of the guidelines", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#777777"), 1);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.equal(contrast("#ffffff", "#777777").toFixed(2), "4.48");
});
