//! Layer 1. Chains of X.509 certificates: which paths there are from a leaf to the caller's roots.
//!
//! Paths are built and judged by `webpki` after
//! [RFC 5280 §6.1](https://www.rfc-editor.org/rfc/rfc5280#section-6.1): names, times, basic constraints,
//! path lengths, name constraints, critical extensions; only what keys may be used for it leaves to its
//! callers. What it would verify is written down instead: this
//! stands in a module of its own, and signatures are the core's to verify, each of them, before a path
//! counts. Which names the leaf is for is the core's to compare.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use base64ct::{Base64, Encoding};
use der::asn1::{AnyRef, BitStringRef};
use der::{Decode, Reader, SliceReader, Tagged};
use pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, UnixTime, alg_id,
};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert};

use crate::codec::base64url;
use crate::crypto::{Algorithm, engine_code, lent};

/// Answers for the part [`crate::crypto::part::CERTIFICATES`]: the three texts of [`paths`], packed.
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    let words: Option<Vec<&str>> =
        lent::unpack(question)?.into_iter().map(|word| std::str::from_utf8(word).ok()).collect();
    match words?.as_slice() {
        [chain, roots, now] => Some(paths(chain, roots, now).into_bytes()),
        _ => None,
    }
}

/// The paths from the first certificate of `chain` to each of `roots` at the time `now`, as lines of text.
///
/// `chain` has a certificate a line, DER in base64, as [RFC 7515
/// §4.1.6](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6) writes them; `roots` may have PEM too; `now`
/// is in Unix seconds. The answer is a reason where there is no path; else for each path a line
/// `path`, and below it
///
/// * `key` with the code of an algorithm of the leaf's key and the key in base64url;
/// * `dns` or `uri` with a name of the leaf in base64url;
/// * `signature` with the code of its algorithm, the key, the message and the signature, in base64url.
fn paths(chain: &str, roots: &str, now: &str) -> String {
    let certificates: Option<Vec<Vec<u8>>> =
        chain.lines().take(CHAIN_MAX + 1).map(|line| Base64::decode_vec(line).ok()).collect();
    let certificates = certificates.unwrap_or_default();
    let Some((leaf, others)) = certificates.split_first() else { return NOT_SOUND.to_owned() };
    let Ok(seconds) = now.parse() else { return NOT_SOUND.to_owned() };
    if others.len() >= CHAIN_MAX {
        return NOT_SOUND.to_owned();
    }
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let leaf = CertificateDer::from(leaf.as_slice());
    let others: Vec<CertificateDer> = others.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let leaf = match EndEntityCert::try_from(&leaf) {
        Ok(leaf) => leaf,
        Err(error) => return reason(error).to_owned(),
    };
    let mut found = String::new();
    let mut reason = NOT_LISTED;
    for root in certificates_in(roots) {
        match path(&leaf, &others, &root, time) {
            Ok(path) => found.push_str(&path),
            // A list of roots has others beside the one that is meant.
            Err(NOT_LISTED) => {}
            Err(other) => reason = other,
        }
    }
    if found.is_empty() { format!("{reason}\n{}", key_of(&leaf)) } else { found }
}

/// The path to `root`. Errors: the id of a reason.
fn path(
    leaf: &EndEntityCert,
    others: &[CertificateDer],
    root: &[u8],
    time: UnixTime,
) -> Result<String, &'static str> {
    let root = CertificateDer::from(root);
    let anchors = [anchor_from_trusted_cert(&root).map_err(|_| NOT_LISTED)?];
    let usage = |der: &[u8], bits: u8| key_usage(der).is_some_and(|usage| usage & bits != 0);
    // A server's own certificate, listed for a root, would make an authority of whoever runs the server.
    if !usage(&root, KEY_CERT_SIGN) && root != leaf.der() {
        return Err(NOT_SOUND);
    }
    let seen = Mutex::new(String::new());
    let algorithms = SIGNATURES.map(|row| Noted { row, seen: &seen });
    let algorithms: Vec<&dyn SignatureVerificationAlgorithm> =
        algorithms.iter().map(|one| -> &dyn SignatureVerificationAlgorithm { one }).collect();
    let path = leaf.verify_for_usage(&algorithms, &anchors, others, time, AnyUsage, None, None);
    let path = path.map_err(reason)?;
    let signs = path.intermediate_certificates().all(|one| usage(&one.der(), KEY_CERT_SIGN));
    if !signs || !usage(&leaf.der(), DIGITAL_SIGNATURE | CONTENT_COMMITMENT) {
        return Err(NOT_SOUND);
    }
    let signatures = seen.lock().map(|seen| seen.clone()).unwrap_or_default();
    let name = |kind: &str, name: &str| format!("{kind} {}\n", base64url::encode(name.as_bytes()));
    let dns: String = leaf.valid_dns_names().map(|of| name("dns", of)).collect();
    // An authority for some hosts could put any of the others into an address, which constraints on hosts
    // do not reach.
    let is_constrained = |der: &[u8]| !matches!(extension(der, NAME_CONSTRAINTS), Some(None));
    let is_constrained =
        is_constrained(&root) || path.intermediate_certificates().any(|one| is_constrained(&one.der()));
    let uris = leaf.valid_uri_names().filter(|_| !is_constrained);
    let uris: String = uris.map(|of| name("uri", of)).collect();
    Ok(format!("path\n{}{dns}{uris}{signatures}", key_of(leaf)))
}

/// The key of the leaf, which is shown to whoever verifies a signature with it.
fn key_of(leaf: &EndEntityCert) -> String {
    let seen = Mutex::new(String::new());
    for row in SIGNATURES {
        let is_of_key = leaf.verify_signature(&Noted { row, seen: &seen }, &[], &[]).is_ok();
        if let (true, Ok(seen)) = (is_of_key, seen.lock()) {
            let key = seen.split(' ').nth(2).unwrap_or_default();
            return format!("key {} {key}\n", engine_code::of_algorithm(row.algorithm));
        }
    }
    String::new()
}

/// The first byte of the key usage ([RFC 5280
/// §4.2.1.3](https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3)): all of it where the certificate does
/// not say any; none where it cannot be read.
fn key_usage(der: &[u8]) -> Option<u8> {
    let Some(usage) = extension(der, KEY_USAGE)? else { return Some(0xff) };
    BitStringRef::from_der(usage.value()).ok()?.raw_bytes().first().copied()
}

/// The value of the extension `id`, if the certificate has it; none where the certificate cannot be read.
fn extension<'d>(der: &'d [u8], id: &[u8]) -> Option<Option<AnyRef<'d>>> {
    let mut certificate = inside(AnyRef::from_der(der).ok()?)?;
    let mut fields = inside(AnyRef::decode(&mut certificate).ok()?)?;
    while !fields.is_finished() {
        let field = AnyRef::decode(&mut fields).ok()?;
        if !field.tag().is_context_specific() || field.tag().number().value() != EXTENSIONS {
            continue;
        }
        let mut extensions = inside(AnyRef::from_der(field.value()).ok()?)?;
        while !extensions.is_finished() {
            let mut extension = inside(AnyRef::decode(&mut extensions).ok()?)?;
            if AnyRef::decode(&mut extension).ok()?.value() != id {
                continue;
            }
            let mut value = AnyRef::decode(&mut extension).ok()?;
            while !extension.is_finished() {
                value = AnyRef::decode(&mut extension).ok()?;
            }
            return Some(Some(value));
        }
    }
    Some(None)
}

fn inside(element: AnyRef<'_>) -> Option<SliceReader<'_>> {
    SliceReader::new(element.value()).ok()
}

fn reason(error: Error) -> &'static str {
    match error {
        Error::UnknownIssuer => NOT_LISTED,
        Error::CertExpired { .. } | Error::CertNotValidYet { .. } => "certificate-not-in-force",
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Error::UnsupportedCriticalExtension => "unsupported",
        _ => NOT_SOUND,
    }
}

/// The DER of every certificate in `text`: lines of base64, and PEM
/// ([RFC 7468 §5](https://www.rfc-editor.org/rfc/rfc7468#section-5)). What is neither is passed over.
fn certificates_in(text: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut inside: Option<String> = None;
    for line in text.lines().map(str::trim) {
        match (line, inside.take()) {
            ("-----BEGIN CERTIFICATE-----", _) => inside = Some(String::new()),
            ("-----END CERTIFICATE-----", Some(base64)) => found.push(base64),
            (_, Some(base64)) => inside = Some(base64 + line),
            (_, None) => found.push(line.to_owned()),
        }
    }
    found.into_iter().filter_map(|base64| Base64::decode_vec(&base64).ok()).collect()
}

/// A way of signing certificates.
#[derive(Clone, Copy, Debug)]
struct Row {
    algorithm: Algorithm,
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
}

/// Writes down what it is asked to verify, and says yes.
struct Noted<'a> {
    row: Row,
    seen: &'a Mutex<String>,
}

impl fmt::Debug for Noted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("noted")
    }
}

impl SignatureVerificationAlgorithm for Noted<'_> {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let algorithm = self.row.algorithm;
        // The empty one is no certificate's: see `key_of`.
        let signature = match algorithm {
            _ if signature.is_empty() => Vec::new(),
            Algorithm::EcdsaP256Sha256 => {
                p256::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?.to_bytes().to_vec()
            }
            Algorithm::EcdsaP384Sha384 => {
                p384::ecdsa::Signature::from_der(signature).map_err(|_| InvalidSignature)?.to_bytes().to_vec()
            }
            _ => signature.to_vec(),
        };
        let code = engine_code::of_algorithm(algorithm);
        let [key, message, signature] = [key, message, &signature].map(base64url::encode);
        let line = format!("signature {code} {key} {message} {signature}\n");
        self.seen.lock().map_err(|_| InvalidSignature)?.push_str(&line);
        Ok(())
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.row.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.row.signature
    }
}

/// Certificates of issuers say many things about what else they are for, and nobody has settled what they
/// must say for credentials.
struct AnyUsage;

impl ExtendedKeyUsageValidator for AnyUsage {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

const fn row(algorithm: Algorithm, key: AlgorithmIdentifier, signature: AlgorithmIdentifier) -> Row {
    Row { algorithm, key, signature }
}

/// The ways of signing certificates that are read; the first of a kind of key stands for that kind.
const SIGNATURES: [Row; 9] = [
    row(Algorithm::EcdsaP256Sha256, alg_id::ECDSA_P256, alg_id::ECDSA_SHA256),
    row(Algorithm::EcdsaP384Sha384, alg_id::ECDSA_P384, alg_id::ECDSA_SHA384),
    row(Algorithm::Ed25519, alg_id::ED25519, alg_id::ED25519),
    row(Algorithm::RsaPkcs1Sha256, alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA256),
    row(Algorithm::RsaPkcs1Sha384, alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA384),
    row(Algorithm::RsaPkcs1Sha512, alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA512),
    row(Algorithm::RsaPssSha256, alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA256),
    row(Algorithm::RsaPssSha384, alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA384),
    row(Algorithm::RsaPssSha512, alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA512),
];

/// The number of the field of a certificate that has its extensions.
const EXTENSIONS: u32 = 3;
/// `2.5.29.15`
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
/// `2.5.29.30`
const NAME_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 30];
const DIGITAL_SIGNATURE: u8 = 0x80;
/// What seals of organisations are made for.
const CONTENT_COMMITMENT: u8 = 0x40;
const KEY_CERT_SIGN: u8 = 0x04;

const NOT_LISTED: &str = "certificate-root-not-listed";
const NOT_SOUND: &str = "certificate-not-sound";

/// Most certificates of a chain. The longest in use have four.
const CHAIN_MAX: usize = 8;
