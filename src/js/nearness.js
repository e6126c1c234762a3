/**
 * Says when an element comes near the viewport. One observer serves the whole page, and lets go of an element once it
 * has been near: what is checked stays checked.
 */

/**
 * Calls back once: when the element is near, when it has no box that could come near (`display: none`), when the page
 * is about to be printed, or at once where the browser cannot tell.
 * @param {Element} element
 * @param {() => void} onNear
 */
export function whenNear(element, onNear) {
  if (!("IntersectionObserver" in globalThis)) return onNear();
  if (!observer) {
    observer = new IntersectionObserver(look, { rootMargin: MARGIN });
    // A printed page has no viewport to come near to.
    addEventListener("beforeprint", () => [...waiting.keys()].forEach(near));
  }
  waiting.set(element, onNear);
  observer.observe(element);
}

/** Ends the wait for an element. @param {Element} element */
export function stopWaiting(element) {
  if (waiting.delete(element)) observer?.unobserve(element);
}

/** @param {IntersectionObserverEntry[]} entries */
function look(entries) {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting || target.getClientRects().length === 0) near(target);
  }
}

/** @param {Element} element */
function near(element) {
  const onNear = waiting.get(element);
  stopWaiting(element);
  onNear?.();
}

/** About a screen ahead of a reader who scrolls. */
const MARGIN = "600px";

/** @type {IntersectionObserver | null} */
let observer = null;
/** @type {Map<Element, () => void>} */
const waiting = new Map();
