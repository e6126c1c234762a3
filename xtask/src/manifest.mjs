// Writes the custom-elements manifest from the JSDoc of the element: schema 2.1.0 of webcomponents/custom-elements-manifest.
// Arguments: element.js, the directory with its declarations, and the file to write. Started by describe.rs.
//
// Knows the shapes this one source is written in, and no others: what it does not understand is an error.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const [source, types, target] = process.argv.slice(-3);
const text = readFileSync(source, "utf8");
const [, name, base] = /export class (\w+) extends (\w+)/.exec(text) ?? [];
if (!name) throw new Error(`${source} has no element`);

const classDoc = docBefore(text, `export class ${name}`);
// What is inherited from a class of our own is the element's as much.
const inherited = new RegExp(`import \\{ ${base} \\} from "(\\./[^"]+)"`).exec(text)?.[1];
const members = [basename(source), ...(inherited ? [inherited] : [])].flatMap(properties);
const tags = tagsOf(classDoc);
const observed = JSON.parse(/static observedAttributes = (\[[^\]]*\])/.exec(text)?.[1] ?? "[]");
const attributes = named("attr", /^\{([^}]+)\} (\S+) (.*)$/, ([, type, name, description]) => ({
  name, type: { text: type }, description, ...defaultOf(description), ...field(name),
}));
const missing = observed.filter((name) => !attributes.some((attribute) => attribute.name === name));
if (missing.length > 0) throw new Error(`no @attr for ${missing.join(", ")}`);

const manifest = {
  schemaVersion: "2.1.0",
  modules: [{
    kind: "javascript-module",
    path: "index.js",
    declarations: [{
      kind: "class", name, tagName: "verify-credential", customElement: true, superclass: { name: "HTMLElement" },
      description: classDoc.slice(0, classDoc.search(/^@/m)).trim().replaceAll(/(?<!\n)\n(?!\n)/g, " "),
      attributes,
      members,
      events: named("fires", /^(?:\{[^}]*\} )?(\S+) (.*)$/, ([, name, description]) => ({ name, type: { text: "CustomEvent" }, description })),
      slots: named("slot", /^(?:(\w[\w-]*) - )?(.*)$/, ([, name = "", description]) => ({ name, description })),
      cssParts: named("csspart", /^(\S+) (.*)$/, ([, name, description]) => ({ name, description })),
      cssProperties: named("cssproperty", /^(--\S+) (.*)$/, ([, name, description]) => ({ name, description })),
    }],
    exports: [{ kind: "js", name, declaration: { name, module: "index.js" } }],
  }, {
    kind: "javascript-module",
    path: "define.js",
    declarations: [],
    exports: [{ kind: "custom-element-definition", name: "verify-credential", declaration: { name, module: "index.js" } }],
  }],
};
writeFileSync(target, `${JSON.stringify(manifest, null, 2)}\n`);

/** The accessors of a module that have JSDoc, with its words and the types TypeScript finds. @param {string} file */
function properties(file) {
  const text = readFileSync(join(dirname(source), file), "utf8");
  const declared = readFileSync(join(types, file.replace(/\.js$/, ".d.ts")), "utf8");
  return [...text.matchAll(/(?<=\*\/\n)  get (\w+)\(\) \{/g)].map(({ 0: start, 1: name, index }) => {
    const doc = docBefore(text.slice(0, index + start.length), start);
    const [, more = ""] = /@returns \{(?:[^{}]|\{[^{}]*\})*\}\s*([^@]*)/.exec(doc) ?? [];
    const description = `${doc.split(/^@/m)[0]} ${more}`.replaceAll(/\s+/g, " ").trim();
    const type = new RegExp(`^\\s*(?:get )?${name}(?:\\(\\))?: ([^;]+);`, "m").exec(declared)?.[1];
    // What HTMLElement has too is not declared again.
    const known = type ?? new RegExp(`@attr \\{([^}]+)\\} ${name} `).exec(text)?.[1];
    if (!known) throw new Error(`${name} has no declared type`);
    const isReadonly = !text.includes(`\n  set ${name}(`);
    return {
      kind: "field", name, description, type: { text: known.replaceAll(/import\("[^"]+"\)\./g, "") }, ...defaultOf(description),
      ...(isReadonly ? { readonly: true } : {}),
    };
  });
}

/** @param {string} tag @param {RegExp} shape @param {(match: RegExpExecArray) => object} read */
function named(tag, shape, read) {
  return tags.filter(([is]) => is === tag).map(([, line]) => {
    const match = shape.exec(line);
    if (!match) throw new Error(`cannot read @${tag} ${line}`);
    return read(match);
  });
}

/** Tag and text of each line that begins with @, what follows on other lines included. @param {string} doc */
function tagsOf(doc) {
  return doc.split(/^(?=@)/m).filter((part) => part.startsWith("@")).map((part) => {
    const [, tag, line] = /^@(\w+)\s*([^]*)$/.exec(part) ?? [];
    return [tag, line.replaceAll(/\s+/g, " ").trim()];
  });
}

/** The text of the JSDoc that ends right before `start`. @param {string} text @param {string} start */
function docBefore(text, start) {
  const before = text.slice(0, text.lastIndexOf(start)).trimEnd();
  if (!before.endsWith("*/")) throw new Error(`${start.trim()} has no JSDoc`);
  return before.slice(before.lastIndexOf("/**") + 3, -2).replaceAll(/^\s*\* ?/gm, "").trim();
}

/** A default that is said as a value; one that is told stays in the description. @param {string} description */
function defaultOf(description) {
  const [, value] = /Default[^:]*: ("[^"]*"|[\w-]+)(?=\.|$)/.exec(description) ?? [];
  if (!value) return {};
  return { default: /^"|^(?:null|true|false)$/.test(value) ? value : JSON.stringify(value) };
}

/** @param {string} attribute */
function field(attribute) {
  const fieldName = attribute.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return members.some((member) => member.name === fieldName) ? { fieldName } : {};
}
