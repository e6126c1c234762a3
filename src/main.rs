//! Layer 7. The native command line: `verify-credential [options] FILE…`.
//!
//! Reads files and a clock, and nothing else; what the network would say comes from `--resources`. Only
//! `--collect` asks the network, to write such a file.

#[cfg(not(target_arch = "wasm32"))]
mod collect;

fn main() -> std::process::ExitCode {
    #[cfg(not(target_arch = "wasm32"))]
    return command::run();
    #[cfg(target_arch = "wasm32")]
    std::process::ExitCode::from(2)
}

#[cfg(not(target_arch = "wasm32"))]
mod command {
    use std::io::{Read, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::{SystemTime, UNIX_EPOCH};

    use super::collect::collect;
    use verify_credential::codec::date_time;
    use verify_credential::codec::json::{self, Value};
    use verify_credential::limits::{Budget, INPUT_BYTES_MAX};
    use verify_credential::need::Found;
    use verify_credential::policy::{Policy, trust_lists, vouched_key};
    use verify_credential::render::card::{Look, View};
    use verify_credential::render::html::to_html;
    use verify_credential::render::messages::Messages;
    use verify_credential::render::served::{self, Attributes, Frame};
    use verify_credential::report::{Headline, Identity, Outcome, Report, Verdict};
    use verify_credential::trust::TrustList;
    use verify_credential::view::{Blind, Wishes};
    use verify_credential::{snapshot, verify, view};

    const USAGE: &str = "\
usage: verify-credential [options] FILE...

Verifies credentials without the network. FILE may be - for standard input.

  --now TIME             check as of this time, for example 2026-11-22T12:00:00Z
  --resources FILE       documents to use in place of the network (JSON: dids, statusLists, ...)
  --key ISSUER=KEY       vouch for a key of an issuer: a multikey, a did:key or a JWK file
  --root FILE            certificates of authorities you trust (PEM), for tokens with an x5c
  --trust FILE           a list of issuers you trust (JSON; see trust-list.schema.json)
  --domain NAME          the domain a proof must have been made for
  --challenge TEXT       the challenge a proof must answer
  --require-identity     fail unless the issuer's identity is confirmed
  --collect FILE         read what the credential needs from the network, and write it to FILE,
                         for --resources or a page's .resources; verifies with it
  --json                 one JSON report a line
  --html                 the element as HTML with the card in it, for a server's page
  --html-card            the card alone as HTML
    --view NAME          card, badge or full
    --blind WHAT         hide the holder, or the issuer too; give --attribute src=ADDRESS
    --heading-level N    of the verdict, 1 to 6
    --stylesheet ADDRESS of the package's verify-credential.css
    --attribute NAME=VALUE  one more of the element's attributes

exit status: 0 all valid, 1 any not, 2 usage";

    struct Settings {
        policy: Policy,
        found: Found,
        shape: Shape,
        look: Look,
        blind: Blind,
        stylesheet: String,
        attributes: Attributes,
        requires_identity: bool,
        collected: Option<String>,
        files: Vec<String>,
    }

    /// What is printed of each file.
    #[derive(Clone, Copy)]
    enum Shape {
        Text,
        Json,
        Html,
        HtmlCard,
    }

    pub fn run() -> ExitCode {
        let mut settings = match settings(std::env::args().skip(1)) {
            Ok(Some(settings)) => settings,
            Ok(None) => {
                println!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            Err(problem) => {
                eprintln!("verify-credential: {problem}\n\n{USAGE}");
                return ExitCode::from(2);
            }
        };
        let mut is_all_valid = true;
        for file in &std::mem::take(&mut settings.files) {
            let read = bytes_of(file).map_err(|error| format!("{file}: {error}"));
            let bytes = match read.and_then(|bytes| write_collected(&bytes, &mut settings).map(|()| bytes)) {
                Ok(bytes) => bytes,
                Err(problem) => {
                    eprintln!("verify-credential: {problem}");
                    return ExitCode::from(2);
                }
            };
            let report = verify(&bytes, file, &settings.found, &settings.policy);
            let is_known = !settings.requires_identity || report.issuer.identity != Identity::None;
            is_all_valid &= report.verdict == Verdict::Valid && is_known;
            let text = match settings.shape {
                Shape::Text => as_text(&report),
                Shape::Json => as_json(&report),
                Shape::Html | Shape::HtmlCard => as_html(&bytes, &report, &settings),
            };
            if writeln!(std::io::stdout(), "{text}").is_err() {
                return ExitCode::from(2);
            }
        }
        if is_all_valid { ExitCode::SUCCESS } else { ExitCode::from(1) }
    }

    fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Option<Settings>, String> {
        let mut settings = Settings {
            policy: Policy { now: clock(), ..Policy::default() },
            found: Found::default(),
            shape: Shape::Text,
            look: Look::default(),
            blind: Blind::Nothing,
            stylesheet: STYLE_SHEET_ADDRESS.into(),
            attributes: Attributes::default(),
            requires_identity: false,
            collected: None,
            files: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--help" | "-h" => return Ok(None),
                "--json" => settings.shape = Shape::Json,
                "--html" => settings.shape = Shape::Html,
                "--html-card" => settings.shape = Shape::HtmlCard,
                "--view" => settings.look.view = one_of(VIEWS, &value()?)?,
                "--blind" => settings.blind = one_of(BLINDS, &value()?)?,
                "--heading-level" => settings.look.heading_level = one_of(LEVELS, &value()?)?,
                "--stylesheet" => settings.stylesheet = value()?,
                "--attribute" => settings.attributes = with_attribute(settings.attributes, &value()?)?,
                "--require-identity" => settings.requires_identity = true,
                "--now" => {
                    let text = value()?;
                    let time = date_time::parse(&text).ok_or(format!("{text} is no time"))?;
                    settings.policy.now = time.unix_seconds;
                    settings.policy.now_chosen = true;
                }
                "--resources" => add_resources(Path::new(&value()?), &mut settings.found)?,
                "--key" => settings.policy.keys.push(key(&value()?)?),
                "--root" => settings.policy.roots.push(roots_in(&value()?)?),
                "--trust" => settings.policy.trust.extend(trust_lists_in(Path::new(&value()?))?),
                "--domain" => settings.policy.domain = Some(value()?),
                "--challenge" => settings.policy.challenge = Some(value()?),
                "--collect" => settings.collected = Some(value()?),
                "-" => settings.files.push(argument),
                option if option.starts_with('-') => return Err(format!("unknown option {option}")),
                _ => settings.files.push(argument),
            }
        }
        match (settings.files.as_slice(), &settings.collected) {
            ([], _) => Err("no file given".into()),
            ([_, _, ..], Some(_)) => Err("--collect takes one file".into()),
            _ => Ok(Some(settings)),
        }
    }

    /// With `--collect`, writes the snapshot, and takes its documents as found.
    fn write_collected(bytes: &[u8], settings: &mut Settings) -> Result<(), String> {
        let Some(file) = &settings.collected else { return Ok(()) };
        let (text, failures) = collect(bytes, &settings.found, &settings.policy, clock());
        for failure in failures {
            eprintln!("verify-credential: not collected: {failure}");
        }
        std::fs::write(file, &text).map_err(|error| format!("{file}: {error}"))?;
        snapshot::add(text.as_bytes(), &mut settings.found, &|_| None)
            .map_err(|member| format!("{file}: bad {member}"))
    }

    fn clock() -> i64 {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map(|time| time.as_secs());
        seconds.ok().and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default()
    }

    /// Names of files in the map are looked for beside it, and in the folder above.
    fn add_resources(map: &Path, found: &mut Found) -> Result<(), String> {
        let text = std::fs::read(map).map_err(|error| format!("{}: {error}", map.display()))?;
        let beside = map.parent().unwrap_or(Path::new("."));
        let folders: Vec<PathBuf> = vec![beside.to_owned(), beside.join("..")];
        let file = |name: &str| folders.iter().find_map(|folder| std::fs::read(folder.join(name)).ok());
        snapshot::add(&text, found, &file).map_err(|member| format!("{}: bad {member}", map.display()))
    }

    fn key(text: &str) -> Result<(String, verify_credential::crypto::PublicKey), String> {
        let (issuer, key) = text.split_once('=').ok_or("--key takes ISSUER=KEY")?;
        let value = match std::fs::read(key) {
            Ok(bytes) => json::parse(&bytes, &mut Budget::full()).map_err(|_| format!("{key} is no JWK"))?,
            Err(_) => Value::String(key.into()),
        };
        let key = vouched_key(&value).ok_or(format!("{key} is no key that is supported"))?;
        Ok((issuer.to_owned(), key))
    }

    /// The entry of `table` with this name.
    fn one_of<T: Copy>(table: &[(&str, T)], name: &str) -> Result<T, String> {
        let known = table.iter().find(|(known, _)| *known == name).map(|(_, entry)| *entry);
        known.ok_or_else(|| {
            let names: Vec<&str> = table.iter().map(|(known, _)| *known).collect();
            format!("{name} is none of {}", names.join(", "))
        })
    }

    fn with_attribute(attributes: Attributes, text: &str) -> Result<Attributes, String> {
        let (name, value) = text.split_once('=').ok_or("--attribute takes NAME=VALUE")?;
        attributes.with(name, value).ok_or(format!("the attribute {name} cannot be given"))
    }

    /// The text of a file of certificates, which must be PEM.
    fn roots_in(file: &str) -> Result<String, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        let is_pem = text.contains("-----BEGIN CERTIFICATE-----");
        if is_pem { Ok(text) } else { Err(format!("{file} has no certificate in PEM")) }
    }

    fn trust_lists_in(file: &Path) -> Result<Vec<TrustList>, String> {
        let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let lists = json::parse(&bytes, &mut Budget::full()).ok().and_then(|value| trust_lists(&value));
        lists.ok_or(format!("{} is no trust list", file.display()))
    }

    /// The bytes of a file, no more than are read anyway.
    fn bytes_of(file: &str) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let at_most = u64::try_from(INPUT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        match file {
            "-" => std::io::stdin().take(at_most).read_to_end(&mut bytes)?,
            _ => std::fs::File::open(file)?.take(at_most).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }

    fn as_json(report: &Report) -> String {
        serde_json::to_string(report).unwrap_or_default()
    }

    fn as_html(bytes: &[u8], report: &Report, settings: &Settings) -> String {
        let Settings { look, blind, stylesheet, attributes, .. } = settings;
        let messages = Messages::default();
        if let Shape::HtmlCard = settings.shape {
            let wishes = Wishes { may_ask: true, revealed: false, blind: *blind };
            return to_html(&served::tree(bytes, report, wishes, look, &messages));
        }
        let frame = Frame { stylesheet, language: LANGUAGE, direction: "ltr", attributes };
        verify_credential::html(bytes, report, *blind, look, &messages, &frame)
    }

    fn as_text(report: &Report) -> String {
        let messages = Messages::default();
        let card = view::card(report, Wishes::default());
        let mut lines = vec![format!("{}: {}", report.source, messages.plain(&card.verdict.title))];
        if let Some((reason, params)) = &card.verdict.reason {
            let sentence = messages.plain_fill(&messages.sentence(reason), params);
            lines.push(format!("  {sentence} {}", messages.remedy(reason)).trim_end().to_owned());
        }
        lines.extend(card.verdict.lead.iter().map(|message| format!("  {}", messages.plain(message))));
        lines.extend(card.verdict.detail.iter().map(|message| format!("  {}", messages.plain(message))));
        if let (Some(claims), true) = (&card.claims, report.headline != Headline::DoNotRely) {
            let title = claims.title.as_ref().map(|text| text.0.as_str()).unwrap_or("(no title)");
            let issuer = claims.issuer.as_ref().map(|text| text.0.as_str()).unwrap_or("(no name)");
            lines.push(format!("  {}: {title}, by {issuer}", messages.plain(&claims.kind)));
            let behind = view::behind::behind(&card);
            lines.push(format!("  {} of {} EU facts stated", behind.stated, behind.facts.len()));
        }
        for check in &view::checks::lines(&card.report) {
            let mark = match check.outcome {
                Outcome::Pass => "pass   ",
                Outcome::Fail => "FAIL   ",
                Outcome::Unknown => "unknown",
                Outcome::Skipped => "skipped",
            };
            let sentence = messages.plain_fill(&messages.sentence(check.reason), &check.params);
            lines.push(format!("  {mark} {:<28} {sentence}", check.id));
        }
        lines.join("\n")
    }

    /// The language of what is printed.
    const LANGUAGE: &str = "en";
    /// Where the documentation puts the files of the package.
    const STYLE_SHEET_ADDRESS: &str = "/verify-credential/verify-credential.css";
    const VIEWS: &[(&str, View)] = &[("card", View::Card), ("badge", View::Badge), ("full", View::Full)];
    const BLINDS: &[(&str, Blind)] =
        &[("none", Blind::Nothing), ("holder", Blind::Holder), ("issuer", Blind::HolderAndIssuer)];
    const LEVELS: &[(&str, u8)] = &[("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6)];
}
