//! Layer 6. What this verifier knows, as a text that programs and pages read.
//!
//! Every entry comes from the table that the verifier itself goes by, so that nothing can be listed that is
//! not there, nor be there and not listed; only the sentences are written here, and a test holds the two
//! together. It is a part of the package by itself: no credential needs it.

use crate::canon::jcs;
use crate::check::{CATALOGUE, schema, token};
use crate::codec::json::{Object, Value};
use crate::container::CONTAINERS;
use crate::crypto::{Algorithm, part};
use crate::did::METHODS;
use crate::format::FORMATS;
use crate::status::{KINDS, Method};
use crate::suite::{Derived, Form, SUITES, Suite};
use crate::{english, reason};

/// One thing that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its permanent id: as reports have it, or as its specification does.
    pub id: &'static str,
    /// What it is, in a sentence; empty where the sentence was forgotten.
    pub meaning: &'static str,
    /// Where it is specified.
    pub spec: &'static str,
    /// Whether it is read for the sake of what was issued, and should be issued no more.
    pub is_legacy: bool,
    /// The part of the package that holds it: `common`, or one of [`part`].
    pub part: &'static str,
}

/// Entries of one kind.
pub struct Section {
    /// `formats`, `containers`, …
    pub id: &'static str,
    /// The heading above them.
    pub title: &'static str,
    /// The entries, in the order of their table.
    pub entries: Vec<Entry>,
}

/// Everything that is known, by kind.
pub fn sections() -> Vec<Section> {
    let section = |id, title, entries| Section { id, title, entries };
    vec![
        section("formats", "Kinds of credentials", formats()),
        section("containers", "How they are packed", containers()),
        section("suites", "Embedded signatures", suites()),
        section("algorithms", "Signatures of tokens", algorithms()),
        section("methods", "Issuers", methods()),
        section("status", "Status lists", status()),
        section("schemas", "Schemas", schemas()),
        section("checks", "Checks", checks()),
    ]
}

/// [`sections`] and the reasons a check can give, as JSON text.
pub fn text() -> String {
    let sections = sections().iter().map(of_section).collect();
    let reasons = reason::all()
        .map(|reason| object(&[("id", reason.id), ("sentence", reason.sentence), ("remedy", reason.remedy)]));
    let mut about = Object::default();
    about.insert("version".into(), string(env!("CARGO_PKG_VERSION")));
    about.insert("sections".into(), Value::Array(sections));
    about.insert("reasons".into(), Value::Array(reasons.collect()));
    jcs::canonicalize(&Value::Object(about))
}

/// [`text`], whatever the question.
pub fn answer(_: &[&[u8]]) -> Option<Vec<String>> {
    Some(vec![text()])
}

/// What is told of each row of a table, gathered while this is compiled: a row that is asked while it runs brings along
/// all that the functions in it do, which is half a verifier.
macro_rules! told {
    ($table:path, $row:ident => $told:expr) => {{
        const ROWS: [(&str, &str, &str); $table.len()] = {
            let mut rows = [("", "", ""); $table.len()];
            let (mut from, mut to): (&[_], &mut [_]) = ($table, &mut rows);
            while let ([$row, next @ ..], [row, left @ ..]) = (from, to) {
                *row = $told;
                (from, to) = (next, left);
            }
            rows
        };
        ROWS
    }};
}

fn entries(kind: &'static str, rows: &[(&'static str, &'static str, &'static str)]) -> Vec<Entry> {
    rows.iter().map(|(id, spec, part)| entry(kind, id, spec, part)).collect()
}

fn formats() -> Vec<Entry> {
    entries("formats", &told!(FORMATS, it => (it.name, it.spec, COMMON)))
}

fn containers() -> Vec<Entry> {
    entries(
        "containers",
        &told!(CONTAINERS, it => (it.name, it.spec, if it.in_more { part::MORE } else { COMMON })),
    )
}

fn suites() -> Vec<Entry> {
    // Their table says itself which were replaced.
    let replaced = told!(SUITES, it => (it.name, if it.is_legacy { it.name } else { "" }, ""));
    let mut entries = entries("suites", &told!(SUITES, it => (it.name, it.spec, part_of_suite(it))));
    for (entry, (_, replaced, _)) in entries.iter_mut().zip(replaced) {
        entry.is_legacy = entry.id == replaced;
    }
    entries
}

const fn part_of_suite(suite: &Suite) -> &'static str {
    match suite.form {
        Form::Derived(Derived::Bbs) => part::PAIRING,
        Form::Derived(Derived::Ecdsa) | Form::DetachedJws(_) => part::MORE,
        Form::Value(_) => match suite.algorithms.first() {
            Some(algorithm) => part_of(*algorithm),
            None => COMMON,
        },
    }
}

/// Those of the registered names that tokens are verified with.
fn algorithms() -> Vec<Entry> {
    let verified = |name| token::algorithm(name, None).ok();
    let known = SENTENCES.iter().filter(|sentence| sentence.kind == "algorithms");
    known
        .filter_map(|known| Some(entry("algorithms", known.id, JOSE_REGISTRY, part_of(verified(known.id)?))))
        .collect()
}

fn methods() -> Vec<Entry> {
    entries("methods", &told!(METHODS, it => (it.name, it.spec, COMMON)))
}

fn status() -> Vec<Entry> {
    let rows = told!(KINDS, it => {
        (it.entry_type, it.spec, if matches!(it.method, Method::Bitstring) { COMMON } else { part::MORE })
    });
    entries("status", &rows)
}

fn schemas() -> Vec<Entry> {
    entries("schemas", &told!(schema::KINDS, it => (it.name, it.spec, part::SCHEMA)))
}

fn checks() -> Vec<Entry> {
    CATALOGUE.iter().map(|row| entry("checks", row.id, row.spec, COMMON)).collect()
}

fn entry(kind: &'static str, id: &'static str, spec: &'static str, part: &'static str) -> Entry {
    let sentence = SENTENCES.iter().find(|known| known.kind == kind && known.id == id);
    let part = sentence.and_then(|sentence| sentence.part).unwrap_or(part);
    Entry {
        id,
        meaning: sentence.map_or("", |sentence| sentence.text),
        spec,
        is_legacy: sentence.is_some_and(|sentence| sentence.is_legacy),
        part,
    }
}

const fn part_of(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Ed25519 => COMMON,
        Algorithm::EcdsaP256Sha256 | Algorithm::EcdsaP384Sha384 => part::CURVES,
        Algorithm::EcdsaP521Sha512 | Algorithm::EcdsaSecp256k1Sha256 => part::RARE_KEYS,
        Algorithm::RsaPkcs1Sha256
        | Algorithm::RsaPkcs1Sha384
        | Algorithm::RsaPkcs1Sha512
        | Algorithm::RsaPssSha256
        | Algorithm::RsaPssSha384
        | Algorithm::RsaPssSha512 => part::RSA,
    }
}

fn of_section(section: &Section) -> Value {
    let entries = section.entries.iter().map(|entry| {
        let label = [section.id.strip_suffix('s').unwrap_or_default(), ".", entry.id].concat();
        let title = if section.id == "checks" { english::text(&label) } else { entry.id };
        let mut members = vec![
            ("id", entry.id),
            ("meaning", entry.meaning),
            ("part", entry.part),
            ("spec", entry.spec),
            ("title", title),
        ];
        members.extend(entry.is_legacy.then_some(("legacy", "yes")));
        object(&members)
    });
    let entries = Value::Array(entries.collect());
    let mut object = Object::default();
    object.insert("id".into(), string(section.id));
    object.insert("title".into(), string(section.title));
    object.insert("entries".into(), entries);
    Value::Object(object)
}

fn object(members: &[(&str, &str)]) -> Value {
    let mut object = Object::default();
    for (name, text) in members {
        object.insert((*name).into(), string(text));
    }
    Value::Object(object)
}

fn string(text: &str) -> Value {
    Value::String(text.into())
}

/// The part that every page loads.
pub const COMMON: &str = "common";
const JOSE_REGISTRY: &str = "https://www.rfc-editor.org/rfc/rfc7518#section-3.1";

/// What one thing is, in a sentence.
pub struct Sentence {
    /// The section.
    pub kind: &'static str,
    /// The entry.
    pub id: &'static str,
    text: &'static str,
    is_legacy: bool,
    /// Where no table says it: the part that holds it.
    part: Option<&'static str>,
}

const fn is(kind: &'static str, id: &'static str, text: &'static str) -> Sentence {
    Sentence { kind, id, text, is_legacy: false, part: None }
}

const fn was(kind: &'static str, id: &'static str, text: &'static str) -> Sentence {
    Sentence { kind, id, text, is_legacy: true, part: None }
}

const fn in_more(sentence: Sentence) -> Sentence {
    Sentence { part: Some(part::MORE), ..sentence }
}

/// Every sentence. Names of JOSE algorithms stand here whether or not they are verified: asking the code
/// that verifies tokens says which are.
pub const SENTENCES: &[Sentence] = &[
    is(
        "formats",
        "open-badge-3",
        "A badge that follows Open Badges 3.0: what somebody achieved, and who says so.",
    ),
    is("formats", "status-list-credential", "A list in which an issuer marks the credentials it withdrew."),
    is("formats", "plain-credential", "Any other credential in the W3C's data model, version 1.1 or 2.0."),
    is("formats", "endorsement", "What somebody says in favour of a badge, an achievement or an issuer."),
    is(
        "formats",
        "clr-2",
        "A record that follows CLR 2.0: credentials of one learner, held together by one more signature.",
    ),
    in_more(is(
        "formats",
        "presentation",
        "Credentials that their holder hands over, signed by the holder or not.",
    )),
    in_more(is("formats", "sd-jwt-vc", "A token whose holder chose which of its claims to show.")),
    in_more(is("formats", "signed-statement", "A token of the same kind that names no type.")),
    in_more(is(
        "formats",
        "open-badge-2",
        "A badge that follows Open Badges 2.0 or 2.1, on its issuer's site or signed.",
    )),
    in_more(was("formats", "open-badge-1", "A badge that follows Open Badges 1.0 or 1.1.")),
    is("containers", "sd-jwt", "A signed token with disclosures behind it."),
    is("containers", "json-text", "The credential itself, as JSON."),
    is("containers", "compact-jws", "A signed token: three texts with points between them."),
    is("containers", "png", "A PNG image with a badge baked into it."),
    is("containers", "svg", "An SVG image with a badge baked into it."),
    is("containers", "data-uri", "A data: address that holds one of the others."),
    is("containers", "fragment", "A link that carries the credential behind its #."),
    is("containers", "json-string", "JSON text that was wrapped into a JSON string."),
    is("suites", "eddsa-rdfc-2022", "Ed25519 over the statements of the credential."),
    is("suites", "eddsa-jcs-2022", "Ed25519 over the JSON of the credential."),
    is("suites", "ecdsa-rdfc-2019", "ECDSA, on P-256 or P-384, over the statements of the credential."),
    is("suites", "ecdsa-jcs-2019", "ECDSA, on P-256 or P-384, over the JSON of the credential."),
    was(
        "suites",
        "JsonWebSignature2020",
        "The statements of the credential, signed as a token signs, by many keys.",
    ),
    was(
        "suites",
        "Ed25519Signature2018",
        "Ed25519 over the statements of the credential, signed as a token signs.",
    ),
    was(
        "suites",
        "EcdsaSecp256k1Signature2019",
        "ECDSA on secp256k1 over the statements, signed as a token signs.",
    ),
    was(
        "suites",
        "eddsa-2022",
        "Ed25519 over the statements of the credential, under the name that drafts gave it.",
    ),
    is(
        "suites",
        "Ed25519Signature2020",
        "Ed25519 over the statements of the credential, as signed before 2023.",
    ),
    is("suites", "ecdsa-sd-2023", "ECDSA on P-256 over single statements, of which the holder shows some."),
    is("suites", "bbs-2023", "BBS over single statements, of which the holder shows some and is not traced."),
    is("algorithms", "EdDSA", "Ed25519, under the name that means several curves."),
    is("algorithms", "Ed25519", "Ed25519, under its own name."),
    is("algorithms", "ES256", "ECDSA on the curve P-256."),
    is("algorithms", "ES384", "ECDSA on the curve P-384."),
    is("algorithms", "ES512", "ECDSA on the curve P-521."),
    is("algorithms", "ES256K", "ECDSA on the curve secp256k1, which is that of Bitcoin."),
    is("algorithms", "RS256", "RSA with SHA-256, which every reader of Open Badges must know."),
    is("algorithms", "RS384", "RSA with SHA-384."),
    is("algorithms", "RS512", "RSA with SHA-512."),
    is("algorithms", "PS256", "RSA with SHA-256 and padding drawn by lot."),
    is("algorithms", "PS384", "RSA with SHA-384 and padding drawn by lot."),
    is("algorithms", "PS512", "RSA with SHA-512 and padding drawn by lot."),
    is("methods", "key", "The issuer's name is its key, so no document is needed, and nobody is named."),
    is("methods", "jwk", "The same, with the key written as a JSON Web Key."),
    is("methods", "web", "The issuer is a web site, which publishes its keys at an address of its own."),
    is("status", "BitstringStatusListEntry", "One bit in a compressed list that the issuer signs."),
    was("status", "StatusList2021Entry", "One bit in a list of the draft before Bitstring Status List."),
    was("status", "RevocationList2020Status", "One bit in the first list of this kind."),
    is("status", "TokenStatusList", "One or more bits in a list that is itself a signed token."),
    is("status", "1EdTechRevocationList", "A list of the ids that were withdrawn, with reasons."),
    is("schemas", "JsonSchema", "A JSON Schema, in a draft that it names itself."),
    is("schemas", "1EdTechJsonSchemaValidator2019", "A JSON Schema as Open Badges 3.0 and CLR 2.0 name it."),
    was("schemas", "JsonSchemaValidator2018", "A JSON Schema as the first data model named it."),
    is("checks", "container.readable", "The file holds a credential that can be taken out."),
    is("checks", "container.note", "Something about the packing is unusual."),
    is("checks", "document.json", "It is JSON that can be read in one way only."),
    is(
        "checks",
        "document.structure",
        "It has the members that its data model asks for, each of the right kind.",
    ),
    is("checks", "document.json-ld", "Its terms can be looked up in its vocabularies."),
    is(
        "checks",
        "document.contexts-known",
        "Its vocabularies are embedded here or were handed over by the page.",
    ),
    is("checks", "document.all-terms-defined", "Nothing in it is left out of what was signed."),
    is(
        "checks",
        "document.empty-address",
        "It has an address without text, which is not signed and says nothing.",
    ),
    is(
        "checks",
        "document.plain-terms",
        "What is read is said in the published terms, and not in a roundabout way.",
    ),
    is("checks", "document.one-root", "What was signed says which of its parts is the credential."),
    is("checks", "document.within-limits", "It is small enough for all of its facts to be read."),
    is("checks", "document.open-badges-shape", "A badge or transcript leaves out what Open Badges asks for."),
    is("checks", "document.context-variant", "A vocabulary was read in the other of its published contents."),
    is("checks", "document.language-case", "Names of languages were read with their capitals."),
    is("checks", "proof.any-good", "At least one signature is right, and covers what is shown."),
    is("checks", "proof.signature", "What each signature by itself is worth."),
    is("checks", "proof.purpose", "It was signed in order to assert something, and not to log in."),
    is("checks", "proof.created", "It was not signed in the future."),
    is("checks", "proof.expires", "The signature has not passed the time its signer gave it."),
    is("checks", "proof.domain", "It was signed for the place that asks."),
    is("checks", "proof.challenge", "It was signed in answer to the question of the place that asks."),
    is("checks", "token.claims", "A signed token has the claims that Open Badges asks for."),
    is("checks", "proof.method-fragment", "The signature names its key, and not the issuer alone."),
    is("checks", "issuer.controls-key", "The key is one that the issuer publishes for such signatures."),
    is("checks", "issuer.listed", "The issuer stands on a list of the page that shows it."),
    is("checks", "validity.from", "Its time has come."),
    is("checks", "validity.until", "Its time is not over."),
    is("checks", "status.revocation", "It was not withdrawn for good."),
    is("checks", "status.suspension", "It was not withdrawn for a time."),
    is("checks", "status.other", "What other lists say that it names."),
    is(
        "checks",
        "status.list-issuer-differs",
        "Whether the issuer signs its own list, or somebody else does.",
    ),
    is("checks", "status.list-length", "Whether the list is long enough to hide who is looked up."),
    is("checks", "status.list-address", "Whether the list names the address it was read at."),
    is("checks", "schema.conforms", "It is built as the schemas it names say."),
    is("checks", "document.properties", "What it says in words that no badge has is listed."),
    is(
        "checks",
        "document.edition",
        "It is written in an edition of Open Badges that was replaced long ago.",
    ),
    is("checks", "document.hosted-copy", "The file says what its publisher says at its address."),
    is("checks", "proof.selective", "The holder chose what to show of what was signed."),
    is("checks", "proof.legacy-suite", "It was signed in a way that has been replaced."),
    is("checks", "presentation.holder-key", "The key is one that the holder publishes."),
    is(
        "checks",
        "presentation.holder-binding",
        "Whoever hands it over controls the key or the name that it is made out to.",
    ),
    is(
        "checks",
        "presentation.credentials",
        "The credentials that are handed over are genuine and in force.",
    ),
    is(
        "checks",
        "integrity.linked-resources",
        "Pictures and documents elsewhere are still those that were signed for.",
    ),
    is("checks", "recipient.matches", "It was given to the person that the page asks about."),
    is("checks", "type.metadata", "The author of its type says how it and its claims are called."),
    is("checks", "endorsement.about", "An endorsement is about what it stands on."),
    is("checks", "members.verified", "The credentials in a record are genuine, each by itself."),
    is("checks", "credential.refreshed", "Whether its issuer has a newer version, which then counts."),
    is("checks", "endorsement.verified", "What others say in its favour is signed by them."),
];
