//! A credential in the making, of which every part can be bent, and what is asked of a report.

use verify_credential::codec::base64url;
use verify_credential::credential::Credential;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Outcome, Report};
use verify_credential::securing::sd_jwt::HashName;
use verify_credential::verify;

use crate::own::signer::Issuer;
use crate::own::{self, NOW, policy};

pub const VERIFIER: &str = "https://verifier.example";

pub fn issuer() -> Issuer {
    Issuer::of("issuer of SD-JWTs")
}

pub fn holder() -> Issuer {
    Issuer::of("holder of SD-JWTs")
}

pub fn digest(disclosure: &str) -> String {
    HashName::Sha256.digest(disclosure)
}

/// A credential in the making: every part can be bent before it is put together.
#[derive(Clone)]
pub struct Draft {
    pub header: String,
    /// The members of the payload, without braces.
    pub payload: String,
    /// As JSON.
    pub disclosures: Vec<String>,
    pub key_binding: Option<Binding>,
}

#[derive(Clone)]
pub struct Binding {
    pub header: &'static str,
    pub nonce: &'static str,
    pub audience: &'static str,
    pub issued_at: i64,
    /// In place of the right one.
    pub hash: Option<String>,
    pub by: fn() -> Issuer,
}

pub const BOUND: Binding = Binding {
    header: r#"{"alg":"EdDSA","typ":"kb+jwt"}"#,
    nonce: "n-1",
    audience: VERIFIER,
    issued_at: NOW - 60,
    hash: None,
    by: holder,
};

/// Salts differ, so that digests do.
pub fn degree() -> String {
    r#"["salt-1","degree",{"title":"Welder","level":4}]"#.to_owned()
}

pub fn of(disclosure: &str) -> String {
    digest(&base64url::encode(disclosure.as_bytes()))
}

/// A credential with one disclosure under `_sd`, bound to [`holder`].
pub fn sound() -> Draft {
    let (did, method) = issuer().did_key();
    let claims = format!(
        r#""iss":"{did}","iat":1768467600,"exp":1900000000,"vct":"https://types.example/degree","sub":"did:example:1","given_name":"Ada","cnf":{{"jwk":{}}}"#,
        holder().jwk()
    );
    Draft {
        header: format!(r#"{{"alg":"EdDSA","typ":"dc+sd-jwt","kid":"{method}"}}"#),
        payload: format!(r#"{claims},"_sd":["{}","{}"]"#, of(&degree()), digest("nothing")),
        disclosures: vec![degree()],
        key_binding: Some(BOUND),
    }
}

impl Draft {
    pub fn text(&self) -> String {
        let payload = format!("{{{}}}", self.payload);
        let mut text = own::token::token(&self.header, &payload, &issuer());
        text.push('~');
        for disclosure in &self.disclosures {
            text.push_str(&base64url::encode(disclosure.as_bytes()));
            text.push('~');
        }
        if let Some(bound) = &self.key_binding {
            let hash = bound.hash.clone().unwrap_or_else(|| digest(&text));
            let claims = format!(
                r#"{{"nonce":"{}","aud":"{}","iat":{},"sd_hash":"{hash}"}}"#,
                bound.nonce, bound.audience, bound.issued_at
            );
            text.push_str(&own::token::token(bound.header, &claims, &(bound.by)()));
        }
        text
    }

    pub fn report(&self) -> Report {
        report(&self.text())
    }

    pub fn asked(&self) -> Report {
        verify(self.text().as_bytes(), "own", &Found::default(), &asking())
    }
}

pub fn report(text: &str) -> Report {
    verify(text.as_bytes(), "own", &Found::default(), &policy())
}

/// A caller that asks who hands the credential over.
pub fn asking() -> Policy {
    Policy { domain: Some(VERIFIER.into()), challenge: Some("n-1".into()), ..policy() }
}

/// The answer to `id`; of several the worst.
pub fn answer(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    let gravity = |outcome| match outcome {
        Outcome::Fail => 0,
        Outcome::Unknown => 1,
        Outcome::Pass => 2,
        Outcome::Skipped => 3,
    };
    let of_id = report.checks.iter().filter(|check| check.id == id);
    of_id.map(|check| (check.outcome, check.reason)).min_by_key(|(outcome, _)| gravity(*outcome))
}

pub fn facts(report: &Report) -> &Credential {
    report.credential.as_ref().expect("facts that somebody signed")
}

/// Name and value of what it says in words of its own.
pub fn properties(report: &Report) -> Vec<String> {
    let facts = report.credential.as_ref().or(report.unverified.as_ref()).expect("facts");
    facts.properties.iter().map(|it| format!("{}={}", it.path.join("."), it.value)).collect()
}
