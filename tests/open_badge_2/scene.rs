//! What stands on the web, a file, and what is asked of a report.

use std::rc::Rc;

use serde_json::{Value, json};
use verify_credential::need::{Answer, Found};
use verify_credential::report::{Headline, Outcome, Report, Verdict};

use crate::own;
use crate::own::signer::Issuer;
use crate::own::token::token;

pub const ISSUER: &str = "https://uni.example/issuer.json";

pub const CLASS: &str = "https://uni.example/badges/welding.json";

pub const AWARD: &str = "https://uni.example/awards/7.json";

pub const KEY: &str = "https://uni.example/key.json";

pub const LIST: &str = "https://uni.example/withdrawn.json";

/// What stands on the web, and a file.
#[derive(Clone)]
pub struct Scene {
    pub web: Vec<(String, String)>,
    pub file: String,
}

impl Scene {
    /// A sound hosted badge of 2.0.
    pub fn hosted() -> Scene {
        let mut scene = Scene { web: Vec::new(), file: award().to_string() };
        scene.put(AWARD, award());
        scene.put(CLASS, class());
        scene.put(ISSUER, profile());
        scene
    }

    /// A sound badge of 2.0, signed by `issuer`.
    pub fn signed(issuer: &Issuer) -> Scene {
        let mut scene = Scene::hosted();
        scene.web.remove(0);
        scene.put(ISSUER, with(&profile(), json!({"publicKey": KEY, "revocationList": LIST})));
        scene.put(KEY, key(issuer));
        scene.put(LIST, list(json!([])));
        scene.sign(&signed_award(), issuer);
        scene
    }

    pub fn sign(&mut self, award: &Value, issuer: &Issuer) {
        self.file = token(&json!({"alg": issuer.alg()}).to_string(), &award.to_string(), issuer);
    }

    pub fn put(&mut self, url: &str, document: Value) {
        self.put_text(url, &document.to_string());
    }

    pub fn put_text(&mut self, url: &str, text: &str) {
        self.web.retain(|(known, _)| known != url);
        self.web.push((url.to_owned(), text.to_owned()));
    }

    pub fn without(mut self, url: &str) -> Scene {
        self.web.retain(|(known, _)| known != url);
        self
    }

    pub fn change(mut self, url: &str, members: Value) -> Scene {
        let old = self.web.iter().find(|(known, _)| known == url).expect("it stands there").1.clone();
        let old: Value = serde_json::from_str(&old).expect("JSON");
        self.put(url, with(&old, members));
        self
    }

    pub fn found(&self) -> Found {
        let mut found = Found::default();
        for (url, text) in &self.web {
            let bytes = Rc::from(text.clone().into_bytes());
            found.provide(url.clone(), Answer::Document { bytes, read_at: Some(own::NOW), pinned: false });
        }
        found
    }

    pub fn report(&self) -> Report {
        own::report(self.file.as_bytes(), &self.found())
    }
}

pub fn award() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": AWARD,
        "recipient": {"type": "email", "hashed": true, "salt": "deadsea", "identity": "sha256$c7ef86405ba71b85acd8e2e95166c4b111448089f2e1599f42fe1bba46e865c5"},
        "issuedOn": "2025-06-01T09:00:00Z", "badge": CLASS, "verification": {"type": "HostedBadge"},
        "evidence": ["https://uni.example/work/7", {"id": "https://uni.example/work/8", "name": "A gate", "narrative": "Two weeks' work."}],
        "narrative": "Made a gate.",
    })
}

pub fn signed_award() -> Value {
    let verification = json!({"type": "SignedBadge", "creator": KEY});
    with(
        &award(),
        json!({"id": "urn:uuid:1f5c9a3e-7d1a-4a5e-9a53-0d6a3b7b5a10", "verification": verification}),
    )
}

pub fn class() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": CLASS, "name": "Welder",
        "description": "Welds steel.", "image": "https://uni.example/badges/welding.png",
        "criteria": {"id": "https://uni.example/criteria", "narrative": "Weld a gate."}, "issuer": ISSUER,
        "tags": ["steel", "fire"],
        "alignment": {"targetName": "Joining metals", "targetUrl": "https://skills.example/1", "targetCode": "1", "targetFramework": "Skills"},
    })
}

pub fn profile() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": ISSUER, "name": "A University",
        "url": "https://uni.example", "email": "badges@uni.example",
    })
}

pub fn key(issuer: &Issuer) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": KEY, "owner": ISSUER,
        "publicKeyPem": issuer.pem(),
    })
}

pub fn list(entries: Value) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": LIST, "issuer": ISSUER,
        "revokedAssertions": entries,
    })
}

/// `document` with other members; null takes one out.
pub fn with(document: &Value, members: Value) -> Value {
    let mut document = document.as_object().expect("an object").clone();
    for (name, value) in members.as_object().expect("an object") {
        match value {
            Value::Null => document.remove(name),
            value => document.insert(name.clone(), value.clone()),
        };
    }
    Value::Object(document)
}

pub fn reason(report: &Report, id: &str) -> (Outcome, &'static str) {
    let check = report.check(id).unwrap_or_else(|| panic!("{id} was not made"));
    (check.outcome, check.reason)
}

#[track_caller]
pub fn assert_sound(report: &Report, format: &str) {
    let bad: Vec<_> = report
        .checks
        .iter()
        .filter(|check| check.outcome == Outcome::Unknown || check.outcome == Outcome::Fail)
        .collect();
    assert_eq!(report.headline, Headline::Verified, "{bad:#?}");
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.format, Some(format));
    assert_eq!(report.issuer.domain.as_deref(), Some("uni.example"));
    assert!(report.needs.is_empty(), "{:?}", report.needs);
}

/// That it is refused for `reason` alone.
#[track_caller]
pub fn assert_refused(scene: &Scene, id: &str, why: &str) {
    let report = scene.report();
    assert_eq!(report.headline, Headline::DoNotRely, "{:#?}", report.checks);
    assert_eq!(reason(&report, id), (Outcome::Fail, why));
    assert!(report.credential.is_none() || id.starts_with("document."));
}

#[track_caller]
pub fn assert_unknown(scene: &Scene, id: &str, why: &str) {
    let report = scene.report();
    assert_eq!(report.headline, Headline::NotFullyChecked, "{:#?}", report.checks);
    assert_eq!(reason(&report, id), (Outcome::Unknown, why));
}
