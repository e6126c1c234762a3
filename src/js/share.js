/**
 * Asks for a document once where several elements of a page need it, as all badges of one issuer do. Kept in memory for
 * a few minutes, with the time it was read; a failure is kept for nobody.
 */

import { fetchNeed } from "./fetch.js";

/**
 * As `fetchNeed`; what is on its way for others is not given up with one of them.
 * @type {import("./client.js").Means["fetchNeed"]}
 */
export function fetchShared(address, { bytesMax }) {
  const now = Date.now();
  const key = `${bytesMax} ${address}`;
  const known = answers.get(key);
  if (known && now < known.until) return known.answer;
  const answer = fetchNeed(address, { bytesMax }).then((fetched) => {
    if ("bytes" in fetched) return { ...fetched, readAt: Math.floor(now / 1000) };
    answers.delete(key);
    return fetched;
  });
  answers.delete(key);
  answers.set(key, { answer, until: now + FRESH_MS });
  for (const [oldest] of answers) if (answers.size > ANSWERS_MAX) answers.delete(oldest);
  return answer;
}

const FRESH_MS = 300_000;

/** With status lists of two megabytes this stays below a hundred. */
const ANSWERS_MAX = 40;

/** @type {Map<string, {answer: Promise<import("./client.js").Answer>, until: number}>} */
const answers = new Map();
