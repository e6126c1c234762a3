/**
 * The public shapes: what comes out of a verification, and what goes in. A report's shape is versioned; members are
 * added without notice, so read what you know and leave the rest.
 */

/** The exact text or bytes of a credential. A parsed object has lost what signatures may cover, and is refused. */
export type CredentialInput = string | ArrayBufferView | ArrayBuffer | Blob;

/** All checks in one word. */
export type Verdict = "valid" | "invalid" | "indeterminate";

/** What a reader is told first, best first. */
export type Headline =
  | "verified"
  | "genuine-issuer-unconfirmed"
  | "not-fully-checked"
  | "not-yet-valid"
  | "expired"
  | "suspended"
  | "revoked"
  | "do-not-rely"
  | "unreadable";

/** `unknown` applies and could not be determined; `skipped` does not apply. Neither is a pass. */
export type Outcome = "pass" | "fail" | "unknown" | "skipped";

/** What a part is to the report around it. */
export type Role = "member" | "endorsement" | "presented" | "status-list" | "newer";

/** The result of verifying one input. */
export interface Report {
  /** The version of this shape. */
  version: number;
  /** Where the input came from, as it was named. */
  source: string;
  /** What this is to the report around it; null for the whole. */
  role: Role | null;
  /** Where it stands in the document of that report, as JSON pointer; empty for what stands elsewhere. */
  at: string;
  /** What the credential was unpacked from, outermost first: `png`, `svg`, `json-text`, `compact-jws` … */
  containers: string[];
  /** The kind of credential, for example `open-badge-3`; null where it was not recognised. */
  format: string | null;
  verdict: Verdict;
  headline: Headline;
  issuer: ReportIssuer;
  as_of: AsOf;
  /** Every check, in the order of the catalogue. */
  checks: Check[];
  /** What was asked for and not provided. */
  needs: Need[];
  /** The facts, only where a signature over them passed. */
  credential: CredentialFacts | null;
  /** The same facts where none passed: nobody vouches for them. */
  unverified: CredentialFacts | null;
  /**
   * Credentials contained or presented, endorsements and status lists, each verified on its own: see `role`. No report
   * takes its verdict from its parts but that on a presentation, which is nothing without them.
   */
  parts: Report[];
}

/** Who signed, as the proof that verified shows it, beside what the issuer calls itself. */
export interface ReportIssuer {
  /** DID or URL, as the credential states it. */
  id: string | null;
  /** The name it gives itself: a claim. */
  name: string | null;
  /** How the identity is established: on a list of the caller, by a domain, or not at all. */
  identity: "listed" | "domain" | "none";
  /** The host, and the path where there is one, whose control was proven. */
  domain: string | null;
  /** What the caller's list calls it; null unless `identity` is `listed`. */
  listed_as: string | null;
}

/** The time a report speaks of. */
export interface AsOf {
  /** Unix seconds. */
  now: number;
  /** The caller gave the time or documents. */
  chosen: boolean;
  /** When the oldest of those documents was read, in Unix seconds, where the caller says so. */
  documents_read_at: number | null;
}

/** One question about the credential and its answer. */
export interface Check {
  /** Permanent dotted id, for example `proof.any-good`. */
  id: string;
  outcome: Outcome;
  /** Permanent id of the reason, for example `not-signed`. */
  reason: string;
  /** JSON pointer into the credential; empty for the whole. */
  at: string;
  /** The compared values. */
  params: Record<string, string>;
  /** The section that asks for this check. */
  spec: string;
  /** Whether the verdict depends on it. */
  level: "required" | "advisory";
}

/** Something outside the credential that a check waits for. */
export interface Need {
  /** The `https:` address to ask, or a DID that has none. */
  url: string;
  kind:
    | "did-document" | "jwks" | "status-list" | "context" | "schema" | "image"
    | "issuer-metadata" | "type-metadata" | "resource" | "refresh" | "hosted-badge";
  /** The id of the check that waits for it. */
  for_check: string;
  /** The most bytes an answer may have. */
  bytes_max: number;
}

/** The caller's decisions. A member that is not understood is refused: nothing is verified under another policy. */
export interface Policy {
  /** The time that counts as now: a `Date`, milliseconds as `Date.now()` gives them, or RFC 3339 text. Default: the clock. */
  now?: string | number | Date | null;
  /** Keys the caller vouches for, by issuer: multikeys, `did:key`s or JWKs. */
  keys?: Record<string, VouchedKey | VouchedKey[]>;
  /** The issuers the caller trusts: one list, or several. */
  trust?: TrustList | TrustList[];
  /** The domain a proof must have been made for. */
  domain?: string;
  /** The challenge a proof must answer. */
  challenge?: string;
  /** Whom the viewer asks about: an e-mail address or another identifier, with its `identityType` where that matters. */
  recipient?: string | { type: string; value: string };
  /** Authorities whose certificates name issuers: PEM, or DER in base64. */
  roots?: string | string[];
  /** Whether images, evidence and other linked things with a digest are fetched and compared. */
  linked?: boolean;
}

/** Issuers by exact id, with the list's own names for them; or the shape of the community's registries. */
export type TrustList =
  | { name?: string; issuers: { id: string; name?: string }[] }
  | { meta?: unknown; registry: Record<string, { name?: string; [member: string]: unknown }>; [member: string]: unknown };

/** A multikey, a `did:key`, or a JWK. */
export type VouchedKey = string | Record<string, unknown>;

/** Documents that need not be fetched, by DID or address: each as JSON value, or as its own text. */
export interface Resources {
  /** When they were read, RFC 3339: the card shows it. */
  readAt?: string;
  dids?: Record<string, unknown>;
  statusLists?: Record<string, unknown>;
  jwks?: Record<string, unknown>;
  documents?: Record<string, unknown>;
}

/**
 * Answers a need by the caller's own means: text, bytes or a Blob, or a promise of them; null or undefined where it has
 * none. An answer has ten seconds and `bytes_max` bytes; a failure is not remembered.
 */
export type Resolver = (need: Need) => unknown;

/** How far `verify` may go. */
export interface Options {
  /** `auto` fetches what a check needs; default: `off`. */
  network?: "off" | "auto";
  /** Goes before the network, whatever that may do. */
  resolver?: Resolver | null;
  /** Gives up. */
  signal?: AbortSignal;
  /** A name for the input, shown as its source and never trusted. Default: that of a file. */
  name?: string;
}

/** What `html` writes. */
export interface HtmlOptions extends Options {
  /** As the element's attribute. Default: `card`. */
  view?: "card" | "badge" | "full";
  /** As the element's attribute; then the credential is not written into the page. Default: `none`. */
  blind?: "none" | "holder" | "issuer";
  /** As the element's `heading-level`, 1 to 6. */
  heading?: number;
  /** Language of the card, as BCP 47 tag. Default: `en`. */
  lang?: string;
  /** Address of `verify-credential.css`, as the page has it. Default: `/verify-credential/verify-credential.css`. */
  stylesheet?: string;
  /** Further attributes of the element: `src`, `network`, `theme`, `class` … Values may be anything. */
  attributes?: Record<string, string>;
  /** Your own markup inside the element, for its slots. It is not escaped. */
  content?: string;
  /** The whole element, or the card alone. Default: true. */
  whole?: boolean;
}

/** The facts of a credential, in the words of Open Badges 3.0; text is as the issuer wrote it. */
export interface CredentialFacts {
  id: string | null;
  types: string[];
  name: string | null;
  description: string | null;
  issuer: Profile;
  subjects: Subject[];
  /** Date-times as written. */
  valid_from: string[];
  /** Date-times as written. */
  valid_until: string[];
  awarded_date: string | null;
  image: string | null;
  evidence: Evidence[];
  status: StatusEntry[];
  /** What it links to with a digest. */
  linked: Linked[];
  /** Where newer versions are to be had. */
  refresh: string[];
  schemas: SchemaReference[];
  /** How many endorsements it carries. */
  endorsements: number;
  /** How many credentials are contained in it. */
  members: number;
  /** Whether a record says that it leaves credentials out. */
  partial: boolean | null;
  /** How achievements belong together, according to a record. */
  associations: { kind: string | null; source: string | null; target: string | null }[];
  /** The texts above that say which language they are in, in each of their languages. */
  languages: InLanguage[];
  /** What else it says, where it is no badge, in words that no badge has. */
  properties: PropertyFact[];
  /** Claims that were signed and not handed over. */
  withheld: Withheld;
  /** What the author of its type calls it, who need not be the issuer. Nobody signed it. */
  type_name: string | null;
}

/** A text of the credential in one of its languages. */
export interface InLanguage {
  /** The text as it stands among the facts: the English one, else the one whose tag comes first. */
  usual: string;
  /** A BCP 47 tag, as written. */
  language: string;
  text: string;
}

/** Something said in words that no badge has. */
export interface PropertyFact {
  /** Its name, behind the names of what it is part of. */
  path: string[];
  /** What the author of the credential's type calls it, who need not be the issuer. */
  label: string | null;
  /** What is said, as text. */
  value: string;
}

/** What the holder kept back. Some of it may be nothing: issuers add digests so that nobody can count. */
export interface Withheld {
  /** How many claims, at most. */
  count: number;
  /** JSON pointers of what they are missing in, positions in arrays left out. */
  under: string[];
}

/** A schema that the credential says it follows. */
export interface SchemaReference {
  id: string | null;
  types: string[];
}

/** An organisation or person. */
export interface Profile {
  id: string | null;
  name: string | null;
  description: string | null;
  url: string | null;
  image: string | null;
  country: string | null;
  region: string | null;
  /** Codes of it in registers. */
  identifiers: Subject["identifiers"];
  /** The organisation it belongs to. */
  parent: string | null;
  parent_country: string | null;
}

/** Whom the credential speaks of. */
export interface Subject {
  id: string | null;
  name: string | null;
  identifiers: { kind: string | null; value: string | null; hashed: boolean; salt: string | null }[];
  achievements: Achievement[];
  results: ResultFact[];
  credits_earned: string | null;
  role: string | null;
  license_number: string | null;
  source: Profile | null;
  /** What an endorsement says. */
  endorsement_comment: string | null;
}

/** What was achieved. */
export interface Achievement {
  id: string | null;
  name: string | null;
  description: string | null;
  achievement_type: string | null;
  criteria_narrative: string | null;
  criteria_url: string | null;
  image: string | null;
  alignments: Alignment[];
  result_descriptions: ResultDescription[];
  creator: Profile | null;
  credits_available: string | null;
  field_of_study: string | null;
  specialization: string | null;
  human_code: string | null;
  tags: string[];
  /** How many related achievements it names. */
  related: number;
  /** Their ids, where they have one. */
  related_ids: string[];
  /** What is said in words that others added to Open Badges: those of the Dutch model for micro-credentials. */
  extensions: {
    assessment: string[];
    participation: string[];
    supervision: string[];
    identity_checked: boolean | null;
    ects: string | null;
    /** Hours. */
    study_load: string | null;
    /** Hours. */
    time_investment: string | null;
  };
}

/** A place in a framework of skills or qualifications. */
export interface Alignment {
  name: string | null;
  url: string | null;
  code: string | null;
  framework: string | null;
  kind: string | null;
  description: string | null;
}

/** How a result is to be read. */
export interface ResultDescription {
  id: string | null;
  name: string | null;
  result_type: string | null;
  allowed_values: string[];
  /** Whether the order of `allowed_values` was signed; else it means nothing. */
  allowed_values_ordered: boolean;
  /** The id of a level. */
  required_level: string | null;
  required_value: string | null;
  value_min: string | null;
  value_max: string | null;
  levels: { id: string | null; name: string | null; description: string | null; level: string | null; points: string | null;
    alignments: Alignment[] }[];
  /** Whether the order of `levels` was signed; else it means nothing. */
  levels_ordered: boolean;
  alignments: Alignment[];
}

/** What the holder reached. */
export interface ResultFact {
  /** The id of the description. */
  result_description: string | null;
  /** The id of a level. */
  achieved_level: string | null;
  value: string | null;
  status: string | null;
  alignments: Alignment[];
}

/** What stands behind the achievement. */
export interface Evidence {
  url: string | null;
  name: string | null;
  description: string | null;
  narrative: string | null;
  genre: string | null;
}

/** Something elsewhere whose content was fixed when the credential was signed. */
export interface Linked {
  url: string | null;
  role: string;
  digest_sri: string[];
  digest_multibase: string[];
}

/** Where the standing of the credential is published. */
export interface StatusEntry {
  id: string | null;
  types: string[];
  purposes: string[];
  list: string[];
  index: string[];
  size: string[];
  messages: { status: string | null; message: string | null }[];
}

/** What a version of this package knows, as `about` gives it. */
export interface About {
  /** Of the package. */
  version: string;
  sections: AboutSection[];
  /** Every reason a check can give; `{name}` stands for one of its `params`. */
  reasons: { id: string; sentence: string; remedy: string }[];
}

/** Things of one kind. */
export interface AboutSection {
  /** `formats`, `containers`, `suites`, `algorithms`, `methods`, `status`, `schemas`, `checks`; more may come. */
  id: string;
  title: string;
  entries: AboutEntry[];
}

/** One thing that is known. */
export interface AboutEntry {
  /** As reports have it, or its specification. */
  id: string;
  /** What the card calls it; the id where that has no name for it. */
  title: string;
  /** What it is, in a sentence. */
  meaning: string;
  /** Where it is specified. */
  spec: string;
  /** The part of the package that holds it: `common` is loaded by every page. */
  part: string;
  /** It is read for the sake of what was issued, and should be issued no more. */
  legacy?: "yes";
}
