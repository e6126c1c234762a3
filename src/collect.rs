//! Layer 7. `--collect`: reads what a credential needs from the network, and writes it down as a snapshot.
//!
//! The library never fetches. This command does, through the `curl` of the machine: https only, no
//! redirects, no configuration file, bounded in time and bytes. A page that carries the snapshot as
//! its `.resources` verifies the credential without any request.

use std::io::Read;
use std::process::{Command, Stdio};
use std::rc::Rc;

use serde_json::{Map, Value, json};
use verify_credential::codec::date_time;
use verify_credential::did::web::is_web_address;
use verify_credential::need::{Answer, Found, Need, NeedKind};
use verify_credential::policy::Policy;
use verify_credential::verify;

/// Verifies `bytes` until nothing more is asked for, and gives the documents that were read, as the text of a
/// snapshot; `read_at` is the machine's clock in Unix seconds. What could not be read is named in the
/// second part.
pub fn collect(bytes: &[u8], found: &Found, policy: &Policy, read_at: i64) -> (String, Vec<String>) {
    let mut found = found.clone();
    let mut members: Map<String, Value> = Map::new();
    members.insert("readAt".into(), json!(date_time::to_text(read_at)));
    let mut failures = Vec::new();
    for _ in 0..ROUNDS_MAX {
        let needs = verify(bytes, "", &found, policy).needs;
        let open: Vec<&Need> = needs.iter().filter(|need| found.answer(&need.url).is_none()).collect();
        if open.is_empty() {
            break;
        }
        for need in open {
            let answer = match fetch(need) {
                Ok(document) => {
                    put(&mut members, need, &document);
                    Answer::Document {
                        bytes: Rc::from(document.into_bytes()),
                        read_at: Some(read_at),
                        pinned: false,
                    }
                }
                Err(why) => {
                    failures.push(format!("{}: {why}", need.url));
                    Answer::Failed("fetch-failed")
                }
            };
            found.provide(need.url.clone(), answer);
        }
    }
    (format!("{:#}\n", Value::Object(members)), failures)
}

/// Under its address, and as the very text that was read.
fn put(members: &mut Map<String, Value>, need: &Need, document: &str) {
    let member = match need.kind {
        NeedKind::Jwks => "jwks",
        NeedKind::StatusList => "statusLists",
        _ => "documents",
    };
    if let Value::Object(documents) = members.entry(member).or_insert_with(|| json!({})) {
        documents.insert(need.url.clone(), json!(document));
    }
}

fn fetch(need: &Need) -> Result<String, String> {
    if !is_web_address(&need.url) {
        return Err("not an address that is asked".into());
    }
    let mut child = Command::new("curl")
        .args([
            "-q",
            "--silent",
            "--show-error",
            "--fail",
            "--globoff",
            "--proto",
            "=https",
            "--max-redirs",
            "0",
        ])
        .args(["--max-time", "10", "--url", &need.url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("curl: {error}"))?;
    let mut bytes = Vec::new();
    let at_most = u64::from(need.bytes_max) + 1;
    if let Some(output) = child.stdout.take() {
        output.take(at_most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    }
    if bytes.len() > usize::try_from(need.bytes_max).unwrap_or(usize::MAX) {
        let _ = child.kill();
        return Err("the answer is too large".into());
    }
    let ended = child.wait_with_output().map_err(|error| error.to_string())?;
    match ended.status.success() {
        true => String::from_utf8(bytes).map_err(|_| "the answer is not text".into()),
        false => Err(String::from_utf8_lossy(&ended.stderr).trim().to_owned()),
    }
}

/// Issuers need one round, their lists a second, the lists' issuers a third.
const ROUNDS_MAX: usize = 6;
