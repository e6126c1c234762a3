//! What is disclosed, what others made of it, and what breaks a rule.

use verify_credential::canon::jcs;
use verify_credential::codec::base64url;
use verify_credential::codec::json::{self, Value};
use verify_credential::crypto::Engines;
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Verdict};
use verify_credential::securing::jose;
use verify_credential::securing::sd_jwt::{HashName, SdJwt};
use verify_credential::verify;

use crate::own::policy;
use crate::own::signer::Issuer;
use crate::scene::{BOUND, Binding, Draft, answer, asking, degree, digest, facts, issuer, of, report, sound};
use crate::support::{self, read_if_present, read_json};

const FOLDER: &str = "tests/vectors/11-jose-sd-jwt/sd-jwt-python";

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
