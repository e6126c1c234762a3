//! Layer 4. Hosted badges: what stands at the assertion's own address counts, and nothing else.
//!
//! Spec: [HostedBadge](https://www.imsglobal.org/spec/ob/v2p0/#HostedBadge).

use crate::canon::jcs;
use crate::check::examination::Examination;
use crate::check::open_badge_2::documents::{Assertion, Badge, Documents, Kind};
use crate::check::open_badge_2::linked::without_fragment;
use crate::check::open_badge_2::{linked, readable, revoked, scope};
use crate::check::{DOCUMENT_HOSTED_COPY, DOCUMENT_STRUCTURE, ISSUER_CONTROLS_KEY, PROOF_ANY_GOOD};
use crate::codec::json::{Object, Value};
use crate::format::open_badge_2::{Edition, text};
use crate::need::host;
use crate::report::{Check, Witness};

/// Examines the badge whose assertion stands at `address`; `copy` is one of it that somebody brought.
pub(super) fn examine(address: &str, copy: Option<&Object>, documents: &mut Documents) -> Examination {
    let copied = copy.and_then(Assertion::read);
    let unproven = || copied.as_ref().map(Assertion::unproven).unwrap_or_default();
    if copy.is_some() {
        documents.checks.extend(readable());
    }
    let address = without_fragment(address);
    let hosted = match linked::read(address, documents.found, documents.budget) {
        Ok(hosted) => hosted,
        Err(unread) => {
            documents.miss(&unread, address, PROOF_ANY_GOOD);
            return unproven();
        }
    };
    if copy.is_none() {
        documents.checks.extend(readable());
    }
    let Some(mut assertion) = Assertion::read(&hosted.document) else {
        documents.check_terms(&hosted.document);
        return unproven();
    };
    if !is_at(&mut assertion, address) {
        documents.miss(&linked::Unread::OtherId, address, PROOF_ANY_GOOD);
        return unproven();
    }
    documents.checks.push(Check::pass(PROOF_ANY_GOOD, "hosted-at-its-address").with("host", host(address)));
    let withdrawn = revoked::by_itself(&assertion.members);
    let witness = Some(Witness::Hosting(hosted.served));
    if let (Some(withdrawn), None) = (&withdrawn, assertion.members.get("badge")) {
        // Issuers strip what they withdraw of everything but its address.
        documents.checks.push(withdrawn.clone());
        documents.checks.push(Check::unknown(ISSUER_CONTROLS_KEY, "hosted-issuer-not-named"));
        return Examination { witness, ..unproven() };
    }
    documents.checks.extend(copy.map(|copy| same(copy, &hosted.document)));
    documents.look_at_assertion(&assertion);
    if assertion.edition != Edition::BeforeFirst && assertion.kind() != Some(Kind::Hosted) {
        let check = Check::fail(DOCUMENT_STRUCTURE, "verification-kind-unclear");
        documents.checks.push(check.at("/verification"));
    }
    let badge = documents.badge(&assertion);
    documents.conclude(&assertion, badge.as_ref());
    let Some(badge) = badge else {
        documents.checks.extend(withdrawn);
        return Examination { witness, ..assertion.unproven() };
    };
    let bound = is_of_issuer(&badge, address);
    let is_bound = bound.reason == "hosted-by-issuer";
    documents.checks.push(bound);
    documents.checks.push(withdrawn.unwrap_or_else(|| revoked::not_by_itself(is_bound, hosted.read_at)));
    Examination {
        format: assertion.format(),
        witness,
        domain: is_bound.then(|| host(&badge.issuer_address).to_owned()),
        document: Some(assertion.with(&badge)),
        ..Examination::default()
    }
}

/// Whether `assertion` calls itself by `address`. Before 2.0 it may not call itself anything.
fn is_at(assertion: &mut Assertion, address: &str) -> bool {
    match assertion.members.get("id") {
        Some(id) => id.as_str().map(without_fragment) == Some(address),
        None => {
            assertion.members.insert("id".into(), text(address));
            true
        }
    }
}

/// `issuer.controls-key`: whether the issuer publishes badges where this one stands, and describes itself
/// what it stands for.
fn is_of_issuer(badge: &Badge, address: &str) -> Check {
    let elsewhere = badge
        .class_address
        .as_deref()
        .filter(|class| !scope::holds_badge_class(&badge.issuer, &badge.issuer_address, class));
    let (check, place) = match elsewhere {
        _ if !scope::holds_assertion(&badge.issuer, &badge.issuer_address, address) => {
            (Check::fail(ISSUER_CONTROLS_KEY, "hosted-elsewhere"), address)
        }
        Some(class) => (Check::fail(ISSUER_CONTROLS_KEY, "badge-class-elsewhere"), class),
        None => (Check::pass(ISSUER_CONTROLS_KEY, "hosted-by-issuer"), address),
    };
    check.with("host", host(place)).with("issuer", &badge.issuer_address)
}

/// Whether the copy that somebody brought says what its publisher says. It counts for nothing.
fn same(copy: &Object, hosted: &Object) -> Check {
    let text = |document: &Object| jcs::canonicalize(&Value::Object(document.clone()));
    match text(copy) == text(hosted) {
        true => Check::pass(DOCUMENT_HOSTED_COPY, "hosted-copy-agrees"),
        false => Check::fail(DOCUMENT_HOSTED_COPY, "hosted-copy-differs"),
    }
}
