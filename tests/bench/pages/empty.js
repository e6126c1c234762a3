globalThis.verdictAt = performance.now();
globalThis.verdict = "none";
