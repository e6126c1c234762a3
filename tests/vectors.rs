//! Every file of `tests/vectors/index.json` gets the answer its index entry expects, natively and
//! as wasm under Node.
//!
//! The network is `13-dids-registries/offline-map.json` and nothing else; now is noon of
//! 22 November 2026. What is beyond the suites and formats understood so far must be not fully
//! checked or refused, never valid. Deviations are rows with reasons; a stale row fails. Files whose
//! licence keeps them out of this repository are read from `../shared/vectors` where that exists.

mod answers;
mod support;

use answers::{answer, network, vector};
use support::{read_json, read_text, text};
use verify_credential::codec::json::Value;
use verify_credential::reason;
use verify_credential::report::{Headline, Outcome, Report, Verdict};

const SUITES: &[&str] = &[
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "Ed25519Signature2020",
    "ecdsa-rdfc-2019",
    "ecdsa-jcs-2019",
    "ecdsa-sd-2023",
    "bbs-2023",
    "Ed25519Signature2018",
    "JsonWebSignature2020",
    "MerkleProof2019",
    "merkle-proof-2019",
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_file_of_the_index_gets_its_answer() {
    let index = read_json("tests/vectors/index.json");
    let found = network();
    let mut rows = deviations();
    let mut complaints: Vec<String> = Vec::new();
    let (mut answered, mut absent) = (0, 0);
    for entry in index.get("files").map(Value::as_set).unwrap_or_default() {
        let file = text(entry, "file");
        let Some(bytes) = vector(file) else {
            absent += 1;
            rows.retain(|row| row.file != file);
            continue;
        };
        answered += 1;
        let report = answer(entry, &bytes, &found);
        let judged = judge(entry, &report);
        complaints.extend(unsaid(&report).map(|id| format!("{file}: the card has no text for {id}")));
        let row = rows.iter().position(|row| row.file == file).map(|at| rows.remove(at));
        match (judged, row) {
            (Ok(()), None) => {}
            (Ok(()), Some(_)) => {
                complaints.push(format!("{file}: as expected, so its deviation row is stale"))
            }
            (Err(_), Some(row))
                if row.headline == name(report.headline) && report.verdict != Verdict::Valid => {}
            (Err(why), row) => {
                let claimed = row.map(|row| row.headline).unwrap_or_default();
                let headline = name(report.headline);
                complaints.push(format!("{file}: {why}; headline {headline}, row says '{claimed}'"));
            }
        }
    }
    complaints.extend(rows.into_iter().map(|row| format!("{}: a row without a file", row.file)));
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    assert!(answered >= 300, "only {answered} files were there, {absent} not");
}

/// The reasons of checks that are not in order whose texts are loaded only with the list of checks.
fn unsaid(report: &Report) -> impl Iterator<Item = &'static str> {
    let open = report.checks.iter().filter(|check| matches!(check.outcome, Outcome::Fail | Outcome::Unknown));
    open.map(|check| check.reason).filter(|id| reason::is_of_list(id))
}

fn judge(entry: &Value, report: &Report) -> Result<(), String> {
    let file = text(entry, "file");
    let proofs = entry.get("proofs").map(Value::as_set).unwrap_or_default();
    let is_of_suites = proofs.iter().all(|proof| SUITES.contains(&proof.as_str().unwrap_or_default()));
    let is_in_scope = is_of_suites
        && matches!(
            text(entry, "kind"),
            "vc" | "vc-jwt"
                | "vp-jwt"
                | "unsigned-vc"
                | "baked-svg"
                | "baked-png"
                | "image"
                | "status-list"
                | "ob2"
                | "sd-jwt"
        );
    let holds = match (is_in_scope, text(entry, "expect")) {
        // The bare DID is accepted, with a remark.
        (true, "valid" | "valid-if-bare-did-accepted") => {
            report.verdict == Verdict::Valid && report.credential.is_some()
        }
        // The issuer of what is presented signed with other keys than the one at hand.
        (true, "expired") if report.format == Some("presentation") => {
            report.verdict == Verdict::Invalid
                && outcome(report, "proof.any-good") == Some(Outcome::Pass)
                && outcome(report, "proof.expires") == Some(Outcome::Fail)
        }
        (true, "expired") => report.headline == Headline::Expired,
        (true, "not-yet-valid") => report.headline == Headline::NotYetValid,
        (true, "revoked") => {
            report.headline == Headline::Revoked && outcome(report, "validity.until") != Some(Outcome::Fail)
        }
        (true, "expired+revoked") => {
            report.headline == Headline::Revoked && outcome(report, "validity.until") == Some(Outcome::Fail)
        }
        // A key that the suite does not know, where the issuer's document is not at hand either.
        (true, "invalid-or-unsupported") => {
            matches!(report.headline, Headline::DoNotRely | Headline::NotFullyChecked)
        }
        (true, "unsupported") => {
            report.headline == Headline::NotFullyChecked
                && reason(report, "proof.any-good") == Some("anchored-on-chain")
        }
        (true, "invalid") => report.headline == Headline::DoNotRely,
        (true, "status-unverifiable") => {
            report.headline == Headline::NotFullyChecked
                && outcome(report, "proof.any-good") == Some(Outcome::Pass)
                && outcome(report, "status.revocation") == Some(Outcome::Unknown)
        }
        (true, "issuer-key-unresolvable") => {
            report.headline == Headline::NotFullyChecked
                && outcome(report, "issuer.controls-key") == Some(Outcome::Unknown)
        }
        (true, "no-proof") => {
            report.headline == Headline::DoNotRely && reason(report, "proof.any-good") == Some("not-signed")
        }
        (true, "conforming") if report.format == Some("presentation") => {
            report.verdict != Verdict::Valid && outcome(report, "document.structure") == Some(Outcome::Pass)
        }
        (true, "conforming") => {
            report.headline == Headline::DoNotRely
                && outcome(report, "document.structure") == Some(Outcome::Pass)
        }
        (true, "non-conforming" | "non-conforming-or-inject") => report
            .checks
            .iter()
            .any(|check| check.id.starts_with("document.") && check.outcome == Outcome::Fail),
        (true, "presentation") => {
            report.format == Some("presentation")
                && !report.parts.is_empty()
                && outcome(report, "proof.any-good") == Some(Outcome::Pass)
        }
        (true, "no-credential") => report.headline == Headline::Unreadable,
        // What stands at its address is not at hand, or the address is none that is asked.
        (true, "hosted")
            if file.ends_with("/1_0_basic_assertion.json") || file.ends_with("/2_0_basic_assertion.json") =>
        {
            report.headline == Headline::NotFullyChecked
        }
        // Before 1.0 a badge did not say where it is published.
        (true, "hosted") if file.ends_with("/0_5_assertion.json") => {
            reason(report, "proof.any-good") == Some("hosted-nowhere")
        }
        // Badge classes and issuers award nothing.
        (true, "hosted") => report.headline == Headline::Unreadable,
        (true, "extract-ok" | "extract-url-only") => {
            report.headline == Headline::NotFullyChecked
                && reason(report, "proof.any-good").is_some_and(|reason| reason.starts_with("hosted-"))
        }
        (true, other) => return Err(format!("nobody knows what '{other}' means")),
        // A base proof is no verifier's business, and nothing else here can be checked yet.
        (false, "unsupported") => report.headline == Headline::NotFullyChecked,
        (false, _) => {
            matches!(report.headline, Headline::NotFullyChecked | Headline::Unreadable | Headline::DoNotRely)
        }
    };
    let signed_facts =
        report.credential.is_none() || outcome(report, "proof.any-good") == Some(Outcome::Pass);
    match (holds, signed_facts) {
        (true, true) => Ok(()),
        (false, _) => Err(format!("expected {}", text(entry, "expect"))),
        (_, false) => Err("facts without a signature".to_owned()),
    }
}

fn outcome(report: &Report, id: &str) -> Option<Outcome> {
    report.check(id).map(|check| check.outcome)
}

fn reason(report: &Report, id: &str) -> Option<&'static str> {
    report.check(id).map(|check| check.reason)
}

fn name(headline: Headline) -> &'static str {
    headline.id()
}

struct Deviation {
    file: String,
    headline: String,
}

fn deviations() -> Vec<Deviation> {
    let table = read_text("tests/vectors/deviations.tsv");
    let rows = table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, headline, reason] = columns.as_slice() else { panic!("not three columns: {line}") };
        assert!(reason.len() > 20, "no reason: {line}");
        Deviation { file: (*file).to_owned(), headline: (*headline).to_owned() }
    });
    rows.collect()
}
