//! Layer 4. Whether the credential was given to the person the viewer asks about.
//!
//! The viewer types an identifier, and every identifier that was signed is held against it, plain or hashed.
//! Nobody is guessed: no identifier is tried that was not typed. What is typed stays in the policy; it goes
//! into no check, need or report. Spec: [OB 3.0 §8.5](https://www.imsglobal.org/spec/ob/v3p0/#verify-identifier).

use md5::{Digest, Md5};

use crate::check::RECIPIENT_MATCHES;
use crate::credential::{Credential, Identifier};
use crate::crypto::{Engines, part, sha256};
use crate::limits::IDENTIFIERS_MAX;
use crate::policy::{Policy, Recipient};
use crate::report::{Check, Level, Row};

/// `recipient.matches`, where the caller asks; `is_established` tells whether the issuer's signature is.
pub fn asked(
    credential: Option<&Credential>,
    is_established: bool,
    engines: &Engines,
    policy: &Policy,
) -> Option<Check> {
    let recipient = policy.recipient.as_ref()?;
    Some(match credential {
        Some(credential) if is_established => match engines.has_more() {
            true => matches(credential, recipient),
            false => Check::unknown(ASKED, "part-not-loaded").with("part", part::MORE),
        },
        _ => Check::unknown(ASKED, "waits-for-signature"),
    })
}

/// Holds every identifier of every subject against `recipient`, until one is the same.
#[inline(never)]
fn matches(credential: &Credential, recipient: &Recipient) -> Check {
    let ids = credential.subjects.iter().filter_map(|subject| subject.id.as_deref());
    let mut ids = ids.take(IDENTIFIERS_MAX).map(|id| id.strip_prefix("mailto:").unwrap_or(id));
    if ids.any(|id| is_same(id, recipient)) {
        return Check::pass(ASKED, "recipient-matches");
    }
    let (mut differs, mut is_unclear) = (false, false);
    let identifiers = credential.subjects.iter().flat_map(|subject| &subject.identifiers);
    for (index, identifier) in identifiers.enumerate() {
        if index >= IDENTIFIERS_MAX {
            is_unclear = true;
            break;
        }
        match judge(identifier, recipient) {
            Some(true) => return Check::pass(ASKED, "recipient-matches"),
            Some(false) => differs |= is_comparable(identifier, recipient),
            None => is_unclear = true,
        }
    }
    match (is_unclear, differs) {
        (true, _) => Check::unknown(ASKED, "recipient-hash-unsupported"),
        (_, true) => Check::fail(ASKED, "recipient-differs"),
        // A key is no name: whose it is, nobody here can say.
        _ => Check::unknown(ASKED, "recipient-not-named"),
    }
}

/// Whether an identifier that differs speaks against `recipient`: a student number is not the e-mail
/// address of anybody, and so not that of somebody else.
fn is_comparable(identifier: &Identifier, recipient: &Recipient) -> bool {
    match (identifier.kind.as_deref(), recipient.kind.as_deref()) {
        (kind, Some(asked)) => kind == Some(asked),
        (Some(kind), None) => matches!(kind, "emailAddress" | "email") == recipient.value.contains('@'),
        (None, None) => true,
    }
}

/// Whether `identifier` is that of `recipient`; none where it cannot be told.
fn judge(identifier: &Identifier, recipient: &Recipient) -> Option<bool> {
    if recipient.kind.is_some() && identifier.kind != recipient.kind {
        return Some(false);
    }
    let value = identifier.value.as_deref()?;
    if !identifier.hashed {
        return Some(is_same(value, recipient));
    }
    let (algorithm, expected) = value.split_once('$')?;
    let hash: fn(&[u8]) -> Vec<u8> = match algorithm {
        "sha256" => |bytes| sha256(bytes).to_vec(),
        "md5" => |bytes| Md5::digest(bytes).to_vec(),
        _ => return None,
    };
    let salt = identifier.salt.as_deref().unwrap_or_default();
    let is_hash_of = |known: &String| {
        let digest = hash(&[known.as_bytes(), salt.as_bytes()].concat());
        expected.eq_ignore_ascii_case(&hexadecimal(&digest))
    };
    Some(spellings(&recipient.value).iter().any(is_hash_of))
}

fn is_same(value: &str, recipient: &Recipient) -> bool {
    let known = spellings(&recipient.value);
    spellings(value).iter().any(|value| known.contains(value))
}

/// The identifier as it is written, and an e-mail address with its host in small letters, which is the same
/// address ([RFC 5321 §2.4](https://www.rfc-editor.org/rfc/rfc5321#section-2.4)). The part before the `@` is
/// the host's business, and compared to the letter.
fn spellings(identifier: &str) -> Vec<String> {
    let mut spellings = vec![identifier.to_owned()];
    if let Some((mailbox, host)) = identifier.rsplit_once('@') {
        spellings.push(format!("{mailbox}@{}", host.to_ascii_lowercase()));
    }
    spellings
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The row where the caller asks: the answer then counts.
const ASKED: Row = Row { level: Level::Required, ..RECIPIENT_MATCHES };
