// Every state of the element in one page, in any look and width, and whether what is drawn stays in its boxes. Used by
// the contact sheets and by tests/browser/boxes.test.mjs.

/** Views, and `opened`: the card with all that a reader can open. */
export const VIEWS = ["card", "badge", "full", "opened"];

/** Light and dark, and from the right. */
export const LOOKS = {
  light: { theme: "light", lang: "en" },
  dark: { theme: "dark", lang: "en" },
  rtl: { theme: "light", lang: "ar" },
};

/**
 * Puts an element in each state into an emptied page of the site, and waits until each shows its headline.
 * @param {import("../browser/driver.mjs").Page} page
 * @param {{address: string}} site
 */
export async function showStates(page, site) {
  await page.goto("about:blank");
  await page.goto(new URL("site.css", site.address).href);
  await page.execAsync(async () => {
    const [{ CASES, put }] = await Promise.all([import("/cases.js"), import("/pkg/verify-credential.js")]);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      body { margin: 0; background: light-dark(#edf1f4, #0b0f13); color: light-dark(#333, #ccc); font: 13px/1.4 system-ui, sans-serif; }
      .cell p { margin: 0 0 4px; }
      .cell verify-credential { inline-size: 100%; max-inline-size: none; }`);
    document.adoptedStyleSheets = [sheet];
    document.title = "States";
    document.body.replaceChildren(...CASES.map((state) => {
      const cell = document.createElement("div");
      cell.className = "cell";
      cell.dataset.state = state.id;
      cell.dataset.headline = state.headline ?? "";
      const caption = document.createElement("p");
      caption.textContent = `${state.id}: ${state.title}`;
      const element = document.createElement("verify-credential");
      element.setAttribute("loading", "eager");
      element.setAttribute("verifier", "/index.html");
      void put(element, state);
      cell.append(caption, element);
      return cell;
    }));
  });
  await page.until(() => [...document.querySelectorAll(".cell")].every((cell) => {
    const element = cell.querySelector("verify-credential");
    const isDrawn = element?.shadowRoot.querySelector("[part=root]")?.childElementCount > 0;
    return isDrawn && (cell.dataset.headline === "" || element.report);
  }), [], 60_000);
  return page.exec(() => [...document.querySelectorAll(".cell")].map((cell) => [
    cell.dataset.state, cell.querySelector("verify-credential").report?.headline ?? "", cell.dataset.headline]));
}

/**
 * Draws all of them in a look and a view, and waits until that is done.
 * @param {import("../browser/driver.mjs").Page} page
 * @param {keyof typeof LOOKS} look
 * @param {string} view one of `VIEWS`
 */
export async function draw(page, look, view) {
  await page.exec(({ theme, lang }, view) => {
    document.documentElement.lang = lang;
    document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
    document.documentElement.style.colorScheme = theme;
    for (const element of document.querySelectorAll("verify-credential")) {
      element.theme = theme;
      element.view = view === "opened" ? "card" : view;
    }
    // The element reads the language around it when something of its own changes.
    for (const element of document.querySelectorAll("verify-credential")) element.lang = lang;
  }, LOOKS[look], view);
  await page.until((lang, view) => {
    const elements = [...document.querySelectorAll("verify-credential")];
    const roots = elements.map((element) => element.shadowRoot.querySelector("[part=root]"));
    if (!roots.every((root) => root.lang.split("-")[0] === lang)) return false;
    // What was opened for one view is closed for the next.
    for (const root of roots) {
      for (const details of root.querySelectorAll("details")) if (view !== "full") details.open = view === "opened";
    }
    const isOpen = view === "full" || view === "opened";
    return !isOpen || roots.every((root) => root.querySelector('[data-part="look"]') === null);
  }, [LOOKS[look].lang, view], 30_000);
  // What was loaded on demand is drawn by now; its details may be new.
  await page.execAsync(async (view) => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    for (const element of document.querySelectorAll("verify-credential")) {
      for (const details of element.shadowRoot.querySelectorAll("details")) if (view === "opened") details.open = true;
    }
    await new Promise(requestAnimationFrame);
  }, view);
}

/**
 * Gives every element the same width.
 * @param {import("../browser/driver.mjs").Page} page
 * @param {number} width
 */
export async function setWidth(page, width) {
  await page.exec((width) => {
    for (const cell of document.querySelectorAll(".cell")) cell.style.inlineSize = `${width}px`;
  }, width);
}

/**
 * What is not as it should be in what is drawn now: something wider than its box, cut, or over its neighbour.
 * @param {import("../browser/driver.mjs").Page} page
 * @returns {Promise<string[]>} each begins with the state
 */
export const complaints = (page) => page.exec(() => {
  const SCROLLS = "pre, textarea";
  const isSeen = (element) => element.checkVisibility() && !element.closest(".unseen") && element.getClientRects().length > 0;
  const nameOf = (element) => `${element.localName}${element.className ? `.${element.className.replaceAll(" ", ".")}` : ""}`;
  const isInFlow = (element) => {
    const { position, display, float } = getComputedStyle(element);
    return position !== "absolute" && position !== "fixed" && float === "none" && !display.startsWith("inline") && display !== "contents";
  };
  const said = [];
  for (const cell of document.querySelectorAll(".cell")) {
    const host = cell.querySelector("verify-credential");
    const tell = (element, what) => said.push(`${cell.dataset.state}: ${nameOf(element)} ${what}`);
    const frame = host.getBoundingClientRect();
    const elements = [...host.shadowRoot.querySelectorAll("*")].filter((element) => element instanceof HTMLElement && isSeen(element));
    for (const element of [host, ...elements]) {
      const { overflowX, overflowY, display } = getComputedStyle(element);
      const { left, right, width } = element.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1) tell(element, `stands out of the card by ${Math.round(Math.max(frame.left - left, right - frame.right))} px`);
      if (display === "inline" || element.matches(SCROLLS)) continue;
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) tell(element, `has ${element.scrollWidth} px in ${element.clientWidth}`);
      const isCut = (overflowY === "hidden" || overflowY === "clip" || overflowX === "hidden") && element.scrollHeight > element.clientHeight + 1;
      if (isCut) tell(element, `is cut: ${element.scrollHeight} px in ${element.clientHeight}`);
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (hasText && width < 12) tell(element, `has text in ${Math.round(width)} px`);
    }
    for (const parent of new Set(elements.map((element) => element.parentNode))) {
      const boxes = [...parent.children].filter((child) => elements.includes(child) && isInFlow(child))
        .map((child) => ({ child, box: child.getBoundingClientRect() })).filter(({ box }) => box.width > 0 && box.height > 0);
      for (const [at, { child, box }] of boxes.entries()) {
        const over = boxes.slice(at + 1).find(({ box: other }) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
          && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1);
        if (over) tell(child, `lies over ${nameOf(over.child)}`);
      }
    }
  }
  return said;
});
