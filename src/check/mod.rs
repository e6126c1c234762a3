//! Layer 4. The checks. This file is the catalogue: every check there is, in the order of a report.
//!
//! A check is one row here and one function in a file beside it. Rows fix what must not depend on
//! the case at hand: the id, whether the verdict depends on it, whether it may be skipped, the
//! headline when it fails, and the section that asks for it.

pub mod badge_shape;
pub mod certificates;
pub mod chain;
mod derived;
mod detached;
pub mod document;
pub mod endorsements;
pub mod examination;
pub mod holder_key;
pub mod integrity;
pub mod issuer;
pub mod members;
pub mod open_badge_2;
mod options;
pub mod presentation;
pub mod proof;
pub mod recipient;
pub mod refresh;
pub mod schema;
pub mod sd_jwt;
pub mod status;
pub mod status_list;
mod status_question;
pub mod structure;
pub mod token;
mod trial;
pub mod type_metadata;
pub mod validity;

use crate::report::{Headline, Level, Row};

const fn required(id: &'static str, spec: &'static str) -> Row {
    Row { id, level: Level::Required, skip: false, gravity: Headline::DoNotRely, spec }
}

const fn skippable(id: &'static str, gravity: Headline, spec: &'static str) -> Row {
    Row { id, level: Level::Required, skip: true, gravity, spec }
}

const fn advisory(id: &'static str, spec: &'static str) -> Row {
    Row { id, level: Level::Advisory, skip: true, gravity: Headline::Verified, spec }
}

/// The file holds a credential.
pub const CONTAINER_READABLE: Row = Row {
    gravity: Headline::Unreadable,
    ..required("container.readable", "https://www.imsglobal.org/spec/ob/v3p0/#docformat")
};
/// How the file was packed deserves a word.
pub const CONTAINER_NOTE: Row =
    advisory("container.note", "https://www.imsglobal.org/spec/ob/v3p0/#docformat");
/// The text is strict JSON.
pub const DOCUMENT_JSON: Row = Row {
    gravity: Headline::Unreadable,
    ..required("document.json", "https://www.rfc-editor.org/rfc/rfc8259#section-4")
};
/// The document has the shape its data model asks for.
pub const DOCUMENT_STRUCTURE: Row =
    required("document.structure", "https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts");
/// It can be processed as JSON-LD.
pub const DOCUMENT_JSON_LD: Row = skippable(
    "document.json-ld",
    Headline::DoNotRely,
    "https://www.w3.org/TR/json-ld11-api/#expansion-algorithm",
);
/// Every context is one that is embedded or that the embedder supplied.
pub const DOCUMENT_CONTEXTS_KNOWN: Row = skippable(
    "document.contexts-known",
    Headline::DoNotRely,
    "https://www.w3.org/TR/vc-data-integrity/#context-validation",
);
/// Nothing in the document is outside what was signed.
pub const DOCUMENT_ALL_TERMS_DEFINED: Row = skippable(
    "document.all-terms-defined",
    Headline::DoNotRely,
    "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly",
);
/// An address that is empty is not signed, and says nothing.
pub const DOCUMENT_EMPTY_ADDRESS: Row =
    advisory("document.empty-address", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly");
/// What is read is said in the plain terms of the published contexts.
pub const DOCUMENT_PLAIN_TERMS: Row =
    required("document.plain-terms", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts");
/// The quads say which of their nodes is the credential.
pub const DOCUMENT_ONE_ROOT: Row = skippable(
    "document.one-root",
    Headline::DoNotRely,
    "https://www.w3.org/TR/vc-data-integrity/#verify-proof",
);
/// All of its facts were read.
pub const DOCUMENT_WITHIN_LIMITS: Row =
    required("document.within-limits", "https://www.w3.org/TR/vc-data-integrity/#verify-proof");
/// It has all that Open Badges asks for.
pub const DOCUMENT_OPEN_BADGES_SHAPE: Row = advisory(
    "document.open-badges-shape",
    "https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.achievementcredential.class",
);
/// A context was read in its other published content.
pub const DOCUMENT_CONTEXT_VARIANT: Row =
    advisory("document.context-variant", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts");
/// Language tags were read with their capitals.
pub const DOCUMENT_LANGUAGE_CASE: Row =
    advisory("document.language-case", "https://www.w3.org/TR/json-ld11/#dfn-language-tagged-string");
/// At least one proof's signature holds.
pub const PROOF_ANY_GOOD: Row =
    required("proof.any-good", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains");
/// One proof's signature, each proof on its own.
pub const PROOF_SIGNATURE: Row =
    advisory("proof.signature", "https://www.w3.org/TR/vc-data-integrity/#verify-proof");
/// The proof was made to assert.
pub const PROOF_PURPOSE: Row =
    required("proof.purpose", "https://www.w3.org/TR/vc-data-integrity/#proof-purposes");
/// The proof was not made in the future.
pub const PROOF_CREATED: Row =
    skippable("proof.created", Headline::DoNotRely, "https://www.w3.org/TR/vc-data-integrity/#proofs");
/// The proof is not past its time.
pub const PROOF_EXPIRES: Row = skippable(
    "proof.expires",
    Headline::DoNotRely,
    "https://www.w3.org/TR/vc-data-integrity/#defn-proof-expires",
);
/// The proof was made for the domain the caller asks for; required where the caller asks.
pub const PROOF_DOMAIN: Row =
    advisory("proof.domain", "https://www.w3.org/TR/vc-data-integrity/#defn-domain");
/// The proof answers the challenge the caller asks for; required where the caller asks.
pub const PROOF_CHALLENGE: Row =
    advisory("proof.challenge", "https://www.w3.org/TR/vc-data-integrity/#defn-challenge");
/// The key is one the issuer publishes for assertions.
pub const ISSUER_CONTROLS_KEY: Row =
    required("issuer.controls-key", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method");
/// A claim that a token should have is not there.
pub const TOKEN_CLAIMS: Row =
    advisory("token.claims", "https://www.imsglobal.org/spec/ob/v3p0/#jwt-verify-credential");
/// The method is named by the bare DID.
pub const PROOF_METHOD_FRAGMENT: Row =
    advisory("proof.method-fragment", "https://www.w3.org/TR/cid-1.0/#verification-methods");
/// It is in force already.
pub const VALIDITY_FROM: Row = skippable(
    "validity.from",
    Headline::NotYetValid,
    "https://www.w3.org/TR/vc-data-model-2.0/#validity-period",
);
/// It is still in force.
pub const VALIDITY_UNTIL: Row = skippable(
    "validity.until",
    Headline::Expired,
    "https://www.w3.org/TR/vc-data-model-2.0/#validity-period",
);
/// It was not revoked.
pub const STATUS_REVOCATION: Row = skippable(
    "status.revocation",
    Headline::Revoked,
    "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm",
);
/// It is not suspended.
pub const STATUS_SUSPENSION: Row = skippable(
    "status.suspension",
    Headline::Suspended,
    "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm",
);
/// A status of another purpose.
pub const STATUS_OTHER: Row =
    advisory("status.other", "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry");
/// The list is signed by somebody else than the credential.
pub const STATUS_LIST_ISSUER: Row = advisory(
    "status.list-issuer-differs",
    "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm",
);
/// The list is shorter than the herd privacy asks for.
pub const STATUS_LIST_LENGTH: Row = advisory(
    "status.list-length",
    "https://www.w3.org/TR/vc-bitstring-status-list/#revocation-bitstring-length",
);
/// The list says it belongs to another address.
pub const STATUS_LIST_ADDRESS: Row = advisory(
    "status.list-address",
    "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential",
);
/// The issuer is on the embedder's list.
pub const ISSUER_LISTED: Row =
    advisory("issuer.listed", "https://www.imsglobal.org/spec/ob/v3p0/#verification");
/// The credential fits the schema it names.
pub const SCHEMA_CONFORMS: Row =
    advisory("schema.conforms", "https://www.w3.org/TR/vc-data-model-2.0/#data-schemas");
/// The endorsements it carries are genuine.
pub const ENDORSEMENTS_VERIFIED: Row = advisory(
    "endorsement.verified",
    "https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.endorsementcredential.class",
);

/// The issuer has a newer version, and its dates and standing are what counts.
pub const CREDENTIAL_REFRESHED: Row =
    advisory("credential.refreshed", "https://www.imsglobal.org/spec/ob/v3p0/#verification");
/// What an endorsement is about is the thing it stands on; required of endorsements.
pub const ENDORSEMENT_ABOUT: Row = advisory(
    "endorsement.about",
    "https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.endorsementsubject.class",
);
/// The credentials contained in the record are genuine, each by itself.
pub const MEMBERS_VERIFIED: Row =
    advisory("members.verified", "https://www.imsglobal.org/spec/clr/v2p0/#clrcredential");
/// The credentials in a presentation are genuine and in force; required of presentations.
pub const PRESENTATION_CREDENTIALS: Row =
    advisory("presentation.credentials", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations");
/// The key is one that the holder publishes; required of signed presentations.
pub const PRESENTATION_HOLDER_KEY: Row =
    advisory("presentation.holder-key", "https://www.w3.org/TR/vc-data-integrity/#proof-purposes");
/// Whoever hands it over controls the key or the name that it is made out to; required of signed
/// presentations, where the caller asks for a domain or a challenge, and where what was handed over
/// contradicts itself.
pub const PRESENTATION_HOLDER_BINDING: Row = advisory(
    "presentation.holder-binding",
    "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations",
);
/// Things elsewhere whose digests were signed are what they were; required where there are any.
pub const INTEGRITY_LINKED: Row = Row {
    gravity: Headline::DoNotRely,
    ..advisory(
        "integrity.linked-resources",
        "https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources",
    )
};
/// It was given to the person the caller asks about; required where the caller asks.
pub const RECIPIENT_MATCHES: Row = Row {
    gravity: Headline::DoNotRely,
    ..advisory("recipient.matches", "https://www.imsglobal.org/spec/ob/v3p0/#verify-identifier")
};
/// The holder chose what to show of what was signed.
pub const PROOF_SELECTIVE: Row =
    advisory("proof.selective", "https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023");
/// The suite is one that was replaced.
pub const PROOF_LEGACY_SUITE: Row =
    advisory("proof.legacy-suite", "https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites");
/// What it says in words that no badge has is listed.
pub const DOCUMENT_PROPERTIES: Row =
    advisory("document.properties", "https://www.w3.org/TR/vc-data-model-2.0/#credential-subject");
/// The author of its type says how it and its claims are called.
pub const TYPE_METADATA: Row =
    advisory("type.metadata", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-6");
// Open Badges before 3.0.
/// It is written in an edition of Open Badges that was replaced long ago.
pub const DOCUMENT_EDITION: Row =
    advisory("document.edition", "https://www.imsglobal.org/spec/ob/v2p0/#History");
/// The file says what its publisher says.
pub const DOCUMENT_HOSTED_COPY: Row =
    advisory("document.hosted-copy", "https://www.imsglobal.org/spec/ob/v2p0/#HostedBadge");

/// Every check there is, in the order of a report.
pub const CATALOGUE: &[Row] = &[
    CONTAINER_READABLE,
    CONTAINER_NOTE,
    DOCUMENT_JSON,
    DOCUMENT_STRUCTURE,
    DOCUMENT_JSON_LD,
    DOCUMENT_CONTEXTS_KNOWN,
    DOCUMENT_ALL_TERMS_DEFINED,
    DOCUMENT_EMPTY_ADDRESS,
    DOCUMENT_PLAIN_TERMS,
    DOCUMENT_ONE_ROOT,
    DOCUMENT_WITHIN_LIMITS,
    DOCUMENT_OPEN_BADGES_SHAPE,
    DOCUMENT_CONTEXT_VARIANT,
    DOCUMENT_LANGUAGE_CASE,
    DOCUMENT_PROPERTIES,
    DOCUMENT_EDITION,
    DOCUMENT_HOSTED_COPY,
    PROOF_ANY_GOOD,
    PROOF_SIGNATURE,
    PROOF_PURPOSE,
    PROOF_CREATED,
    PROOF_EXPIRES,
    PROOF_DOMAIN,
    PROOF_CHALLENGE,
    TOKEN_CLAIMS,
    PROOF_METHOD_FRAGMENT,
    PROOF_SELECTIVE,
    PROOF_LEGACY_SUITE,
    ISSUER_CONTROLS_KEY,
    ISSUER_LISTED,
    VALIDITY_FROM,
    VALIDITY_UNTIL,
    STATUS_REVOCATION,
    STATUS_SUSPENSION,
    STATUS_OTHER,
    STATUS_LIST_ISSUER,
    STATUS_LIST_LENGTH,
    STATUS_LIST_ADDRESS,
    SCHEMA_CONFORMS,
    CREDENTIAL_REFRESHED,
    PRESENTATION_HOLDER_KEY,
    INTEGRITY_LINKED,
    RECIPIENT_MATCHES,
    PRESENTATION_HOLDER_BINDING,
    TYPE_METADATA,
    PRESENTATION_CREDENTIALS,
    ENDORSEMENT_ABOUT,
    MEMBERS_VERIFIED,
    ENDORSEMENTS_VERIFIED,
];
