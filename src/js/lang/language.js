/**
 * One language as the core asks for it: texts by id, and what the browser knows of its days, numbers, plurals and lists.
 * Nothing in here throws: the core calls it while it draws.
 */

/** @typedef {Readonly<Record<string, string>>} Messages Message id to text. */

export class Language {
  /** @type {Messages} */
  #messages;
  /** @type {string} */
  #locale;
  /** @type {Partial<Record<string, any>>} Formatters, made when they are needed: each costs a good part of a card. */
  #formats = {};

  /**
   * @param {string} tag of the texts
   * @param {string} locale of everything that is formatted; as `tag` where the browser does not understand it
   * @param {"ltr" | "rtl"} direction
   * @param {Messages} messages
   */
  constructor(tag, locale, direction, messages) {
    this.tag = tag;
    this.direction = direction;
    this.#messages = messages;
    this.#locale = understood(locale) ? locale : tag;
    // The core's own English days are day, month, year.
    if (this.#locale === "en") this.#locale = "en-GB";
  }

  /** @param {string} id @returns {string | undefined} */
  text(id) {
    return Object.hasOwn(this.#messages, id) ? this.#messages[id] : undefined;
  }

  /** @param {number} days since 1970-01-01 @returns {string} */
  day(days) {
    return this.#format("day", (locale) => new Intl.DateTimeFormat(locale, DAY)).format(within(days) * DAY_MS);
  }

  /** @param {number} number @returns {string} */
  number(number) {
    return this.#format("number", (locale) => new Intl.NumberFormat(locale)).format(number);
  }

  /** @param {number} number @returns {string} its plural category */
  plural(number) {
    return this.#format("plural", (locale) => new Intl.PluralRules(locale)).select(number);
  }

  /** @param {string[]} items @returns {string} */
  list(items) {
    return this.#format("list", (locale) => new Intl.ListFormat(locale)).format(items);
  }

  /**
   * @param {string} name
   * @param {(locale: string) => any} make
   */
  #format(name, make) {
    return (this.#formats[name] ??= make(this.#locale));
  }
}

/** A day that the browser's calendar has. @param {number} days */
function within(days) {
  return Math.max(-DAYS_MAX, Math.min(days, DAYS_MAX));
}

/** @param {string} locale */
function understood(locale) {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

/** @type {Intl.DateTimeFormatOptions} A credential's days are those of UTC, wherever its reader is. */
const DAY = { dateStyle: "long", timeZone: "UTC" };

const DAY_MS = 86_400_000;
const DAYS_MAX = 100_000_000;
