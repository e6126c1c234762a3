//! Layer 5. The whole algorithm, on one page.
//!
//! [`verify`] is a pure function: the same bytes, answers and policy give the same report. It is
//! called again whenever more was found, until it stops asking. It decides nothing itself: it puts
//! the questions of `check/` in order, works through the parts, and folds the answers.

use crate::canon::jcs;
use crate::check::examination::Examination;
use crate::check::proof::Evaluated;
use crate::check::refresh::Newer;
use crate::check::{
    self, CATALOGUE, chain, document, integrity, issuer, proof, recipient, refresh, sd_jwt, status,
    status_list, structure, token, validity,
};
use crate::claims::{Graph, Node};
use crate::codec::json::{self, ErrorKind, Value};
use crate::container::{self, Content};
use crate::credential::{self, Credential};
use crate::crypto::part;
use crate::format;
use crate::limits::{Budget, PROOFS_MAX};
use crate::need::{Answer, Found, Need};
use crate::policy::Policy;
use crate::report::{
    AsOf, Check, Identity, Issuer, Level, Outcome, REPORT_VERSION, Report, Row, Witness, fold, headline,
};
use crate::securing::data_integrity::{Profile, Reading, Unsecured};
use crate::securing::jose::{self, Token};
use crate::securing::sd_jwt::SdJwt;
use crate::status::Kind;

/// Verifies the credential in `bytes`, which came from `source` (a name for people, never trusted).
///
/// Never fails: bad input is a report. Costs at most one [`Budget`].
pub fn verify(bytes: &[u8], source: &str, found: &Found, policy: &Policy) -> Report {
    let mut budget = Budget::full();
    // 1. Unpack, read, and check everything that needs no other document but the issuer's.
    let mut examined = examine(bytes, found, policy, &mut budget);
    // 2. Examine a newer version, where the issuer offers one: its dates and standing are what counts.
    let mut newer = examine_newer(&mut examined, found, policy, &mut budget);
    // 3. Examine the status lists that are at hand, each as a credential of its own, and read the standing
    // out of them.
    let current = newer.as_ref().map(|newer| &newer.examined).filter(|newer| newer.names_status());
    let current = current.unwrap_or(&examined);
    let lists = examine_lists(current, found, policy, &mut budget);
    let (checks, needs) = standing(current, &lists, found, policy, &mut budget);
    if let Some(newer) = &mut newer {
        newer.examined.checks.extend(checks.iter().cloned());
    }
    examined.checks.extend(checks);
    examined.needs.extend(needs);
    // 4. Answer what the caller asked beside.
    let compared = examined.facts.as_ref();
    let compared = compared.map(|facts| integrity::linked(facts, examined.established, found, policy));
    let integrity::Compared { checks, needs } = compared.unwrap_or_default();
    examined.checks.extend(checks);
    examined.needs.extend(needs);
    let facts = examined.facts.as_ref();
    examined.checks.extend(recipient::asked(facts, examined.established, &found.engines, policy));
    // 5. Fold.
    let newer = newer.map(|newer| newer.examined.finish(&newer.url, Vec::new(), found, policy));
    let parts = newer.into_iter().chain(lists.into_iter().map(|list| list.report)).collect();
    examined.finish(source, parts, found, policy)
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
}

/// Where the facts of a credential were read.
enum Claims {
    None,
    Quads(Box<Reading>),
    Text(Value),
}

/// A newer version of a credential.
struct NewerVersion {
    url: String,
    examined: Examined,
}

/// A status list that was at hand.
struct List {
    url: String,
    kind: &'static Kind,
    read_at: Option<i64>,
    pinned: bool,
    claims: Claims,
    report: Report,
}

fn examine(bytes: &[u8], found: &Found, policy: &Policy, budget: &mut Budget) -> Examined {
    let mut examined = Examined::blank();
    let opened = match container::unpack_with(bytes, found.engines.has_more()) {
        Ok(opened) => opened,
        Err(refusal) => {
            let outcome = match refusal {
                container::Refusal::PartNotLoaded => Outcome::Unknown,
                _ => Outcome::Fail,
            };
            let mut check = Check::new(check::CONTAINER_READABLE, outcome, refusal.id());
            check.params = refusal.params();
            examined.checks.push(check);
            return examined;
        }
    };
    examined.containers = opened.chain;
    let notes = opened.notes.iter().map(|note| Check::fail(check::CONTAINER_NOTE, note.id));
    examined.checks.extend(notes);
    let text = match opened.content {
        Content::Json(text) => text,
        Content::CompactJws(token) => return examine_token(&token, examined, found, policy, budget),
        Content::SdJwt(text) => {
            return match found.engines.has_more() {
                true => examine_sd_jwt(&text, None, examined, found, policy, budget),
                false => examined.without_more(),
            };
        }
        Content::HostedUrl(url) => {
            examined.checks.push(Check::fail(check::CONTAINER_READABLE, "hosted-badge").with("url", url));
            return examined;
        }
    };
    let value = match json::parse(&text, budget) {
        Ok(value) => value,
        Err(error) => {
            examined.checks.push(not_json(error));
            return examined;
        }
    };
    match (SdJwt::is_json(&value), found.engines.has_more()) {
        (false, _) => examine_document(&value, None, examined, found, policy, budget),
        (true, true) => examine_sd_jwt("", Some(&value), examined, found, policy, budget),
        (true, false) => examined.without_more(),
    }
}

/// A token with selective disclosure: `text` in compact serialization, or else `json`.
#[inline(never)] // The way into a part that is loaded where it is needed.
fn examine_sd_jwt(
    text: &str,
    json: Option<&Value>,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    let setting = proof::Setting { found, policy, proofs: &[] };
    let sd_jwt = match json {
        Some(value) => SdJwt::from_json(value).map_err(jose::Unread::Token),
        None => Ok(SdJwt::from_compact(text)),
    };
    let presented = sd_jwt.as_ref().map_err(|unread| *unread);
    let presented = match presented.and_then(|sd_jwt| sd_jwt::examine(sd_jwt, &setting, budget)) {
        Ok(presented) => presented,
        Err(unread) => {
            examined.checks.push(not_read(unread));
            return examined;
        }
    };
    let mut examined = match presented.credential {
        Some((token, credential)) => {
            let value = Value::Object(credential);
            let mut examined = examine_document(&value, Some(&token), examined, found, policy, budget);
            sd_jwt::replace(&mut examined.checks, presented.answers.checks);
            examined
        }
        None => examine_otherwise(examined, presented.answers, policy),
    };
    if let Some(facts) = &mut examined.facts {
        facts.withheld = presented.withheld;
    }
    examined
}

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
        Ok(credential) => {
            let value = Value::Object(credential);
            examine_document(&value, Some(&token), examined, found, policy, budget)
        }
        Err(reason) => {
            let row =
                if reason == "presentation" { check::CONTAINER_READABLE } else { check::DOCUMENT_STRUCTURE };
            examined.checks.push(Check::fail(row, reason));
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

/// Examines the credential `value`, which `token` carries if there is one; else its own proofs count.
fn examine_document(
    value: &Value,
    token: Option<&Token>,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    let object = match (format::recognise(value), value) {
        (Ok(format), Value::Object(object)) => {
            examined.format = Some(format.name);
            object
        }
        (recognised, _) => {
            let reason = recognised.err().unwrap_or("not-a-credential");
            examined.checks.push(Check::fail(check::CONTAINER_READABLE, reason));
            return examined;
        }
    };
    examined.checks.push(Check::pass(check::CONTAINER_READABLE, "holds-a-credential"));
    examined.checks.push(Check::pass(check::DOCUMENT_JSON, "is-json"));
    examined.checks.push(structure::of_credential(object));
    examined.checks.extend(token.map(|token| token::claims(token, object)).unwrap_or_default());

    // The proofs, one by one, and which of them carries the document.
    let mut unsecured = Unsecured::new(object, found);
    let member = object.get("proof").unwrap_or(&Value::Null);
    let is_text = token.is_some() || proof::all_sign_text(member.as_set());
    let is_plain =
        is_text && unsecured.as_json().as_object().is_some_and(|it| document::is_plain(it, token.is_some()));
    let preferred = if is_plain { Ok(None) } else { unsecured.read(&Profile::PREFERRED, budget).map(Some) };
    // A proof inside a token is covered by it, and needs no answer of its own.
    let member = if token.is_some() { &Value::Null } else { member };
    let setting = proof::Setting { found, policy, proofs: member.as_set() };
    let mut proofs: Vec<Evaluated> = Vec::new();
    if let Some(token) = token {
        proofs.push(token::evaluate(token, object, &setting, budget));
    }
    for (index, one) in member.as_set().iter().take(PROOFS_MAX).enumerate() {
        let at = if member.as_array().is_some() { format!("/proof/{index}") } else { "/proof".to_owned() };
        proofs.push(proof::evaluate(one, &at, &mut unsecured, &setting, budget));
    }
    chain::settle(&mut proofs);
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
    let covers = best.and_then(|proof| proof.covers.clone());
    let index = match &covers {
        Some(proof::Covers::Quads(profile)) => unsecured.read(profile, budget).map(Some),
        _ => preferred,
    };
    let reading = index.as_ref().map(|index| index.and_then(|index| unsecured.readings().get(index)));
    examined.checks.extend(match reading {
        Ok(Some(reading)) => document::lossless(Ok(reading), best),
        Ok(None) => document::of_plain_text(),
        Err(unread) => document::lossless(Err(unread), best),
    });
    examined.claims = match (&covers, index) {
        (Some(proof::Covers::Quads(_)) | None, Ok(Some(index))) => match unsecured.take_reading(index) {
            Some(reading) => Claims::Quads(Box::new(reading)),
            None => Claims::None,
        },
        _ => Claims::Text(by_value(unsecured.as_json())),
    };
    examined.established = examined.witness.is_some() && examined.passed(check::ISSUER_CONTROLS_KEY);

    let domain = best.and_then(|proof| proof.domain.clone());
    examine_facts(examined, domain, policy)
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
    if facts.schemas > 0 {
        examined.checks.push(Check::unknown(check::SCHEMA_CONFORMS, "schema-not-checked"));
    }
    if facts.endorsements > 0 {
        let check = Check::unknown(check::ENDORSEMENTS_VERIFIED, "endorsements-not-checked");
        examined.checks.push(check.with("count", facts.endorsements.to_string()));
    }
    examined.facts = Some(facts);
    examined
}

/// `document` with every number in its canonical spelling: text proofs sign the value of a number,
/// and other digits of the same value would be shown as if they had been signed.
fn by_value(document: &Value) -> Value {
    jcs::with_canonical_numbers(document)
}

/// A newer version that may stand for the credential at hand; none where the original stays as it is.
fn examine_newer(
    examined: &mut Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Option<NewerVersion> {
    let facts = examined.facts.as_ref()?;
    let (url, bytes) = match refresh::look_for(facts, examined.established, found) {
        Newer::None => return None,
        Newer::Missing(check, need) => {
            examined.checks.push(check);
            examined.needs.extend(need);
            return None;
        }
        Newer::At(url, bytes) => (url.to_owned(), bytes),
    };
    budget.part().ok()?;
    let newer = examine(bytes, found, policy, budget);
    let check = refresh::may_stand(facts, newer.facts.as_ref(), newer.established, &newer.checks);
    let is_used = check.outcome == Outcome::Pass;
    if newer.issuer.id == examined.issuer.id {
        examined.needs.extend(newer.needs.iter().cloned());
    }
    examined.checks.push(check);
    if is_used {
        examined.checks.retain(|check| !refresh::is_of_dates(check));
        examined.checks.extend(newer.checks.iter().filter(|check| refresh::is_of_dates(check)).cloned());
    }
    is_used.then_some(NewerVersion { url, examined: newer })
}

fn examine_lists(examined: &Examined, found: &Found, policy: &Policy, budget: &mut Budget) -> Vec<List> {
    // Nobody makes a list for one visit: domain and challenge are asked of the credential alone.
    let policy = &Policy { domain: None, challenge: None, ..policy.clone() };
    let facts = examined.facts.as_ref().filter(|_| examined.established);
    let urls = facts.map(|facts| status::lists(facts, &found.engines)).unwrap_or_default();
    let mut lists = Vec::new();
    for (url, kind) in urls {
        let Some(Answer::Document { bytes, read_at, pinned }) = found.answer(&url) else { continue };
        if bytes.len() > status::LIST_BYTES_MAX {
            continue;
        }
        if budget.part().is_err() {
            break;
        }
        let mut list = match status::is_credential(kind) {
            true => examine(bytes, found, policy, budget),
            false => {
                let signer = facts.and_then(|facts| facts.issuer.id.as_deref());
                let answers = status_list::examine(kind, bytes, signer, found, policy, budget);
                examine_otherwise(Examined::blank(), answers, policy)
            }
        };
        // A list's own status is not followed: a chain of lists would have no end.
        list.checks.push(Check::skipped(check::STATUS_REVOCATION, "list-status-not-followed"));
        list.checks.push(Check::skipped(check::STATUS_SUSPENSION, "list-status-not-followed"));
        let claims = std::mem::replace(&mut list.claims, Claims::None);
        let report = list.finish(&url, Vec::new(), found, policy);
        lists.push(List { url, kind, read_at: *read_at, pinned: *pinned, claims, report });
    }
    lists
}

fn standing(
    examined: &Examined,
    lists: &[List],
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> (Vec<Check>, Vec<Need>) {
    let Some(facts) = &examined.facts else { return (Vec::new(), Vec::new()) };
    if !examined.established {
        return (status::waiting(facts), Vec::new());
    }
    let graphs: Vec<Option<Graph>> = lists.iter().map(|list| list.claims.graph()).collect();
    let verified: Vec<status::VerifiedList> = lists
        .iter()
        .zip(&graphs)
        .map(|(list, graph)| status::VerifiedList {
            url: &list.url,
            report: &list.report,
            opened: status::open(
                list.kind,
                &list.report,
                list.claims.root(graph.as_ref()),
                &found.engines,
                budget,
            ),
            id: list.claims.root(graph.as_ref()).and_then(Node::id),
            read_at: list.read_at,
            pinned: list.pinned,
        })
        .collect();
    let asked = status::in_good_standing(facts, &verified, found, policy);
    // A list that lacks its signer's document asks for it through the credential.
    let of_lists = lists.iter().flat_map(|list| list.report.needs.iter().cloned());
    (asked.checks, asked.needs.into_iter().chain(of_lists).collect())
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
    fn blank() -> Examined {
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
        }
    }

    /// What is met can be examined once a further part of the package is there.
    fn without_more(mut self) -> Examined {
        let check = Check::unknown(check::PROOF_ANY_GOOD, "part-not-loaded");
        self.checks.push(check.with("part", part::MORE));
        self
    }

    /// Whether it says where its standing is published. A newer version that does not cannot clear the
    /// original.
    fn names_status(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| !facts.status.is_empty())
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
