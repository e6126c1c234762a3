//! Layer 4. What the author of a credential's type says about it: how it and its claims are called.
//!
//! Nobody signed it, and nothing depends on it: a name that is had from there is shown as the author's. It is
//! asked for only once the issuer's signature over the type is established, at the address that is the
//! type, and where the issuer signed a digest of it, it must have that digest.
//! Spec: [SD-JWT VC §6](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-6).

use crate::check::TYPE_METADATA;
use crate::check::integrity::{Comparison, compare_with};
use crate::codec::json::{self, Value};
use crate::credential::PropertyFact;
use crate::did::web::is_web_address;
use crate::limits::Budget;
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::report::{Check, Outcome};

/// What is known of a type.
#[derive(Debug, Default)]
pub struct Described {
    /// `type.metadata`; none where the type is no address.
    pub check: Option<Check>,
    /// The document that is missing.
    pub need: Option<Need>,
    /// What its author calls it.
    pub name: Option<String>,
    /// What its author calls claims, by their names; of a claim the first is meant.
    labels: Vec<(Vec<String>, String)>,
}

/// What the author of the type `vct` says, and of the types that it extends. `integrity` are the digests that
/// the issuer signed.
pub fn described(vct: &str, integrity: Option<&Value>, found: &Found, budget: &mut Budget) -> Described {
    let mut described = Described::default();
    let mut next = Some((vct.to_owned(), integrity.cloned()));
    for _ in 0..TYPES_MAX {
        let Some((url, integrity)) = next.take().filter(|(url, _)| is_web_address(url)) else { break };
        let document = match read(&url, integrity.as_ref(), found, budget) {
            Ok(document) => document,
            Err((outcome, reason, why)) => {
                if reason == "type-metadata-not-fetched" {
                    let (kind, for_check) = (NeedKind::TypeMetadata, TYPE_METADATA.id);
                    described.need =
                        Some(Need { url: url.clone(), kind, for_check, bytes_max: kind.bytes_max() });
                }
                let check = Check::new(TYPE_METADATA, outcome, reason).with("host", host(&url));
                described.check = Some(check.with("url", url).with("why", why));
                return described;
            }
        };
        described.take(&document);
        described.check = Some(Check::pass(TYPE_METADATA, "type-metadata-read").with("host", host(vct)));
        let extended = document.get("extends").and_then(Value::as_str);
        next = extended.map(|url| (url.to_owned(), document.get("extends#integrity").cloned()));
    }
    if next.is_some() {
        let check = Check::unknown(TYPE_METADATA, "limit-reached").with("limit", "types");
        described.check = Some(check);
    }
    described
}

/// The metadata at `url`; else the answer of the check, its reason, and the reason behind it.
fn read(
    url: &str,
    integrity: Option<&Value>,
    found: &Found,
    budget: &mut Budget,
) -> Result<Value, (Outcome, &'static str, &'static str)> {
    let fail = |reason| (Outcome::Fail, reason, "");
    let unknown = |reason, why| (Outcome::Unknown, reason, why);
    let bytes = match found.answer(url) {
        None => return Err(unknown("type-metadata-not-fetched", "")),
        Some(Answer::Failed(reason)) => return Err(unknown("type-metadata-unreachable", reason)),
        Some(Answer::Document { bytes, .. }) => bytes,
    };
    if bytes.len() > usize::try_from(NeedKind::TypeMetadata.bytes_max()).unwrap_or_default() {
        return Err(unknown("type-metadata-unreachable", "fetch-too-large"));
    }
    let compared = integrity.map(|integrity| match integrity.as_str() {
        Some(integrity) => compare_with(bytes, integrity),
        None => Comparison::Unsupported,
    });
    match compared {
        None | Some(Comparison::Same) => {}
        Some(Comparison::Differs) => return Err(fail("type-metadata-altered")),
        Some(Comparison::Unsupported) => return Err(unknown("type-metadata-digest-unsupported", "")),
    }
    let document = json::parse(bytes, budget).map_err(|_| fail("type-metadata-malformed"))?;
    match document.get("vct").and_then(Value::as_str) {
        Some(vct) if vct == url => Ok(document),
        Some(_) => Err(fail("type-metadata-of-other")),
        None => Err(fail("type-metadata-malformed")),
    }
}

impl Described {
    /// Takes in what `document` says where nothing nearer to the credential said it.
    fn take(&mut self, document: &Value) {
        let of_display = |value: &Value, name: &str| in_display(value, name).map(str::to_owned);
        let name = of_display(document, "name");
        let name = name.or_else(|| document.get("name").and_then(Value::as_str).map(str::to_owned));
        self.name = self.name.take().or(name);
        for claim in document.get("claims").map(Value::as_set).unwrap_or_default() {
            let path = claim.get("path").and_then(Value::as_array).unwrap_or_default();
            // Positions in arrays are no part of a claim's name.
            let path: Vec<String> = path.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            if let Some(label) = of_display(claim, "label")
                && self.labels.len() < LABELS_MAX
            {
                self.labels.push((path, label));
            }
        }
    }

    /// Says of each of `facts` what the author of the type calls it.
    pub fn label(&self, facts: &mut [PropertyFact]) {
        for fact in facts {
            let label = self.labels.iter().find(|(path, _)| *path == fact.path);
            fact.label = label.map(|(_, label)| label.clone());
        }
    }
}

/// The text `name` among those for different languages: the one for English, in which the rest of a report
/// is written, else the first.
fn in_display<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    let texts = value.get("display").map(Value::as_set).unwrap_or_default();
    let is_english = |text: &&Value| {
        let language = text.get("locale").or_else(|| text.get("lang")).and_then(Value::as_str);
        language.is_some_and(|language| language == "en" || language.starts_with("en-"))
    };
    let text = texts.iter().find(is_english).or_else(|| texts.first())?;
    text.get(name).and_then(Value::as_str)
}

/// Types that extend one another and are looked at.
const TYPES_MAX: usize = 4;
/// Claims whose names are looked at: more than are listed.
const LABELS_MAX: usize = 512;
