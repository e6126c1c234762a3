//! Layer 2. Selective disclosure: which statements a derived proof shows, and what was signed of them.
//!
//! The issuer signs statement by statement; the holder shows some of them, with a proof derived from
//! the issuer's. Blank nodes have other labels than in the document that is shown: the proof brings a
//! table of them. The statements that the issuer made mandatory are hashed together, the others stand
//! by themselves ([VC-DI-ECDSA §3.4](https://www.w3.org/TR/vc-di-ecdsa/#selective-disclosure-functions)).
//! Nothing is verified here.

use crate::canon::quads::{Quad, distinct, write_quad};
use crate::canon::rdfc::Hash;
use crate::codec::base64url;
use crate::codec::cbor::Reader;
use crate::codec::json::Text;
use crate::codec::order::{order, sort_distinct};
use crate::crypto::sha256;
use crate::limits::Budget;
use crate::securing::data_integrity::{Profile, Signed, Unread, Unsecured};

/// What a derived `ecdsa-sd-2023` proof carries
/// ([VC-DI-ECDSA §3.5.7](https://www.w3.org/TR/vc-di-ecdsa/#parsederivedproofvalue)).
pub struct EcdsaProof {
    /// The issuer's signature over options, key of the proof and mandatory statements: 64 bytes.
    pub base_signature: Vec<u8>,
    /// The key of the proof, a multikey on P-256: 35 bytes.
    pub key: Vec<u8>,
    /// One signature of that key for every statement that is not mandatory, in their order: 64 bytes.
    pub signatures: Vec<Vec<u8>>,
    /// Which statements these are.
    pub selection: Selection,
}

/// What a derived `bbs-2023` proof carries
/// ([VC-DI-BBS §3.3.8](https://www.w3.org/TR/vc-di-bbs/#parsederivedproofvalue)).
pub struct BbsProof {
    /// The proof of the signature scheme.
    pub proof: Vec<u8>,
    /// Places of the statements that are not mandatory, among all such that were signed, ascending.
    pub places: Vec<u32>,
    /// What the holder bound the proof to.
    pub presentation_header: Vec<u8>,
    /// Which statements these are.
    pub selection: Selection,
}

/// The labels of blank nodes when they were signed, and which statements are mandatory.
pub struct Selection {
    /// By the number in the canonical label.
    labels: Vec<(u32, Text)>,
    /// Places among the sorted statements, ascending.
    mandatory: Vec<u32>,
}

/// The statements of a document as they were signed.
#[derive(Debug)]
pub struct Statements {
    /// SHA-256 of the canonical proof options.
    pub proof_hash: Vec<u8>,
    /// SHA-256 of the mandatory statements.
    pub mandatory_hash: [u8; 32],
    /// How many are mandatory.
    pub mandatory: usize,
    /// The others, sorted, each with its line end.
    pub others: Vec<String>,
}

/// Why there are no statements.
#[derive(Clone, Debug)]
pub enum NoStatements {
    /// The document or the options cannot be read.
    Unread(Unread),
    /// The selection speaks of other statements or blank nodes than there are.
    DoesNotFit,
}

impl From<Unread> for NoStatements {
    fn from(unread: Unread) -> Self {
        NoStatements::Unread(unread)
    }
}

/// Reads what follows the header of a derived `ecdsa-sd-2023` proof; none where it is malformed.
pub fn read_ecdsa(bytes: &[u8]) -> Option<EcdsaProof> {
    let mut reader = Reader::new(bytes);
    let of_length = |bytes: &[u8], length: usize| (bytes.len() == length).then(|| bytes.to_vec());
    reader.array_of(5)?;
    let base_signature = of_length(reader.bytes()?, SIGNATURE_BYTES)?;
    let key = of_length(reader.bytes()?, KEY_BYTES)?;
    let signatures = reader.array(|reader| of_length(reader.bytes()?, SIGNATURE_BYTES))?;
    let labels = reader.map(|reader| {
        let number = reader.number()?;
        let hmac = reader.bytes()?;
        let label = || Text::from(format!("u{}", base64url::encode(hmac)));
        (hmac.len() == HMAC_BYTES).then(|| (number, label()))
    })?;
    let mandatory = reader.array(Reader::number)?;
    reader.finish()?;
    Some(EcdsaProof { base_signature, key, signatures, selection: Selection::new(labels, mandatory)? })
}

/// Reads what follows the header of a derived `bbs-2023` proof without optional features; none where it
/// is malformed.
pub fn read_bbs(bytes: &[u8]) -> Option<BbsProof> {
    let mut reader = Reader::new(bytes);
    reader.array_of(5)?;
    let proof = reader.bytes()?.to_vec();
    let labels = reader.map(|reader| {
        let (number, shuffled) = (reader.number()?, reader.number()?);
        Some((number, Text::from(format!("b{shuffled}"))))
    })?;
    let mandatory = reader.array(Reader::number)?;
    let places = reader.array(Reader::number)?;
    let presentation_header = reader.bytes()?.to_vec();
    reader.finish()?;
    let is_sorted = places.is_sorted_by(|one, next| one < next);
    let selection = Selection::new(labels, mandatory)?;
    is_sorted.then_some(BbsProof { proof, places, presentation_header, selection })
}

impl BbsProof {
    /// How many messages the issuer signed that the proof hides; none where its length is no proof's.
    pub fn hidden(&self) -> Option<usize> {
        let scalars = self.proof.len().checked_sub(BBS_BYTES_MIN)?;
        (scalars % SCALAR_BYTES == 0).then_some(scalars / SCALAR_BYTES)
    }
}

impl Selection {
    /// None where two blank nodes have one label, which would make one thing of what were two when it
    /// was signed or two of one, where a number has two labels, or where statements are not in order.
    fn new(labels: Vec<(u32, Text)>, mandatory: Vec<u32>) -> Option<Selection> {
        let by_number = |one: usize, other: usize| {
            labels.get(one).map(|(number, _)| number).cmp(&labels.get(other).map(|(number, _)| number))
        };
        let sorted: Vec<(u32, Text)> =
            order(labels.len(), &by_number).into_iter().filter_map(|at| labels.get(at).cloned()).collect();
        let mut distinct: Vec<&str> = sorted.iter().map(|(_, label)| &**label).collect();
        sort_distinct(&mut distinct);
        let is_clear = distinct.len() == sorted.len();
        let is_sorted = mandatory.is_sorted_by(|one, next| one < next);
        (is_clear && is_sorted).then_some(Selection { labels: sorted, mandatory })
    }

    /// The lines of `quads`, sorted, blank nodes labelled as they were when they were signed. `issued`
    /// has their canonical names in order. None where there is not exactly one label for each.
    fn lines(&self, quads: &[Quad], issued: &[(Text, Text)]) -> Option<Vec<String>> {
        let numbers = (0..issued.len()).map(u32::try_from);
        let is_complete = self.labels.len() == issued.len()
            && numbers.zip(&self.labels).all(|(number, (known, _))| number == Ok(*known));
        if !is_complete {
            return None;
        }
        let mut names: Vec<(Text, Text)> = issued
            .iter()
            .zip(&self.labels)
            .map(|((name, _), (_, label))| (name.clone(), label.clone()))
            .collect();
        names.sort_unstable();
        let lines: Vec<String> = distinct(quads)
            .into_iter()
            .filter_map(|position| quads.get(position))
            .map(|quad| {
                let mut line = String::new();
                write_quad(quad, &mut line, &mut |name, line| {
                    let at = names.binary_search_by(|(known, _)| known.cmp(name));
                    let label = at.ok().and_then(|at| names.get(at)).map_or("", |(_, label)| label);
                    line.push_str(label);
                });
                line
            })
            .collect();
        let sorted = order(lines.len(), &|one, other| lines.get(one).cmp(&lines.get(other)));
        Some(sorted.into_iter().filter_map(|at| lines.get(at).cloned()).collect())
    }
}

/// The statements of `unsecured` under `profile`, split by `selection`.
///
/// Errors: every [`NoStatements`]. Costs what canonicalising the document and the options does.
pub fn statements(
    unsecured: &mut Unsecured,
    signed: &Signed,
    selection: &Selection,
    profile: &Profile,
    budget: &mut Budget,
) -> Result<Statements, NoStatements> {
    let lines =
        unsecured.with_canonical_names(profile, budget, |quads, issued| selection.lines(quads, issued))?;
    let lines = lines.flatten().ok_or(NoStatements::DoesNotFit)?;
    let mut mandatory = selection.mandatory.iter().copied().peekable();
    let mut hashed = String::new();
    let mut others = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        match mandatory.next_if(|next| u32::try_from(place) == Ok(*next)) {
            Some(_) => hashed.push_str(&line),
            None => others.push(line),
        }
    }
    if mandatory.next().is_some() {
        return Err(NoStatements::DoesNotFit);
    }
    let proof_hash = unsecured.options_digest(signed, Hash::Sha256, profile, budget)?;
    let mandatory_hash = sha256(hashed.as_bytes());
    Ok(Statements { proof_hash, mandatory_hash, mandatory: selection.mandatory.len(), others })
}

const SIGNATURE_BYTES: usize = 64;
const KEY_BYTES: usize = 35;
const HMAC_BYTES: usize = 32;
const SCALAR_BYTES: usize = 32;
/// Three points of 48 bytes and four numbers.
const BBS_BYTES_MIN: usize = 3 * 48 + 4 * SCALAR_BYTES;
