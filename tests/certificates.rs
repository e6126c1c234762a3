//! Chains of certificates in tokens: which make a key the issuer's, and which do not.

mod own;
mod support;

use own::certificate::{Certificate, pem, x5c};
use own::signer::Issuer;
use own::token::{jwk_with, token_as};
use verify_credential::crypto::Engines;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Identity, Outcome, Report, Verdict};
use verify_credential::{snapshot, verify};

const ISSUER: &str = "https://guild.example/issuer";

fn badge(issuer: &str) -> String {
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{{"id":"{issuer}","type":["Profile"],"name":"Guild"}},
        "validFrom":"2026-01-15T09:00:00Z","iss":"{issuer}","sub":"did:example:holder","jti":"urn:uuid:1","nbf":1768467600,
        "credentialSubject":{{"id":"did:example:holder","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:2",
        "type":["Achievement"],"name":"Masonry","description":"…","criteria":{{"narrative":"…"}}}}}}}}"#
    )
}

/// A badge of `issuer` that brings `chain`, signed with `key`.
fn report(issuer: &str, key: &Issuer, chain: &[Vec<u8>], roots: &[String], found: &Found) -> Report {
    let header = format!(r#"{{"alg":"{}","x5c":{}}}"#, key.alg(), x5c(chain));
    let token = token_as(key.alg(), &header, &badge(issuer), key);
    verify(token.as_bytes(), "token", found, &Policy { roots: roots.to_vec(), ..own::policy() })
}

fn answer(report: &Report) -> (Outcome, &'static str) {
    let check = report.check("issuer.controls-key").expect("asked");
    (check.outcome, check.reason)
}

/// A root, an authority below it, and a leaf.
struct Authorities {
    root: Issuer,
    middle: Issuer,
    leaf: Issuer,
}

impl Authorities {
    fn new() -> Authorities {
        Authorities {
            root: Issuer::p384("root"),
            middle: Issuer::p256("middle"),
            leaf: Issuer::p256("leaf of a chain"),
        }
    }

    fn root(&self) -> Vec<u8> {
        Certificate::authority("root", "root", &self.root).signed(&self.root, "ES384")
    }

    fn middle(&self) -> Certificate<'_> {
        Certificate::authority("middle", "root", &self.middle)
    }

    fn leaf(&self) -> Certificate<'_> {
        Certificate::leaf("middle", &self.leaf, &["guild.example"])
    }

    /// The chain of these, each signed by the next.
    fn chain(&self, leaf: &Certificate, middle: &Certificate) -> Vec<Vec<u8>> {
        vec![leaf.signed(&self.middle, "ES256"), middle.signed(&self.root, "ES384")]
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_chain_to_a_listed_root_makes_the_key_the_issuers() {
    let of = Authorities::new();
    let chain = of.chain(&of.leaf(), &of.middle());
    let with_root = [chain.clone(), vec![of.root()]].concat();
    let base64 = x5c(&[of.root()]).trim_matches(['[', ']', '"']).to_owned();
    let seal = of.chain(&Certificate { usage: Some(0x40), ..of.leaf() }, &of.middle());
    let silent = Certificate { usage: None, ..of.leaf() };
    let silent = of.chain(&silent, &Certificate { usage: None, ..of.middle() });
    for (chain, roots) in [
        (&seal, vec![pem(&of.root())]),
        (&silent, vec![pem(&of.root())]),
        (&chain, vec![pem(&of.root())]),
        (&chain, vec![base64]),
        (&with_root, vec![pem(&of.root())]),
        (&chain, vec![format!("Our root:\n{}", pem(&of.root()))]),
    ] {
        let report = report(ISSUER, &of.leaf, chain, &roots, &Found::default());
        assert_eq!(answer(&report), (Outcome::Pass, "key-certified-for-issuer"), "{roots:?}");
        assert_eq!(report.headline, Headline::Verified);
        assert_eq!(report.issuer.identity, Identity::Domain);
        assert_eq!(report.issuer.domain.as_deref(), Some("guild.example"));
        assert!(report.needs.is_empty());
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_kind_of_key_signs_certificates() {
    for (root, alg) in [
        (Issuer::of("root"), "EdDSA"),
        (Issuer::p256("root"), "ES256"),
        (Issuer::p384("root"), "ES384"),
        (Issuer::rsa(), "RS256"),
    ] {
        for leaf in [Issuer::of("leaf"), Issuer::p256("leaf"), Issuer::p384("leaf"), Issuer::rsa()] {
            let anchor = Certificate::authority("root", "root", &root).signed(&root, alg);
            let chain = [Certificate::leaf("root", &leaf, &["guild.example"]).signed(&root, alg)];
            let report = report(ISSUER, &leaf, &chain, &[pem(&anchor)], &Found::default());
            assert_eq!(report.headline, Headline::Verified, "{alg}, {}: {:?}", leaf.alg(), answer(&report));
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_certificate_is_for_a_name() {
    let of = Authorities::new();
    const DID: &str = "did:web:guild.example";
    let pass = (Outcome::Pass, "key-certified-for-issuer");
    let other = (Outcome::Fail, "certificate-for-another");
    type Names = &'static [&'static str];
    type Row = (&'static str, Names, Names, (Outcome, &'static str), Option<&'static str>);
    let table: [Row; 14] = [
        (ISSUER, &["guild.example"], &[], pass, Some("guild.example")),
        (ISSUER, &["other.example", "GUILD.example"], &[], pass, Some("guild.example")),
        (ISSUER, &[], &[ISSUER], pass, Some("guild.example/issuer")),
        (DID, &[], &[DID], pass, None),
        (ISSUER, &["other.example"], &[], other, None),
        (ISSUER, &["*.example"], &[], other, None),
        (ISSUER, &["www.guild.example"], &[], other, None),
        (ISSUER, &["example"], &[], other, None),
        (ISSUER, &[], &["https://guild.example/issuers"], other, None),
        (ISSUER, &[], &["https://guild.example/issuer/"], other, None),
        (ISSUER, &[], &[], other, None),
        (DID, &["guild.example"], &[], other, None),
        ("https://guild.example/a/../b", &["guild.example"], &[], other, None),
        ("https://GUILD.example/", &["guild.example"], &[], other, None),
    ];
    for (issuer, hosts, uris, expected, domain) in table {
        let leaf = Certificate { hosts, uris, ..of.leaf() };
        let chain = of.chain(&leaf, &of.middle());
        let report = report(issuer, &of.leaf, &chain, &[pem(&of.root())], &Found::default());
        assert_eq!(answer(&report), expected, "{issuer} {hosts:?} {uris:?}");
        assert_eq!(report.issuer.domain.as_deref(), domain, "{issuer} {hosts:?} {uris:?}");
        assert_eq!(report.verdict == Verdict::Valid, expected == pass, "{issuer} {hosts:?} {uris:?}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_chain_with_a_defect_proves_nothing() {
    let of = Authorities::new();
    let listed = [pem(&of.root())];
    let mallory = Issuer::p384("mallory");
    let not_in_force = (Outcome::Fail, "certificate-not-in-force");
    let not_sound = (Outcome::Fail, "certificate-not-sound");
    let not_listed = (Outcome::Unknown, "certificate-root-not-listed");
    let leaf = of.leaf();
    let middle = of.middle();
    let sound = of.chain(&leaf, &middle);
    let mut bent = sound.clone();
    let last = bent[0].len() - 1;
    bent[0][last] ^= 1;
    let mut cut = sound.clone();
    cut[0].pop();
    let below = Certificate::authority("below", "middle", &mallory);
    let deep = vec![
        Certificate { issuer: "below", ..leaf.clone() }.signed(&mallory, "ES384"),
        below.signed(&of.middle, "ES256"),
        Certificate { authority: Some(Some(0)), ..middle.clone() }.signed(&of.root, "ES384"),
    ];
    // The name of the root, and another's key.
    let namesake = vec![
        leaf.signed(&of.middle, "ES256"),
        middle.signed(&mallory, "ES384"),
        Certificate::authority("root", "root", &mallory).signed(&mallory, "ES384"),
    ];
    let no_authority = Certificate { authority: None, hosts: &["middle.example"], ..middle.clone() };
    let table = [
        (
            "expired leaf",
            of.chain(&Certificate { until: "260101000000Z", ..leaf.clone() }, &middle),
            not_in_force,
        ),
        (
            "leaf of later",
            of.chain(&Certificate { from: "270101000000Z", ..leaf.clone() }, &middle),
            not_in_force,
        ),
        (
            "expired authority",
            of.chain(&leaf, &Certificate { until: "260101000000Z", ..middle.clone() }),
            not_in_force,
        ),
        ("no authority", of.chain(&leaf, &no_authority), not_sound),
        ("an authority below one that may have none", deep, not_sound),
        (
            "an authority as leaf",
            of.chain(&Certificate { authority: Some(None), ..leaf.clone() }, &middle),
            not_sound,
        ),
        (
            "a strange extension",
            of.chain(&Certificate { is_strange: true, ..leaf.clone() }, &middle),
            (Outcome::Unknown, "key-type-unsupported"),
        ),
        (
            "a leaf that signs nothing",
            of.chain(&Certificate { usage: Some(0x20), ..leaf.clone() }, &middle),
            not_sound,
        ),
        (
            "an authority that signs no certificates",
            of.chain(&leaf, &Certificate { usage: Some(0x82), ..middle.clone() }),
            not_sound,
        ),
        ("bent signature", bent, not_sound),
        ("cut", cut, not_sound),
        ("no middle", sound[..1].to_vec(), not_listed),
        ("a namesake of the root", namesake, not_sound),
        ("nothing", Vec::new(), not_sound),
        ("too long", vec![sound[0].clone(); 9], not_sound),
    ];
    for (name, chain, expected) in table {
        let report = report(ISSUER, &of.leaf, &chain, &listed, &Found::default());
        assert_eq!(answer(&report), expected, "{name}");
        assert_ne!(report.verdict, Verdict::Valid, "{name}");
        assert_eq!(report.issuer.identity, Identity::None, "{name}");
    }
    for roots in [
        Vec::new(),
        vec![pem(&Certificate::authority("m", "m", &mallory).signed(&mallory, "ES384"))],
        vec!["!".into()],
    ] {
        let report = report(ISSUER, &of.leaf, &sound, &roots, &Found::default());
        assert_eq!(answer(&report), not_listed, "{roots:?}");
        assert_eq!(report.headline, Headline::NotFullyChecked, "{roots:?}");
    }
}

/// An authority for some names is none for others, however the others are written.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_authority_for_some_names_is_none_for_others() {
    let of = Authorities::new();
    let listed = [pem(&of.root())];
    let judged = |only: &[&str], hosts: &[&str], uris: &[&str], root: Option<&[&str]>| {
        let chain = of.chain(&Certificate { hosts, uris, ..of.leaf() }, &Certificate { only, ..of.middle() });
        let root = root.map(|only| {
            let root = Certificate { only, ..Certificate::authority("root", "root", &of.root) };
            [pem(&root.signed(&of.root, "ES384"))]
        });
        answer(&report(ISSUER, &of.leaf, &chain, root.as_ref().unwrap_or(&listed), &Found::default()))
    };
    let pass = (Outcome::Pass, "key-certified-for-issuer");
    let not_sound = (Outcome::Fail, "certificate-not-sound");
    let other = (Outcome::Fail, "certificate-for-another");
    assert_eq!(judged(&["guild.example"], &["guild.example"], &[], None), pass);
    assert_eq!(judged(&["other.example"], &["guild.example"], &[], None), not_sound);
    assert_eq!(judged(&[], &["guild.example"], &[], Some(&["other.example"])), not_sound);
    // Constraints on hosts do not reach addresses, which would say the same.
    assert_eq!(judged(&["other.example"], &[], &[ISSUER], None), other);
    assert_eq!(judged(&["other.example"], &["www.other.example"], &[ISSUER], None), other);
    assert_eq!(judged(&[], &[], &[ISSUER], Some(&["other.example"])), other);
    assert_eq!(judged(&[], &[], &[ISSUER], None), pass);
}

/// Somebody's certificate that a caller took for a root makes no authority of them.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_listed_certificate_that_signs_none_is_no_root() {
    let of = Authorities::new();
    let server =
        Certificate { subject: "server", ..Certificate::leaf("server", &of.root, &["other.example"]) };
    let leaf = Certificate { issuer: "server", ..of.leaf() }.signed(&of.root, "ES384");
    let roots = [pem(&server.signed(&of.root, "ES384"))];
    let report = report(ISSUER, &of.leaf, &[leaf], &roots, &Found::default());
    assert_eq!(answer(&report), (Outcome::Fail, "certificate-not-sound"));
    assert_ne!(report.verdict, Verdict::Valid);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_issuers_own_documents_still_count() {
    let of = Authorities::new();
    let chain = of.chain(&of.leaf(), &of.middle());
    let roots = [pem(&of.root())];
    let published = |key: &Issuer| {
        let mut found = Found::default();
        let documents = format!(
            r#"{{"documents":{{"{ISSUER}":{{"id":"{ISSUER}"}}}},"jwks":{{"https://guild.example/.well-known/jwks.json":{{"keys":[{}]}}}}}}"#,
            key.jwk()
        );
        assert_eq!(snapshot::add(documents.as_bytes(), &mut found, &|_| None), Ok(()));
        found
    };
    let (own, other) = (published(&of.leaf), published(&Issuer::p256("other")));
    let in_documents = (Outcome::Pass, "key-published-by-issuer");
    let certified = (Outcome::Pass, "key-certified-for-issuer");
    let mallory = Issuer::p384("mallory");
    let unlisted = [pem(&Certificate::authority("m", "m", &mallory).signed(&mallory, "ES384"))];
    for (name, roots, found, expected) in [
        ("both", &roots[..], &own, certified),
        ("the chain alone", &roots[..], &other, certified),
        ("the documents alone", &unlisted[..], &own, in_documents),
        ("neither", &unlisted[..], &other, (Outcome::Unknown, "certificate-root-not-listed")),
        // Without roots nothing is read of the chain, and nothing names a key.
        ("no roots", &[][..], &own, (Outcome::Unknown, "certificate-root-not-listed")),
    ] {
        let report = report(ISSUER, &of.leaf, &chain, roots, found);
        assert_eq!(answer(&report), expected, "{name}");
        assert_eq!(report.verdict == Verdict::Valid, expected.0 == Outcome::Pass, "{name}");
    }
    // The certificate is another's than whose signature it is.
    let header = format!(r#"{{"alg":"ES256","x5c":{}}}"#, x5c(&chain));
    let token = token_as("ES256", &header, &badge(ISSUER), &Issuer::p256("other"));
    let policy = Policy { roots: roots.to_vec(), ..own::policy() };
    let report = verify(token.as_bytes(), "token", &other, &policy);
    assert_eq!(report.headline, Headline::DoNotRely);
    // In a `jwk` it is the same chain, and the key beside it decides nothing.
    let jwk = jwk_with(&Issuer::p256("other"), &format!(r#""x5c":{},"#, x5c(&chain)));
    let token = token_as("ES256", &format!(r#"{{"alg":"ES256","jwk":{jwk}}}"#), &badge(ISSUER), &of.leaf);
    assert_eq!(verify(token.as_bytes(), "token", &other, &policy).headline, Headline::Verified);
    let token = token_as(
        "ES256",
        &format!(r#"{{"alg":"ES256","jwk":{jwk}}}"#),
        &badge(ISSUER),
        &Issuer::p256("other"),
    );
    assert_eq!(verify(token.as_bytes(), "token", &other, &policy).headline, Headline::DoNotRely);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_not_loaded_is_waited_for() {
    let of = Authorities::new();
    let chain = of.chain(&of.leaf(), &of.middle());
    let mut found = Found::default();
    found.engines = Engines::NONE;
    let without = report(ISSUER, &of.leaf, &chain, &[pem(&of.root())], &found);
    assert!(without.checks.iter().any(|check| check.param("part") == Some("more")));
    found.engines = Engines::NONE.with_more();
    let without = report(ISSUER, &of.leaf, &chain, &[pem(&of.root())], &found);
    assert_eq!(answer(&without), (Outcome::Unknown, "part-not-loaded"));
    assert_eq!(
        without.check("issuer.controls-key").and_then(|check| check.param("part")),
        Some("certificates")
    );
    // Where no root is listed, nothing is loaded.
    let without = report(ISSUER, &of.leaf, &chain, &[], &found);
    assert_eq!(answer(&without), (Outcome::Unknown, "certificate-root-not-listed"));
    found.engines = Engines::NONE.with_more().with("certificates", std::rc::Rc::new(|_| Some(Vec::new())));
    let report = report(ISSUER, &of.leaf, &chain, &[pem(&of.root())], &found);
    assert_eq!(answer(&report), (Outcome::Unknown, "part-not-loaded"), "a module that stopped");
}
