//! Layer 4. Whether everything in the document was signed, and is said plainly.
//!
//! These checks stand between "the signature holds" and "what you read is what was signed"
//! ([VC-DI §5.2](https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly)).

use crate::canon::contexts;
use crate::canon::json_ld::{Finding, FindingKind};
use crate::check::proof::Evaluated;
use crate::check::{
    DOCUMENT_ALL_TERMS_DEFINED, DOCUMENT_CONTEXT_VARIANT, DOCUMENT_CONTEXTS_KNOWN, DOCUMENT_EMPTY_ADDRESS,
    DOCUMENT_JSON_LD, DOCUMENT_LANGUAGE_CASE, DOCUMENT_ONE_ROOT, DOCUMENT_PLAIN_TERMS, DOCUMENT_PROPERTIES,
    DOCUMENT_WITHIN_LIMITS,
};
use crate::claims::Graph;
use crate::codec::json::{Object, Value};
use crate::report::Check;
use crate::securing::data_integrity::{Reading, Unread};

/// The checks over the document's JSON-LD reading and the options of the proof that carries it. `is_text` says that
/// this proof signs the text, whether or not it could be verified: then nothing in it is outside the signature.
pub fn lossless(reading: Result<&Reading, &Unread>, proof: Option<&Evaluated>, is_text: bool) -> Vec<Check> {
    match reading {
        Ok(reading) => read(reading, proof, is_text),
        Err(unread) => not_read(unread),
    }
}

/// Whether `document` says what it says by the plain names of members, so that where its text is
/// signed nothing need be looked up: no context of its own, no name that is an address, no keyword but
/// the first. In a token contexts may be ones that are not known here: Open Badges does not ask that
/// they be processed ([OB 3.0](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof)), and nothing is read
/// through them. Recursion is bounded: a value never nests deeper than `DEPTH_MAX`.
pub fn is_plain(document: &Object, in_token: bool) -> bool {
    let context = |context: &Value| match context.as_str() {
        Some(url) => in_token || contexts::embedded(url, false).is_some(),
        None => false,
    };
    document.iter().all(|(name, value)| match &**name {
        "@context" => value.as_set().iter().all(context),
        name => !is_keyword_or_address(name) && is_plain_value(value),
    })
}

fn is_plain_value(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_plain_value),
        Value::Object(object) => {
            object.iter().all(|(name, value)| !is_keyword_or_address(name) && is_plain_value(value))
        }
        _ => true,
    }
}

/// Names that mean the same under any context, or change what others mean.
fn is_keyword_or_address(name: &str) -> bool {
    name.bytes().any(|byte| matches!(byte, b':' | b'@'))
}

/// The checks over a document whose text is signed and which [`is_plain`].
pub fn of_plain_text() -> Vec<Check> {
    let skipped = |row| Check::skipped(row, "text-itself-is-signed");
    vec![
        skipped(DOCUMENT_JSON_LD),
        skipped(DOCUMENT_CONTEXTS_KNOWN),
        skipped(DOCUMENT_ALL_TERMS_DEFINED),
        Check::pass(DOCUMENT_PLAIN_TERMS, "said-plainly"),
        skipped(DOCUMENT_ONE_ROOT),
    ]
}

/// `document.within-limits`: facts that were left out could be the ones that count.
pub fn within_limits(is_whole: bool) -> Check {
    match is_whole {
        true => Check::pass(DOCUMENT_WITHIN_LIMITS, "read-whole"),
        false => Check::unknown(DOCUMENT_WITHIN_LIMITS, "limit-reached").with("limit", "facts"),
    }
}

/// `document.properties`, for `count` claims that were listed; `is_whole` where they are all there are.
pub fn properties(count: usize, is_whole: bool) -> Check {
    let check = match is_whole {
        true => Check::pass(DOCUMENT_PROPERTIES, "properties-listed"),
        false => Check::unknown(DOCUMENT_PROPERTIES, "limit-reached").with("limit", "properties"),
    };
    check.with("count", count.to_string())
}

fn read(reading: &Reading, proof: Option<&Evaluated>, is_text: bool) -> Vec<Check> {
    let dataset = &reading.dataset;
    let of_proof = |pick: fn(&Evaluated) -> &Vec<Finding>| proof.map(pick).into_iter().flatten();

    // DEVIATION: an empty address is dropped like any relative one, but there is nothing in it that
    // somebody could have added. Badges of a large issuer carry `"image": ""`
    // (08-open-badges-3/learncard/boost), so it is a remark.
    let all = dataset.undefined.iter().chain(of_proof(|proof| &proof.undefined));
    let (empty, undefined): (Vec<&Finding>, Vec<&Finding>) =
        all.partition(|finding| finding.kind == FindingKind::EmptyIri);
    let mut undefined = undefined.into_iter();
    let all_defined = match undefined.next() {
        _ if is_text => Check::skipped(DOCUMENT_ALL_TERMS_DEFINED, "text-itself-is-signed"),
        // What an unknown suite covers is unknown: leaving a term out is no fault of such a document.
        _ if proof.is_some_and(|proof| {
            matches!(proof.signature.reason, "suite-unsupported" | "anchored-on-chain")
        }) =>
        {
            Check::unknown(DOCUMENT_ALL_TERMS_DEFINED, "proof-not-evaluated")
        }
        Some(finding) => {
            let count = 1 + undefined.count();
            found(Check::fail(DOCUMENT_ALL_TERMS_DEFINED, "term-not-signed"), finding, count)
        }
        None => Check::pass(DOCUMENT_ALL_TERMS_DEFINED, "all-terms-signed"),
    };
    let mut foreign = dataset.foreign.iter().chain(of_proof(|proof| &proof.foreign));
    let plain = match foreign.next() {
        Some(finding) => {
            let count = 1 + foreign.count();
            found(Check::fail(DOCUMENT_PLAIN_TERMS, "said-in-a-foreign-way"), finding, count)
        }
        None => Check::pass(DOCUMENT_PLAIN_TERMS, "said-plainly"),
    };
    let one_root = if is_text {
        Check::skipped(DOCUMENT_ONE_ROOT, "text-itself-is-signed")
    } else if Graph::new(&dataset.quads).has_rival_root(&dataset.root) {
        Check::fail(DOCUMENT_ONE_ROOT, "root-not-signed")
    } else {
        Check::pass(DOCUMENT_ONE_ROOT, "root-is-clear")
    };
    let mut checks = vec![
        Check::pass(DOCUMENT_JSON_LD, "is-json-ld"),
        Check::pass(DOCUMENT_CONTEXTS_KNOWN, "contexts-known"),
        all_defined,
        plain,
        one_root,
    ];
    if let Some(finding) = empty.first() {
        checks.push(found(Check::fail(DOCUMENT_EMPTY_ADDRESS, "empty-address"), finding, empty.len()));
    }
    for url in &reading.profile.variants {
        let check = Check::pass(DOCUMENT_CONTEXT_VARIANT, "context-in-other-content");
        checks.push(check.with("context", &**url));
    }
    if reading.profile.tags_as_written {
        checks.push(Check::pass(DOCUMENT_LANGUAGE_CASE, "language-tags-as-written"));
    }
    checks
}

fn found(check: Check, finding: &Finding, count: usize) -> Check {
    check
        .at(finding.pointer.clone())
        .with("term", name_of(finding))
        .with("finding", finding.kind.id())
        .with("count", count.to_string())
}

/// The term, or for an empty one the member it stands at.
fn name_of(finding: &Finding) -> &str {
    match finding.name.is_empty() {
        true => finding.pointer.rsplit('/').next().unwrap_or_default(),
        false => &finding.name,
    }
}

fn not_read(unread: &Unread) -> Vec<Check> {
    let unknown = |row| Check::unknown(row, "document-not-read");
    let (json_ld, contexts) = match unread {
        Unread::UnknownContexts(urls) => (
            unknown(DOCUMENT_JSON_LD),
            Check::unknown(DOCUMENT_CONTEXTS_KNOWN, "context-unknown").with("context", urls.join(" ")),
        ),
        Unread::JsonLd(code, pointer) => (
            Check::fail(DOCUMENT_JSON_LD, "not-json-ld").with("code", *code).at(pointer.clone()),
            unknown(DOCUMENT_CONTEXTS_KNOWN),
        ),
        Unread::Limit(limit) => (
            Check::unknown(DOCUMENT_JSON_LD, "limit-reached").with("limit", limit.0),
            unknown(DOCUMENT_CONTEXTS_KNOWN),
        ),
    };
    vec![json_ld, contexts, unknown(DOCUMENT_ALL_TERMS_DEFINED), unknown(DOCUMENT_PLAIN_TERMS)]
}
