//! Inputs made to hurt: each gives a report, soon, within bounded memory and without a panic.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod bounded;
mod own;
mod support;

use bounded::{KEY, SUBJECT, credential, joined, proof, refused, written};

#[test]
fn long_identifiers_are_not_written_out_for_every_statement() {
    let id = format!("urn:{}", "x".repeat(200_000));
    let refs = joined(3_000, |index| format!(r#"{{"id":"urn:{index}"}}"#));
    let subject = format!(r#"{{"id":"{id}","type":"AchievementSubject","achievement":[{refs}]}}"#);
    refused("long-id", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn long_terms_are_not_written_out_for_every_statement() {
    let members = r#""x:y":1,"#.to_owned();
    let subject = format!(
        r#"{{"@context":{{"p":"urn:{}"}},"id":"urn:s","p":[{}]}}"#,
        "x".repeat(200_000),
        joined(3_000, |index| index.to_string())
    );
    refused("long-term", &credential(&members, &subject, &proof("eddsa-rdfc-2022")));
}

/// Names around what was kept back are written out for people, at a cost that their length does not multiply.
#[test]
fn long_names_are_not_written_out_for_all_that_was_kept_back() {
    let token = |name: &str, depth: usize| {
        let kept_back = joined(2_000, |index| format!(r#"{{"_sd":["{index}"]}}"#));
        let opened = format!(r#"{{"{name}":"#).repeat(depth);
        let after = "}".repeat(depth);
        let payload = format!(r#"{{"iss":"{KEY}","vct":"v","claim":{opened}[{kept_back}]{after}}}"#);
        let header = r#"{"alg":"EdDSA","typ":"dc+sd-jwt"}"#;
        format!("{}.AA~", own::token::signing_input(header, &payload))
    };
    for depth in [1, 50] {
        let long = token(&"x".repeat(100_000 / depth), depth);
        let written = written(long.as_bytes());
        assert!(written < 50 * long.len(), "{written} bytes for {}", long.len());
        refused("long-names", long.as_bytes());
    }
}

#[test]
fn shared_nodes_are_not_read_once_for_every_way_to_them() {
    let count = 60;
    let levels = joined(count, |index| {
        format!(r#"{{"id":"urn:l{index}","type":"RubricCriterionLevel","name":"level"}}"#)
    });
    let refs = |letter: &str| joined(count, |index| format!(r#"{{"id":"urn:{letter}{index}"}}"#));
    let descriptions = joined(count, |index| {
        if index == 0 {
            format!(r#"{{"id":"urn:d0","type":"ResultDescription","rubricCriterionLevel":[{levels}]}}"#)
        } else {
            format!(
                r#"{{"id":"urn:d{index}","type":"ResultDescription","rubricCriterionLevel":[{}]}}"#,
                refs("l")
            )
        }
    });
    let achievements = joined(count, |index| match index {
        0 => format!(r#"{{"id":"urn:a0","type":"Achievement","resultDescription":[{descriptions}]}}"#),
        _ => format!(r#"{{"id":"urn:a{index}","type":"Achievement","resultDescription":[{}]}}"#, refs("d")),
    });
    let subjects = joined(count, |index| match index {
        0 => format!(r#"{{"id":"urn:s0","type":"AchievementSubject","achievement":[{achievements}]}}"#),
        _ => format!(r#"{{"id":"urn:s{index}","type":"AchievementSubject","achievement":[{}]}}"#, refs("a")),
    });
    refused("shared", &credential("", &format!("[{subjects}]"), &proof("eddsa-rdfc-2022")));
}

#[test]
fn one_long_text_is_not_copied_for_every_reference() {
    let name = "x".repeat(1_000_000);
    let achievements = joined(1_000, |index| match index {
        0 => format!(
            r#"{{"id":"urn:a0","type":"Achievement","creator":{{"id":"urn:h","type":"Profile","name":"{name}"}}}}"#
        ),
        _ => format!(r#"{{"id":"urn:a{index}","type":"Achievement","creator":{{"id":"urn:h"}}}}"#),
    });
    let subject = format!(r#"{{"id":"urn:s","type":"AchievementSubject","achievement":[{achievements}]}}"#);
    refused("shared-text", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn rivals_for_the_root_are_looked_for_in_linear_time() {
    let nodes = joined(60_000, |index| format!(r#"{{"id":"a:{index}"}}"#));
    let members = format!(
        r#""endorsement":{{"id":"urn:e","type":["VerifiableCredential","EndorsementCredential"],"issuer":"urn:i","credentialSubject":{{"id":"urn:s","type":"EndorsementSubject"}},"evidence":[{nodes}]}},"#
    );
    refused("rivals", &credential(&members, SUBJECT, &proof("eddsa-rdfc-2022")));
}

#[test]
fn thousands_of_proofs_do_not_hash_the_document_thousands_of_times() {
    for suite in ["eddsa-jcs-2022", "eddsa-rdfc-2022", "other-2099"] {
        let proofs = joined(5_000, |_| proof(suite));
        let members = format!(r#""description":"{}","#, "x".repeat(1_000_000));
        refused(suite, &credential(&members, SUBJECT, &format!("[{proofs}]")));
    }
}

#[test]
fn texts_that_never_become_json() {
    refused("brackets", &b"[".repeat(10_000_000));
    refused("brackets-within-the-limit", &b"[".repeat(4_900_000));
    refused("braces", &br#"{"a":"#.repeat(900_000));
    refused("nested", &[b"[".repeat(2_000_000), b"]".repeat(2_000_000)].concat());
    refused("commas", &[&b"["[..], &b"0,".repeat(2_400_000), b"0]"].concat());
    refused("digits", &b"9".repeat(4_900_000));
    refused("fraction", &[&b"0."[..], &b"1".repeat(4_900_000)].concat());
    refused("exponent", &[&b"1e-"[..], &b"9".repeat(4_900_000)].concat());
    refused("quote", &[&b"\""[..], &b"\\\\".repeat(2_400_000)].concat());
    refused("surrogates", &[&b"\""[..], &b"\\ud83d\\ude00".repeat(400_000), b"\""].concat());
    refused("zeros", &vec![0; 4_900_000]);
    refused("invalid-utf8", &[0xff].repeat(4_900_000));
    refused("spaces", &b" ".repeat(4_900_000));
    refused("data-uri", &[&b"data:application/json;base64,"[..], &b"W1tb".repeat(1_200_000)].concat());
}

#[test]
fn objects_of_very_many_members() {
    for count in [19_990, 1_000_000] {
        let members = joined(count, |index| format!("\"k{index}\":0"));
        if members.len() < 4_900_000 {
            refused("members", &credential(&format!("{members},"), SUBJECT, &proof("eddsa-rdfc-2022")));
        }
        refused(
            "bare-members",
            &format!("{{{}}}", joined(count.min(400_000), |index| format!("\"{index}\":0"))).into_bytes(),
        );
    }
    // Members that share their beginning, in objects that share their shape.
    let long = "k".repeat(200);
    let inner = joined(100, |index| format!("\"{long}{index}\":{{}}"));
    let subject = format!("[{}]", joined(200, |_| format!("{{{inner}}}")));
    refused("undefined-members", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn contexts_in_great_numbers() {
    let whole = |contexts: &str| {
        format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{contexts}],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{SUBJECT},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        )
        .into_bytes()
    };
    refused("inline-contexts", &whole(&joined(20_000, |index| format!(r#"{{"t{index}":"urn:{index}"}}"#))));
    refused("empty-contexts", &whole(&joined(100_000, |_| "{}".to_owned())));
    refused("null-contexts", &whole(&joined(100_000, |_| "null".to_owned())));
    refused(
        "same-context",
        &whole(&joined(50_000, |_| "\"https://www.w3.org/ns/credentials/v2\"".to_owned())),
    );
    refused("unknown-contexts", &whole(&joined(100_000, |index| format!("\"https://a.example/{index}\""))));
    refused(
        "one-large-context",
        &whole(&format!("{{{}}}", joined(19_000, |index| format!(r#""t{index}":"urn:{index}""#)))),
    );
    let mut scoped = "{}".to_owned();
    for index in 0..60 {
        scoped = format!(r#"{{"t{index}":{{"@id":"urn:{index}","@context":{scoped}}}}}"#);
    }
    refused("scoped-contexts", &whole(&scoped));
    let nodes = joined(5_000, |index| format!(r#"{{"@context":{{"a{index}":"urn:a"}},"a{index}":1}}"#));
    refused(
        "contexts-in-nodes",
        &credential("", &format!(r#"{{"id":"urn:s","evidence":[{nodes}]}}"#), &proof("eddsa-rdfc-2022")),
    );
}

#[test]
fn status_entries_in_great_numbers() {
    let entry = |index: usize| {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"{index}","statusListCredential":"https://a.example/{index}"}}"#
        )
    };
    let entries = joined(4_000, entry);
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let members = format!(r#""credentialStatus":[{entries}],"#);
        refused("status-entries", &credential(&members, SUBJECT, &proof(suite)));
    }
}

#[test]
fn graphs_of_nodes_that_look_alike() {
    let clique = |size: usize| {
        joined(size, |one| {
            let others = joined(size, |other| format!(r#"{{"id":"_:n{other}"}}"#));
            format!(r#"{{"id":"_:n{one}","urn:p":[{others}]}}"#)
        })
    };
    let subject = format!(r#"{{"id":"urn:s","urn:q":[{}]}}"#, clique(9));
    refused("clique", &credential("", &subject, &proof("eddsa-rdfc-2022")));
    let ring =
        joined(20_000, |one| format!(r#"{{"id":"_:n{one}","urn:p":{{"id":"_:n{}"}}}}"#, (one + 1) % 20_000));
    refused(
        "ring",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{ring}]}}"#), &proof("eddsa-rdfc-2022")),
    );
    let twins = joined(30_000, |_| r#"{"urn:p":{}}"#.to_owned());
    refused(
        "twins",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{twins}]}}"#), &proof("eddsa-rdfc-2022")),
    );
    let star = joined(30_000, |_| r#"{"urn:p":{"id":"_:hub"}}"#.to_owned());
    refused(
        "star",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{star}]}}"#), &proof("eddsa-rdfc-2022")),
    );
}

#[test]
fn nodes_that_point_at_themselves() {
    let id = "urn:self";
    let members = format!(
        r#""id":"{id}","evidence":{{"id":"{id}","type":"Evidence"}},"credentialStatus":{{"id":"{id}","type":"BitstringStatusListEntry"}},"endorsement":{{"id":"{id}"}},"#
    );
    let subject = format!(
        r#"{{"id":"{id}","type":["AchievementSubject","Achievement"],"achievement":{{"id":"{id}","type":"Achievement","creator":{{"id":"{id}"}},"related":{{"id":"{id}"}}}}}}"#
    );
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        refused("self", &credential(&members, &subject, &proof(suite)));
    }
    // A list whose rest is itself.
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let subject = format!(
        r#"{{"id":"urn:s","type":"AchievementSubject","result":{{"id":"_:l","{rdf}first":1,"{rdf}rest":{{"id":"_:l"}}}}}}"#
    );
    refused("circular-list", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn texts_of_a_megabyte() {
    for text in ["x", "\u{202e}", "\\\\", "\\u0000", "<b>", "\u{e9}"] {
        let long = text.repeat(1_000_000 / text.len());
        let members = format!(r#""name":"{long}","description":"{long}","#);
        let subject = format!(
            r#"{{"id":"urn:s","type":"AchievementSubject","achievement":{{"id":"urn:a","type":"Achievement","name":"{long}"}}}}"#
        );
        for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            refused("long-text", &credential(&members, &subject, &proof(suite)));
        }
    }
    let long = "1".repeat(1_000_000);
    for (member, shape) in [
        ("issuer", format!("\"did:web:{long}.example\"")),
        ("issuer", format!("\"did:jwk:{long}\"")),
        ("issuer", format!("\"did:key:z{long}\"")),
        ("id", format!("\"urn:{long}\"")),
        ("validFrom", format!("\"2026-01-01T00:00:00.{long}Z\"")),
        ("validUntil", long.clone()),
    ] {
        let text = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{{"id":"urn:s"}},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        );
        let text = match member {
            "issuer" => text.replace(&format!("\"issuer\":\"{KEY}\""), &format!("\"issuer\":{shape}")),
            _ => text.replacen('{', &format!("{{\"{member}\":{shape},"), 1),
        };
        refused(member, text.as_bytes());
    }
    for member in ["verificationMethod", "proofValue", "created", "cryptosuite"] {
        let value = format!(r#""{member}":"z{long}""#);
        let mut options = support::json(proof("eddsa-rdfc-2022").as_bytes()).expect("it is JSON");
        if let verify_credential::codec::json::Value::Object(object) = &mut options {
            object.insert(
                member.into(),
                support::json(value.split_once(':').expect("a member").1.as_bytes()).expect("it is text"),
            );
        }
        refused(member, &credential("", SUBJECT, &verify_credential::canon::jcs::canonicalize(&options)));
    }
}

#[test]
fn pictures_that_lie_about_their_lengths() {
    let badge = |length: u32, data: &[u8]| [&length.to_be_bytes()[..], b"iTXt", data, &[0; 4]].concat();
    let text = b"openbadgecredential\0\0\0\0\0{}";
    for length in [0, 1, 18, 30, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        refused("png-length", &baker::png(&[badge(length, text)]));
    }
    refused("png-cut", &baker::bake_png(&vec![b'['; 4_000_000])[..3_000_000]);
    refused("png-brackets", &baker::bake_png(&vec![b'['; 4_000_000]));
    let mut chunks = Vec::new();
    for _ in 0..100_000 {
        chunks.push(baker::chunk(b"tEXt", b"a\0b"));
    }
    refused("png-chunks", &baker::png(&chunks));
    refused("png-badges", &baker::png(&vec![baker::badge_chunk(b"{}"); 20_000]));
    // A gigabyte of zeros, as compressed text.
    let bomb = |kind: &[u8; 4], head: &[u8]| {
        let mut zlib = vec![0x78, 0xda];
        zlib.extend_from_slice(&baker::bomb(1_000));
        baker::chunk(kind, &[head, &zlib].concat())
    };
    refused("png-bomb", &baker::png(&[bomb(b"iTXt", b"openbadgecredential\0\x01\0\0\0")]));
    refused("png-ztxt-bomb", &baker::png(&[bomb(b"zTXt", b"openbadgecredential\0\0")]));
    refused(
        "svg-depth",
        ["<svg xmlns=\"http://www.w3.org/2000/svg\">", &"<g>".repeat(500_000)].concat().as_bytes(),
    );
    let entities =
        joined(20, |index| format!("<!ENTITY e{} \"&e{index};&e{index};\">", index + 1)).replace(',', "");
    refused("svg-entities", format!("<!DOCTYPE svg [<!ENTITY e0 \"x\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\">&e20;</svg>").as_bytes());
}

#[test]
fn long_predicates_in_a_clique() {
    let predicate = format!("urn:{}", "p".repeat(1_000));
    let nodes = joined(60, |one| {
        let others = joined(60, |other| format!(r#"{{"id":"_:n{other}"}}"#));
        format!(r#"{{"id":"_:n{one}","{predicate}":[{others}]}}"#)
    });
    let subject = format!(r#"{{"id":"urn:s","urn:q":[{nodes}]}}"#);
    refused("clique-of-long-predicates", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

/// Stacks in a page have one megabyte; debug builds need more for the same.
#[test]
fn chains_of_terms_fit_on_the_stack() {
    let work = || {
        let chain = joined(1_000, |index| format!(r#""t{index}":"t{}:x""#, index + 1));
        let text = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{{{chain}}}],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{SUBJECT},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        );
        refused("chained-terms", text.as_bytes());
        let (open, close) = (r#"{"urn:p":"#.repeat(120), "}".repeat(120));
        refused("nested", &credential("", &format!("{open}1{close}"), &proof("eddsa-rdfc-2022")));
        // The same at the end of the deepest nesting that is read.
        let subject = format!(r#"{open}{{"@context":{{{chain}}},"t0":1}}{close}"#);
        refused("nested-chain", &credential("", &subject, &proof("eddsa-rdfc-2022")));
    };
    let stack_bytes = 1 << if cfg!(debug_assertions) { 22 } else { 20 };
    let thread = std::thread::Builder::new().stack_size(stack_bytes).spawn(work).expect("there are threads");
    assert!(thread.join().is_ok());
}
