//! Layer 2. Data Integrity: from a document and a proof to the bytes that were signed.
//!
//! The hash data is the hash of the canonical proof options, followed by the hash of the canonical
//! document without its proofs ([VC-DI §4.3](https://www.w3.org/TR/vc-data-integrity/#verify-proof),
//! [VC-DI-EDDSA §3.2.5](https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022)). A proof that
//! names previous ones signs the document with those
//! ([VC-DI §4.5](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains)). Nothing is
//! verified here, and no key is looked for.
//!
//! Two things about RDF canonicalisation were done both ways by real issuers: the case of language
//! tags, and the content of some contexts. A [`Profile`] is one way; readings are kept per profile,
//! because facts must be read from the very quads that a signature turned out to cover.

use std::rc::Rc;

use crate::canon::jcs;
use crate::canon::json_ld::{self, Dataset, LanguageTags, Settings};
use crate::canon::quads::{Quad, Term};
use crate::canon::rdfc::{self, Hash};
use crate::claims;
use crate::codec::json::{self, Object, Text, Value};
use crate::crypto::{self, Algorithm};
use crate::limits::{Budget, LimitReached};
use crate::need::{Answer, Found};

/// How documents and options become bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// RDF dataset canonicalisation, RDFC-1.0.
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
    /// Digests of the canonical N-Quads, of those hashes that a proof needed.
    digests: Vec<(Hash, Vec<u8>)>,
    /// Its blank nodes have canonical names.
    is_named: bool,
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

/// Why there is nothing that a proof could have signed.
#[derive(Clone, Debug)]
pub enum NoHashData {
    /// The document or the options cannot be read.
    Unread(Unread),
    /// The proof's own `@context` is not how the document's begins.
    ContextDiffers,
    /// With its previous proofs the document would say something else than without.
    ProofsNotApart,
}

impl From<Unread> for NoHashData {
    fn from(unread: Unread) -> Self {
        NoHashData::Unread(unread)
    }
}

/// A document whose proofs are being verified: the part they cover, and its readings so far.
pub struct Unsecured<'a> {
    document: Value,
    context: Value,
    found: &'a Found,
    readings: Vec<Reading>,
    /// Digests of the document as JCS text, by the `@context` it was hashed under.
    text_digests: Vec<(Value, Hash, Vec<u8>)>,
}

/// What a proof signs, beside the document: its own options, and the proofs it names as previous.
pub struct Signed<'p> {
    /// The proof.
    pub proof: &'p Object,
    /// The proofs it names, in the order they stand in the document.
    pub previous: Vec<&'p Value>,
    /// The `@context` its options are read under; none where that is the document's.
    pub context: Option<Value>,
}

impl<'p> Signed<'p> {
    /// A proof that names no other, with the document's context.
    pub fn new(proof: &'p Object) -> Self {
        Signed { proof, previous: Vec::new(), context: None }
    }
}

/// The hash that goes with `algorithm`, in documents, in options and among blank nodes.
pub fn hash_of(algorithm: Algorithm) -> Hash {
    match algorithm {
        Algorithm::EcdsaP384Sha384 => Hash::Sha384,
        _ => Hash::Sha256,
    }
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
            text_digests: Vec::new(),
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
        self.readings.push(Reading {
            profile: profile.clone(),
            dataset,
            digests: Vec::new(),
            is_named: false,
        });
        Ok(self.readings.len() - 1)
    }

    /// The digest of the canonical quads under `profile`, made once. From then on the reading's
    /// blank nodes have canonical names, which do not depend on how the document was written down; so
    /// neither does what is sorted by them.
    fn quads_digest(
        &mut self,
        profile: &Profile,
        hash: Hash,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, Unread> {
        let index = self.read(profile, budget)?;
        let Some(reading) = self.readings.get_mut(index) else { return Ok(Vec::new()) };
        if let Some((_, digest)) = reading.digests.iter().find(|(known, _)| *known == hash) {
            return Ok(digest.clone());
        }
        let canonical = rdfc::canonicalize(&reading.dataset.quads, hash, budget).map_err(Unread::Limit)?;
        let digest = digest(hash, canonical.n_quads.as_bytes());
        reading.digests.push((hash, digest.clone()));
        reading.name(canonical.issued);
        Ok(digest)
    }

    /// What `write` makes of the quads under `profile` and of the canonical name of each blank node in
    /// them, by SHA-256. From then on these are their names, as after [`Unsecured::quads_digest`].
    pub(super) fn with_canonical_names<T>(
        &mut self,
        profile: &Profile,
        budget: &mut Budget,
        write: impl FnOnce(&[Quad], &[(Text, Text)]) -> T,
    ) -> Result<Option<T>, Unread> {
        let index = self.read(profile, budget)?;
        let Some(reading) = self.readings.get_mut(index) else { return Ok(None) };
        let quads = &reading.dataset.quads;
        let canonical = rdfc::canonicalize(quads, Hash::Sha256, budget).map_err(Unread::Limit)?;
        let written = write(quads, &canonical.issued);
        reading.name(canonical.issued);
        Ok(Some(written))
    }

    /// The digest of the canonical quads of the document with `previous` proofs. Apart from the
    /// graphs of those it must say exactly what facts are read from. Behind `Engines::has_more` only.
    #[inline(never)]
    fn chained_digest(
        &mut self,
        previous: &[&Value],
        profile: &Profile,
        hash: Hash,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, NoHashData> {
        let dataset = to_quads(&self.with_proofs(previous), profile, self.found, budget)?;
        let index = self.read(profile, budget)?;
        let alone = self.readings.get(index).map(|reading| &reading.dataset);
        let findings = |dataset: &Dataset| (dataset.undefined.len(), dataset.foreign.len());
        if alone.map(findings) != Some(findings(&dataset)) {
            return Err(NoHashData::ProofsNotApart);
        }
        let mut facts = |dataset: &Dataset| {
            let is_fact = |quad: &&Quad| quad.graph.is_none() && &*quad.predicate != PROOF;
            let quads: Vec<Quad> = dataset.quads.iter().filter(is_fact).cloned().collect();
            rdfc::canonicalize(&quads, hash, budget).map(|canonical| canonical.n_quads)
        };
        let with = facts(&dataset).map_err(Unread::Limit)?;
        if alone.map(&mut facts).transpose().map_err(Unread::Limit)? != Some(with) {
            return Err(NoHashData::ProofsNotApart);
        }
        let canonical = rdfc::canonicalize(&dataset.quads, hash, budget).map_err(Unread::Limit)?;
        Ok(digest(hash, canonical.n_quads.as_bytes()))
    }

    fn with_proofs(&self, proofs: &[&Value]) -> Value {
        let mut document = self.document.as_object().cloned().unwrap_or_default();
        document.insert("proof".into(), Value::Array(proofs.iter().copied().cloned().collect()));
        Value::Object(document)
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

    /// The options of a proof of an RDF suite as quads, under `profile`. Errors: every [`Unread`].
    pub fn options(
        &self,
        signed: &Signed,
        profile: &Profile,
        budget: &mut Budget,
    ) -> Result<Dataset, Unread> {
        let mut options = signed.proof.without("proofValue");
        options.insert("@context".into(), signed.context.as_ref().unwrap_or(&self.context).clone());
        to_quads(&Value::Object(options), profile, self.found, budget)
    }

    /// The bytes a proof of an RDF suite signs, under `profile`. Errors: [`NoHashData::Unread`],
    /// [`NoHashData::ProofsNotApart`].
    pub fn rdfc_hash_data(
        &mut self,
        signed: &Signed,
        hash: Hash,
        profile: &Profile,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, NoHashData> {
        let document = match signed.previous.as_slice() {
            [] => self.quads_digest(profile, hash, budget)?,
            previous => self.chained_digest(previous, profile, hash, budget)?,
        };
        Ok([self.options_digest(signed, hash, profile, budget)?, document].concat())
    }

    /// The digest of the canonical options of a proof of an RDF suite. Errors: every [`Unread`].
    pub(super) fn options_digest(
        &self,
        signed: &Signed,
        hash: Hash,
        profile: &Profile,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, Unread> {
        let options = self.options(signed, profile, budget)?;
        let canonical = rdfc::canonicalize(&options.quads, hash, budget).map_err(Unread::Limit)?;
        Ok(digest(hash, canonical.n_quads.as_bytes()))
    }

    /// The bytes a proof of a JCS suite signs
    /// ([VC-DI-EDDSA §3.3.2](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022)).
    /// Errors: [`NoHashData::ContextDiffers`].
    pub fn jcs_hash_data(&mut self, signed: &Signed, hash: Hash) -> Result<Vec<u8>, NoHashData> {
        let context = signed.proof.get("@context").unwrap_or(&self.context).clone();
        if !self.context.as_set().starts_with(context.as_set()) {
            return Err(NoHashData::ContextDiffers);
        }
        let options = jcs::canonicalize(&Value::Object(signed.proof.without("proofValue")));
        let document = match signed.previous.as_slice() {
            [] => self.text_digest(context, hash),
            previous => text_digest(&self.with_proofs(previous), &context, hash),
        };
        Ok([digest(hash, options.as_bytes()), document].concat())
    }

    /// The digest of the document under `context`, made once for all proofs that name the same.
    fn text_digest(&mut self, context: Value, hash: Hash) -> Vec<u8> {
        let known = self.text_digests.iter().find(|(known, by, _)| *known == context && *by == hash);
        if let Some((_, _, digest)) = known {
            return digest.clone();
        }
        let digest = text_digest(&self.document, &context, hash);
        self.text_digests.push((context, hash, digest.clone()));
        digest
    }
}

impl Reading {
    /// Gives its blank nodes their canonical names, by `issued`, unless they have such.
    fn name(&mut self, mut issued: Vec<(Text, Text)>) {
        if std::mem::replace(&mut self.is_named, true) {
            return;
        }
        issued.sort_unstable();
        let label = |name: &Text| {
            let at = issued.binary_search_by(|(known, _)| known.cmp(name));
            at.ok().and_then(|at| issued.get(at)).map_or(name, |(_, label)| label).clone()
        };
        let dataset = &mut self.dataset;
        dataset.quads = dataset.quads.iter().map(|quad| quad.relabelled(label)).collect();
        if let Term::Blank(name) = &dataset.root {
            dataset.root = Term::Blank(label(name));
        }
    }
}

fn text_digest(document: &Value, context: &Value, hash: Hash) -> Vec<u8> {
    let mut document = document.as_object().cloned().unwrap_or_default();
    if document.get("@context").is_some() {
        document.insert("@context".into(), context.clone());
    }
    digest(hash, jcs::canonicalize(&Value::Object(document)).as_bytes())
}

fn digest(hash: Hash, bytes: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha256 => crypto::sha256(bytes).to_vec(),
        Hash::Sha384 => crypto::sha384(bytes).to_vec(),
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

/// What ties a proof to the document: the only thing outside the graph of the proof itself.
const PROOF: &str = "https://w3id.org/security#proof";
