// The configurator and the page of every state: what they show and what they give to copy, under the site's own policy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { openPage, serveSite } from "./driver.mjs";

const INTEGRITY = JSON.parse(readFileSync("pkg/integrity.json", "utf8"));
const MANIFEST = JSON.parse(readFileSync("pkg/custom-elements.json", "utf8"));

/** @type {{address: string, close: () => Promise<void>}} */
let site;
/** @type {import("./driver.mjs").Page} */
let page;

before(async () => {
  site = await serveSite();
  page = await openPage({ width: 1280, height: 900 });
});

after(async () => {
  await page?.close();
  await site?.close();
});

/** Opens one of the pages anew. @param {string} file */
async function open(file) {
  await page.goto("about:blank");
  await page.requests();
  await page.consoleErrors();
  await page.goto(site.address + file);
}

async function openConfigurator() {
  await open("embed.html");
  await page.until(() => document.querySelector("#code-html")?.textContent.includes("integrity="));
  await page.until(() => document.querySelector("#stage verify-credential")?.report?.headline);
}

/** Chooses as a visitor does, and says so. */
const choose = (id, value) => page.exec((id, value) => {
  const field = document.getElementById(id);
  if (typeof value === "boolean") field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}, id, value);
const code = (kind) => page.exec((kind) => document.getElementById(`code-${kind}`).textContent, kind);
const preview = (script, ...args) => page.exec(`const element = document.querySelector("#stage verify-credential"); return (${script}).apply(null, [element, ...arguments])`, ...args);

test("choices reach the preview and the snippets", async () => {
  await openConfigurator();
  assert.equal(await preview((element) => element.report.headline), "verified");
  assert.ok((await code("html")).includes(`integrity="${INTEGRITY["verify-credential.js"]}"`));
  for (const [id, value] of [["view", "full"], ["blind", "issuer"], ["theme", "dark"], ["lang", "ar"], ["heading-level", "4"], ["name", "badge"], ["required", true]]) {
    await choose(id, value);
    const written = value === true ? id : `${id}="${value}"`;
    for (const kind of ["html", "react", "vue", "wordpress"]) assert.ok((await code(kind)).includes(` ${written}`), `${kind} ${id}`);
    assert.equal(await preview((element, id) => element.getAttribute(id), id), value === true ? "" : value);
  }
  await page.until(() => document.querySelector("#stage verify-credential").shadowRoot.querySelector("[part=root]").dir === "rtl");
  await choose("width", "320");
  assert.equal(await preview((element) => Math.round(element.getBoundingClientRect().width)), 320);
});

test("what is typed is shown as text, and goes nowhere", async () => {
  await openConfigurator();
  await page.requests();
  await choose("src", '"><script>document.title = "taken"</script><img src=x>');
  await choose("verifier", "https://verifier.example/");
  await choose("network", "auto");
  assert.ok((await code("html")).includes("&quot;&gt;&lt;script&gt;"));
  assert.equal(await page.exec(() => document.querySelectorAll("#snippets script, #snippets img").length), 0);
  assert.notEqual(await page.exec(() => document.title), "taken");
  assert.deepEqual((await page.requests()).filter((address) => !address.startsWith(site.address) && !/^(data|about):/.test(address)), []);
  assert.match(await code("csp"), /connect-src 'self' https:;/);
});

test("each source has its fields and its preview", async () => {
  await openConfigurator();
  const press = (value) => page.exec((value) => document.querySelector(`[name=source][value=${value}]`).click(), value);
  await press("upload");
  await page.until(() => document.querySelector("#stage verify-credential").shadowRoot.querySelector(".zone"));
  assert.doesNotMatch(await code("html"), / src="badge/);
  await press("inline");
  const badge = readFileSync("tests/vectors/own/did-key.json", "utf8");
  await choose("credential", badge);
  await page.until(() => document.querySelector("#stage verify-credential").report?.headline === "genuine-issuer-unconfirmed");
  const inside = /<script type="application\/vc\+json">([^]*?)<\/script>/.exec(await code("html"))?.[1] ?? "";
  assert.deepEqual(JSON.parse(inside), JSON.parse(badge));
  assert.ok(await page.exec(() => document.querySelector("#src").closest("label").hidden));
});

test("a colour reaches the card and the style sheet, and one that cannot be read is named", async () => {
  await openConfigurator();
  const names = MANIFEST.modules.flatMap(({ declarations }) => declarations).find(({ customElement }) => customElement).cssProperties.map(({ name }) => name);
  for (const name of names) assert.ok(await page.exec((id) => document.getElementById(id) !== null, name.replace("--badge-", "colour-")), name);
  const hints = () => page.exec(() => document.querySelectorAll("#contrast .low").length);
  assert.equal(await hints(), 0, "the defaults can be read");
  await choose("colour-ink", "#777777");
  assert.ok(await hints() > 0);
  assert.match(await code("css"), /--badge-ink: #777777;/);
  assert.equal(await preview((element) => getComputedStyle(element).color), "rgb(119, 119, 119)");
  await page.exec(() => document.querySelector("#choices [type=reset]").click());
  await page.until(() => document.querySelector("#code-css").textContent === "");
  assert.equal(await hints(), 0);
  assert.equal(await preview((element) => element.getAttribute("style") ?? ""), "");
});

test("every field has a label, and the keyboard reaches what scrolls", async () => {
  await openConfigurator();
  assert.deepEqual(await page.exec(() => [...document.querySelectorAll("input, select, textarea")]
    .filter((field) => !field.labels?.length).map((field) => field.id)), []);
  assert.deepEqual(await page.exec(() => [...document.querySelectorAll("pre, .stage")]
    .filter((box) => box.tabIndex !== 0 || !box.getAttribute("aria-labelledby")).map((box) => box.id)), []);
  await page.exec(() => document.querySelector("#view").focus());
  await page.keys("ArrowDown");
  await page.until(() => document.querySelector("#stage verify-credential").view === "badge");
});

test("every state has its headline, in each view that is chosen", async () => {
  await open("states.html");
  await page.until(() => document.querySelectorAll(".state verify-credential").length > 25);
  await page.execAsync(async () => {
    for (const element of document.querySelectorAll("verify-credential")) {
      element.scrollIntoView();
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }
  });
  await page.until(() => [...document.querySelectorAll("verify-credential")]
    .every((one) => (one.report?.headline ?? "") === one.dataset.headline), [], 30_000);
  await choose("view", "badge");
  assert.ok(await page.exec(() => [...document.querySelectorAll("verify-credential")].every(({ view }) => view === "badge")));
  await choose("lang", "ja");
  await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector("[part=root]").lang === "ja");
});

test("both keep the policy, ask no other host, and fit 320 pixels in light and dark", async () => {
  for (const file of ["embed.html", "states.html"]) {
    for (const dark of [false, true]) {
      await page.setMedia({ "prefers-color-scheme": dark ? "dark" : "light" });
      for (const width of [320, 768, 1280]) {
        await page.setViewport(width, 800);
        await open(file);
        // It starts as it comes near the screen.
        await page.until(() => document.querySelector("verify-credential")?.scrollIntoView() === undefined
          && document.querySelector("verify-credential")?.report?.headline);
        const [wide, box] = await page.exec(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= box, `${file} ${dark}: ${wide} in ${box}`);
        assert.deepEqual(await page.consoleErrors(), []);
        const asked = await page.requests();
        assert.deepEqual(asked.filter((address) => !address.startsWith(site.address) && !/^(data|blob|about):/.test(address)), []);
      }
    }
  }
  await page.setMedia({});
});

test("a card's link opens it on the front page", async () => {
  await page.setViewport(1280, 900);
  await open("states.html");
  await page.until(() => document.querySelector("verify-credential")?.report?.headline);
  const link = await page.until(() => document.querySelector("verify-credential").shadowRoot.querySelector('a[href*="#vc="]')?.href);
  assert.ok(link.startsWith(`${site.address}index.html#vc=`));
  await open(link.slice(site.address.length));
  await page.until(() => document.querySelector("#try")?.report?.headline);
  assert.ok(await page.exec(() => !document.querySelector("#linked").hidden));
});

test("the other pages lead to them", async () => {
  for (const file of ["", "about.html"]) {
    await open(file);
    for (const target of ["embed.html", "states.html"]) {
      assert.ok(await page.exec((target) => document.querySelector(`nav a[href="${target}"]`) !== null, target), `${file} ${target}`);
    }
  }
});
