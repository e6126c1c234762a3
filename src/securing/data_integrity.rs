//! Layer 2. Data Integrity: from a document and a proof to the bytes that were signed.
//!
//! The hash data is the hash of the canonical proof options, followed by the hash of the canonical
//! document without its proofs ([VC-DI §4.3](https://www.w3.org/TR/vc-data-integrity/#verify-proof),
//! [VC-DI-EDDSA §3.2.5](https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022)). Nothing is
//! verified here, and no key is looked for.
//!
//! Two things about RDF canonicalisation were done both ways by real issuers: the case of language
//! tags, and the content of some contexts. A [`Profile`] is one way; readings are kept per profile,
//! because facts must be read from the very quads that a signature turned out to cover.

use std::rc::Rc;

use crate::canon::jcs;
use crate::canon::json_ld::{self, Dataset, LanguageTags, Settings};
use crate::canon::quads::Term;
use crate::canon::rdfc::{self, Hash};
use crate::claims;
use crate::codec::json::{self, Object, Text, Value};
use crate::crypto;
use crate::limits::{Budget, LimitReached};
use crate::need::{Answer, Found};

/// How documents and options become bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// RDF dataset canonicalisation, RDFC-1.0 with SHA-256.
    Rdfc,
    /// JSON canonicalisation, RFC 8785.
    Jcs,
}

/// One way to read what the specifications leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whether language tags keep their case.
    pub tags_as_written: bool,
    /// Context addresses taken in their other published content.
    pub variants: Vec<Text>,
}

impl Profile {
    /// The preferred reading.
    pub const PREFERRED: Profile = Profile { tags_as_written: false, variants: Vec::new() };
}

/// The quads of a document under one profile.
pub struct Reading {
    /// The profile.
    pub profile: Profile,
    /// The quads and what was noticed on the way.
    pub dataset: Dataset,
    /// SHA-256 of the canonical N-Quads; none as long as no proof needed it.
    hash: Option<[u8; 32]>,
}

/// Why a document has no reading.
#[derive(Clone, Debug)]
pub enum Unread {
    /// Contexts that are neither embedded nor supplied.
    UnknownContexts(Vec<Text>),
    /// It is no JSON-LD; the specification's error code, and where.
    JsonLd(&'static str, String),
    /// More work than the budget allows.
    Limit(LimitReached),
}

/// A document whose proofs are being verified: the part they cover, and its readings so far.
pub struct Unsecured<'a> {
    document: Value,
    context: Value,
    found: &'a Found,
    readings: Vec<Reading>,
    /// The hash of the document as JCS text, by the `@context` it was hashed under.
    text_hashes: Vec<(Value, [u8; 32])>,
}

/// The bytes a proof signs, and the quads of its options.
pub struct HashData {
    /// Hash of the options, then hash of the document.
    pub bytes: Vec<u8>,
    /// The proof's options as quads; none where the text itself is signed.
    pub options: Option<Dataset>,
}

impl<'a> Unsecured<'a> {
    /// The document without its proofs.
    pub fn new(document: &Object, found: &'a Found) -> Self {
        let context = document.get("@context").cloned().unwrap_or(Value::Null);
        Unsecured {
            document: Value::Object(document.without("proof")),
            context,
            found,
            readings: Vec::new(),
            text_hashes: Vec::new(),
        }
    }

    /// The document without its proofs, as JSON.
    pub fn as_json(&self) -> &Value {
        &self.document
    }

    /// The readings so far.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// Takes reading `index` out; the others are of no more use.
    pub fn take_reading(mut self, index: usize) -> Option<Reading> {
        if index < self.readings.len() { Some(self.readings.swap_remove(index)) } else { None }
    }

    /// The reading under `profile`, made once. Errors: every [`Unread`].
    pub fn read(&mut self, profile: &Profile, budget: &mut Budget) -> Result<usize, Unread> {
        if let Some(index) = self.readings.iter().position(|reading| reading.profile == *profile) {
            return Ok(index);
        }
        let dataset = to_quads(&self.document, profile, self.found, budget)?;
        self.readings.push(Reading { profile: profile.clone(), dataset, hash: None });
        Ok(self.readings.len() - 1)
    }

    /// The hash of the canonical quads under `profile`, made once. From then on the reading's blank
    /// nodes have their canonical names, which do not depend on how the document was written down;
    /// so neither does what is sorted by them.
    fn quads_hash(&mut self, profile: &Profile, budget: &mut Budget) -> Result<[u8; 32], Unread> {
        let index = self.read(profile, budget)?;
        let Some(reading) = self.readings.get_mut(index) else { return Ok([0; 32]) };
        if let Some(hash) = reading.hash {
            return Ok(hash);
        }
        let dataset = &mut reading.dataset;
        let mut canonical =
            rdfc::canonicalize(&dataset.quads, Hash::Sha256, budget).map_err(Unread::Limit)?;
        canonical.issued.sort_unstable();
        let label = |name: &Text| {
            let at = canonical.issued.binary_search_by(|(known, _)| known.cmp(name));
            at.ok().and_then(|at| canonical.issued.get(at)).map_or(name, |(_, label)| label).clone()
        };
        dataset.quads = dataset.quads.iter().map(|quad| quad.relabelled(label)).collect();
        if let Term::Blank(name) = &dataset.root {
            dataset.root = Term::Blank(label(name));
        }
        let hash = crypto::sha256(canonical.n_quads.as_bytes());
        reading.hash = Some(hash);
        Ok(hash)
    }

    /// The other profiles worth trying after the preferred one: each set of the variants that the
    /// document's contexts offer, with tags as written too where a tag has capitals.
    pub fn other_profiles(&self) -> Vec<Profile> {
        let Some(preferred) = self.readings.first() else { return Vec::new() };
        let offered = &preferred.dataset.variants_offered;
        let mut variants: Vec<Vec<Text>> = vec![Vec::new()];
        for url in offered.iter().take(VARIANTS_TRIED_MAX) {
            let with: Vec<Vec<Text>> =
                variants.iter().map(|set| set.iter().chain([url]).cloned().collect()).collect();
            variants.extend(with);
        }
        let cases = if preferred.dataset.has_capital_language_tag { 2 } else { 1 };
        let all = (0..cases).flat_map(|case| {
            variants.iter().map(move |set| Profile { tags_as_written: case == 1, variants: set.clone() })
        });
        all.filter(|profile| *profile != Profile::PREFERRED).collect()
    }

    /// What a proof of an RDF suite signs, under `profile`. Errors: every [`Unread`].
    pub fn rdfc_hash_data(
        &mut self,
        proof: &Object,
        profile: &Profile,
        budget: &mut Budget,
    ) -> Result<HashData, Unread> {
        let document_hash = self.quads_hash(profile, budget)?;
        let mut options = proof.without("proofValue");
        options.insert("@context".into(), self.context.clone());
        let options = to_quads(&Value::Object(options), profile, self.found, budget)?;
        let canonical = rdfc::canonicalize(&options.quads, Hash::Sha256, budget).map_err(Unread::Limit)?;
        let mut bytes = crypto::sha256(canonical.n_quads.as_bytes()).to_vec();
        bytes.extend_from_slice(&document_hash);
        Ok(HashData { bytes, options: Some(options) })
    }

    /// What a proof of a JCS suite signs; none where the proof's own `@context` is not how the
    /// document's begins
    /// ([VC-DI-EDDSA §3.3.2](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022)).
    pub fn jcs_hash_data(&mut self, proof: &Object) -> Option<HashData> {
        let context = proof.get("@context").unwrap_or(&self.context).clone();
        if !self.context.as_set().starts_with(context.as_set()) {
            return None;
        }
        let options = jcs::canonicalize(&Value::Object(proof.without("proofValue")));
        let mut bytes = crypto::sha256(options.as_bytes()).to_vec();
        bytes.extend_from_slice(&self.text_hash(context)?);
        Some(HashData { bytes, options: None })
    }

    /// The hash of the document under `context`, made once for all proofs that name the same.
    fn text_hash(&mut self, context: Value) -> Option<[u8; 32]> {
        if let Some((_, hash)) = self.text_hashes.iter().find(|(known, _)| *known == context) {
            return Some(*hash);
        }
        let mut document = self.document.as_object()?.clone();
        if document.get("@context").is_some() {
            document.insert("@context".into(), context.clone());
        }
        let hash = crypto::sha256(jcs::canonicalize(&Value::Object(document)).as_bytes());
        self.text_hashes.push((context, hash));
        Some(hash)
    }
}

fn to_quads(
    document: &Value,
    profile: &Profile,
    found: &Found,
    budget: &mut Budget,
) -> Result<Dataset, Unread> {
    // Only what the embedder handed over counts as supplied: the network is the issuer's.
    let supplied = |url: &str| match found.answer(url) {
        Some(Answer::Document { bytes, pinned: true, .. }) => {
            json::parse(bytes, &mut Budget::full()).ok().map(Rc::new)
        }
        _ => None,
    };
    let settings = Settings {
        base: None,
        language_tags: match profile.tags_as_written {
            true => LanguageTags::AsWritten,
            false => LanguageTags::Lowercase,
        },
        variants: &profile.variants,
        supplied: &supplied,
        is_read: claims::is_read,
    };
    json_ld::to_quads(document, &settings, budget).map_err(|error| match error {
        json_ld::Error::UnknownContexts(urls) => Unread::UnknownContexts(urls),
        json_ld::Error::JsonLd { code, pointer } => Unread::JsonLd(code, pointer),
        json_ld::Error::Limit(limit) => Unread::Limit(limit),
    })
}

/// Two addresses have a variant today; four readings of each are the most that is tried.
const VARIANTS_TRIED_MAX: usize = 2;
