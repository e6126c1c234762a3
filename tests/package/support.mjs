// What the tests of the package share: the tarball as npm makes it, unpacked, and a host for it that can be told to misbehave.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
/** Programs of the npm registry: `npm` as the build has them, `scratch` as a stranger's project has them. */
export const TOOLS = process.env.TOOLS ?? join(ROOT, "target/tools");

export const BADGE = readFileSync(
  join(ROOT, "tests/vectors/08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-noExpiry.json"));
export const BADGE_HEADLINE = "genuine-issuer-unconfirmed";

/** The policy that the package's README tells embedders to use. */
export const CONTENT_SECURITY_POLICY = /```\n(default-src[^`]*)\n```/.exec(readFileSync(join(ROOT, "pkg/README.md"), "utf8"))[1]
  .replaceAll("\n", " ");

/**
 * A stranger's project with the package in its `node_modules`, from the tarball; `remove` it afterwards.
 * @returns {{directory: string, package: string, files: string[], remove: () => void}}
 */
export function scratchProject() {
  mkdirSync(join(TOOLS, "scratch"), { recursive: true });
  const directory = mkdtempSync(join(TOOLS, "scratch/project-"));
  const home = join(directory, "node_modules/verify-credential");
  mkdirSync(home, { recursive: true });
  const packed = execFileSync("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", directory], {
    cwd: join(ROOT, "pkg"), encoding: "utf8",
  });
  const [{ filename, files }] = Object.values(JSON.parse(packed));
  execFileSync("tar", ["-xzf", join(directory, filename), "-C", home, "--strip-components=1"]);
  const remove = () => rmSync(directory, { recursive: true, force: true });
  return { directory, package: home, files: files.map(({ path }) => path).sort(), remove };
}

/**
 * Serves `/` from a table of texts and everything else from a directory. `change` may replace any answer.
 * @param {string} directory
 * @param {Record<string, string | Buffer>} pages
 * @param {(path: string, answer: Answer) => Answer | null} [change] null breaks the connection
 * @returns {Promise<{address: string, asked: string[], close: () => Promise<void>}>}
 *
 * @typedef {{status: number, type: string, body: Buffer, csp: string}} Answer
 */
export async function host(directory, pages, change = (_, answer) => answer) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    asked.push(path);
    const answer = change(path, read(directory, pages, path));
    if (answer === null) return void request.socket.destroy();
    const { status, type, body, csp } = answer;
    response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff", ...(csp && { "content-security-policy": csp }) });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${server.address().port}/`, asked, close };
}

/** @returns {Answer} */
function read(directory, pages, path) {
  const csp = CONTENT_SECURITY_POLICY;
  if (Object.hasOwn(pages, path)) {
    return { status: 200, type: path.endsWith(".json") ? "application/json" : "text/html", body: Buffer.from(pages[path]), csp };
  }
  try {
    return { status: 200, type: TYPES[extname(path)] ?? "application/octet-stream", body: readFileSync(join(directory, path)), csp };
  } catch {
    return { status: 404, type: "text/plain", body: Buffer.from("not found"), csp };
  }
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
