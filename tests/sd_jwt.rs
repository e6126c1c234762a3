//! Selective disclosure: what is disclosed, what is refused, and who handed it over.
//!
//! Examples made by others are in `tests/vectors/11-jose-sd-jwt`; here what they say is compared with what
//! must come out of them, and tokens of our own break one rule each. RFC 9901; rulings 3, 4 and 11 to 13.

mod own;
mod support;

use own::signer::Issuer;
use own::{NOW, policy};
use support::{read_if_present, read_json};
use verify_credential::codec::base64url;
use verify_credential::codec::json::{self, Value};
use verify_credential::credential::Credential;
use verify_credential::crypto::Engines;
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Outcome, Report, Verdict};
use verify_credential::securing::jose;
use verify_credential::securing::sd_jwt::{HashName, SdJwt};
use verify_credential::{canon::jcs, verify};

const FOLDER: &str = "tests/vectors/11-jose-sd-jwt/sd-jwt-python";

// ---------------------------------------------------------------------------------------------
// What others made
// ---------------------------------------------------------------------------------------------

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_disclosed_is_what_its_makers_say() {
    let index = read_json("tests/vectors/index.json");
    let mut compared = 0;
    for entry in index.get("files").map(Value::as_set).unwrap_or_default() {
        let file = support::text(entry, "file");
        let Some(folder) = file.split("/sd_jwt_presentation.").next().filter(|it| *it != file) else {
            continue;
        };
        let bytes = support::read(&format!("tests/vectors/{file}"));
        let expected = read_json(&format!("tests/vectors/{folder}/verified_contents.json"));
        let said = disclosed(&bytes).unwrap_or_else(|| panic!("{file} is not read"));
        assert_eq!(sorted(&said), sorted(&expected), "{file}");
        compared += 1;
    }
    assert_eq!(compared, 20);
    assert!(read_if_present(&format!("{FOLDER}/settings.json")).is_some());
}

/// The claims of the SD-JWT in `bytes`, in either serialization.
fn disclosed(bytes: &[u8]) -> Option<Value> {
    let text = str::from_utf8(bytes).ok()?.trim();
    let read = |text: &str| json::parse(text.as_bytes(), &mut Budget::full()).ok();
    let sd_jwt = match read(text) {
        Some(Value::String(inner)) => SdJwt::from_json(&read(&inner)?).ok()?,
        _ => SdJwt::from_compact(text),
    };
    let budget = &mut Budget::full();
    let envelope = jose::open(&sd_jwt.signed.first()?.token, budget).ok()?;
    let payload = json::parse(&envelope.payload, budget).ok()?;
    sd_jwt.disclose(payload.as_object()?, budget).ok().map(|disclosed| Value::Object(disclosed.payload))
}

/// One spelling, whatever the order of members.
fn sorted(value: &Value) -> String {
    jcs::canonicalize(value)
}

// ---------------------------------------------------------------------------------------------
// Our own
// ---------------------------------------------------------------------------------------------

const VERIFIER: &str = "https://verifier.example";

fn issuer() -> Issuer {
    Issuer::of("issuer of SD-JWTs")
}

fn holder() -> Issuer {
    Issuer::of("holder of SD-JWTs")
}

fn digest(disclosure: &str) -> String {
    HashName::Sha256.digest(disclosure)
}

/// A credential in the making: every part can be bent before it is put together.
#[derive(Clone)]
struct Draft {
    header: String,
    /// The members of the payload, without braces.
    payload: String,
    /// As JSON.
    disclosures: Vec<String>,
    key_binding: Option<Binding>,
}

#[derive(Clone)]
struct Binding {
    header: &'static str,
    nonce: &'static str,
    audience: &'static str,
    issued_at: i64,
    /// In place of the right one.
    hash: Option<String>,
    by: fn() -> Issuer,
}

const BOUND: Binding = Binding {
    header: r#"{"alg":"EdDSA","typ":"kb+jwt"}"#,
    nonce: "n-1",
    audience: VERIFIER,
    issued_at: NOW - 60,
    hash: None,
    by: holder,
};

/// Salts differ, so that digests do.
fn degree() -> String {
    r#"["salt-1","degree",{"title":"Welder","level":4}]"#.to_owned()
}

fn of(disclosure: &str) -> String {
    digest(&base64url::encode(disclosure.as_bytes()))
}

/// A credential with one disclosure under `_sd`, bound to [`holder`].
fn sound() -> Draft {
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
    fn text(&self) -> String {
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

    fn report(&self) -> Report {
        report(&self.text())
    }

    fn asked(&self) -> Report {
        verify(self.text().as_bytes(), "own", &Found::default(), &asking())
    }
}

fn report(text: &str) -> Report {
    verify(text.as_bytes(), "own", &Found::default(), &policy())
}

/// A caller that asks who hands the credential over.
fn asking() -> Policy {
    Policy { domain: Some(VERIFIER.into()), challenge: Some("n-1".into()), ..policy() }
}

/// The answer to `id`; of several the worst.
fn answer(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    let gravity = |outcome| match outcome {
        Outcome::Fail => 0,
        Outcome::Unknown => 1,
        Outcome::Pass => 2,
        Outcome::Skipped => 3,
    };
    let of_id = report.checks.iter().filter(|check| check.id == id);
    of_id.map(|check| (check.outcome, check.reason)).min_by_key(|(outcome, _)| gravity(*outcome))
}

fn facts(report: &Report) -> &Credential {
    report.credential.as_ref().expect("facts that somebody signed")
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_sound_one_is_valid_and_says_what_was_withheld() {
    for report in [sound().report(), sound().asked()] {
        let wrong: Vec<_> = report.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
        assert_eq!(report.verdict, Verdict::Valid, "{wrong:?}");
        assert_eq!(report.headline, Headline::GenuineIssuerUnconfirmed);
        assert_eq!(report.format, Some("sd-jwt-vc"));
        assert_eq!(
            answer(&report, "presentation.holder-binding"),
            Some((Outcome::Pass, "holder-has-the-key"))
        );
        assert_eq!(facts(&report).types, ["https://types.example/degree"]);
        assert_eq!(facts(&report).subjects.len(), 1);
        assert_eq!(facts(&report).subjects[0].name.as_deref(), Some("Ada"));
        assert_eq!(facts(&report).valid_until, ["2030-03-17T17:46:40Z"]);
        assert_eq!(
            (facts(&report).withheld.count, &facts(&report).withheld.under[..]),
            (1, &[String::new()][..])
        );
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn where_the_part_is_not_loaded_it_says_so() {
    let mut found = Found::default();
    found.engines = Engines::NONE;
    let report = verify(sound().text().as_bytes(), "own", &found, &policy());
    assert_eq!(report.headline, Headline::NotFullyChecked);
    let check = report.check("proof.any-good").expect("the check");
    assert_eq!((check.reason, check.param("part")), ("part-not-loaded", Some("more")));
    assert!(report.credential.is_none() && report.unverified.is_none());
}

/// A change of one thing, and what comes of it.
type Case = (&'static str, fn(&mut Draft), &'static str);

/// Refused whoever asks; the reason stands at `document.structure`.
const BENT: &[Case] = &[
    (
        "one digest in two places",
        |it| {
            it.payload = it
                .payload
                .replace(r#""_sd":["#, &format!(r#""other":{{"_sd":["{}"]}},"_sd":["#, of(&degree())))
        },
        "sd-jwt-digest-twice",
    ),
    (
        "a digest of nothing in two places",
        |it| it.payload = it.payload.replace(r#""_sd":["#, &format!(r#""_sd":["{}","#, digest("nothing"))),
        "sd-jwt-digest-twice",
    ),
    (
        "a disclosure that no digest names",
        |it| it.disclosures[0] = degree().replace('4', "6"),
        "sd-jwt-disclosure-unnamed",
    ),
    (
        "a disclosure added",
        |it| it.disclosures.push(r#"["salt-2","grade","A"]"#.into()),
        "sd-jwt-disclosure-unnamed",
    ),
    ("a disclosure handed over twice", |it| it.disclosures.push(degree()), "sd-jwt-disclosure-unnamed"),
    ("a disclosure of _sd", |it| it.disclose(r#"["salt","_sd",["x"]]"#), "sd-jwt-reserved-name"),
    ("a disclosure of ...", |it| it.disclose(r#"["salt","...","x"]"#), "sd-jwt-reserved-name"),
    ("a disclosure of _sd_alg", |it| it.disclose(r#"["salt","_sd_alg","sha-512"]"#), "sd-jwt-reserved-name"),
    (
        "a disclosed name that is there",
        |it| it.disclose(r#"["salt","given_name","Eve"]"#),
        "sd-jwt-claim-twice",
    ),
    (
        "two disclosures of one name",
        |it| {
            it.disclose(r#"["salt-2","degree","Smith"]"#);
            it.payload = it.payload.replace(&digest("nothing"), &of(&degree()));
            it.disclosures.push(degree());
        },
        "sd-jwt-claim-twice",
    ),
    ("two elements under _sd", |it| it.disclose(r#"["salt","degree"]"#), "sd-jwt-disclosure-malformed"),
    ("four elements", |it| it.disclose(r#"["salt","degree","x","y"]"#), "sd-jwt-disclosure-malformed"),
    ("one element", |it| it.disclose(r#"["salt"]"#), "sd-jwt-disclosure-malformed"),
    ("no array", |it| it.disclose(r#"{"salt":"degree"}"#), "sd-jwt-disclosure-malformed"),
    ("a salt that is no text", |it| it.disclose(r#"[1,"degree","x"]"#), "sd-jwt-disclosure-malformed"),
    ("a name that is no text", |it| it.disclose(r#"["salt",1,"x"]"#), "sd-jwt-disclosure-malformed"),
    ("a member twice", |it| it.disclose(r#"["salt","degree",{"a":1,"a":2}]"#), "sd-jwt-disclosure-malformed"),
    (
        "three elements in an array",
        |it| {
            let digest = it.moved();
            it.payload.push_str(&format!(r#","list":[{{"...":"{digest}"}}]"#));
        },
        "sd-jwt-disclosure-malformed",
    ),
    ("_sd that is no array", |it| it.payload.push_str(r#","more":{"_sd":"x"}"#), "sd-jwt-malformed"),
    ("a digest that is no text", |it| it.payload.push_str(r#","more":{"_sd":[1]}"#), "sd-jwt-malformed"),
    (
        "a digest in an array that is no text",
        |it| it.payload.push_str(r#","more":[{"...":1}]"#),
        "sd-jwt-malformed",
    ),
    ("a claim called ...", |it| it.payload.push_str(r#","more":{"...":"x"}"#), "sd-jwt-reserved-name"),
    ("a claim called ... at the top", |it| it.payload.push_str(r#","...":"x""#), "sd-jwt-reserved-name"),
    (
        "a digest in an array with company",
        |it| it.payload.push_str(r#","more":[{"...":"x","a":1}]"#),
        "sd-jwt-reserved-name",
    ),
    ("_sd_alg that is no text", |it| it.payload.push_str(r#","_sd_alg":256"#), "sd-jwt-malformed"),
    ("another type", |it| it.header = it.header.replace("dc+sd-jwt", "vc+jwt"), "token-type-unknown"),
    (
        "the type of a key binding",
        |it| it.header = it.header.replace("dc+sd-jwt", "kb+jwt"),
        "token-type-unknown",
    ),
    ("no vct", |it| it.payload = it.payload.replace(r#""vct""#, r#""type""#), "sd-jwt-type-missing"),
    (
        "vct that could be kept back",
        |it| {
            it.payload = it.payload.replace(r#""vct":"https://types.example/degree","#, "");
            it.disclose(r#"["salt","vct","https://types.example/degree"]"#);
        },
        "sd-jwt-claim-optional",
    ),
    (
        "an end that could be kept back",
        |it| {
            it.payload = it.payload.replace(r#""exp":1900000000,"#, "");
            it.disclose(r#"["salt","exp",1900000000]"#);
        },
        "sd-jwt-claim-optional",
    ),
    (
        "an end that is no time",
        |it| it.payload = it.payload.replace("1900000000", r#""2030""#),
        "token-claim-malformed",
    ),
];

impl Draft {
    /// With `disclosure` for the only one.
    fn disclose(&mut self, disclosure: &str) {
        self.payload = self.payload.replace(&of(&self.disclosures[0]), &of(disclosure));
        self.disclosures = vec![disclosure.to_owned()];
    }

    /// The digest of the only disclosure, which no longer stands where it stood.
    fn moved(&mut self) -> String {
        let digest = of(&self.disclosures[0]);
        self.payload = self.payload.replace(&digest, "elsewhere");
        digest
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_breaks_a_rule_is_refused() {
    for (name, bend, reason) in BENT {
        let mut draft = sound();
        bend(&mut draft);
        assert_ne!(draft.text(), sound().text(), "{name} changes nothing");
        let report = draft.report();
        assert_eq!(answer(&report, "document.structure"), Some((Outcome::Fail, *reason)), "{name}");
        assert_eq!(report.headline, Headline::DoNotRely, "{name}");
    }
}
