//! Layer 4. Trying the signature of one Data Integrity proof.
//!
//! First under the preferred profile, then, where the document leaves something open, under the others.

use std::borrow::Cow;

use crate::canon::rdfc::{Hash, hex};
use crate::check::proof::Covers;
use crate::check::{PROOF_SIGNATURE, derived, detached};
use crate::codec::json::{Object, Text, Value};
use crate::codec::multibase;
use crate::crypto::{self, Engines, PublicKey, Refused, SignatureVerified, part};
use crate::limits::Budget;
use crate::report::Check;
use crate::securing::data_integrity::{NoHashData, Profile, Signed, Transform, Unread, Unsecured, hash_of};
use crate::suite::{Form, Suite};

/// A signature and what it is said to cover.
pub(super) struct Trial<'a> {
    pub suite: &'static Suite,
    pub carried: Carried,
    pub signed: Signed<'a>,
}

/// What a proof carries of its signature.
pub(super) enum Carried {
    /// The signature.
    Signature(Vec<u8>),
    /// A derived proof, without its header.
    Derived(Vec<u8>),
    /// A detached JWS.
    Jws(Text),
}

/// What trying came to.
pub(super) enum Tried {
    /// It holds. `shown` statements were chosen by the holder, where one could choose; `hash` is that of the canonical
    /// document in hexadecimal, where that was hashed as a whole.
    Holds { witness: SignatureVerified, covers: Covers, shown: Option<usize>, hash: Option<String> },
    /// It does not; a reason, and a compared value.
    Fails(&'static str, Param),
    /// That could not be told.
    Unknown(&'static str, Param),
}

/// A compared value by its name.
pub(super) type Param = Option<(&'static str, &'static str)>;

impl From<&Unread> for Tried {
    fn from(unread: &Unread) -> Self {
        match unread {
            Unread::Limit(limit) => Tried::Unknown("limit-reached", Some(("limit", limit.0))),
            Unread::UnknownContexts(_) => Tried::Unknown("context-unknown", None),
            Unread::JsonLd(code, _) => Tried::Fails("not-json-ld", Some(("code", code))),
        }
    }
}

impl From<&NoHashData> for Tried {
    fn from(none: &NoHashData) -> Self {
        match none {
            NoHashData::Unread(unread) => Tried::from(unread),
            NoHashData::ContextDiffers => Tried::Fails("proof-context-differs", None),
            NoHashData::ProofsNotApart => Tried::Fails("previous-proof-not-apart", None),
        }
    }
}

impl From<Refused> for Tried {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::BadKey => Tried::Fails("key-malformed", None),
            Refused::BadSignature => Tried::Fails("signature-does-not-match", None),
            Refused::OtherKeyType => Tried::Fails("key-type-not-of-suite", None),
            Refused::NotLoaded(part) => Tried::Unknown("part-not-loaded", Some(("part", part))),
        }
    }
}

impl Tried {
    pub fn check(&self) -> Check {
        let with = |check: Check, param: &Param| match param {
            Some((name, value)) => check.with(name, *value),
            None => check,
        };
        match self {
            Tried::Holds { hash, .. } => {
                let check = Check::pass(PROOF_SIGNATURE, "signature-holds");
                match hash {
                    Some(hash) => check.with("hash", hash.clone()),
                    None => check,
                }
            }
            Tried::Fails(reason, param) => with(Check::fail(PROOF_SIGNATURE, reason), param),
            Tried::Unknown(reason, param) => with(Check::unknown(PROOF_SIGNATURE, reason), param),
        }
    }
}

/// What `proof` carries of its signature. Errors: why it cannot be tried.
pub(super) fn carried(proof: &Object, suite: &Suite) -> Result<Carried, Tried> {
    let malformed = || Tried::Fails("proof-value-malformed", None);
    let value = |base: char| {
        let text = proof.get("proofValue").and_then(Value::as_str)?;
        if text.starts_with(base) { multibase::decode(text) } else { None }
    };
    match suite.form {
        Form::Value(base) => value(base).map(Carried::Signature).ok_or_else(malformed),
        Form::DetachedJws(_) => match proof.get("jws") {
            Some(Value::String(jws)) => Ok(Carried::Jws(jws.clone())),
            _ => Err(malformed()),
        },
        Form::Derived(kind) => derived::opened(&value('u').ok_or_else(malformed)?, kind),
    }
}

/// The options of `proof` as a proof of `suite` signs them, and the context to read them under, if not the
/// document's.
pub(super) fn options<'p>(proof: &'p Object, suite: &Suite) -> (Cow<'p, Object>, Option<Value>) {
    match suite.form {
        Form::DetachedJws(contexts) => {
            let contexts = contexts.iter().map(|url| Value::String((*url).into())).collect();
            (Cow::Owned(proof.without("jws")), Some(Value::Array(contexts)))
        }
        Form::Value(_) | Form::Derived(_) => (Cow::Borrowed(proof), None),
    }
}

impl Trial<'_> {
    /// Verifies under every profile worth trying.
    pub fn run(
        &self,
        key: Option<&PublicKey>,
        unsecured: &mut Unsecured,
        engines: &Engines,
        budget: &mut Budget,
    ) -> Tried {
        let refused = match self.try_under(&Profile::PREFERRED, key, unsecured, engines, budget) {
            Tried::Fails(reason, _) if is_of_reading(reason) => Tried::Fails(reason, None),
            other => return other,
        };
        let others = match self.suite.transform {
            Transform::Rdfc => unsecured.other_profiles(),
            Transform::Jcs => Vec::new(),
        };
        for profile in others {
            match self.try_under(&profile, key, unsecured, engines, budget) {
                Tried::Fails(..) | Tried::Unknown("context-unknown", _) => {}
                other => return other,
            }
        }
        refused
    }

    fn try_under(
        &self,
        profile: &Profile,
        key: Option<&PublicKey>,
        unsecured: &mut Unsecured,
        engines: &Engines,
        budget: &mut Budget,
    ) -> Tried {
        match &self.carried {
            Carried::Signature(signature) => {
                let hash = key.and_then(PublicKey::algorithm).map_or(Hash::Sha256, hash_of);
                let bytes = match self.hash_data(hash, profile, unsecured, budget) {
                    Ok(bytes) => bytes,
                    Err(none) => return Tried::from(&none),
                };
                let Some(key) = key else { return Tried::Unknown("key-not-at-hand", None) };
                match self.verify(key, &bytes, signature, engines, budget) {
                    Ok(witness) => {
                        // That of the options stands before it, and is as long.
                        let hash = bytes.get(bytes.len() / 2..).map(hex);
                        Tried::Holds { witness, covers: self.covers(profile), shown: None, hash }
                    }
                    Err(tried) => tried,
                }
            }
            Carried::Derived(_) | Carried::Jws(_) if !engines.has_more() => {
                Tried::Unknown("part-not-loaded", Some(("part", part::MORE)))
            }
            Carried::Derived(carried) => match key {
                Some(key) => derived::verify(self, carried, key, profile, unsecured, engines, budget),
                None => Tried::Unknown("key-not-at-hand", None),
            },
            Carried::Jws(carried) => match key {
                Some(key) => detached::verify(self, carried, key, profile, unsecured, engines, budget),
                None => Tried::Unknown("key-not-at-hand", None),
            },
        }
    }

    fn hash_data(
        &self,
        hash: Hash,
        profile: &Profile,
        unsecured: &mut Unsecured,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, NoHashData> {
        match self.suite.transform {
            Transform::Rdfc => unsecured.rdfc_hash_data(&self.signed, hash, profile, budget),
            Transform::Jcs => unsecured.jcs_hash_data(&self.signed, hash),
        }
    }

    /// Verifies one signature over `bytes` by the algorithm of `key`, if the suite allows it.
    pub fn verify(
        &self,
        key: &PublicKey,
        bytes: &[u8],
        signature: &[u8],
        engines: &Engines,
        budget: &mut Budget,
    ) -> Result<SignatureVerified, Tried> {
        let algorithm = key.algorithm().filter(|algorithm| self.suite.algorithms.contains(algorithm));
        let algorithm = algorithm.ok_or(Tried::Fails("key-type-not-of-suite", None))?;
        budget.signature().map_err(|limit| Tried::from(&Unread::Limit(limit)))?;
        crypto::verify(algorithm, key, bytes, signature, engines).map_err(Tried::from)
    }

    /// What a signature covers that holds under `profile`.
    pub fn covers(&self, profile: &Profile) -> Covers {
        match self.suite.transform {
            Transform::Rdfc => Covers::Quads(profile.clone()),
            Transform::Jcs => Covers::Text,
        }
    }
}

/// Whether another reading of the document could make up for a failure with this reason.
fn is_of_reading(reason: &str) -> bool {
    matches!(reason, "signature-does-not-match" | "selection-does-not-fit")
}
