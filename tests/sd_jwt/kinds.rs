//! The JSON serialization, the credential of the data model, and what no token can be turned into.

use verify_credential::codec::base64url;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Verdict};
use verify_credential::securing::sd_jwt::SdJwt;
use verify_credential::verify;

use crate::own;
use crate::scene::{
    BOUND, Binding, Draft, answer, asking, digest, facts, holder, issuer, of, properties, report, sound,
};

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
