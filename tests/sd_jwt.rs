//! Selective disclosure: what is disclosed, what is refused, and who handed it over.
//!
//! Examples made by others are in `tests/vectors/11-jose-sd-jwt`; here what they say is compared with what
//! must come out of them, and tokens of our own break one rule each. RFC 9901; rulings 3, 4 and 11 to 13.

mod own;
mod support;

use own::edit::value;
use own::signer::{Issuer, Suite};
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
use verify_credential::{canon::jcs, snapshot, verify, view};

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

fn bound(change: fn(&mut Binding)) -> Draft {
    let mut draft = sound();
    draft.key_binding.iter_mut().for_each(change);
    draft
}

/// A change of the holder's signature, and what comes of it.
type Unbound = (&'static str, fn(&mut Binding), &'static str);

/// A signature of the holder that does not fit, whether or not somebody asks for it.
const UNBOUND: &[Unbound] = &[
    ("by another key", |it| it.by = issuer, "key-binding-by-other"),
    ("of something else", |it| it.hash = Some(digest("something else")), "key-binding-of-other"),
    ("from the future", |it| it.issued_at = NOW + 301, "key-binding-from-the-future"),
    ("of another type", |it| it.header = r#"{"alg":"EdDSA","typ":"JWT"}"#, "key-binding-malformed"),
    ("of no type", |it| it.header = r#"{"alg":"EdDSA"}"#, "key-binding-malformed"),
    ("by no algorithm", |it| it.header = r#"{"alg":"none","typ":"kb+jwt"}"#, "algorithm-forbidden"),
    ("by another algorithm", |it| it.header = r#"{"alg":"ES256","typ":"kb+jwt"}"#, "algorithm-not-of-key"),
    (
        "with a demand",
        |it| it.header = r#"{"alg":"EdDSA","typ":"kb+jwt","crit":["b64"]}"#,
        "token-header-critical",
    ),
    (
        "over bytes that are not encoded",
        |it| it.header = r#"{"alg":"EdDSA","typ":"kb+jwt","b64":false}"#,
        "token-header-critical",
    ),
    ("with quotation marks in it", |it| it.nonce = "\"", "key-binding-malformed"),
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_holder_signs_what_is_handed_over() {
    for (name, change, reason) in UNBOUND {
        let draft = bound(*change);
        for report in [draft.report(), draft.asked()] {
            assert_eq!(
                answer(&report, "presentation.holder-binding"),
                Some((Outcome::Fail, *reason)),
                "{name}"
            );
            assert_eq!(report.headline, Headline::DoNotRely, "{name}");
        }
        assert_eq!(answer(&draft.asked(), "proof.challenge").map(|it| it.0), Some(Outcome::Fail), "{name}");
    }
    let mut nobody = sound();
    nobody.payload = nobody.payload.replace(r#""cnf""#, r#""cnf_""#);
    let report = nobody.report();
    let binding = answer(&report, "presentation.holder-binding");
    assert_eq!(binding, Some((Outcome::Fail, "key-binding-without-key")));
    assert_eq!(report.verdict, Verdict::Invalid);
    // A claim taken away after the holder signed.
    let mut text = sound().text();
    let disclosure = base64url::encode(degree().as_bytes());
    text = text.replace(&format!("{disclosure}~"), "");
    assert_eq!(
        answer(&report_on(&text), "presentation.holder-binding"),
        Some((Outcome::Fail, "key-binding-of-other"))
    );
}

fn report_on(text: &str) -> Report {
    report(text)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn for_whom_and_for_what_is_said_by_the_holder() {
    let asked = |change: fn(&mut Binding), id: &str| answer(&bound(change).asked(), id);
    let differs = Some((Outcome::Fail, "domain-differs"));
    assert_eq!(asked(|it| it.audience = "https://other.example", "proof.domain"), differs);
    let differs = Some((Outcome::Fail, "challenge-differs"));
    assert_eq!(asked(|it| it.nonce = "n-0", "proof.challenge"), differs);
    let elsewhere = bound(|it| it.audience = "https://other.example");
    assert_eq!(elsewhere.asked().headline, Headline::DoNotRely);
    // Nobody asked.
    assert_eq!(elsewhere.report().verdict, Verdict::Valid);
    // The issuer's own word for it does not count.
    let mut replayed = sound();
    replayed.key_binding = None;
    replayed.payload.push_str(&format!(r#","aud":"{VERIFIER}","nonce":"n-1""#));
    let report = replayed.asked();
    assert_eq!(answer(&report, "proof.challenge"), Some((Outcome::Fail, "challenge-differs")));
    assert_eq!(answer(&report, "proof.domain"), Some((Outcome::Fail, "domain-differs")));
    assert_eq!(answer(&report, "presentation.holder-binding"), Some((Outcome::Fail, "key-binding-absent")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_missing_holder_is_said_and_no_fault_unless_asked_for() {
    let mut alone = sound();
    alone.key_binding = None;
    let report = alone.report();
    assert_eq!(report.verdict, Verdict::Valid);
    let absent = answer(&report, "presentation.holder-binding");
    assert_eq!(absent, Some((Outcome::Unknown, "key-binding-absent")));
    assert_eq!(alone.asked().verdict, Verdict::Invalid);
    // It is made out to nobody.
    alone.payload = alone.payload.replace(r#""cnf""#, r#""cnf_""#);
    assert_eq!(answer(&alone.report(), "presentation.holder-binding"), None);
    assert_eq!(alone.asked().headline, Headline::DoNotRely);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_holder_may_be_named_by_a_did() {
    let (did, method) = holder().did_key();
    let by_name = |name: &str| {
        let mut draft = sound();
        let jwk = format!(r#"{{"jwk":{}}}"#, holder().jwk());
        draft.payload = draft.payload.replace(&jwk, &format!(r#"{{"kid":"{name}"}}"#));
        answer(&draft.asked(), "presentation.holder-binding")
    };
    assert_eq!(by_name(&method), Some((Outcome::Pass, "holder-has-the-key")));
    assert_eq!(by_name(&did), Some((Outcome::Pass, "holder-has-the-key")));
    assert_eq!(by_name(&issuer().did_key().1), Some((Outcome::Fail, "key-binding-by-other")));
    for name in ["did:web:a.example#1", "k-1", ""] {
        assert_eq!(by_name(name), Some((Outcome::Unknown, "holder-key-unsupported")), "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_signature_is_the_issuers() {
    let cases: &[Case] = &[
        ("none", |it| it.header = it.header.replace("EdDSA", "none"), "algorithm-forbidden"),
        ("None", |it| it.header = it.header.replace("EdDSA", "nOnE"), "algorithm-forbidden"),
        ("a secret", |it| it.header = it.header.replace("EdDSA", "HS256"), "algorithm-forbidden"),
        ("a demand", |it| it.header = it.header.replace('}', r#","crit":["x"]}"#), "token-header-critical"),
    ];
    for (name, bend, reason) in cases {
        let mut draft = sound();
        bend(&mut draft);
        assert_eq!(answer(&draft.report(), "proof.any-good"), Some((Outcome::Fail, *reason)), "{name}");
        assert_ne!(draft.report().verdict, Verdict::Valid, "{name}");
        assert!(draft.report().credential.is_none(), "{name}");
    }
    let altered = sound().text().replacen('~', "A~", 1);
    assert_ne!(report(&altered).verdict, Verdict::Valid);
    let mut of_other = sound();
    let (own, _) = issuer().did_key();
    let (other, _) = Issuer::of("somebody else").did_key();
    of_other.payload = of_other.payload.replace(&own, &other);
    assert_eq!(of_other.report().headline, Headline::DoNotRely);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_hash_that_is_not_known_leaves_it_open() {
    let mut draft = sound();
    draft.payload.push_str(r#","_sd_alg":"sha3-256""#);
    let report = draft.report();
    assert_eq!(answer(&report, "document.structure"), Some((Outcome::Unknown, "sd-jwt-hash-unsupported")));
    assert_eq!(report.headline, Headline::NotFullyChecked);
    for (name, hash) in [("sha-384", HashName::Sha384), ("sha-512", HashName::Sha512)] {
        let mut draft = sound();
        let disclosure = base64url::encode(degree().as_bytes());
        draft.payload = draft.payload.replace(&of(&degree()), &hash.digest(&disclosure));
        draft.payload.push_str(&format!(r#","_sd_alg":"{name}""#));
        let text = Draft { key_binding: None, ..draft.clone() }.text();
        draft.key_binding = Some(Binding { hash: Some(hash.digest(&text)), ..BOUND });
        assert_eq!(draft.asked().verdict, Verdict::Valid, "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn spellings_of_a_disclosure_are_refused() {
    let text = Draft { key_binding: None, ..sound() }.text();
    let disclosure = base64url::encode(degree().as_bytes());
    for other in
        [format!("{disclosure}="), format!(" {disclosure}"), disclosure.replace('W', "+"), String::new()]
    {
        let text = text.replace(&disclosure, &other);
        let report = report(&text);
        assert_ne!(report.verdict, Verdict::Valid, "{other}");
        assert!(report.credential.is_none(), "{other}");
    }
    // Another text of the same disclosure has another digest.
    let spaced = base64url::encode(degree().replace(',', ", ").as_bytes());
    let refused = answer(&report(&text.replace(&disclosure, &spaced)), "document.structure");
    assert_eq!(refused, Some((Outcome::Fail, "sd-jwt-disclosure-unnamed")));
    // The last tilde is part of it.
    assert_ne!(report(text.trim_end_matches('~')).verdict, Verdict::Valid);
}

/// Disclosures that hang on one another: the first is the innermost.
fn chain(levels: usize) -> Draft {
    let mut disclosures = vec![r#"["salt","last",1]"#.to_owned()];
    for level in 1..levels {
        let inner = of(&disclosures[level - 1]);
        disclosures.push(format!(r#"["salt-{level}","level",{{"_sd":["{inner}"]}}]"#));
    }
    let mut draft = Draft { key_binding: None, ..sound() };
    draft.payload = draft.payload.replace(&of(&degree()), &of(&disclosures[levels - 1]));
    draft.disclosures = disclosures;
    draft
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn depth_and_number_are_bounded() {
    assert_eq!(chain(100).report().verdict, Verdict::Valid);
    let deep = chain(129).report();
    let check = deep.check("document.structure").expect("the check");
    assert_eq!(
        (check.outcome, check.reason, check.param("limit")),
        (Outcome::Unknown, "limit-reached", Some("depth"))
    );
    assert_ne!(chain(10_000).report().verdict, Verdict::Valid);
    // Many side by side.
    let many: Vec<String> = (0..10_000).map(|at| format!(r#"["salt","claim-{at}",{at}]"#)).collect();
    let digests: Vec<String> = many.iter().map(|it| format!(r#""{}""#, of(it))).collect();
    let mut draft = Draft { key_binding: None, ..sound() };
    draft.payload = draft.payload.replace(&format!(r#""{}""#, of(&degree())), &digests.join(","));
    draft.disclosures = many;
    let report = draft.report();
    assert_eq!(report.verdict, Verdict::Valid);
    draft.disclosures.truncate(1);
    assert_eq!(facts(&draft.report()).withheld.count, 10_000);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn decoys_count_as_withheld_and_hide_nothing() {
    let mut draft = Draft { key_binding: None, disclosures: Vec::new(), ..sound() };
    draft.payload = draft.payload.replace(&of(&degree()), "no digest of anything");
    draft
        .payload
        .push_str(r#","list":[{"...":"x"},{"...":"y"},"said"],"empty":{"_sd":["z"]},"none":{"_sd":[]}"#);
    let report = draft.report();
    assert_eq!(report.verdict, Verdict::Valid);
    let withheld = &facts(&report).withheld;
    assert_eq!(withheld.count, 5);
    assert_eq!(withheld.under, ["", "/list", "/empty"]);
}

/// Name and value of what it says in words of its own.
fn properties(report: &Report) -> Vec<String> {
    let facts = report.credential.as_ref().or(report.unverified.as_ref()).expect("facts");
    facts.properties.iter().map(|it| format!("{}={}", it.path.join("."), it.value)).collect()
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn claims_are_listed_by_the_names_they_were_signed_under() {
    let mut draft = sound();
    draft
        .payload
        .push_str(r#","list":[["a",1.50],{"b":[true,null,{}]},"_"],"achievement":{"name":"Not a badge"}"#);
    let report = draft.report();
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(
        properties(&report),
        [
            "vct=https://types.example/degree",
            "degree.title=Welder",
            "degree.level=4",
            "list=a",
            "list=1.50",
            "list.b=true",
            "list=_",
            "achievement.name=Not a badge",
        ]
    );
    assert!(facts(&report).subjects.iter().all(|subject| subject.achievements.is_empty()));
    // Too many to list, and too long.
    let many: String = (0..300).map(|at| format!(r#","claim-{at}":{at}"#)).collect();
    for more in [many, format!(r#","long":"{}""#, "a".repeat(4_001))] {
        let mut draft = sound();
        draft.payload.push_str(&more);
        let report = draft.report();
        assert_eq!(report.verdict, Verdict::Valid);
        assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "limit-reached")));
        assert!(facts(&report).properties.len() <= 256);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_statement_of_no_type_is_readable() {
    let mut draft = sound();
    draft.header = draft.header.replace("dc+sd-jwt", "example+sd-jwt");
    draft.payload = draft.payload.replace(r#""vct":"https://types.example/degree","#, "");
    let report = draft.report();
    assert_eq!((report.verdict, report.format), (Verdict::Valid, Some("signed-statement")));
    assert_eq!(properties(&report), ["degree.title=Welder", "degree.level=4"]);
    // Signed by nobody, it is shown as such.
    let text = draft.text();
    let altered = text.replacen('.', ".e30", 1);
    assert!(verify(altered.as_bytes(), "own", &Found::default(), &policy()).credential.is_none());
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_status_that_is_not_known_stays_open() {
    for status in [
        r#"{"status_list":{"idx":7,"uri":"https://lists.example/1"}}"#,
        r#"{"some_list":{"id":7}}"#,
        "{}",
        r#""good""#,
    ] {
        let mut draft = sound();
        draft.payload.push_str(&format!(r#","status":{status}"#));
        let report = draft.report();
        assert_eq!(report.headline, Headline::NotFullyChecked, "{status}");
        assert_eq!(answer(&report, "status.revocation").map(|it| it.0), Some(Outcome::Unknown), "{status}");
        let entry = &facts(&report).status[0];
        if status.contains("status_list") {
            assert_eq!(entry.types, ["TokenStatusList"]);
            assert_eq!(
                (entry.list.join(" "), entry.index.join(" ")),
                ("https://lists.example/1".into(), "7".into())
            );
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn dates_count() {
    let headline = |from: &str, to: &str| {
        let mut draft = sound();
        draft.payload = draft.payload.replace(from, to);
        draft.report().headline
    };
    assert_eq!(headline("1900000000", "1795340000"), Headline::Expired);
    assert_eq!(headline(r#""exp":1900000000"#, r#""nbf":1900000000"#), Headline::NotYetValid);
    assert_eq!(headline("1768467600", "1900000000"), Headline::DoNotRely);
}

// ---------------------------------------------------------------------------------------------
// Credentials of the data model that are no badges
// ---------------------------------------------------------------------------------------------

/// A credential with a context of its own, which calls `vocab#degree` an honour.
fn with_own_context(subject: &str) -> Value {
    let (did, _) = issuer().did_key();
    value(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{{"honour":"https://example.org/vocab#degree",
        "marks":{{"@id":"https://example.org/vocab#marks","@container":"@list"}},"at":"https://example.org/vocab/at",
        "Person":"https://example.org/vocab#Person"}}],"type":["VerifiableCredential"],"issuer":"{did}",
        "validFrom":"2026-01-15T09:00:00Z","credentialSubject":{subject}}}"#
    ))
}

fn signed(document: &Value, suite: Suite) -> Report {
    let signed = issuer().sign(document, suite, &issuer().did_key().1, &[]);
    report(&jcs::canonicalize(&signed))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn quads_are_listed_by_their_own_names() {
    let subject = r#"{"id":"did:example:1","type":"Person","name":"Ada","honour":{"id":"urn:x:1","name":"Smith",
        "at":[true,2,"1.0"]},"marks":["b","a"]}"#;
    let report = signed(&with_own_context(subject), Suite::Rdfc);
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(
        properties(&report),
        [
            "type=Person",
            "degree=urn:x:1",
            "degree.at=1.0",
            "degree.at=2",
            "degree.at=true",
            "degree.name=Smith",
            "marks=b",
            "marks=a",
        ]
    );
    assert_eq!(facts(&report).subjects[0].name.as_deref(), Some("Ada"));
    // Two subjects are told apart, and a ring of them comes to an end.
    let ring = r#"[{"id":"urn:x:1","at":{"id":"urn:x:2"}},{"id":"urn:x:2","at":{"id":"urn:x:1"}}]"#;
    let report = signed(&with_own_context(ring), Suite::Rdfc);
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(properties(&report)[..2], ["urn:x:1.at=urn:x:2", "urn:x:1.at.at=urn:x:1"]);
    assert!(properties(&report).len() <= 32);
    assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "limit-reached")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn text_is_listed_as_it_stands() {
    let subject =
        r#"{"id":"did:example:1","type":"Person","honour":"Smith","marks":["b","a",1.0],"image":"urn:x:2"}"#;
    let report = signed(&with_own_context(subject), Suite::Jcs);
    assert_eq!(report.verdict, Verdict::Valid);
    let listed = ["honour=Smith", "image=urn:x:2", "marks=b", "marks=a", "marks=1", "type=Person"];
    assert_eq!(properties(&report), listed);
    let mut found = Found::default();
    found.engines = Engines::NONE;
    let signed = issuer().sign(&with_own_context(subject), Suite::Jcs, &issuer().did_key().1, &[]);
    let report = verify(jcs::canonicalize(&signed).as_bytes(), "own", &found, &policy());
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "part-not-loaded")));
}

// ---------------------------------------------------------------------------------------------
// What stands elsewhere
// ---------------------------------------------------------------------------------------------

const AT_HOST: &str = "https://issuer.example/tenants/1";
const METADATA: &str = "https://issuer.example/.well-known/jwt-vc-issuer/tenants/1";
const TYPE: &str = "https://types.example/degree";

/// The sound credential, by an issuer with an address.
fn at_host() -> Draft {
    let mut draft = sound();
    draft.payload = draft.payload.replace(&issuer().did_key().0, AT_HOST);
    draft.header = r#"{"alg":"EdDSA","typ":"dc+sd-jwt","kid":"k-1"}"#.to_owned();
    draft
}

fn with_documents(draft: &Draft, documents: &[(&str, String)]) -> Report {
    let members: Vec<String> = documents.iter().map(|(url, text)| format!(r#""{url}":{text}"#)).collect();
    let map = format!(r#"{{"documents":{{{}}}}}"#, members.join(","));
    let mut found = Found::default();
    assert_eq!(snapshot::add(map.as_bytes(), &mut found, &|_| None), Ok(()));
    verify(draft.text().as_bytes(), "own", &found, &policy())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_issuer_with_an_address_publishes_its_keys() {
    let asked: Vec<(String, &str)> =
        at_host().report().needs.iter().map(|need| (need.url.clone(), need.kind.id())).collect();
    assert!(asked.contains(&(METADATA.to_owned(), "issuer-metadata")), "{asked:?}");
    let jwk = own::token::jwk_with(&issuer(), r#""kid":"k-1","#);
    let keys = format!(r#"{{"keys":[{jwk}]}}"#);
    let answer_of = |metadata: String, more: &[(&str, String)]| {
        let failed = ["https://issuer.example/tenants/1", "https://issuer.example/.well-known/jwks.json"];
        let mut documents: Vec<(&str, String)> = vec![(METADATA, metadata)];
        documents.extend(failed.map(|url| (url, "[]".to_owned())));
        documents.extend(more.iter().cloned());
        let report = with_documents(&at_host(), &documents);
        let (outcome, reason) = answer(&report, "issuer.controls-key").expect("the check");
        (outcome, reason, report.issuer.domain.clone())
    };
    let domain = Some("issuer.example/tenants/1".to_owned());
    let held = (Outcome::Pass, "key-published-by-issuer", domain);
    assert_eq!(answer_of(format!(r#"{{"issuer":"{AT_HOST}","jwks":{keys}}}"#), &[]), held);
    let elsewhere = "https://keys.example/1";
    let by_address = format!(r#"{{"issuer":"{AT_HOST}","jwks_uri":"{elsewhere}"}}"#);
    assert_eq!(answer_of(by_address.clone(), &[(elsewhere, keys.clone())]), held);
    assert_eq!(answer_of(by_address, &[]).1, "issuer-document-not-fetched");
    for (metadata, outcome) in [
        (format!(r#"{{"issuer":"https://issuer.example","jwks":{keys}}}"#), Outcome::Fail),
        (format!(r#"{{"jwks":{keys}}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks":{keys},"jwks_uri":"{elsewhere}"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks_uri":"http://keys.example"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks":{{"keys":[{}]}}}}"#, holder().jwk()), Outcome::Fail),
        ("[]".to_owned(), Outcome::Unknown),
    ] {
        assert_eq!(answer_of(metadata.clone(), &[]).0, outcome, "{metadata}");
    }
    // A token that is no SD-JWT VC asks for no metadata.
    let mut statement = at_host();
    statement.header = statement.header.replace("dc+sd-jwt", "x+sd-jwt");
    assert!(statement.report().needs.iter().all(|need| need.url != METADATA));
}

fn sri(text: &str) -> String {
    let digest = verify_credential::crypto::sha256(text.as_bytes());
    format!("sha256-{}=", base64url::encode(&digest).replace('-', "+").replace('_', "/"))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_author_of_a_type_names_its_claims() {
    let base = "https://types.example/base";
    let parent = format!(
        r#"{{"claims":[{{"display":[{{"label":"Stufe","lang":"de"}},{{"label":"Level","lang":"en-GB"}}],"path":["degree","level"]}}],"name":"Any","vct":"{base}"}}"#
    );
    let child = format!(
        r#"{{"claims":[{{"display":[{{"label":"Trade","locale":"en"}}],"path":["degree",null,"title"]}}],"display":[{{"locale":"en-US","name":"Degree"}}],"extends":"{base}","vct":"{TYPE}"}}"#
    );
    let documents = |child: &str| vec![(TYPE, child.to_owned()), (base, parent.clone())];
    let report = with_documents(&sound(), &documents(&child));
    assert_eq!(answer(&report, "type.metadata"), Some((Outcome::Pass, "type-metadata-read")));
    let labels: Vec<_> = facts(&report).properties.iter().map(|it| it.label.as_deref()).collect();
    assert_eq!(labels, [None, Some("Trade"), Some("Level")]);
    assert_eq!(facts(&report).type_name.as_deref(), Some("Degree"));
    assert_eq!(facts(&report).name, None);
    // One step at a time, and only what is signed is asked about.
    let needs = |report: &Report| -> Vec<String> { report.needs.iter().map(|it| it.url.clone()).collect() };
    assert_eq!(needs(&sound().report()), [TYPE]);
    assert_eq!(needs(&with_documents(&sound(), &[(TYPE, child.clone())])), [base]);
    let mut forged = sound();
    forged.header = forged.header.replace("EdDSA", "ES256");
    assert!(needs(&forged.report()).is_empty());
    // Never a reason not to believe the credential.
    let ring = format!(r#"{{"extends":"{TYPE}","vct":"{TYPE}"}}"#);
    for (child, reason) in [
        (child.replace(TYPE, "https://types.example/other"), "type-metadata-of-other"),
        (r#"{"name":"x"}"#.to_owned(), "type-metadata-malformed"),
        (ring, "limit-reached"),
    ] {
        let report = with_documents(&sound(), &documents(&child));
        assert_eq!(report.verdict, Verdict::Valid, "{reason}");
        assert_eq!(answer(&report, "type.metadata").map(|it| it.1), Some(reason));
        assert_eq!(facts(&report).type_name, None);
    }
    let with_digest = |digest: &str| {
        let mut draft = sound();
        draft.payload.push_str(&format!(r#","vct#integrity":"{digest}""#));
        let report = with_documents(&draft, &documents(&child));
        assert_eq!(report.verdict, Verdict::Valid, "{digest}");
        (answer(&report, "type.metadata").map(|it| it.1), facts(&report).type_name.is_some())
    };
    assert_eq!(with_digest(&sri(&child)), (Some("type-metadata-read"), true));
    assert_eq!(
        with_digest(&format!("{} {}?x", sri("other"), sri(&child))),
        (Some("type-metadata-read"), true)
    );
    assert_eq!(with_digest(&sri("other")), (Some("type-metadata-altered"), false));
    assert_eq!(with_digest("sha512-AA=="), (Some("type-metadata-altered"), false));
    assert_eq!(with_digest("md5-AA=="), (Some("type-metadata-digest-unsupported"), false));
}

// ---------------------------------------------------------------------------------------------
// The JSON serialization, and the credential of the data model
// ---------------------------------------------------------------------------------------------

/// The parts of a compact serialization as JSON, flattened.
fn flattened(text: &str, header: &str) -> String {
    let sd_jwt = SdJwt::from_compact(text);
    let token: Vec<&str> = sd_jwt.signed[0].token.split('.').collect();
    let quoted: Vec<String> = sd_jwt.disclosures.iter().map(|it| format!(r#""{it}""#)).collect();
    let bound = sd_jwt.key_binding.map(|it| format!(r#","kb_jwt":"{it}""#)).unwrap_or_default();
    format!(
        r#"{{"protected":"{}","payload":"{}","signature":"{}","header":{{"disclosures":[{}]{bound}{header}}}}}"#,
        token[0],
        token[1],
        token[2],
        quoted.join(",")
    )
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn json_says_the_same() {
    let text = sound().text();
    let json = flattened(&text, "");
    let same = verify(json.as_bytes(), "own", &Found::default(), &asking());
    assert_eq!(same.verdict, Verdict::Valid);
    assert_eq!(same.credential, sound().report().credential);
    // What stands beside the signature is nobody's word.
    let beside = flattened(&text, r#","vct":"other","alg":"none","typ":"x+sd-jwt""#);
    assert_eq!(report(&beside).credential, same.credential);
    for (bent, reason) in [
        (json.replace(r#""disclosures":["#, r#""disclosures":[1,"#), "sd-jwt-malformed"),
        (json.replace(r#""disclosures":["#, r#""disclosures":{},"x":["#), "sd-jwt-malformed"),
        (json.replace(r#""kb_jwt":""#, r#""kb_jwt":1,"x":""#), "sd-jwt-malformed"),
        (json.replace(r#""payload":""#, r#""payload":1,"x":""#), "jws-malformed"),
        (json.replacen('{', r#"{"signatures":[],"#, 1), "jws-malformed"),
    ] {
        assert_eq!(answer(&report(&bent), "document.structure"), Some((Outcome::Fail, reason)), "{bent}");
    }
    assert_ne!(report(r#"{"payload":"e30","signatures":[]}"#).verdict, Verdict::Valid);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn nobody_else_decides_how_the_claims_are_read() {
    let draft = Draft { key_binding: None, ..sound() };
    let text = draft.text();
    let parts: Vec<&str> = text.split(['.', '~']).collect();
    let member = |protected: &str, signature: &str, header: &str| {
        format!(r#"{{"protected":"{protected}","signature":"{signature}","header":{{{header}}}}}"#)
    };
    let disclosures = format!(r#""disclosures":["{}"]"#, parts[3]);
    let general = |signatures: &[String]| {
        report(&format!(r#"{{"payload":"{}","signatures":[{}]}}"#, parts[1], signatures.join(",")))
    };
    let good = |header: &str| member(parts[0], parts[2], header);
    assert_eq!(general(&[good(&disclosures)]).verdict, Verdict::Valid);
    let bad = member(parts[0], "AA", &disclosures);
    assert_eq!(general(&[bad, good("")]).verdict, Verdict::Valid);
    let other = base64url::encode(br#"{"alg":"EdDSA","typ":"x+sd-jwt"}"#);
    for signatures in
        [[member(&other, "AA", &disclosures), good("")], [good(&disclosures), member(&other, "AA", "")]]
    {
        let report = general(&signatures);
        assert_eq!(answer(&report, "document.structure"), Some((Outcome::Fail, "token-type-unknown")));
    }
    // Disclosures stand beside the first signature.
    let report = general(&[good(""), good(&disclosures)]);
    assert_eq!(answer(&report, "document.structure"), Some((Outcome::Fail, "sd-jwt-malformed")));
}

/// A credential of the data model, with `more` members, each with a comma in front.
fn of_data_model(more: &str) -> Draft {
    let (did, method) = issuer().did_key();
    let name = r#"["salt-1","name","Ada"]"#;
    Draft {
        header: format!(r#"{{"alg":"EdDSA","typ":"vc+sd-jwt","cty":"vc","kid":"{method}"}}"#),
        payload: format!(
            r#""@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"{did}",
            "validFrom":"2026-01-15T09:00:00Z","cnf":{{"jwk":{}}},
            "credentialSubject":{{"id":"did:example:1","skill":"Welding","_sd":["{}","{}"]}}{more}"#,
            holder().jwk(),
            of(name),
            digest("nothing")
        ),
        disclosures: vec![name.to_owned()],
        key_binding: Some(BOUND),
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_credential_of_the_data_model_is_examined_as_one() {
    let draft = of_data_model;
    let report = draft("").asked();
    let wrong: Vec<_> = report.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
    assert_eq!((report.verdict, report.format), (Verdict::Valid, Some("plain-credential")), "{wrong:?}");
    assert_eq!(facts(&report).subjects[0].name.as_deref(), Some("Ada"));
    assert!(properties(&report).contains(&"skill=Welding".to_owned()));
    assert_eq!(facts(&report).withheld.under, ["/credentialSubject"]);
    // Two readings of one token are refused as in any other.
    for more in [r#","vc":{}"#, r#","vp":{}"#] {
        assert_eq!(draft(more).report().headline, Headline::DoNotRely, "{more}");
    }
    assert_eq!(draft(r#","exp":1795340000"#).report().headline, Headline::Expired);
    assert_eq!(draft(r#","iss":"did:example:other""#).report().headline, Headline::DoNotRely);
    let mut other = draft("");
    other.key_binding = Some(Binding { nonce: "n-0", ..BOUND });
    assert_eq!(other.asked().headline, Headline::DoNotRely);
}

/// Where something was kept back at the top, nobody knows what the issuer said of dates and standing.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_may_have_been_kept_back_is_not_called_absent() {
    let ids = ["validity.from", "validity.until", "status.revocation"];
    let said = |draft: &Draft| {
        let report = draft.report();
        assert_eq!(report.verdict, Verdict::Valid);
        ids.map(|id| answer(&report, id).map(|(_, reason)| reason).unwrap_or_default())
    };
    let undated = |draft: Draft| {
        let payload = draft.payload.replace(r#""exp":1900000000,"#, "");
        let payload = payload.replace(r#""validFrom":"2026-01-15T09:00:00Z","#, "");
        Draft { payload, key_binding: None, ..draft }
    };
    let hidden = ["start-not-shown", "end-not-shown", "status-not-shown"];
    let absent = ["no-start", "no-end", "no-status-named"];
    assert_eq!(said(&undated(sound())), hidden);
    let mut shown = undated(sound());
    shown.payload = shown.payload.replace(&format!(r#","{}""#, digest("nothing")), "");
    assert_eq!(said(&shown), absent);
    // Of the data model: kept back about the subject, and at the top.
    assert_eq!(said(&undated(of_data_model(""))), absent);
    assert_eq!(said(&undated(of_data_model(&format!(r#","_sd":["{}"]"#, digest("more"))))), hidden);
    // A statement.
    let mut statement = undated(sound());
    statement.header = statement.header.replace("dc+sd-jwt", "x+sd-jwt");
    assert_eq!(said(&statement), hidden);
}

/// What a credential is worth is not for its holder to say, in whatever format.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn nobody_may_keep_back_what_it_is_worth() {
    let refused = |draft: &Draft, name: &str| {
        let report = draft.report();
        let reason = (Outcome::Fail, "sd-jwt-claim-optional");
        assert_eq!(answer(&report, "document.structure"), Some(reason), "{name}");
        assert_eq!(report.headline, Headline::DoNotRely, "{name}");
    };
    let (did, _) = issuer().did_key();
    let status = r#"{"id":"https://issuer.example/1#2","type":"SomeList"}"#;
    let date = r#""2030-01-15T09:00:00Z""#;
    let issuer = format!(r#""{did}""#);
    for (name, value) in [
        ("exp", "1900000000"),
        ("nbf", "1768467600"),
        ("status", status),
        ("credentialStatus", status),
        ("validFrom", date.replace("2030", "2026").as_str()),
        ("validUntil", date),
        ("expirationDate", date),
        ("issuer", &issuer),
        ("termsOfUse", status),
    ] {
        let disclosure = format!(r#"["salt-9","{name}",{value}]"#);
        for mut draft in [of_data_model(""), sound()] {
            draft.header = draft.header.replace("dc+sd-jwt", "x+sd-jwt");
            draft.payload = draft.payload.replace(r#""exp":1900000000,"#, "");
            draft.payload = draft.payload.replace(r#""validFrom":"2026-01-15T09:00:00Z","#, "");
            if name == "issuer" {
                draft.payload = draft.payload.replace(&format!(r#""issuer":"{did}","#), "");
            }
            draft.payload = draft.payload.replace(&digest("nothing"), "nothing");
            draft.payload = match draft.payload.contains("@context") {
                true => format!(r#"{},"_sd":["{}"]"#, draft.payload, of(&disclosure)),
                false => draft.payload.replace(r#""_sd":["#, &format!(r#""_sd":["{}","#, of(&disclosure))),
            };
            draft.key_binding = None;
            draft.disclosures.push(disclosure.clone());
            refused(&draft, name);
        }
    }
    // Nor a part of the standing: one entry of several, or the place of one.
    let entry = format!(r#"["salt-9",{status}]"#);
    let hidden = digest("hidden");
    for (name, value) in [
        ("credentialStatus", format!(r#"[{{"...":"{}"}}]"#, of(&entry))),
        ("credentialStatus", format!(r#"[{{"...":"{hidden}"}}]"#)),
        ("credentialStatus", format!(r#"{{"type":"SomeList","_sd":["{hidden}"]}}"#)),
        ("status", format!(r#"{{"status_list":{{"_sd":["{hidden}"]}}}}"#)),
    ] {
        for mut draft in [of_data_model(""), sound()] {
            draft.payload.push_str(&format!(r#","{name}":{value}"#));
            draft.key_binding = None;
            if value.contains(&of(&entry)) {
                draft.disclosures.push(entry.clone());
            }
            refused(&draft, &value);
        }
    }
}

// ---------------------------------------------------------------------------------------------
// All of it
// ---------------------------------------------------------------------------------------------

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_character_can_be_changed() {
    let text = sound().text();
    for at in 0..text.len() {
        for other in ["A", "B", "~", "."] {
            if text[at..].starts_with(other) {
                continue;
            }
            let changed = [&text[..at], other, &text[at + 1..]].concat();
            let report = verify(changed.as_bytes(), "own", &Found::default(), &asking());
            assert_ne!(report.verdict, Verdict::Valid, "{other} at {at}");
        }
        let cut = report(&text[..at]);
        // A token that ends with a disclosure is whole by itself.
        let is_whole = text[..at].ends_with('~') && cut.credential.is_some();
        assert!(cut.verdict != Verdict::Valid || is_whole, "cut at {at}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_card_shows_what_it_says_and_what_is_missing() {
    let report = sound().report();
    let card = view::card(&report, view::Wishes::default());
    assert!(card.verdict.detail.iter().any(|it| it.id == "detail.presented-by-holder"));
    let further = card.claims.expect("claims").further;
    let values = |id: &str| further.iter().find(|fact| fact.id == id).map(|fact| fact.values.clone());
    let text = |text: &str| view::facts::Stated::Text(view::Quoted(text.to_owned()));
    let listed = [
        text("vct: https://types.example/degree"),
        text("degree › title: Welder"),
        text("degree › level: 4"),
    ];
    assert_eq!(values("fact.properties").as_deref(), Some(&listed[..]));
    assert_eq!(values("fact.withheld").map(|values| values.len()), Some(1));
}

/// Badges of their own kind say what they say in the words of badges.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn plugfest_badges_and_boosts_are_read() {
    for (file, name) in [
        ("jff-plugfest/plugfest-1-ex-1.json", "Our Wallet Passed JFF Plugfest #1 2022"),
        ("jff-plugfest/plugfest-2-signed.json", "JFF x vc-edu PlugFest 2 Interoperability"),
        ("learncard/boost/basic.json", "Community Contributor"),
        ("learncard/boost/boost-id.json", "Troop 42 Membership"),
        ("learncard/boost/with-skills.json", "Full-Stack Developer"),
    ] {
        let bytes = support::read(&format!("tests/vectors/08-open-badges-3/{file}"));
        let report = verify(&bytes, file, &Found::default(), &policy());
        let facts = report.credential.or(report.unverified).expect("facts");
        let names: Vec<_> =
            facts.subjects.iter().flat_map(|it| &it.achievements).map(|it| it.name.as_deref()).collect();
        assert_eq!(names, [Some(name)], "{file}");
        assert!(facts.properties.is_empty(), "{file}");
    }
}

/// A tilde behind a token must not make a statement of a credential, whose standing nobody would ask for.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_tilde_makes_no_statement_of_a_credential() {
    let (did, method) = issuer().did_key();
    for typ in ["", r#","typ":"JWT""#, r#","typ":"jwt""#, r#","typ":"vc+jwt""#] {
        for claim in ["vc", "vp", "@context", "credentialSubject", "credentialStatus"] {
            let header = format!(r#"{{"alg":"EdDSA","kid":"{method}"{typ}}}"#);
            let payload = format!(r#"{{"iss":"{did}","{claim}":{{"id":"urn:x:1"}}}}"#);
            let text = format!("{}~", own::token::token(&header, &payload, &issuer()));
            for text in [text.clone(), flattened(&text, "")] {
                let refused = answer(&report(&text), "document.structure");
                assert_eq!(refused, Some((Outcome::Fail, "token-type-unknown")), "{typ} {claim}");
            }
        }
    }
    let any = own::token::token(
        &format!(r#"{{"alg":"EdDSA","kid":"{method}"}}"#),
        &format!(r#"{{"iss":"{did}","scope":"door"}}"#),
        &issuer(),
    );
    let refused = answer(&report(&format!("{any}~")), "document.structure");
    assert_eq!(refused, Some((Outcome::Fail, "token-type-unknown")));
    let mut untyped = sound();
    untyped.header = untyped.header.replace(r#""typ":"dc+sd-jwt","#, "");
    assert_eq!(
        (untyped.report().verdict, untyped.report().format),
        (Verdict::Valid, Some("signed-statement"))
    );
    let mut draft = sound();
    draft.header = draft.header.replace("dc+sd-jwt", "x+sd-jwt");
    draft.payload.push_str(r#","credentialStatus":{"type":"SomeList"}"#);
    let standing = answer(&draft.report(), "status.revocation");
    assert_eq!(standing, Some((Outcome::Unknown, "status-type-unsupported")));
}
