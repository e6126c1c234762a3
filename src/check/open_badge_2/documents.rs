//! Layer 4. Assertion, badge class and issuer: found, read, and looked at as documents.

use crate::check::examination::Examination;
use crate::check::open_badge_2::linked::{self, Unread};
use crate::check::open_badge_2::{hosted, readable, signed};
use crate::check::{
    DOCUMENT_ALL_TERMS_DEFINED, DOCUMENT_CONTEXTS_KNOWN, DOCUMENT_EDITION, DOCUMENT_JSON_LD,
    DOCUMENT_ONE_ROOT, DOCUMENT_PLAIN_TERMS, DOCUMENT_STRUCTURE, ENDORSEMENTS_VERIFIED, ISSUER_CONTROLS_KEY,
    PROOF_ANY_GOOD, PROOF_CREATED, PROOF_EXPIRES, PROOF_PURPOSE, options,
};
use crate::codec::json::{Object, Value};
use crate::format::open_badge_1::{upgrade, upgrade_before_1};
use crate::format::open_badge_2::{self, Edition, edition, foreign, in_words_of_3};
use crate::limits::Budget;
use crate::need::{Found, Need};
use crate::policy::Policy;
use crate::report::{Check, Row};
use crate::securing::jose::Token;

/// What is at hand to judge a badge by, and what came of it so far.
pub(super) struct Documents<'a, 'b> {
    pub(super) found: &'a Found,
    pub(super) policy: &'a Policy,
    pub(super) budget: &'b mut Budget,
    pub(super) checks: Vec<Check>,
    pub(super) needs: Vec<Need>,
}

/// An assertion in the shape of 2.0.
pub(super) struct Assertion {
    pub(super) members: Object,
    pub(super) edition: Edition,
}

/// What an assertion says and who issues it. Badge class and issuer have an address where they were had
/// from one.
pub(super) struct Badge {
    pub(super) class: Object,
    pub(super) class_address: Option<String>,
    pub(super) issuer: Object,
    pub(super) issuer_address: String,
}

/// How an assertion says it is to be verified.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Hosted,
    Signed,
}

/// Examines the assertion `document` the way it says.
pub(super) fn by_kind(document: &Object, token: Option<&Token>, documents: &mut Documents) -> Examination {
    let Some(assertion) = Assertion::read(document) else {
        documents.checks.extend(readable());
        documents.check_terms(document);
        return Examination::default();
    };
    let address = assertion.members.get("id").and_then(Value::as_str);
    let why = match (assertion.kind(), token, address) {
        (Some(Kind::Hosted), _, Some(address)) => return hosted::examine(address, Some(document), documents),
        (Some(Kind::Signed), Some(token), _) if assertion.edition != Edition::BeforeFirst => {
            return signed::examine(assertion, token, documents);
        }
        (Some(Kind::Signed), None, _) => Check::fail(PROOF_ANY_GOOD, "not-signed"),
        (None, ..) if assertion.edition != Edition::BeforeFirst => {
            Check::fail(DOCUMENT_STRUCTURE, "verification-kind-unclear").at("/verification")
        }
        _ => Check::fail(PROOF_ANY_GOOD, "hosted-nowhere"),
    };
    documents.checks.extend(readable());
    documents.checks.push(why);
    assertion.unproven()
}

/// An issuer without the members that could vouch for something.
fn described(issuer: &Object) -> Object {
    let mut described = Object::default();
    for name in ["id", "type", "name", "url", "email", "description", "image"] {
        if let Some(value) = issuer.get(name) {
            described.insert(name.into(), value.clone());
        }
    }
    described
}

impl Assertion {
    /// `document` in the shape of 2.0; none where its vocabulary is a foreign one.
    pub(super) fn read(document: &Object) -> Option<Assertion> {
        let edition = edition(document)?;
        let members = match edition {
            Edition::BeforeFirst => upgrade_before_1(document),
            Edition::First => upgrade(document),
            Edition::Second => document.clone(),
        };
        // The name of 1.x is another name for it in 2.0.
        let members = match (members.get("verification"), members.get("verify")) {
            (None, Some(verify)) => {
                let mut renamed = members.without("verify");
                renamed.insert("verification".into(), verify.clone());
                renamed
            }
            _ => members,
        };
        Some(Assertion { members, edition })
    }

    /// `verification.type`
    pub(super) fn kind(&self) -> Option<Kind> {
        let verification = self.members.get("verification")?;
        let types = verification.get("type").map(Value::as_set).unwrap_or_default();
        let has = |names: [&str; 2]| types.iter().filter_map(Value::as_str).any(|name| names.contains(&name));
        match (has(["hosted", "HostedBadge"]), has(["signed", "SignedBadge"])) {
            (true, false) => Some(Kind::Hosted),
            (false, true) => Some(Kind::Signed),
            _ => None,
        }
    }

    /// The name of its format.
    pub(super) fn format(&self) -> Option<&'static str> {
        Some(if self.edition == Edition::Second { "open-badge-2" } else { "open-badge-1" })
    }

    /// What it says, for which nobody vouches.
    pub(super) fn unproven(&self) -> Examination {
        let class = self.members.get("badge").and_then(Value::as_object);
        let document = Some(in_words_of_3(&self.members, class, None));
        Examination { format: self.format(), document, ..Examination::default() }
    }

    /// What it says together with what `badge` says.
    pub(super) fn with(&self, badge: &Badge) -> Value {
        in_words_of_3(&self.members, Some(&badge.class), Some(&badge.issuer))
    }
}

impl Documents<'_, '_> {
    /// The document at `url`, which `row` needs. What is missing is noted.
    pub(super) fn linked(&mut self, url: &str, row: Row) -> Option<linked::Linked> {
        match linked::read(url, self.found, self.budget) {
            Ok(linked) => Some(linked),
            Err(unread) => {
                self.miss(&unread, url, row);
                None
            }
        }
    }

    /// Notes that `row` lacks the document at `url`.
    pub(super) fn miss(&mut self, unread: &Unread, url: &str, row: Row) {
        self.checks.push(unread.check(row, url));
        self.needs.extend(unread.need(row, url));
    }

    /// The badge class and the issuer of `assertion`. What is missing is noted, and what they are not as
    /// documents.
    pub(super) fn badge(&mut self, assertion: &Assertion) -> Option<Badge> {
        let row = ISSUER_CONTROLS_KEY;
        let (class, class_address) = match assertion.members.get("badge") {
            Some(Value::Object(class)) => (class.clone(), None),
            Some(Value::String(url)) => (self.linked(url, row)?.document, Some(url.to_string())),
            _ => return None,
        };
        let is_embedded = class_address.is_none();
        self.look_at(&class, "BadgeClass", if is_embedded { &["name", "issuer"] } else { BADGE_CLASS });
        let issuer = class.get("issuer")?;
        let url = issuer.as_str().or_else(|| issuer.get("id").and_then(Value::as_str));
        let Some(url) = url.map(String::from) else {
            self.checks.push(Check::unknown(row, "hosted-issuer-not-named"));
            return None;
        };
        let issuer = match (assertion.edition, issuer) {
            // There was no profile yet: the origin is all there is of the issuer.
            // What it says of keys and addresses is said by whoever wrote the badge.
            (Edition::BeforeFirst, Value::Object(issuer)) => described(issuer),
            _ => self.linked(&url, row)?.document,
        };
        let mut issuer = issuer;
        self.look_at(&issuer, "Profile", PROFILE);
        let address = linked::without_fragment(&url).to_owned();
        if issuer.get("id").is_none() {
            issuer.insert("id".into(), open_badge_2::text(&address));
        }
        Some(Badge { class, class_address, issuer, issuer_address: address })
    }

    /// [`Documents::look_at`] for an assertion, and what its members are.
    pub(super) fn look_at_assertion(&mut self, assertion: &Assertion) {
        self.look_at(&assertion.members, "Assertion", ASSERTION);
        let is_wrong = |name: &&str| match (*name, assertion.members.get(name)) {
            (_, None) => false,
            ("recipient", Some(recipient)) => recipient.get("identity").and_then(Value::as_str).is_none(),
            ("badge", Some(badge)) => !matches!(badge, Value::String(_) | Value::Object(_)),
            (_, Some(time)) => !matches!(time, Value::String(_) | Value::Number(_)),
        };
        if let Some(member) = ["recipient", "badge", "issuedOn", "expires"].iter().find(|name| is_wrong(name))
        {
            let check = Check::fail(DOCUMENT_STRUCTURE, "badge-member-malformed").at(format!("/{member}"));
            self.checks.push(check.with("member", member));
        }
    }

    /// `document.structure` and `document.plain-terms` for one of the documents, where they fail.
    fn look_at(&mut self, document: &Object, kind: &str, members: &[&'static str]) {
        self.check_terms(document);
        let types = document.get("type").map(Value::as_set).unwrap_or_default();
        let is_kind = |name: &str| name == kind || (kind == "Profile" && name == "Issuer");
        let is_typed = types.iter().filter_map(Value::as_str).any(is_kind);
        // Before 1.1 nothing had a type.
        let may_be_untyped = types.is_empty() && edition(document) != Some(Edition::Second);
        if !is_typed && !may_be_untyped {
            self.checks.push(Check::fail(DOCUMENT_STRUCTURE, "document-of-another-kind").with("kind", kind));
        } else if let Some(member) = members.iter().find(|name| document.get(name).is_none()) {
            let check = Check::fail(DOCUMENT_STRUCTURE, "assertion-member-missing");
            self.checks.push(check.with("member", member).with("kind", kind));
        }
    }

    /// `document.plain-terms`, where it fails.
    pub(super) fn check_terms(&mut self, document: &Object) {
        let foreign = match edition(document) {
            None => Some("@context".into()),
            Some(_) => foreign(document),
        };
        if let Some(term) = foreign {
            self.checks.push(Check::fail(DOCUMENT_PLAIN_TERMS, "said-in-a-foreign-way").with("term", term));
        }
    }

    /// The checks that are the same for every badge whose documents were looked at.
    pub(super) fn conclude(&mut self, assertion: &Assertion, badge: Option<&Badge>) {
        for (row, reason) in [(DOCUMENT_STRUCTURE, "structure-sound"), (DOCUMENT_PLAIN_TERMS, "said-plainly")]
        {
            if self.checks.iter().all(|check| check.id != row.id) {
                self.checks.push(Check::pass(row, reason));
            }
        }
        for row in [DOCUMENT_JSON_LD, DOCUMENT_CONTEXTS_KNOWN, DOCUMENT_ALL_TERMS_DEFINED, DOCUMENT_ONE_ROOT]
        {
            self.checks.push(Check::skipped(row, "read-as-plain-json"));
        }
        let edition = match assertion.edition {
            Edition::BeforeFirst => Some("0.5"),
            Edition::First => Some("1"),
            Edition::Second => None,
        };
        if let Some(edition) = edition {
            let check = Check::fail(DOCUMENT_EDITION, "edition-superseded").with("edition", edition);
            self.checks.push(check);
        }
        self.checks.push(Check::pass(PROOF_PURPOSE, "published-to-assert"));
        self.checks.push(Check::skipped(PROOF_CREATED, "no-creation-time"));
        self.checks.push(Check::skipped(PROOF_EXPIRES, "no-proof-expiry"));
        self.checks.extend(options::asked(&[], &[], self.policy));
        let others = badge.map(|badge| [&badge.class, &badge.issuer]).into_iter().flatten();
        let documents = others.chain([&assertion.members]);
        let count: usize = documents.map(open_badge_2::endorsements).sum();
        if count > 0 {
            let count = count.to_string();
            let check = Check::unknown(ENDORSEMENTS_VERIFIED, "endorsements-some-open");
            self.checks.push(check.with("count", &count).with("open", &count));
        }
    }
}

/// The members that an assertion must have
/// ([Assertion](https://www.imsglobal.org/spec/ob/v2p0/#Assertion)); how it is verified is asked apart.
const ASSERTION: &[&str] = &["recipient", "badge", "issuedOn"];
/// The members that a badge class must have
/// ([BadgeClass](https://www.imsglobal.org/spec/ob/v2p0/#BadgeClass)).
const BADGE_CLASS: &[&str] = &["name", "description", "image", "criteria", "issuer"];
/// The members that an issuer must have ([Profile](https://www.imsglobal.org/spec/ob/v2p0/#Profile)).
/// DEVIATION: `email` may be missing, since many an office has none and nothing rests on it
/// (`tests/open_badge_2`).
const PROFILE: &[&str] = &["name", "url"];
