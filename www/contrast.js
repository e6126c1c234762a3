/** How well two colours can be told apart, by [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */

/** What text needs. */
export const ENOUGH = 4.5;

/**
 * The contrast of two colours, from 1 to 21.
 * @param {string} one written as #rrggbb
 * @param {string} other
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (/** @type {number} */ (light) + 0.05) / (/** @type {number} */ (dark) + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * Number(red) + 0.7152 * Number(green) + 0.0722 * Number(blue);
}
