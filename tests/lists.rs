//! Status lists of every kind: what real ones say, and what nobody may read out of bent ones.

mod baker;
mod own;
mod stage;
mod support;

use own::edit::{Doc, string, value};
use own::signer::{Issuer, Suite};
use own::token::token;
use own::{policy, report};
use stage::{
    DID, ID, LIST, METHOD, PROOFS, V1, at_hand, badge, bitstring, gzip, gzipped, issuer, judged, list_2021,
    list_token, plain_list, said, sign, text_at, the, token_claims,
};
use support::{read_json, text};
use verify_credential::check::status::{VerifiedList, in_good_standing, open};
use verify_credential::check::status_list;
use verify_credential::claims::Node;
use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;
use verify_credential::credential::{self, Credential, StatusEntry};
use verify_credential::crypto::Engines;
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report, Verdict, fold};
use verify_credential::securing::jose;
use verify_credential::status::{self, Method, Place, kind};
use verify_credential::verify;

const FOLDER: &str = "tests/vectors/12-status-lists";
const REVOCATION: &str = "status.revocation";
const SUSPENSION: &str = "status.suspension";

/// The holder credentials of walt.id are not signed: of each case the status part is run.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn real_cases_get_their_answers() {
    let index = read_json("tests/vectors/index.json");
    let mut run = 0;
    for entry in index.get("files").map(Value::as_set).unwrap_or_default() {
        if text(entry, "kind") != "status-case" {
            continue;
        }
        let file = text(entry, "file");
        let outcomes = outcomes_of(&read_json(&format!("tests/vectors/{file}")));
        let all = |outcome| outcomes.iter().all(|it| *it == outcome || *it == Outcome::Skipped);
        let holds = match text(entry, "expect") {
            "valid" => all(Outcome::Pass) && outcomes.contains(&Outcome::Pass),
            "revoked" => outcomes.first() == Some(&Outcome::Fail),
            "status-unverifiable" => outcomes.first() == Some(&Outcome::Unknown),
            other => panic!("{other}"),
        };
        assert!(holds, "{file}: {outcomes:?}");
        run += 1;
    }
    assert_eq!(run, 8);
}

/// Revocation and suspension of a case of walt.id.
fn outcomes_of(case: &Value) -> Vec<Outcome> {
    let holder = credential::read(Node::Json(case.get("holder-credential").expect("a holder")));
    let lists = match case.get("status-credential").expect("a list") {
        Value::String(token) => vec![(String::new(), token.to_string())],
        many => {
            many.as_set().iter().map(|it| (suffix(text(it, "id")), text(it, "content").to_owned())).collect()
        }
    };
    let (mut read, mut entries) = (Vec::new(), Vec::new());
    for entry in &holder.status {
        let at = suffix(&entry.list[0]);
        let (_, token) = lists.iter().find(|(known, _)| *known == at).expect("its list");
        let list = Read::of(entry, token);
        entries.push(StatusEntry { list: vec![list.id.clone()], ..entry.clone() });
        read.push(list);
    }
    let facts = Credential { status: entries, ..Credential::default() };
    let verified: Vec<VerifiedList> = read.iter().map(Read::as_verified).collect();
    let asked = in_good_standing(&facts, &verified, &Found::default(), &policy());
    [REVOCATION, SUSPENSION]
        .iter()
        .filter_map(|id| asked.checks.iter().find(|check| check.id == *id))
        .map(|check| check.outcome)
        .collect()
}

/// What follows the place where the list's address is to stand.
fn suffix(address: &str) -> String {
    address.trim_start_matches("<STATUS-CREDENTIAL-PATH-PLACEHOLDER>").to_owned()
}

/// A list, examined without an address.
struct Read {
    id: String,
    report: Report,
    opened: Result<status::OpenList, &'static str>,
}

impl Read {
    fn of(entry: &StatusEntry, token: &str) -> Read {
        let kind = kind(entry).expect("a kind");
        let mut report = verify(token.as_bytes(), "list", &Found::default(), &policy());
        let mut budget = Budget::full();
        let document = if kind.method == Method::Token {
            let examined =
                status_list::examine(kind, token.as_bytes(), None, &Found::default(), &policy(), &mut budget);
            report.verdict = fold(&examined.checks, examined.witness.as_ref());
            examined.document
        } else {
            let token = jose::read(token, &mut budget).expect("a token");
            Some(Value::Object(token.credential().expect("a credential")))
        };
        let document = document.expect("a list");
        assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
        let opened = open(kind, &report, Some(Node::Json(&document)), &Engines::default(), &mut budget);
        Read { id: text(&document, "id").to_owned(), report, opened }
    }

    fn as_verified(&self) -> VerifiedList<'_> {
        VerifiedList {
            url: &self.id,
            report: &self.report,
            opened: self.opened.clone(),
            id: Some(&self.id),
            read_at: None,
            pinned: false,
        }
    }
}

/// The lists of the specification, entry by entry.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn lists_of_the_draft_say_what_it_prints() {
    let expected = read_json(&format!("{FOLDER}/ietf-token-status-list/expected-statuses.json"));
    let tables = [
        ("status_list_encoding1_long_json", "1-bit (encoding1_long)"),
        ("status_list_encoding8_json", "8-bit (encoding8)"),
    ];
    for (file, table) in tables {
        let list =
            opened_json(&read_json(&format!("{FOLDER}/ietf-token-status-list/{file}.json"))).expect("a list");
        let table = expected.get(table).and_then(Value::as_object).expect("a table");
        let mut met = 0;
        for index in 0..(1 << 20) {
            let said = read_at(&list, index).expect("an entry");
            match table.get(&index.to_string()) {
                Some(Value::Number(number)) => {
                    met += 1;
                    assert_eq!(number.whole(), i64::try_from(said).ok(), "{file} {index}");
                }
                _ => assert_eq!(said, 0, "{file} {index}"),
            }
        }
        assert_eq!(met, table.len());
        assert_eq!(read_at(&list, 1 << 20), Err("status-index-out-of-range"));
    }
    // What the draft says in words: sixteen bits, and twelve pairs of them.
    let list = |file: &str| {
        opened_json(&read_json(&format!("{FOLDER}/ietf-token-status-list/{file}.json"))).expect("a list")
    };
    let values = |list: &status::OpenList, count| -> Vec<u64> {
        (0..count).map(|index| read_at(list, index).expect("an entry")).collect()
    };
    let ones = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    assert_eq!(values(&list("status_list_encoding_json"), 16), ones);
    assert_eq!(values(&list("status_list_encoding2_json"), 12), [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
}

fn opened_json(packed: &Value) -> Result<status::OpenList, &'static str> {
    let document = own::edit::object(&[("status_list", packed.clone())]);
    status::open_more(Method::Token, Node::Json(&document), &mut Budget::full())
}

fn read_at(list: &status::OpenList, index: u64) -> Result<u64, &'static str> {
    let place = Place { index, ..Place::default() };
    status::value_of_more(Method::Token, list, &place, None).map(|reading| reading.value)
}

fn entry_2021(index: &str) -> String {
    format!(
        r##"{{"id":"{LIST}#{index}","type":"StatusList2021Entry","statusPurpose":"revocation","statusListIndex":"{index}","statusListCredential":"{LIST}"}}"##
    )
}

fn with_prefix(bytes: &[u8]) -> String {
    format!("u{}", base64url::encode(bytes))
}

fn in_standard_alphabet(bytes: &[u8]) -> String {
    base64url::encode(bytes).replace('-', "+").replace('_', "/")
}

/// The badge with the contexts of older lists.
fn older_badge(context: &str, status: &str) -> Doc {
    let mut doc = badge(&[]);
    doc.put("/@context/0", string(V1));
    doc.put("/@context/1", string("https://purl.imsglobal.org/spec/ob/v3p0/context.json"));
    doc.put("/@context/2", string(context));
    doc.add_context(string(PROOFS));
    doc.take("/validFrom");
    doc.take("/name");
    doc.put("/issuanceDate", string("2026-01-15T09:00:00Z"));
    doc.put("/credentialStatus", value(status));
    doc
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn status_list_2021_is_read_in_every_alphabet() {
    let context = "https://w3id.org/vc/status-list/2021/v1";
    for suite in [Suite::Rdfc, Suite::Jcs] {
        for encode in [base64url::encode as fn(&[u8]) -> String, with_prefix, in_standard_alphabet] {
            let found = at_hand(&[(LIST, sign(&list_2021(encode), suite))]);
            let judge = |index: &str| report(&sign(&older_badge(context, &entry_2021(index)), suite), &found);
            assert_eq!(judge("7").headline, Headline::Verified, "{:#?}", judge("7").checks);
            assert_eq!(judge("4242").headline, Headline::Revoked);
            assert_eq!(said(&judge("131072"), REVOCATION), "unknown status-index-out-of-range");
        }
        let junk: fn(&[u8]) -> String = |_| "uH4sIAAAA".to_owned();
        let found = at_hand(&[(LIST, sign(&list_2021(junk), suite))]);
        let report = report(&sign(&older_badge(context, &entry_2021("7")), suite), &found);
        assert_eq!(said(&report, REVOCATION), "unknown status-list-encoding");
    }
    // A list of one kind is not read as one of another.
    let found = at_hand(&[(LIST, sign(&bitstring("revocation", &gzipped(16_384, &[])), Suite::Rdfc))]);
    let report = report(&sign(&older_badge(context, &entry_2021("7")), Suite::Rdfc), &found);
    assert_eq!(said(&report, REVOCATION), "unknown status-list-not-of-type");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn revocation_list_2020_is_read() {
    let context = "https://w3id.org/vc-revocation-list-2020/v1";
    let encoded = base64url::encode(&gzipped(16_384, &[4_242]));
    let list = Doc(value(&format!(
        r##"{{"@context": ["{V1}", "{context}", "{PROOFS}"], "id": "{LIST}", "type": ["VerifiableCredential", "RevocationList2020Credential"],
            "issuer": "{DID}", "issuanceDate": "2026-11-01T00:00:00Z",
            "credentialSubject": {{"id": "{LIST}#list", "type": "RevocationList2020", "encodedList": "{encoded}"}}}}"##
    )));
    let entry = |index: &str| {
        format!(
            r##"{{"id":"{LIST}#{index}","type":"RevocationList2020Status","revocationListIndex":"{index}","revocationListCredential":"{LIST}"}}"##
        )
    };
    for suite in [Suite::Rdfc, Suite::Jcs] {
        let found = at_hand(&[(LIST, sign(&list, suite))]);
        let judge = |index: &str| report(&sign(&older_badge(context, &entry(index)), suite), &found);
        assert_eq!(judge("7").headline, Headline::Verified, "{:#?}", judge("7").checks);
        assert_eq!(judge("4242").headline, Headline::Revoked);
        assert_eq!(said(&judge("-1"), REVOCATION), "unknown status-entry-malformed");
    }
}

/// A badge as token, which names its place in a Token Status List beside the credential.
fn badge_token(reference: &str) -> String {
    let mut doc = badge(&[]);
    doc.put("/iss", string(DID));
    doc.put("/sub", string("did:example:holder"));
    doc.put("/jti", string(ID));
    doc.put("/nbf", value("1768467600"));
    doc.put("/status", value(reference));
    let payload = String::from_utf8(doc.bytes()).expect("UTF-8");
    token(&format!(r#"{{"alg":"EdDSA","typ":"JWT","kid":"{METHOD}"}}"#), &payload, &issuer())
}

fn judged_token(index: &str, list: &str) -> Report {
    let reference = format!(r#"{{"status_list":{{"idx":{index},"uri":"{LIST}"}}}}"#);
    report(badge_token(&reference).as_bytes(), &at_hand(&[(LIST, list.as_bytes().to_vec())]))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_token_status_list_says_revoked_suspended_or_neither() {
    let sizes: [(u8, &[u8]); 4] = [(1, &[0, 1]), (2, &[0, 1, 2, 3]), (4, &[0, 1, 2, 3]), (8, &[0, 1, 2, 12])];
    for (bits, values) in sizes {
        let mut all = vec![0; 131_072];
        all[..values.len()].copy_from_slice(values);
        let list = list_token(&token_claims(bits, &all, ""), &issuer());
        let judge = |index: usize| judged_token(&index.to_string(), &list);
        assert_eq!(judge(0).headline, Headline::Verified, "{:#?}", judge(0).checks);
        assert_eq!(judge(0).parts[0].verdict, Verdict::Valid);
        assert_eq!(judge(1).headline, Headline::Revoked);
        assert_eq!(said(&judge(1), SUSPENSION), "pass status-not-set");
        if let Some(2) = values.get(2) {
            assert_eq!(judge(2).headline, Headline::Suspended);
            assert_eq!(said(&judge(2), REVOCATION), "pass status-not-set");
            for id in [REVOCATION, SUSPENSION] {
                assert_eq!(said(&judge(3), id), "unknown status-value-unknown");
            }
        }
        for id in [REVOCATION, SUSPENSION] {
            assert_eq!(said(&judge(131_072), id), "unknown status-index-out-of-range");
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_bent_list_token_clears_nobody() {
    let claims = || token_claims(1, &[0; 131_072], "");
    let signed = |claims: &str| list_token(claims, &issuer());
    let lst = |bytes: &[u8]| {
        let lst = base64url::encode(bytes);
        signed(&format!(
            r#"{{"iss":"{DID}","sub":"{LIST}","iat":1795340000,"status_list":{{"bits":1,"lst":"{lst}"}}}}"#
        ))
    };
    let sound = signed(&claims());
    assert_eq!(judged_token("7", &sound).headline, Headline::Verified);
    let mut damaged = miniz_oxide::deflate::compress_to_vec_zlib(&[0; 16_384], 9);
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    let bomb = [&[0x78, 0xda][..], &baker::bomb(20), &[0; 4]].concat();
    let elsewhere = claims().replace("/status/list", "/status/other");
    let header = format!(r#"{{"alg":"EdDSA","typ":"JWT","kid":"{METHOD}"}}"#);
    let table: Vec<(&str, String, &str)> = vec![
        ("of another subject", signed(&elsewhere), "status-list-address-differs"),
        ("without a subject", signed(&claims().replace(r#""sub""#, r#""sob""#)), "status-list-not-trusted"),
        ("without iat", signed(&claims().replace(r#""iat""#, r#""iot""#)), "status-list-not-trusted"),
        (
            "expired",
            signed(&token_claims(1, &[0; 131_072], r#","exp":1795340001"#)),
            "status-list-not-trusted",
        ),
        ("from the future", signed(&claims().replace("1795340000", "1795440000")), "status-list-not-trusted"),
        (
            "signed by another",
            list_token(&claims(), &Issuer::of("forger.example")),
            "status-list-not-trusted",
        ),
        ("a token of another type", token(&header, &claims(), &issuer()), "status-list-not-trusted"),
        ("not signed", format!("{}.", sound.rsplit_once('.').expect("parts").0), "status-list-not-trusted"),
        ("no token", "{}".to_owned(), "status-list-not-trusted"),
        ("of three bits", signed(&claims().replace(r#""bits":1"#, r#""bits":3"#)), "status-list-malformed"),
        ("without a list", signed(&claims().replace(r#""lst""#, r#""list""#)), "status-list-encoding"),
        ("damaged", lst(&damaged), "status-list-encoding"),
        ("gzip", lst(&gzip(&[0; 16_384])), "status-list-encoding"),
        ("a bomb", lst(&bomb), "status-list-too-large"),
        ("empty", lst(&miniz_oxide::deflate::compress_to_vec_zlib(&[], 9)), "status-index-out-of-range"),
        ("ttl of no time", signed(&token_claims(1, &[0; 131_072], r#","ttl":0"#)), "status-list-malformed"),
    ];
    for (name, list, reason) in table {
        let report = judged_token("7", &list);
        assert_eq!(report.headline, Headline::NotFullyChecked, "{name}");
        assert_eq!(said(&report, REVOCATION), format!("unknown {reason}"), "{name}");
    }
    // A list that is older than it may be.
    let list = signed(&token_claims(1, &[0; 131_072], r#","ttl":3600"#));
    let badge = badge_token(&format!(r#"{{"status_list":{{"idx":7,"uri":"{LIST}"}}}}"#));
    let at = |time: i64| stage::fetched_at(time, &[(LIST, list.as_bytes().to_vec())]);
    assert_eq!(report(badge.as_bytes(), &at(own::NOW - 3_600)).headline, Headline::Verified);
    let stale = report(badge.as_bytes(), &at(own::NOW - 4_000));
    assert_eq!(said(&stale, REVOCATION), "unknown status-list-stale");
    // A reference that is none, and a mechanism that is not known.
    for reference in
        [r#"{"status_list":{"idx":-1,"uri":"https://issuer.example/status/list"}}"#, r#"{"other":{}}"#]
    {
        let report = report(badge_token(reference).as_bytes(), &at(own::NOW));
        assert_eq!(report.headline, Headline::NotFullyChecked, "{reference}");
    }
}

fn plain_entry() -> String {
    format!(r#"{{"id":"{LIST}","type":"1EdTechRevocationList"}}"#)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_plain_list_of_1edtech_is_read_with_its_limits() {
    let listed = |more: &str| format!(r#"{{"id":"urn:uuid:another"}},{{"id":"{ID}"{more}}}"#);
    let judge = |list: &str| judged(&plain_entry(), list);
    let of = |entries: &str| String::from_utf8(plain_list(entries)).expect("UTF-8");
    let clear = judge(&of(r#"{"id":"urn:uuid:another","revoked":true}"#));
    assert_eq!(clear.headline, Headline::Verified, "{:#?}", clear.checks);
    assert_eq!(said(&clear, REVOCATION), "pass status-not-listed");
    // Nobody signed it, and so it is nothing that could be valid.
    assert_eq!(clear.parts[0].verdict, Verdict::Indeterminate);
    assert_eq!(clear.parts[0].credential, None);
    for more in ["", r#","revoked":true"#, r#","revoked":"false""#, r#","revoked":null"#] {
        assert_eq!(said(&judge(&of(&listed(more))), REVOCATION), "fail status-listed", "{more}");
    }
    let withdrawn = judge(&of(&listed(r#","revoked":true,"revocationReason":"Awarded by mistake""#)));
    assert_eq!(withdrawn.headline, Headline::Revoked);
    assert_eq!(the(&withdrawn, "status-listed-with-reason").param("message"), Some("Awarded by mistake"));
    assert_eq!(judge(&of(&listed(r#","revoked":false"#))).headline, Headline::Verified);
    assert_eq!(judge(&of(&listed("")).replace("Credentials", "Credential")).headline, Headline::Revoked);
    let another = of("").replace(DID, "did:web:another.example");
    let table = [
        ("another issuer's", another, "status-list-of-another-issuer"),
        ("without an issuer", of("").replace("issuer\"", "publisher\""), "status-list-of-another-issuer"),
        ("of another address", of("").replace("/list", "/other"), "status-list-address-differs"),
        ("without entries", of("").replace("revoked", "forgotten"), "status-list-malformed"),
        ("an entry without id", of(r#"{"uuid":"x"}"#), "status-list-malformed"),
        ("null", of("").replace("[]", "null"), "status-list-malformed"),
        (
            "two lists of one name",
            format!("{}{}", r#"{"issuer":"x","#, &of("")[1..]),
            "status-list-not-trusted",
        ),
        ("no JSON", "revoked: none".to_owned(), "status-list-not-trusted"),
    ];
    for (name, list, reason) in table {
        let report = judge(&list);
        assert_eq!(report.headline, Headline::NotFullyChecked, "{name}");
        assert_eq!(said(&report, REVOCATION), format!("unknown {reason}"), "{name}");
    }
    // Revoked counts, whoever says so there: the issuer signed the address.
    assert_eq!(judge(&of(&listed("")).replace(DID, "did:web:another.example")).headline, Headline::Revoked);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_plain_list_on_another_host_clears_nobody() {
    let far = "https://forger.example/status/list";
    let list = String::from_utf8(plain_list("")).expect("UTF-8").replace(LIST, far);
    let entry = plain_entry().replace(LIST, far);
    let badge = sign(&badge(&[("credentialStatus", &entry)]), Suite::Rdfc);
    let report = report(&badge, &at_hand(&[(far, list.into_bytes())]));
    assert_eq!(said(&report, REVOCATION), "unknown status-list-on-another-host");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn messages_are_facts_and_say_nothing_of_validity() {
    let entry = |purpose: &str, index: &str| {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"{purpose}","statusSize":2,"statusListIndex":"{index}",
                "statusListCredential":"{LIST}","statusMessage":[{{"status":"0x0","message":"pending"}},
                {{"status":"0x1","message":"accepted"}},{{"status":"0x2","message":"rejected"}},
                {{"status":"0x3","message":"undefined"}}]}}"#
        )
    };
    // Entry 3 is 0b10.
    let bits = gzipped(32_768, &[6]);
    let message = sign(&bitstring("message", &bits), Suite::Rdfc);
    let told = judged(&entry("message", "3"), message.clone());
    assert_eq!(told.headline, Headline::Verified, "{:#?}", told.checks);
    let check = the(&told, "status-message");
    assert_eq!((check.param("message"), check.param("value")), (Some("rejected"), Some("2")));
    assert_eq!(
        the(&judged(&entry("message", "4"), message), "status-message").param("message"),
        Some("pending")
    );
    let revocation = sign(&bitstring("revocation", &bits), Suite::Rdfc);
    assert_eq!(judged(&entry("revocation", "3"), revocation.clone()).headline, Headline::Revoked);
    assert_eq!(judged(&entry("revocation", "2"), revocation.clone()).headline, Headline::Verified);
    let out = judged(&entry("revocation", "131072"), revocation.clone());
    assert_eq!(said(&out, REVOCATION), "unknown status-index-out-of-range");
    let incomplete = entry("revocation", "2").replace("0x3", "0x2");
    assert_eq!(said(&judged(&incomplete, revocation), REVOCATION), "unknown status-entry-malformed");
    let refresh = |set: &[usize]| {
        let entry = format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"refresh","statusListIndex":"7","statusListCredential":"{LIST}"}}"#
        );
        judged(&entry, sign(&bitstring("refresh", &gzipped(16_384, set)), Suite::Rdfc))
    };
    assert_eq!(said(&refresh(&[]), "status.other"), "pass status-refresh-not-needed");
    assert_eq!(said(&refresh(&[7]), "status.other"), "fail status-refresh-available");
    assert_eq!(refresh(&[7]).headline, Headline::Verified);
}

/// A list that is a token: the credential inside `vc`, beside the claims, or the payload itself.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn lists_secured_by_tokens_are_read() {
    let entry = |index: &str| {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"{index}","statusListCredential":"{LIST}"}}"#
        )
    };
    let list = bitstring("revocation", &gzipped(16_384, &[4_242]));
    let text = String::from_utf8(list.bytes()).expect("UTF-8");
    let header = |typ: &str| format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{METHOD}"}}"#);
    let claims =
        |subject: &str| format!(r#""iss":"{DID}","sub":"{subject}","jti":"{LIST}","nbf":1793491200"#);
    let inside = |subject: &str| format!(r#"{{{},"vc":{text}}}"#, claims(subject));
    let beside = |subject: &str| format!("{{{},{}", claims(subject), &text[1..]);
    let own = text_at(&list, "/credentialSubject/id");
    let quoted = inside(own).replace(&format!(r#""iss":"{DID}""#), &format!(r#""iss":"\"{DID}\"""#));
    let sound = [
        token(&header("JWT"), &inside(own), &issuer()),
        token(&header("JWT"), &beside(own), &issuer()),
        token(&header("vc+jwt"), &text, &issuer()),
        token(&header("JWT"), &inside(DID), &issuer()),
        token(&header("JWT"), &quoted, &issuer()),
    ];
    for list in &sound {
        let clear = judged(&entry("7"), list.as_str());
        assert_eq!(clear.headline, Headline::Verified, "{:#?}", clear.parts);
        assert_eq!(judged(&entry("4242"), list.as_str()).headline, Headline::Revoked);
    }
    let bent = [
        token(&header("JWT"), &inside("did:example:another"), &issuer()),
        token(&header("JWT"), &inside(own).replacen(DID, "did:web:another.example", 1), &issuer()),
        token(&header("JWT"), &inside(own), &Issuer::of("forger.example")),
    ];
    for list in &bent {
        assert_eq!(said(&judged(&entry("7"), list.as_str()), REVOCATION), "unknown status-list-not-trusted");
    }
}
