// The element has drawn its card by the time it says that it checked.
addEventListener("credential-checked", ({ detail }) => {
  globalThis.verdictAt ??= performance.now();
  globalThis.verdict = detail.verdict;
});
