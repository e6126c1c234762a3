//! Layer 4. The issuer's key as a certificate says it: the chain that a token brings (`x5c`), up to a root that
//! the caller lists.
//!
//! A chain to any other root proves nothing: everybody may be an authority. The certificate must be for the
//! issuer by name: the host of its address, or its id as it is written.
//! Spec: [RFC 7515 §4.1.6](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6),
//! [RFC 5280 §6.1](https://www.rfc-editor.org/rfc/rfc5280#section-6.1).

use crate::check::ISSUER_CONTROLS_KEY;
use crate::codec::base64url;
use crate::codec::json::Value;
use crate::crypto::key::key_of_certificate;
use crate::crypto::{self, Algorithm, PublicKey, Refused, engine_code, part};
use crate::did::https::domain_of;
use crate::did::web::is_exact_address;
use crate::need::{Found, host};
use crate::policy::Policy;
use crate::report::Check;

/// What a chain of certificates says.
pub struct Certified {
    /// `issuer.controls-key`, as far as the chain tells.
    pub check: Check,
    /// The key of its first certificate.
    pub key: Option<PublicKey>,
    /// The issuer's domain, where the check passed and the certificate names it.
    pub domain: Option<String>,
}

/// What `chain`, the value of an `x5c`, says about the key of `issuer`. Behind `has_more` only.
#[inline(never)]
pub fn certified(chain: &Value, issuer: &str, found: &Found, policy: &Policy) -> Certified {
    let bare = |check| Certified { check, key: None, domain: None };
    let unknown = |reason| Check::unknown(ISSUER_CONTROLS_KEY, reason);
    let texts: Option<Vec<&str>> = chain.as_array().and_then(|all| all.iter().map(Value::as_str).collect());
    let texts = texts.unwrap_or_default().join("\n");
    let (roots, now) = (policy.roots.join("\n"), policy.now.to_string());
    let question = [texts.as_bytes(), roots.as_bytes(), now.as_bytes()];
    let said = found.engines.ask(part::CERTIFICATES, &question).and_then(|said| String::from_utf8(said).ok());
    let Some(said) = said else {
        return bare(unknown("part-not-loaded").with("part", part::CERTIFICATES));
    };
    let paths: Vec<Path> = said.split("path\n").skip(1).map(Path::read).collect();
    let Some(first) = paths.first() else {
        let key = Path::read(&said).key;
        return Certified { key, ..bare(no_path(&said)) };
    };
    let mut missing = None;
    for path in &paths {
        match path.holds(found) {
            Ok(()) => {
                let (check, domain) = path.names(issuer);
                return Certified { check, key: path.key.clone(), domain };
            }
            Err(Refused::NotLoaded(part)) => missing = Some(unknown("part-not-loaded").with("part", part)),
            Err(_) => {}
        }
    }
    let broken = Check::fail(ISSUER_CONTROLS_KEY, "certificate-not-sound");
    Certified { key: first.key.clone(), ..bare(missing.unwrap_or(broken)) }
}

fn no_path(said: &str) -> Check {
    match said.lines().next() {
        Some("certificate-root-not-listed") => {
            Check::unknown(ISSUER_CONTROLS_KEY, "certificate-root-not-listed")
        }
        Some("unsupported") => Check::unknown(ISSUER_CONTROLS_KEY, "key-type-unsupported"),
        Some("certificate-not-in-force") => Check::fail(ISSUER_CONTROLS_KEY, "certificate-not-in-force"),
        Some("certificate-not-sound") => Check::fail(ISSUER_CONTROLS_KEY, "certificate-not-sound"),
        _ => Check::unknown(ISSUER_CONTROLS_KEY, "part-not-loaded").with("part", part::CERTIFICATES),
    }
}

/// A path to a root that is sound but for its signatures, which nobody has verified yet.
#[derive(Default)]
struct Path {
    key: Option<PublicKey>,
    hosts: Vec<String>,
    uris: Vec<String>,
    signatures: Vec<Signed>,
}

/// A signature on a certificate. What is not understood of it holds for nothing.
struct Signed {
    algorithm: Option<Algorithm>,
    key: Option<PublicKey>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Path {
    /// Reads the lines that the module of certificates writes.
    fn read(lines: &str) -> Path {
        let mut path = Path::default();
        for line in lines.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let bytes = |text: &str| base64url::decode(text).unwrap_or_default();
            let name = |text: &str| String::from_utf8(bytes(text)).ok();
            let key = |code: &str, key: &str| {
                let algorithm = code.parse().ok().and_then(engine_code::algorithm);
                (algorithm, algorithm.and_then(|algorithm| key_of_certificate(algorithm, &bytes(key)).ok()))
            };
            match words.as_slice() {
                ["dns", of] => path.hosts.extend(name(of)),
                ["uri", of] => path.uris.extend(name(of)),
                ["key", code, of] => path.key = key(code, of).1,
                ["signature", code, of, message, signature] => {
                    let (algorithm, key) = key(code, of);
                    let (message, signature) = (bytes(message), bytes(signature));
                    path.signatures.push(Signed { algorithm, key, message, signature });
                }
                _ => {}
            }
        }
        path
    }

    /// Whether every certificate of the path is signed by the next. Errors: those of [`crypto::verify`].
    fn holds(&self, found: &Found) -> Result<(), Refused> {
        if self.signatures.is_empty() || self.signatures.len() > SIGNATURES_MAX {
            return Err(Refused::BadSignature);
        }
        for Signed { algorithm, key, message, signature } in &self.signatures {
            let (Some(algorithm), Some(key)) = (algorithm, key) else { return Err(Refused::BadKey) };
            crypto::verify(*algorithm, key, message, signature, &found.engines)?;
        }
        Ok(())
    }

    /// Whether the certificate is for `issuer`, and the domain it says.
    fn names(&self, issuer: &str) -> (Check, Option<String>) {
        let pass = || Check::pass(ISSUER_CONTROLS_KEY, "key-certified-for-issuer");
        let is_address = is_exact_address(issuer);
        let name = host(issuer).split(':').next().unwrap_or_default();
        let is_host = is_address && self.hosts.iter().any(|of| of.eq_ignore_ascii_case(name));
        if self.key.is_none() {
            return (Check::unknown(ISSUER_CONTROLS_KEY, "key-type-unsupported"), None);
        }
        if is_host {
            return (pass(), Some(name.to_owned()));
        }
        match self.uris.iter().any(|of| of == issuer) {
            // `host.example/someone` is not `host.example`.
            true => (pass(), is_address.then(|| domain_of(issuer).to_owned())),
            false => {
                let names: Vec<&str> = self.hosts.iter().chain(&self.uris).map(String::as_str).collect();
                let check = Check::fail(ISSUER_CONTROLS_KEY, "certificate-for-another");
                (check.with("names", names.join(", ")), None)
            }
        }
    }
}

/// Most signatures of one path that are verified.
const SIGNATURES_MAX: usize = 16;
