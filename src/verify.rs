//! Layer 5. The whole algorithm, on one page.
//!
//! [`verify`] is a pure function: the same bytes, answers and policy give the same report. It is
//! called again whenever more was found, until it stops asking. It decides nothing itself: it puts
//! the questions of `check/` in order, works through the parts, and folds the answers.

mod disclosure;
mod lists;
mod newer;
mod parts;
mod presented;
mod shape;

use crate::canon::jcs;
use crate::check::examination::Examination;
use crate::check::issuer::Signer;
use crate::check::members::Held;
use crate::check::presentation::Presenter;
use crate::check::proof::Evaluated;
use crate::check::{
    self, CATALOGUE, chain, document, issuer, open_badge_2, proof, structure, token, validity,
};
use crate::claims::{Graph, Node};
use crate::codec::json::{self, ErrorKind, Object, Value};
use crate::container::{self, Content};
use crate::credential::{self, Credential};
use crate::crypto::part;
use crate::format;
use crate::format::presentation::{self, Envelope};
use crate::limits::{Budget, PROOFS_MAX};
use crate::need::{Found, Need};
use crate::policy::Policy;
use crate::report::{
    AsOf, Check, Identity, Issuer, Level, Outcome, REPORT_VERSION, Report, Row, Witness, fold, headline,
};
use crate::securing::data_integrity::{Profile, Reading, Unsecured};
use crate::securing::jose::{self, Token};
use crate::securing::sd_jwt::SdJwt;
use crate::verify::parts::Piece;

/// Verifies the credential in `bytes`, which came from `source` (a name for people, never trusted).
///
/// Never fails: bad input is a report. Costs at most one [`Budget`].
pub fn verify(bytes: &[u8], source: &str, found: &Found, policy: &Policy) -> Report {
    let mut budget = Budget::full();
    // 1. Unpack, read, and check everything that needs no other document but the issuer's.
    let whole = Piece::whole(examine(bytes, found, policy, &mut budget));
    // 2. The same for each credential that it holds, and that those hold: pieces of a work list.
    let of_parts = &parts::unasked(policy);
    let mut pieces = parts::examine(whole, found, of_parts, &mut budget);
    // 3. Examine the newer versions that issuers offer: their dates and standing are what counts.
    newer::examine(&mut pieces, found, of_parts, &mut budget);
    // 4. Examine the status lists that are at hand, each as a credential of its own.
    let lists = match found.engines.has_net() {
        true => lists::examine(&pieces, found, of_parts, &mut budget),
        false => Vec::new(),
    };
    // 5. Read the status of every piece out of them.
    lists::standing(&mut pieces, &lists, found, policy, &mut budget);
    // 6. Compare what is linked, and answer what the caller asked beside.
    for piece in &mut pieces {
        parts::ask(piece, found, policy);
    }
    // 7. Fold, the innermost first: no piece borrows a verdict, and none lends its own.
    parts::assemble(pieces, lists, source, found, policy)
}

/// A credential with its checks so far.
struct Examined {
    containers: Vec<&'static str>,
    format: Option<&'static str>,
    checks: Vec<Check>,
    needs: Vec<Need>,
    issuer: Issuer,
    witness: Option<Witness>,
    /// A signature by the issuer covers the facts.
    established: bool,
    facts: Option<Credential>,
    claims: Claims,
    /// What it holds that is verified by itself, and was not looked at yet.
    held: Vec<Held>,
    /// Of a presentation, who presents.
    presenter: Option<Presenter>,
}

/// Where the facts of a credential were read.
enum Claims {
    None,
    Quads(Box<Reading>),
    Text(Value),
}

fn examine(bytes: &[u8], found: &Found, policy: &Policy, budget: &mut Budget) -> Examined {
    let mut examined = Examined::new();
    let Some(content) = unpack(bytes, found, &mut examined) else { return examined };
    let text = match content {
        Content::Json(text) => text,
        Content::HostedUrl(url) => {
            let answers = open_badge_2::examine(open_badge_2::Input::Address(&url), found, policy, budget);
            return examine_otherwise(examined, answers, policy);
        }
        token => return examine_packed(token, examined, found, policy, budget),
    };
    let value = match json::parse(&text, budget) {
        Ok(value) => value,
        Err(error) => {
            examined.checks.push(not_json(error));
            return examined;
        }
    };
    examine_value(&value, examined, found, policy, budget)
}

/// Takes the credential out of its containers, and notes these.
fn unpack(bytes: &[u8], found: &Found, examined: &mut Examined) -> Option<Content> {
    match container::unpack_with(bytes, &found.engines) {
        Ok(opened) => {
            examined.containers = opened.chain;
            let notes = opened.notes.iter().map(|note| Check::fail(check::CONTAINER_NOTE, note.id));
            examined.checks.extend(notes);
            Some(opened.content)
        }
        Err(refusal) => {
            let outcome = match refusal {
                container::Refusal::PartNotLoaded(_) => Outcome::Unknown,
                _ => Outcome::Fail,
            };
            let mut check = Check::new(check::CONTAINER_READABLE, outcome, refusal.id());
            check.params = refusal.params();
            examined.checks.push(check);
            None
        }
    }
}

/// Examines what stands inside a document: a credential as an object, or as the text of a token.
fn examine_held(value: &Value, found: &Found, policy: &Policy, budget: &mut Budget) -> Examined {
    let mut examined = Examined::new();
    let Some(text) = value.as_str() else { return examine_value(value, examined, found, policy, budget) };
    match unpack(text.as_bytes(), found, &mut examined) {
        Some(content) => examine_packed(content, examined, found, policy, budget),
        None => examined,
    }
}

/// Examines a token. JSON that was packed once more inside a document is none: wrappings would have no
/// end.
fn examine_packed(
    content: Content,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    match (content, found.engines.has_more()) {
        (Content::CompactJws(token), true) => examine_token(&token, examined, found, policy, budget),
        (Content::SdJwt(text), true) => disclosure::examine(&text, None, examined, found, policy, budget),
        (Content::CompactJws(_) | Content::SdJwt(_), false) => examined.without_more(),
        (Content::Json(_) | Content::HostedUrl(_), _) => {
            examined.checks.push(Check::fail(check::CONTAINER_READABLE, "envelope-empty"));
            examined
        }
    }
}

/// Examines a document that is no token: a credential, a presentation, or the envelope of either.
fn examine_value(
    value: &Value,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    match (SdJwt::is_json(value), found.engines.has_more()) {
        (false, _) => {}
        (true, true) => return disclosure::examine("", Some(value), examined, found, policy, budget),
        (true, false) => return examined.without_more(),
    }
    let check = match presentation::envelope(value) {
        None => return examine_document(value, None, examined, found, policy, budget),
        Some(Envelope::Link(link)) => {
            return match unpack(link.as_bytes(), found, &mut examined) {
                Some(content) => examine_packed(content, examined, found, policy, budget),
                None => examined,
            };
        }
        Some(Envelope::Cose) => Check::unknown(check::CONTAINER_READABLE, "cose-unsupported"),
        Some(Envelope::SaysMore) => Check::fail(check::DOCUMENT_STRUCTURE, "envelope-says-more"),
        Some(Envelope::Empty) => Check::fail(check::CONTAINER_READABLE, "envelope-empty"),
    };
    examined.checks.push(check);
    examined
}

#[inline(never)] // A gate: tokens are read by the part `more`.
fn examine_token(
    text: &str,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    let token = match jose::read(text, budget) {
        Ok(token) => token,
        Err(unread) => {
            examined.checks.push(not_read(unread));
            return examined;
        }
    };
    match token.credential() {
        Ok(document) => {
            let value = Value::Object(document);
            examine_document(&value, Some(&token), examined, found, policy, budget)
        }
        Err(reason) => {
            examined.checks.push(Check::fail(check::DOCUMENT_STRUCTURE, reason));
            examined
        }
    }
}

fn not_read(unread: jose::Unread) -> Check {
    match unread {
        jose::Unread::Payload(error) => not_json(error),
        jose::Unread::Token(reason) => Check::fail(check::DOCUMENT_STRUCTURE, reason),
    }
}

fn not_json(error: json::Error) -> Check {
    let check = match error.kind {
        // Two members of one name can be read two ways: somebody chose what each reader sees.
        ErrorKind::DuplicateMember => Check::fail(check::DOCUMENT_STRUCTURE, "json-duplicate-member"),
        ErrorKind::LoneSurrogate => Check::fail(check::DOCUMENT_JSON, "json-lone-surrogate"),
        ErrorKind::NumberRange => Check::fail(check::DOCUMENT_JSON, "json-number-range"),
        ErrorKind::Encoding => Check::fail(check::DOCUMENT_JSON, "json-encoding"),
        ErrorKind::Syntax => Check::fail(check::DOCUMENT_JSON, "json-syntax"),
        ErrorKind::Depth => Check::fail(check::DOCUMENT_JSON, "json-depth"),
        ErrorKind::Limit(limit) => Check::fail(check::DOCUMENT_JSON, "limit-reached").with("limit", limit.0),
    };
    check.with("offset", error.offset.to_string())
}

/// Examines the credential or presentation `value`, which `token` carries if there is one; else its own
/// proofs count.
fn examine_document(
    value: &Value,
    token: Option<&Token>,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    let (format, object) = match (format::recognise(value), value) {
        (Ok(format), Value::Object(object)) => (format, object),
        (recognised, _) => {
            let reason = recognised.err().unwrap_or("not-a-credential");
            examined.checks.push(Check::fail(check::CONTAINER_READABLE, reason));
            return examined;
        }
    };
    if format.name == format::open_badge_2::FORMAT.name {
        // In a token nothing is a claim of the token: the payload is the assertion.
        let assertion = token.map_or(object, |token| &token.payload);
        let badge = open_badge_2::Input::Assertion(assertion, token);
        return examine_otherwise(examined, open_badge_2::examine(badge, found, policy, budget), policy);
    }
    examined.format = Some(format.name);
    examined.checks.push(Check::pass(check::DOCUMENT_JSON, "is-json"));
    let says_to_present = token.map(|token| token.form.is_presentation());
    if says_to_present.unwrap_or(format.name == presentation::FORMAT.name) {
        examined.format = Some(presentation::FORMAT.name);
        return presented::examine(value, object, token, examined, found, policy, budget);
    }
    examined.checks.push(Check::pass(check::CONTAINER_READABLE, "holds-a-credential"));
    examined.checks.push(match format.name == presentation::FORMAT.name {
        true => Check::fail(check::DOCUMENT_STRUCTURE, "token-not-of-its-type"),
        false => structure::of_credential(object),
    });
    examined.checks.extend(token.map(|token| token::claims(token, object)).unwrap_or_default());
    let setting = proof::Setting { found, policy, proofs: &[], signer: Signer::Issuer };
    let domain = prove(object, token, &mut examined, setting, budget);
    examined.established = examined.witness.is_some() && examined.passed(check::ISSUER_CONTROLS_KEY);
    let mut examined = shape::examine(examine_facts(examined, domain, policy), value, found);
    if examined.format == Some(format::PLAIN) {
        examined = examined.with_properties(found);
    }
    parts::hold(&mut examined, value, found);
    examined
}

/// Looks for a signature over `object`, and sets the facts apart that it covers. The domain is the one
/// that the proof which carries the document proves.
fn prove(
    object: &Object,
    token: Option<&Token>,
    examined: &mut Examined,
    setting: proof::Setting,
    budget: &mut Budget,
) -> Option<String> {
    // The proofs, one by one, and which of them carries the document.
    let mut unsecured = Unsecured::new(object, setting.found);
    let member = object.get("proof").unwrap_or(&Value::Null);
    let is_text = token.is_some() || proof::all_sign_text(member.as_set());
    let is_plain =
        is_text && unsecured.as_json().as_object().is_some_and(|it| document::is_plain(it, token.is_some()));
    let preferred = if is_plain { Ok(None) } else { unsecured.read(&Profile::PREFERRED, budget).map(Some) };
    // A proof inside a token is covered by it, and needs no answer of its own.
    let member = if token.is_some() { &Value::Null } else { member };
    let setting = proof::Setting { proofs: member.as_set(), ..setting };
    let mut proofs: Vec<Evaluated> = Vec::new();
    if let Some(token) = token {
        proofs.push(token::evaluate(token, object, &setting, budget));
    }
    for (index, one) in member.as_set().iter().take(PROOFS_MAX).enumerate() {
        let at = if member.as_array().is_some() { format!("/proof/{index}") } else { "/proof".to_owned() };
        proofs.push(proof::evaluate(one, &at, &mut unsecured, &setting, budget));
    }
    if proofs.iter().any(|proof| !proof.previous.is_empty()) {
        chain::settle(&mut proofs);
    }
    let passed_over = member.as_set().len().saturating_sub(PROOFS_MAX);
    if passed_over > 0 {
        let check = Check::unknown(check::PROOF_SIGNATURE, "limit-reached").with("limit", "proofs");
        examined.checks.push(check.at("/proof").with("count", passed_over.to_string()));
    }
    let best = proof::best(&proofs).and_then(|index| proofs.get(index));
    examined.checks.push(proof::any_good(best));
    examined.checks.extend(proofs.iter().map(|proof| proof.signature.clone()));
    if let Some(best) = best {
        examined.checks.extend(best.others.iter().cloned());
        examined.needs.extend(best.needs.iter().cloned());
        examined.witness = best.witness.map(Witness::Signature);
    }

    // What that proof covers is what facts are read from.
    // Of proofs that all sign text it is the text, whether or not one could be verified.
    let covers = best.and_then(|proof| proof.covers.clone()).or(is_text.then_some(proof::Covers::Text));
    let is_text = covers == Some(proof::Covers::Text);
    let index = match &covers {
        Some(proof::Covers::Quads(profile)) => unsecured.read(profile, budget).map(Some),
        _ => preferred,
    };
    let reading = index.as_ref().map(|index| index.and_then(|index| unsecured.readings().get(index)));
    examined.checks.extend(match reading {
        Ok(Some(reading)) => document::lossless(Ok(reading), best, is_text),
        Ok(None) => document::of_plain_text(),
        Err(unread) => document::lossless(Err(unread), best, is_text),
    });
    examined.claims = match (&covers, index) {
        (Some(proof::Covers::Quads(_)) | None, Ok(Some(index))) => match unsecured.take_reading(index) {
            Some(reading) => Claims::Quads(Box::new(reading)),
            None => Claims::None,
        },
        _ => Claims::Text(by_value(unsecured.as_json())),
    };
    best.and_then(|proof| proof.domain.clone())
}

/// Goes on with the answers of a format that has rules of its own.
fn examine_otherwise(mut examined: Examined, answers: Examination, policy: &Policy) -> Examined {
    let Examination { format, checks, needs, witness, domain, document } = answers;
    examined.format = format.or(examined.format);
    examined.checks.extend(checks);
    examined.needs.extend(needs);
    examined.witness = witness;
    let Some(document) = document else { return examined };
    examined.claims = Claims::Text(by_value(&document));
    examined.established = examined.witness.is_some() && examined.passed(check::ISSUER_CONTROLS_KEY);
    examine_facts(examined, domain, policy)
}

/// The checks over the facts. `domain` is the one that the proof which carries the document proves.
fn examine_facts(mut examined: Examined, domain: Option<String>, policy: &Policy) -> Examined {
    let (facts, is_whole) = examined.claims.read_facts();
    examined.checks.push(document::within_limits(is_whole));
    examined.issuer =
        Issuer { id: facts.issuer.id.clone(), name: facts.issuer.name.clone(), ..Issuer::default() };
    if let (true, Some(domain)) = (examined.established, domain) {
        examined.issuer.identity = Identity::Domain;
        examined.issuer.domain = Some(domain);
    }
    let (check, listed) = issuer::listed(facts.issuer.id.as_deref(), examined.established, policy);
    examined.checks.push(check);
    if let Some(listed) = listed {
        examined.issuer.identity = Identity::Listed;
        let name = if listed.name.is_empty() { facts.issuer.id.as_deref() } else { Some(listed.name) };
        examined.issuer.listed_as = name.map(str::to_owned);
    }
    examined.checks.extend(validity::in_force(&facts, examined.established, policy));
    examined.facts = Some(facts);
    examined
}

/// `document` with every number in its canonical spelling: text proofs sign the value of a number,
/// and other digits of the same value would be shown as if they had been signed.
fn by_value(document: &Value) -> Value {
    jcs::with_canonical_numbers(document)
}

impl Claims {
    fn graph(&self) -> Option<Graph<'_>> {
        match self {
            Claims::Quads(reading) => Some(Graph::new(&reading.dataset.quads)),
            Claims::Text(_) | Claims::None => None,
        }
    }

    fn root<'a>(&'a self, graph: Option<&'a Graph<'a>>) -> Option<Node<'a>> {
        match (self, graph) {
            (Claims::Quads(reading), Some(graph)) => Some(Node::Quads(graph, &reading.dataset.root)),
            (Claims::Text(value), _) => Some(Node::Json(value)),
            _ => None,
        }
    }

    /// The facts, and whether they are all there are.
    fn read_facts(&self) -> (Credential, bool) {
        let graph = self.graph();
        let facts = self.root(graph.as_ref()).map(credential::read).unwrap_or_default();
        (facts, !graph.is_some_and(|graph| graph.is_exhausted()))
    }
}

impl Examined {
    /// Nothing is known yet.
    fn new() -> Self {
        Examined {
            containers: Vec::new(),
            format: None,
            checks: Vec::new(),
            needs: Vec::new(),
            issuer: Issuer::default(),
            witness: None,
            established: false,
            facts: None,
            claims: Claims::None,
            held: Vec::new(),
            presenter: None,
        }
    }

    /// What is met can be examined once a further part of the package is there.
    fn without_more(mut self) -> Examined {
        let check = Check::unknown(check::PROOF_ANY_GOOD, "part-not-loaded");
        self.checks.push(check.with("part", part::MORE));
        self
    }

    fn has(&self, id: &str) -> bool {
        self.checks.iter().any(|check| check.id == id)
    }

    fn passed(&self, row: Row) -> bool {
        self.checks.iter().any(|check| check.id == row.id && check.outcome == Outcome::Pass)
    }

    /// The report: checks in the catalogue's order, every required one present, folded.
    fn finish(mut self, source: &str, parts: Vec<Report>, found: &Found, policy: &Policy) -> Report {
        for row in CATALOGUE.iter().filter(|row| row.level == Level::Required) {
            if self.checks.iter().all(|check| check.id != row.id) {
                self.checks.push(Check::unknown(*row, "not-made"));
            }
        }
        let withheld = self.facts.as_ref().map(|facts| &*facts.withheld.under);
        proof::tell_absent_from_withheld(&mut self.checks, withheld.unwrap_or_default());
        let order = |id: &str| CATALOGUE.iter().position(|row| row.id == id);
        self.checks.sort_by_key(|check| order(check.id));
        let verdict = fold(&self.checks, self.witness.as_ref().filter(|_| self.established));
        let headline = headline(&self.checks, verdict, self.issuer.identity);
        let (credential, unverified) = match self.established {
            true => (self.facts, None),
            false => (None, self.facts),
        };
        Report {
            version: REPORT_VERSION,
            source: source.to_owned(),
            role: None,
            at: String::new(),
            containers: self.containers,
            format: self.format,
            verdict,
            headline,
            issuer: self.issuer,
            as_of: AsOf {
                now: policy.now,
                chosen: policy.now_chosen || found.has_pinned(),
                documents_read_at: found.pinned_read_at(),
            },
            checks: self.checks,
            needs: self.needs,
            credential,
            unverified,
            parts,
        }
    }
}
