// What the package says of itself agrees with what it is. UPDATE=1 writes the tables of pkg/README.md anew.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ROOT, scratchProject } from "./support.mjs";

const README = join(ROOT, "pkg/README.md");

let project;
before(() => { project = scratchProject(); });
after(() => project?.remove());

const json = (name) => JSON.parse(readFileSync(join(project.package, name), "utf8"));

/** @param {object} element a declaration of the custom-elements manifest */
function tables({ attributes, members, events, slots, cssParts, cssProperties }) {
  const isAttribute = ({ name }) => attributes.some(({ fieldName }) => fieldName === name);
  const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;
  // A default that is a value stands in a column of its own.
  const words = ({ description, default: value }) =>
    (value === undefined ? description : description.replace(/ Default[^:]*: [^.]*\.$/, "")).replaceAll("|", "\\|");
  const value = ({ type, default: value }) => value === undefined ? code(type.text) : `${code(type.text)}, default ${code(value)}`;
  const table = (head, rows) => [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
  return {
    attributes: table(["attribute", "values", ""], attributes.map((one) => [code(one.name), value(one), words(one)])),
    properties: table(["property", "type", ""], members.filter((one) => !isAttribute(one))
      .map((one) => [code(one.name), value(one), words(one) + (one.readonly ? " Read only." : "")])),
    events: table(["event", "when"], events.map(({ name, description }) => [code(name), description])),
    styling: table(["", ""], [
      ...slots.map(({ name, description }) => [name ? `slot ${code(name)}` : "the children", description]),
      ...cssParts.map(({ name, description }) => [`part ${code(name)}`, description]),
      ...cssProperties.map(({ name, description }) => [code(name), description]),
    ]),
  };
}

test("the README's tables are those of the manifest", () => {
  const [{ declarations: [element] }] = json("custom-elements.json").modules;
  let text = readFileSync(README, "utf8");
  for (const [name, table] of Object.entries(tables(element))) {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
    assert.ok(text.includes(start) && text.includes(end), `the README has a place for ${name}`);
    text = text.slice(0, text.indexOf(start) + start.length) + table + text.slice(text.indexOf(end));
  }
  if (process.env.UPDATE) writeFileSync(README, text);
  assert.equal(readFileSync(README, "utf8"), text, "run UPDATE=1 cargo xtask test package");
});

test("every custom property of the style sheet is documented, and no other", () => {
  const [{ declarations: [element] }] = json("custom-elements.json").modules;
  const used = new Set(readFileSync(join(ROOT, "src/render/card.css"), "utf8").match(/--badge-[a-z-]+/g));
  assert.deepEqual(element.cssProperties.map(({ name }) => name).sort(), [...used].sort());
});

test("the tarball holds what its manifest names, and nothing else", () => {
  const manifest = json("package.json");
  const targets = (value) => typeof value === "string" ? [value] : Object.values(value).flatMap(targets);
  const named = [...targets(manifest.exports), manifest.types, manifest.customElements, ...manifest.sideEffects];
  for (const name of named) assert.ok(existsSync(join(project.package, name)), `${name} is there`);
  const known = new Set([...named.map((name) => name.replace(/^\.\//, "")), "README.md", "LICENSE-MIT", "LICENSE-APACHE"]);
  const others = project.files.filter((name) => !known.has(name) && !/^(types\/.*\.d\.ts|lang\/\w+\.json)$/.test(name));
  assert.deepEqual(others, []);
  assert.ok(project.files.includes("LICENSE-MIT") && project.files.includes("LICENSE-APACHE"));
});

test("the changes of this version are told", () => {
  const { version } = json("package.json");
  const changes = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
  assert.match(changes, new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\]`, "m"));
  assert.match(readFileSync(join(ROOT, "Cargo.toml"), "utf8"), new RegExp(`^version = "${version}"`, "m"));
});

test("types reach everything they name", () => {
  for (const name of project.files.filter((file) => file.endsWith(".d.ts"))) {
    const text = readFileSync(join(project.package, name), "utf8");
    for (const [, other] of text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
      const file = join(project.package, name, "..", other.replace(/\.js$/, ".d.ts"));
      assert.ok(existsSync(file), `${name} names ${other}`);
    }
  }
});
