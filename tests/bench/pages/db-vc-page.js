// Draws nothing: the verdict is all there is. The contexts it needs are fetched beside the code, at once.
const badge = fetch("badge.json").then((response) => response.text());
const contender = await import("./db-vc.bundle.js");
const [text] = await Promise.all([badge, contender.start()]);
const isValid = await contender.verify({ suite: "eddsa-rdfc-2022" }, text);
globalThis.verdictAt = performance.now();
globalThis.verdict = isValid ? "valid" : "invalid";
