//! Layer 4. Whether things that stand elsewhere are still what they were when the credential was signed.
//!
//! An issuer may sign the digest of a context, a schema, an image or a piece of evidence. Whoever uses such a
//! thing must compare; what is not used here is not fetched for the sake of comparing, unless the viewer asks
//! for it. Contexts are never fetched: those embedded are compared as they are.
//! Spec: [VCDM 2.0 §5.3](https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources).

use crate::canon::contexts;
use crate::check::{DOCUMENT_STRUCTURE, INTEGRITY_LINKED};
use crate::codec::{base64url, multibase};
use crate::credential::{Credential, Linked};
use crate::crypto::{part, sha256, sha384, sha512};
use crate::did::web::is_web_address;
use crate::limits::{LINKED_BYTES_MAX, LINKED_MAX};
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::policy::Policy;
use crate::report::{Check, Level, Row};

/// What came of comparing.
#[derive(Default)]
pub struct Compared {
    /// `integrity.linked-resources`, and `document.structure` where a digest is none.
    pub checks: Vec<Check>,
    /// What the viewer asks for and is not at hand.
    pub needs: Vec<Need>,
}

/// Compares what `credential` links to; says nothing where it signs no digests.
pub fn linked(credential: &Credential, is_established: bool, found: &Found, policy: &Policy) -> Compared {
    let unknown = |reason| Check::unknown(DIGESTED, reason);
    let check = match (credential.linked.is_empty(), is_established, found.engines.has_more()) {
        (true, ..) => return Compared::default(),
        (_, false, _) => unknown("waits-for-signature"),
        (_, _, false) => unknown("part-not-loaded").with("part", part::MORE),
        _ => return compare(&credential.linked, found, policy),
    };
    Compared { checks: vec![check], needs: Vec::new() }
}

#[inline(never)]
fn compare(all: &[Linked], found: &Found, policy: &Policy) -> Compared {
    let mut comparing = Comparing {
        found,
        policy,
        compared: Compared::default(),
        same: 0,
        unused: 0,
        bytes_left: LINKED_BYTES_MAX,
    };
    for (index, one) in all.iter().take(LINKED_MAX).enumerate() {
        // Each address stands once among the related resources: of two digests nobody knows which holds.
        let before = all.iter().take(index).filter(|other| is_related(other) && is_related(one));
        let is_repeated = before.into_iter().any(|other| other.url == one.url);
        match (&one.url, digests(one)) {
            (Some(url), Some(digests)) if !is_repeated => comparing.look_at(one, url, &digests),
            _ => comparing.note(one, "", Check::fail(DOCUMENT_STRUCTURE, "linked-digest-malformed")),
        }
    }
    let Comparing { mut compared, same, unused, .. } = comparing;
    if all.len() > LINKED_MAX {
        let check = Check::unknown(DIGESTED, "limit-reached");
        compared.checks.push(check.with("limit", "linked-resources"));
    }
    let count = |check: Check, count: usize| check.with("count", count.to_string());
    match (same, unused) {
        (0, 0) => {}
        (0, _) => compared.checks.push(count(Check::skipped(DIGESTED, "linked-resources-not-used"), unused)),
        _ => compared.checks.push(count(Check::pass(DIGESTED, "linked-resources-match"), same)),
    }
    compared
}

/// Comparing under way.
struct Comparing<'a> {
    found: &'a Found,
    policy: &'a Policy,
    compared: Compared,
    same: usize,
    unused: usize,
    bytes_left: usize,
}

impl Comparing<'_> {
    fn look_at(&mut self, one: &Linked, url: &str, digests: &[Digest]) {
        let unknown = |reason| Check::unknown(DIGESTED, reason);
        match at_hand(url, self.found) {
            At::Hand(contents) => self.compare(one, url, &contents, digests),
            At::Unreachable(reason) if self.policy.linked => {
                self.note(one, url, unknown("linked-resource-unreachable").with("why", reason));
            }
            At::Elsewhere if self.policy.linked && is_web_address(url) => {
                self.note(one, url, unknown("linked-resource-not-fetched"));
                let kind = if one.role == "image" { NeedKind::Image } else { NeedKind::Resource };
                let (for_check, bytes_max) = (DIGESTED.id, kind.bytes_max());
                self.compared.needs.push(Need { url: url.to_owned(), kind, for_check, bytes_max });
            }
            At::Unreachable(_) | At::Elsewhere => self.unused += 1,
        }
    }

    fn compare(&mut self, one: &Linked, url: &str, contents: &[&[u8]], digests: &[Digest]) {
        let bytes = contents.iter().map(|content| content.len()).sum();
        let Some(left) = self.bytes_left.checked_sub(bytes) else {
            let check = Check::unknown(DIGESTED, "limit-reached").with("limit", "linked-bytes");
            return self.note(one, url, check);
        };
        self.bytes_left = left;
        match contents.iter().map(|content| is_what_was_signed(content, digests)).max() {
            Some(Comparison::Same) => self.same += 1,
            Some(Comparison::Unsupported) => {
                self.note(one, url, Check::unknown(DIGESTED, "linked-digest-unsupported"));
            }
            _ => self.note(one, url, Check::fail(DIGESTED, "linked-resource-differs")),
        }
    }

    fn note(&mut self, one: &Linked, url: &str, check: Check) {
        let check = check.with("url", url).with("host", host(url)).at(format!("/{}", one.role));
        self.compared.checks.push(check);
    }
}

fn is_related(linked: &Linked) -> bool {
    linked.role == "relatedResource"
}

/// Where the content of an address is.
enum At<'a> {
    /// Here; a context that was published with two contents has both.
    Hand(Vec<&'a [u8]>),
    /// It was asked for in vain.
    Unreachable(&'static str),
    /// Nobody asked for it.
    Elsewhere,
}

fn at_hand<'a>(url: &str, found: &'a Found) -> At<'a> {
    let embedded: Vec<&[u8]> =
        [false, true].into_iter().filter_map(|variant| contexts::embedded(url, variant)).collect();
    if !embedded.is_empty() {
        return At::Hand(embedded);
    }
    match found.answer(url) {
        Some(Answer::Document { bytes, .. }) => At::Hand(vec![bytes]),
        Some(Answer::Failed(reason)) => At::Unreachable(reason),
        None => At::Elsewhere,
    }
}

/// How a content compares, worst first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// It is another one, or what was signed is no digest.
    Differs,
    /// It has digests by unknown hashes alone.
    Unsupported,
    /// It is what was signed.
    Same,
}

/// How `content` compares with the digests in `integrity`, text as SRI writes them.
pub fn compare_with(content: &[u8], integrity: &str) -> Comparison {
    let digests: Option<Vec<Digest>> = expressions(integrity).collect();
    digests.map_or(Comparison::Differs, |digests| is_what_was_signed(content, &digests))
}

/// A hash by its bits, and the digest; bits are 0 where the hash is none of ours.
type Digest = (u16, Vec<u8>);

/// The strongest of the hashes decides, by any of its digests, as for scripts in a page
/// ([SRI §3.3.4](https://www.w3.org/TR/SRI/#does-response-match-metadatalist)).
fn is_what_was_signed(content: &[u8], digests: &[Digest]) -> Comparison {
    let strongest = digests.iter().map(|(bits, _)| *bits).max().unwrap_or_default();
    let actual = match strongest {
        256 => sha256(content).to_vec(),
        384 => sha384(content).to_vec(),
        512 => sha512(content).to_vec(),
        _ => return Comparison::Unsupported,
    };
    match digests.iter().any(|(bits, digest)| *bits == strongest && *digest == actual) {
        true => Comparison::Same,
        false => Comparison::Differs,
    }
}

/// The digests of `linked`, at least one; none where something is no digest.
fn digests(linked: &Linked) -> Option<Vec<Digest>> {
    let mut digests = Vec::new();
    for digest in linked.digest_sri.iter().flat_map(|text| expressions(text)) {
        digests.push(digest?);
    }
    for text in &linked.digest_multibase {
        digests.push(of_multihash(&multibase::decode(text)?)?);
    }
    if digests.is_empty() { None } else { Some(digests) }
}

fn expressions(integrity: &str) -> impl Iterator<Item = Option<Digest>> {
    integrity.split_ascii_whitespace().map(of_expression)
}

/// `sha384-` and base64, options behind a question mark aside.
fn of_expression(expression: &str) -> Option<Digest> {
    let (name, value) = expression.split('?').next()?.split_once('-')?;
    let digest = base64url::decode_any_alphabet(value)?;
    let bits = match name {
        "sha256" => 256,
        "sha384" => 384,
        "sha512" => 512,
        _ => return Some((0, digest)),
    };
    of_length(bits, digest)
}

/// The code of a hash, the length of the digest, the digest
/// ([VC-DI §2.6](https://www.w3.org/TR/vc-data-integrity/#resource-integrity)).
fn of_multihash(bytes: &[u8]) -> Option<Digest> {
    let (code, rest) = multibase::unsigned_varint(bytes)?;
    let (length, digest) = rest.split_first()?;
    if usize::from(*length) != digest.len() {
        return None;
    }
    match code {
        0x12 => of_length(256, digest.to_vec()),
        0x20 => of_length(384, digest.to_vec()),
        0x13 => of_length(512, digest.to_vec()),
        _ => Some((0, digest.to_vec())),
    }
}

fn of_length(bits: u16, digest: Vec<u8>) -> Option<Digest> {
    (digest.len() == usize::from(bits / 8)).then_some((bits, digest))
}

/// The row where a digest was signed: the answer then counts.
const DIGESTED: Row = Row { level: Level::Required, ..INTEGRITY_LINKED };
