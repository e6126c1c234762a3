//! Layer 2. Selective disclosure for JWTs: from what the issuer signed and what the holder hands over to
//! the claims that both together say ([RFC 9901](https://www.rfc-editor.org/rfc/rfc9901)).
//!
//! The issuer signs digests in place of claims; a disclosure is a claim with the salt that went into its
//! digest. What is made of them here is as good as the signature over the payload, which is verified
//! elsewhere. Every disclosure must have its place, and every digest stands once.

use crate::codec::base64url;
use crate::codec::json::{self, ErrorKind, Object, Text, Value};
use crate::codec::order::order;
use crate::credential::Withheld;
use crate::crypto;
use crate::limits::{Budget, DEPTH_MAX, LimitReached};

/// An SD-JWT in its parts.
#[derive(Clone, Debug)]
pub struct SdJwt {
    /// The payload under each of its signatures; at least one.
    pub signed: Vec<Signed>,
    /// The disclosures, as they were written.
    pub disclosures: Vec<Text>,
    /// The token in which the holder signs what is handed over.
    pub key_binding: Option<Text>,
}

/// The payload under one signature.
#[derive(Clone, Debug)]
pub struct Signed {
    /// As JWS in compact serialization.
    pub token: String,
    /// The `kid` that stands beside the signature and is not covered by it.
    pub key_id: Option<Text>,
}

/// Why the claims cannot be made out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It breaks a rule; the reason's id.
    Fails(&'static str),
    /// Digests are made by a hash function that is not known here.
    UnknownHash,
    /// More work than is done.
    Limit(LimitReached),
}

/// What issuer and holder say together.
#[derive(Clone, Debug)]
pub struct Disclosed {
    /// The claims, without the traces of selective disclosure.
    pub payload: Object,
    /// Which of the claims at the top the holder could have kept back.
    pub optional: Vec<Text>,
    /// What the holder kept back.
    pub withheld: Withheld,
}

/// A hash function of the IANA registry for named information.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashName {
    /// `sha-256`
    Sha256,
    /// `sha-384`
    Sha384,
    /// `sha-512`
    Sha512,
}

impl HashName {
    /// The one that `payload` names, or the one that is meant where it names none
    /// ([RFC 9901 §4.1](https://www.rfc-editor.org/rfc/rfc9901#section-4.1)).
    pub fn of(payload: &Object) -> Result<HashName, Refused> {
        match payload.get("_sd_alg").map(Value::as_str) {
            None | Some(Some("sha-256")) => Ok(HashName::Sha256),
            Some(Some("sha-384")) => Ok(HashName::Sha384),
            Some(Some("sha-512")) => Ok(HashName::Sha512),
            Some(Some(_)) => Err(Refused::UnknownHash),
            Some(None) => Err(Refused::Fails("sd-jwt-malformed")),
        }
    }

    /// The digest of `text` in base64url.
    pub fn digest(self, text: &str) -> String {
        match self {
            HashName::Sha256 => base64url::encode(&crypto::sha256(text.as_bytes())),
            HashName::Sha384 => base64url::encode(&crypto::sha384(text.as_bytes())),
            HashName::Sha512 => base64url::encode(&crypto::sha512(text.as_bytes())),
        }
    }
}

impl SdJwt {
    /// Takes a compact serialization apart
    /// ([RFC 9901 §4](https://www.rfc-editor.org/rfc/rfc9901#section-4)).
    pub fn from_compact(text: &str) -> SdJwt {
        let mut parts = text.split('~');
        let token = parts.next().unwrap_or_default().to_owned();
        let mut disclosures: Vec<Text> = parts.map(Text::from).collect();
        let key_binding = disclosures.pop().filter(|last| !last.is_empty());
        SdJwt { signed: vec![Signed { token, key_id: None }], disclosures, key_binding }
    }

    /// Whether `value` looks like a JWS in JSON serialization, flattened or general.
    pub fn is_json(value: &Value) -> bool {
        let has = |name: &str| value.get(name).is_some();
        has("payload") && (has("signatures") || (has("protected") && has("signature")))
    }

    /// Takes a JSON serialization apart
    /// ([RFC 9901 §8](https://www.rfc-editor.org/rfc/rfc9901#section-8)). Errors: `jws-malformed`,
    /// `sd-jwt-malformed`.
    pub fn from_json(value: &Value) -> Result<SdJwt, &'static str> {
        let payload = value.get("payload").and_then(Value::as_str).ok_or("jws-malformed")?;
        let signatures = match value.get("signatures") {
            Some(_) if value.get("signature").is_some() => return Err("jws-malformed"),
            Some(Value::Array(signatures)) => signatures.as_slice(),
            Some(_) => return Err("jws-malformed"),
            None => std::slice::from_ref(value),
        };
        let mut sd_jwt = SdJwt { signed: Vec::new(), disclosures: Vec::new(), key_binding: None };
        for one in signatures.iter().take(SIGNATURES_MAX) {
            let text = |name: &str| one.get(name).and_then(Value::as_str).ok_or("jws-malformed");
            let header = one.get("header");
            let beside = |name: &str| header.and_then(|header| header.get(name));
            if sd_jwt.signed.is_empty() {
                sd_jwt.disclosures = texts(beside("disclosures"))?;
                sd_jwt.key_binding = optional_text(beside("kb_jwt"))?;
            } else if beside("disclosures").is_some() || beside("kb_jwt").is_some() {
                // They stand beside the first signature, and nowhere else.
                return Err("sd-jwt-malformed");
            }
            let token = [text("protected")?, payload, text("signature")?].join(".");
            sd_jwt.signed.push(Signed { token, key_id: optional_text(beside("kid"))? });
        }
        if sd_jwt.signed.is_empty() { Err("jws-malformed") } else { Ok(sd_jwt) }
    }

    /// The digest of all that is handed over but the holder's own token
    /// ([RFC 9901 §4.3.1](https://www.rfc-editor.org/rfc/rfc9901#section-4.3.1)).
    pub fn digest(&self, hash: HashName) -> String {
        let mut text = self.signed.first().map(|signed| signed.token.clone()).unwrap_or_default();
        for disclosure in &self.disclosures {
            text.push('~');
            text.push_str(disclosure);
        }
        text.push('~');
        hash.digest(&text)
    }

    /// Puts the disclosures into `payload`
    /// ([RFC 9901 §7.1](https://www.rfc-editor.org/rfc/rfc9901#section-7.1)).
    ///
    /// Errors: every [`Refused`], with the reasons `sd-jwt-malformed`, `sd-jwt-disclosure-malformed`,
    /// `sd-jwt-disclosure-unnamed`, `sd-jwt-digest-twice`, `sd-jwt-reserved-name` and
    /// `sd-jwt-claim-twice`. Costs the JSON values of the disclosures.
    pub fn disclose(&self, payload: &Object, budget: &mut Budget) -> Result<Disclosed, Refused> {
        let hash = HashName::of(payload)?;
        let mut opened = Vec::new();
        for disclosure in &self.disclosures {
            opened.push((hash.digest(disclosure), open(disclosure, budget)?));
        }
        let digest = |position: usize| opened.get(position).map(|(digest, _)| digest);
        let by_digest = order(opened.len(), &|one, other| digest(one).cmp(&digest(other)));
        let is_used = vec![false; opened.len()];
        let mut walk = Walk {
            opened: &opened,
            by_digest,
            is_used,
            digests: Vec::new(),
            levels: Vec::new(),
            optional: Vec::new(),
            withheld: Withheld::default(),
        };
        let payload = walk.through(payload)?;
        walk.is_used_up()?;
        Ok(Disclosed { payload, optional: walk.optional, withheld: walk.withheld })
    }
}

fn texts(value: Option<&Value>) -> Result<Vec<Text>, &'static str> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or("sd-jwt-malformed")?;
    items.iter().map(|item| optional_text(Some(item))?.ok_or("sd-jwt-malformed")).collect()
}

fn optional_text(value: Option<&Value>) -> Result<Option<Text>, &'static str> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err("sd-jwt-malformed"),
    }
}

/// The array that a disclosure is, with a salt at its head
/// ([RFC 9901 §4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2)).
fn open(disclosure: &str, budget: &mut Budget) -> Result<Value, Refused> {
    let malformed = Refused::Fails("sd-jwt-disclosure-malformed");
    let bytes = base64url::decode(disclosure).ok_or(malformed)?;
    let value = json::parse(&bytes, budget).map_err(|error| match error.kind {
        ErrorKind::Limit(limit) => Refused::Limit(limit),
        ErrorKind::Depth => Refused::Limit(DEPTH),
        _ => malformed,
    })?;
    match value.as_array() {
        Some([Value::String(_), _] | [Value::String(_), Value::String(_), _]) => Ok(value),
        _ => Err(malformed),
    }
}

/// The way through a payload, level by level, taking in what is disclosed on the way.
struct Walk<'a> {
    /// Digest and disclosure.
    opened: &'a [(String, Value)],
    by_digest: Vec<usize>,
    is_used: Vec<bool>,
    /// Every digest that was met.
    digests: Vec<&'a str>,
    levels: Vec<Level<'a>>,
    optional: Vec<Text>,
    withheld: Withheld,
}

/// An object or an array that is being made.
struct Level<'a> {
    /// What it is called in the one around it; none in an array.
    name: Option<&'a Text>,
    /// What is still to be put into it, the first at the end.
    left: Vec<(Option<&'a Text>, &'a Value)>,
    made: Made,
}

enum Made {
    Object(Vec<(Text, Value)>),
    Array(Vec<Value>),
}

impl<'a> Walk<'a> {
    /// The object that `payload` becomes. Every value is met once, since every disclosure is used once.
    fn through(&mut self, payload: &'a Object) -> Result<Object, Refused> {
        self.enter_object(None, payload)?;
        while let Some(level) = self.levels.last_mut() {
            match level.left.pop() {
                Some((name, Value::Object(object))) => self.enter_object(name, object)?,
                Some((name, Value::Array(items))) => self.enter_array(name, items)?,
                Some((name, value)) => level.made.put(name, value.clone()),
                None => {
                    let Some(Level { name, made, .. }) = self.levels.pop() else { break };
                    let value = made.finish()?;
                    match (self.levels.last_mut(), value) {
                        (Some(parent), value) => parent.made.put(name, value),
                        (None, Value::Object(object)) => return Ok(object),
                        (None, _) => break,
                    }
                }
            }
        }
        Err(Refused::Fails("sd-jwt-malformed"))
    }

    fn enter_object(&mut self, name: Option<&'a Text>, object: &'a Object) -> Result<(), Refused> {
        let is_top = self.levels.is_empty();
        let mut left = Vec::new();
        let mut kept_back = 0;
        for (member, value) in object.iter() {
            match &**member {
                "_sd" => {
                    for digest in value.as_array().ok_or(Refused::Fails("sd-jwt-malformed"))? {
                        match self.disclosure(digest)? {
                            None => kept_back += 1,
                            Some([_, Value::String(name), value]) => {
                                if is_reserved(name) || (is_top && &**name == "_sd_alg") {
                                    return Err(Refused::Fails("sd-jwt-reserved-name"));
                                }
                                if is_top {
                                    self.optional.push(name.clone());
                                }
                                left.push((Some(name), value));
                            }
                            Some(_) => return Err(Refused::Fails("sd-jwt-disclosure-malformed")),
                        }
                    }
                }
                "..." => return Err(Refused::Fails("sd-jwt-reserved-name")),
                "_sd_alg" if is_top => {}
                _ => left.push((Some(member), value)),
            }
        }
        self.enter(Level { name, left, made: Made::Object(Vec::new()) }, kept_back)
    }

    fn enter_array(&mut self, name: Option<&'a Text>, items: &'a [Value]) -> Result<(), Refused> {
        let mut left = Vec::new();
        let mut kept_back = 0;
        for item in items {
            let Some(digest) = item.get("...") else {
                left.push((None, item));
                continue;
            };
            if item.as_object().is_none_or(|object| object.len() != 1) {
                return Err(Refused::Fails("sd-jwt-reserved-name"));
            }
            match self.disclosure(digest)? {
                None => kept_back += 1,
                Some([_, value]) => left.push((None, value)),
                Some(_) => return Err(Refused::Fails("sd-jwt-disclosure-malformed")),
            }
        }
        self.enter(Level { name, left, made: Made::Array(Vec::new()) }, kept_back)
    }

    fn enter(&mut self, mut level: Level<'a>, kept_back: usize) -> Result<(), Refused> {
        // Disclosures nest in one another, so that the reader's own limit does not hold here.
        if self.levels.len() == DEPTH_MAX {
            return Err(Refused::Limit(DEPTH));
        }
        level.left.reverse();
        self.levels.push(level);
        if kept_back > 0 {
            self.note_withheld(kept_back);
        }
        Ok(())
    }

    fn note_withheld(&mut self, count: usize) {
        self.withheld.count = self.withheld.count.saturating_add(count);
        // Names may be as long as the input, and are met once for every element.
        let bytes: usize = self.levels.iter().filter_map(|level| level.name).map(|name| name.len()).sum();
        if bytes > PLACE_BYTES_MAX || self.withheld.under.len() >= PLACES_MAX {
            return;
        }
        let mut pointer = String::new();
        for name in self.levels.iter().filter_map(|level| level.name) {
            pointer.push('/');
            pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        }
        let under = &mut self.withheld.under;
        if under.len() < PLACES_MAX && pointer.len() <= PLACE_BYTES_MAX && !under.contains(&pointer) {
            under.push(pointer);
        }
    }

    /// The disclosure with this digest; none where it was kept back, or stands for nothing.
    fn disclosure(&mut self, digest: &'a Value) -> Result<Option<&'a [Value]>, Refused> {
        let digest = digest.as_str().ok_or(Refused::Fails("sd-jwt-malformed"))?;
        self.digests.push(digest);
        let opened = self.opened;
        let of = |position: &usize| opened.get(*position).map(|(digest, _)| digest.as_str());
        let place = self.by_digest.partition_point(|position| of(position) < Some(digest));
        let Some(position) = self.by_digest.get(place).filter(|position| of(position) == Some(digest)) else {
            return Ok(None);
        };
        match self.is_used.get_mut(*position) {
            Some(is_used) if !*is_used => *is_used = true,
            _ => return Err(Refused::Fails("sd-jwt-digest-twice")),
        }
        Ok(opened.get(*position).and_then(|(_, disclosure)| disclosure.as_array()))
    }

    /// Nothing stands twice, and nothing was handed over that has no place.
    fn is_used_up(&self) -> Result<(), Refused> {
        let digest = |position: usize| self.digests.get(position);
        let sorted = order(self.digests.len(), &|one, other| digest(one).cmp(&digest(other)));
        if sorted.windows(2).any(|pair| matches!(pair, [one, other] if digest(*one) == digest(*other))) {
            return Err(Refused::Fails("sd-jwt-digest-twice"));
        }
        match self.is_used.iter().all(|is_used| *is_used) {
            true => Ok(()),
            false => Err(Refused::Fails("sd-jwt-disclosure-unnamed")),
        }
    }
}

impl Made {
    fn put(&mut self, name: Option<&Text>, value: Value) {
        match (self, name) {
            (Made::Object(members), Some(name)) => members.push((name.clone(), value)),
            (Made::Array(items), _) => items.push(value),
            // A member of an object always has a name.
            (Made::Object(_), None) => {}
        }
    }

    fn finish(self) -> Result<Value, Refused> {
        match self {
            Made::Object(members) => {
                let object = Object::of_distinct(members).ok_or(Refused::Fails("sd-jwt-claim-twice"))?;
                Ok(Value::Object(object))
            }
            Made::Array(items) => Ok(Value::Array(items)),
        }
    }
}

/// Names that carry digests, and so can be no claim's.
fn is_reserved(name: &str) -> bool {
    matches!(name, "_sd" | "...")
}

const DEPTH: LimitReached = LimitReached("depth");
/// Signatures over one payload that are looked at.
const SIGNATURES_MAX: usize = 4;
/// Places that are named where claims were kept back.
const PLACES_MAX: usize = 32;
/// Bytes of the name of such a place.
const PLACE_BYTES_MAX: usize = 500;
