//! Layer 4. Whether the key that signed is one the issuer publishes for assertions.
//!
//! Always asked from the issuer's side: the method must stand in the *issuer's* document. A key
//! taken from the method alone proves only that somebody has a key.
//! Spec: [CID 1.0 §3.3](https://www.w3.org/TR/cid-1.0/#retrieve-verification-method).

use crate::check::certificates::{Certified, certified};
use crate::check::{ISSUER_CONTROLS_KEY, ISSUER_LISTED, PROOF_METHOD_FRAGMENT};
use crate::codec::json::Value;
use crate::codec::multibase;
use crate::crypto::key::{KeyProblem, key_from_multikey};
use crate::crypto::{PublicKey, part};
use crate::did::document::VerificationMethod;
use crate::did::https::{self, Published};
use crate::did::{self, Resolution, jwt_vc_issuer};
use crate::need::{Found, Need, NeedKind, host};
use crate::policy::Policy;
use crate::report::{Check, Outcome};
use crate::trust::{self, Listed};

/// What is known of the key that a proof names.
pub struct Binding {
    /// `issuer.controls-key`, and notes about how the key is named.
    pub checks: Vec<Check>,
    /// The key, if it could be had; not necessarily the issuer's.
    pub key: Option<PublicKey>,
    /// The domain that control of the issuer's id proves; none where the check did not pass.
    pub domain: Option<String>,
    /// The documents that are missing.
    pub needs: Vec<Need>,
}

impl Binding {
    /// Nothing but a check.
    pub fn of(check: Check) -> Self {
        Binding { checks: vec![check], key: None, domain: None, needs: Vec::new() }
    }
}

/// Who must have signed, and to what end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signer {
    /// The issuer of a credential, who asserts what it says.
    #[default]
    Issuer,
    /// The holder who presents credentials, and shows to be that holder.
    Holder,
}

impl Signer {
    /// Whether this key is published for what the signer does.
    fn may_use(self, entry: &VerificationMethod) -> bool {
        match self {
            Signer::Issuer => entry.for_assertion,
            Signer::Holder => entry.for_authentication,
        }
    }
}

/// How a signature says which key it was made with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named<'a> {
    /// The `verificationMethod` of a proof, or the `kid` of a token.
    pub method: Option<&'a str>,
    /// The key itself, which a token may carry in its header.
    pub key: Option<&'a PublicKey>,
    /// The chain of certificates, which a token may carry in its header.
    pub certificates: Option<&'a Value>,
    /// It is a token: its `kid` may be the last part of a method's address alone.
    pub is_token: bool,
    /// It is an SD-JWT VC, whose issuer may publish metadata.
    pub has_metadata: bool,
    /// Who is said to have signed.
    pub signer: Signer,
}

/// Looks for the key `named` among the keys of `issuer`.
pub fn controls_key(named: Named, issuer: &str, found: &Found, policy: &Policy) -> Binding {
    let describe = |check: Check| match named.method {
        Some(method) => check.with("method", method).with("issuer", issuer),
        None => check.with("issuer", issuer),
    };
    let mut binding = look_up(named, issuer, found, policy);
    binding.checks = binding.checks.into_iter().map(describe).collect();
    // The key that the signature itself names, where it does, still tells whether the text was altered.
    binding.key = binding.key.or_else(|| named.own_key());
    binding
}

fn look_up(named: Named, issuer: &str, found: &Found, policy: &Policy) -> Binding {
    let vouched: Vec<&PublicKey> =
        policy.keys.iter().filter(|(id, _)| id == issuer).map(|(_, key)| key).collect();
    if !vouched.is_empty() {
        return vouched_for(named, &vouched);
    }
    // Of holders no authority says anything here.
    match named.certificates.filter(|_| matches!(named.signer, Signer::Issuer)) {
        Some(chain) => certified_or_published(chain, named, issuer, found, policy),
        None => in_documents(named, issuer, found, policy),
    }
}

/// What a chain of certificates does not establish, the issuer's own documents still may.
fn certified_or_published(
    chain: &Value,
    named: Named,
    issuer: &str,
    found: &Found,
    policy: &Policy,
) -> Binding {
    let unknown = |check| Certified { check, key: None, domain: None };
    let unlisted = || Check::unknown(ISSUER_CONTROLS_KEY, "certificate-root-not-listed");
    let not_loaded = || Check::unknown(ISSUER_CONTROLS_KEY, "part-not-loaded").with("part", part::MORE);
    let Certified { check, key, domain } = match found.engines.has_more() {
        _ if policy.roots.is_empty() => unknown(unlisted()),
        true => certified(chain, issuer, found, policy),
        false => unknown(not_loaded()),
    };
    if check.outcome == Outcome::Pass {
        return Binding { key, domain, ..Binding::of(check) };
    }
    // The key of the certificate is the one that signed, whatever else the token names.
    let named = Named { key: key.as_ref().or(named.key), ..named };
    if named.key.is_none() && named.method.is_none() {
        return Binding::of(check);
    }
    let own = in_documents(named, issuer, found, policy);
    match own.checks.first() {
        Some(first) if first.outcome == Outcome::Pass => own,
        _ => Binding { key, needs: own.needs, ..Binding::of(check) },
    }
}

fn in_documents(named: Named, issuer: &str, found: &Found, policy: &Policy) -> Binding {
    if issuer.starts_with("https:") {
        let published = match named.has_metadata && found.engines.has_more() {
            true => jwt_vc_issuer::published(issuer, found),
            false => https::published(issuer, found),
        };
        return match published {
            Some(published) => on_the_web(named, issuer, published, policy.now),
            None => Binding::of(Check::fail(ISSUER_CONTROLS_KEY, "did-malformed")),
        };
    }
    if !issuer.starts_with("did:") {
        return Binding::of(Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-not-at-hand"));
    }
    match did::resolve(issuer, found) {
        Resolution::Document(document) => {
            let domain = did::method(issuer).and_then(|method| (method.domain)(issuer));
            let methods = document.methods.into_iter().map(|method| (method, domain.clone())).collect();
            among(named, issuer, methods, policy.now)
        }
        Resolution::Needed(url) => missing(vec![(url, NeedKind::DidDocument)]),
        Resolution::Unreachable(reason) => unreachable(reason),
        Resolution::Refused(reason) => Binding::of(Check::fail(ISSUER_CONTROLS_KEY, reason)),
        Resolution::NotLoaded => Binding::of(waits_for_net()),
        Resolution::UnsupportedMethod => {
            Binding::of(Check::unknown(ISSUER_CONTROLS_KEY, "did-method-unsupported"))
        }
    }
}

/// Ruling 11: as long as a document that could hold the key is missing, nothing is known; once the
/// documents that publish keys are at hand, a key that is in none of them is not the issuer's.
fn on_the_web(named: Named, issuer: &str, published: Published, now: i64) -> Binding {
    let Published { methods, wanted, unreachable: reason, has_keys, is_of_other, is_waiting } = published;
    let methods = methods.into_iter().map(|(method, domain)| (method, Some(domain))).collect();
    let binding = among(named, issuer, methods, now);
    let is_absent = binding.checks.first().is_some_and(|check| check.reason == "key-not-published");
    let is_elsewhere = named
        .method
        .is_some_and(|method| method.starts_with("https:") && !https::is_of_same_host(method, issuer));
    match reason {
        _ if is_waiting => Binding::of(waits_for_net()),
        _ if !is_absent || is_elsewhere => binding,
        _ if !wanted.is_empty() => missing(wanted),
        _ if is_of_other => Binding::of(Check::fail(ISSUER_CONTROLS_KEY, "did-document-other-id")),
        Some(reason) if !has_keys => unreachable(reason),
        _ => binding,
    }
}

fn missing(documents: Vec<(String, NeedKind)>) -> Binding {
    let mut check = Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-not-fetched");
    if let Some((url, _)) = documents.first() {
        check = check.with("host", host(url)).with("url", url);
    }
    let need = |(url, kind): (String, NeedKind)| Need {
        url,
        kind,
        for_check: ISSUER_CONTROLS_KEY.id,
        bytes_max: kind.bytes_max(),
    };
    Binding { needs: documents.into_iter().map(need).collect(), ..Binding::of(check) }
}

fn waits_for_net() -> Check {
    Check::unknown(ISSUER_CONTROLS_KEY, "part-not-loaded").with("part", part::NET)
}

fn unreachable(reason: &'static str) -> Binding {
    Binding::of(Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-unreachable").with("why", reason))
}

/// `issuer.listed`: whether `issuer` is on one of the caller's lists, and how that list calls it.
/// `established` tells whether a signature by that issuer was; an id alone is anybody's to write.
pub fn listed<'a>(
    issuer: Option<&str>,
    established: bool,
    policy: &'a Policy,
) -> (Check, Option<Listed<'a>>) {
    let found = issuer.and_then(|issuer| trust::find(&policy.trust, issuer));
    match found {
        _ if policy.trust.is_empty() => (Check::skipped(ISSUER_LISTED, "no-trust-list"), None),
        _ if !established => (Check::unknown(ISSUER_LISTED, "waits-for-signature"), None),
        None => (Check::fail(ISSUER_LISTED, "issuer-not-on-list"), None),
        Some(listed) => {
            let check = Check::pass(ISSUER_LISTED, "issuer-on-list").with("list", listed.list);
            (check.with("name", listed.name), found)
        }
    }
}

/// The keys of an issuer, each with the domain that publishing it proves.
type Methods = Vec<(VerificationMethod, Option<String>)>;

fn among(named: Named, issuer: &str, methods: Methods, now: i64) -> Binding {
    let mut notes = Vec::new();
    let entry = match (methods.as_slice(), named.method) {
        // Published credentials name the bare DID of a did:key; it has one key, so it is clear
        // which one is meant. DEVIATION: CID asks for the method's own URL.
        ([only], Some(method)) if method == issuer && is_key_itself(issuer) && named.is_key(&only.0) => {
            notes.push(Check::fail(PROOF_METHOD_FRAGMENT, "method-is-bare-did"));
            Some(only)
        }
        ([only], Some(method))
            if named.is_token
                && is_key_itself(issuer)
                && is_hint(method, issuer)
                && named.is_key(&only.0) =>
        {
            Some(only)
        }
        (methods, _) => named.find(issuer, methods),
    };
    let Some((entry, domain)) = entry else {
        return Binding::of(Check::fail(ISSUER_CONTROLS_KEY, "key-not-published"));
    };
    let (check, key) = match withdrawn_elsewhere(entry, issuer, &methods, now, named.signer) {
        Some(check) => (check, entry.key.clone().ok()),
        None => published(entry, issuer, now, named.signer),
    };
    let domain = domain.clone().filter(|_| check.outcome == Outcome::Pass);
    let mut checks = vec![check];
    checks.append(&mut notes);
    Binding { checks, key, domain, needs: Vec::new() }
}

/// Whether an issuer's DID has one key for good.
fn is_key_itself(issuer: &str) -> bool {
    issuer.starts_with("did:key:") || issuer.starts_with("did:jwk:")
}

/// Whether a token's `kid` names nobody but `issuer`: a short word, or something below the issuer's own DID.
/// It is a hint ([RFC 7515 §4.1.4](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4)), and where there is
/// one key, that is meant. DEVIATION: nothing says that a hint need not be true (12-status-lists/walt-id).
fn is_hint(kid: &str, issuer: &str) -> bool {
    kid.split('#').next() == Some(issuer) || !kid.contains(':')
}

/// A key stands for nothing once any entry with that key is withdrawn, or says that it is somebody else's:
/// by another name, or in another of the issuer's documents, it is the same key.
fn withdrawn_elsewhere(
    entry: &VerificationMethod,
    issuer: &str,
    methods: &Methods,
    now: i64,
    signer: Signer,
) -> Option<Check> {
    let key = entry.key.as_ref().ok()?;
    let same = methods.iter().map(|(other, _)| other).filter(|other| other.key.as_ref() == Ok(key));
    let checks = same.map(|other| published(other, issuer, now, signer).0);
    checks.into_iter().find(|check| matches!(check.reason, "key-withdrawn" | "key-of-another-controller"))
}

impl Named<'_> {
    /// Whether the entry has the key that the signature brings, if it brings one.
    fn is_key(&self, entry: &VerificationMethod) -> bool {
        self.key.is_none_or(|key| entry.key.as_ref().is_ok_and(|own| own == key))
    }

    /// The entry that is meant: the one of that name, which must be that key where one is given; else
    /// the one with that key; else the only one there is, or the only one for this end.
    fn find<'m>(
        &self,
        issuer: &str,
        methods: &'m [(VerificationMethod, Option<String>)],
    ) -> Option<&'m (VerificationMethod, Option<String>)> {
        match (self.method, self.key, methods) {
            (Some(method), ..) => methods
                .iter()
                .find(|(entry, _)| self.is_name(method, issuer, &entry.id) && self.is_key(entry)),
            (None, Some(_), _) => methods.iter().find(|(entry, _)| self.is_key(entry)),
            (None, None, [only]) => Some(only),
            (None, None, _) => {
                let mut fit = methods.iter().filter(|(entry, _)| self.signer.may_use(entry));
                fit.next().filter(|_| fit.next().is_none())
            }
        }
    }

    /// Whether `method` means the entry `id`: it is that id, or, for a token and in a key set, which
    /// name keys by short words, the part of it after the issuer's own address.
    fn is_name(&self, method: &str, issuer: &str, id: &str) -> bool {
        let fragment = |address: &str| {
            let (before, after) = address.split_once('#')?;
            (before.is_empty() || before == issuer || https::is_of_same_host(before, issuer))
                .then(|| after.to_owned())
        };
        !id.is_empty()
            && (id == method
                || (!id.contains(':') && fragment(method).as_deref() == Some(id))
                || (self.is_token && id.strip_prefix(issuer) == Some(method))
                || (self.is_token
                    && id.strip_prefix(issuer).and_then(|rest| rest.strip_prefix('#')) == Some(method)))
    }

    /// The key that the signature itself brings along: in a token's header, or as a `did:key` method.
    fn own_key(&self) -> Option<PublicKey> {
        let method = self.method.filter(|method| method.starts_with("did:key:"));
        self.key.cloned().or_else(|| key_in_fragment(method?))
    }
}

fn published(
    entry: &VerificationMethod,
    issuer: &str,
    now: i64,
    signer: Signer,
) -> (Check, Option<PublicKey>) {
    let fail = |reason| Check::fail(ISSUER_CONTROLS_KEY, reason);
    let key = match &entry.key {
        Ok(key) => key.clone(),
        Err(problem) => return (unusable(*problem), None),
    };
    let check = match &entry.controller {
        Some(controller) if controller != issuer => fail("key-of-another-controller"),
        // CID 1.0 §2.2: nothing is verified with a key from the moment it is revoked or expires.
        _ if entry.withdrawn_at.is_some_and(|moment| now >= moment) => fail("key-withdrawn"),
        _ if !signer.may_use(entry) => fail(match signer {
            Signer::Issuer => "key-not-for-assertion",
            Signer::Holder => "key-not-for-authentication",
        }),
        _ => Check::pass(ISSUER_CONTROLS_KEY, "key-published-by-issuer"),
    };
    (check, Some(key))
}

/// `issuer.controls-key` for a key that cannot be verified with.
pub fn unusable(problem: KeyProblem) -> Check {
    let fail = |reason| Check::fail(ISSUER_CONTROLS_KEY, reason);
    match problem {
        KeyProblem::Unsupported => Check::unknown(ISSUER_CONTROLS_KEY, "key-type-unsupported"),
        KeyProblem::NotLoaded => {
            Check::unknown(ISSUER_CONTROLS_KEY, "part-not-loaded").with("part", part::MORE)
        }
        KeyProblem::Malformed => fail("key-malformed"),
        KeyProblem::Weak => fail("key-too-weak"),
        KeyProblem::OtherUse => fail("key-not-for-assertion"),
    }
}

/// The caller vouches for keys of this issuer: the key that the signature names must be one of them,
/// and a signature that names none takes the only one there is.
fn vouched_for(named: Named, vouched: &[&PublicKey]) -> Binding {
    let own = named.key.cloned().or_else(|| key_in_fragment(named.method?));
    // The caller's own, which may be good for fewer algorithms than the one the signature brings.
    let key = match (&own, vouched) {
        (Some(own), _) => vouched.iter().find(|key| **key == own).copied(),
        (None, [only]) => Some(*only),
        (None, _) => return Binding::of(Check::unknown(ISSUER_CONTROLS_KEY, "key-not-named")),
    };
    let Some(key) = key else {
        return Binding::of(Check::fail(ISSUER_CONTROLS_KEY, "key-not-vouched-for"));
    };
    let check = Check::pass(ISSUER_CONTROLS_KEY, "key-vouched-for-by-caller");
    Binding { key: Some(key.clone()), ..Binding::of(check) }
}

/// The DID that a method's address begins with.
pub fn did_of_method(method: &str) -> Option<&str> {
    let did = method.split(['#', '?', '/']).next()?;
    did.starts_with("did:").then_some(did)
}

/// The key spelled in the last part of a method's URL. It is nobody's until somebody vouches.
fn key_in_fragment(method: &str) -> Option<PublicKey> {
    let last = method.rsplit(['#', ':']).next()?;
    key_from_multikey(&multibase::decode_multikey(last)?).ok()
}
