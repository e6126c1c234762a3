//! Layer 1. From the bytes of a file, a link or pasted text to the credential inside, still as
//! text.
//!
//! Each container is one file here and one line in [`CONTAINERS`]. A container is known by its
//! content alone: names and media types are claims of strangers and are never asked. Nothing is
//! verified here, and the packing (pixels, keywords, links) is no part of what was signed; it only
//! leaves [`Note`]s behind. What is no credential is named as what it is, so that the reader can
//! be told what to ask for instead.
//!
//! ```
//! use verify_credential::container::unpack;
//!
//! let opened = unpack(b"data:application/json;base64,e30=");
//! assert_eq!(opened.map(|opened| opened.chain), Ok(vec!["data-uri", "json-text"]));
//! ```

mod baked;
mod compact_jws;
mod data_uri;
mod foreign;
mod fragment;
mod json_string;
mod json_text;
mod png;
mod refusal;
mod sd_jwt;
mod svg;

use std::borrow::Cow;

pub use foreign::names as foreign_names;
pub use refusal::Refusal;

use crate::crypto::{Engines, part};
use crate::limits::INPUT_BYTES_MAX;

/// One way of packing a credential.
pub struct Container {
    /// Its permanent name, in kebab case.
    pub name: &'static str,
    /// Where it is specified.
    pub spec: &'static str,
    /// Whether it is a credential by itself, which images and links may then hold.
    pub is_bare: bool,
    /// Whether what unpacks it is in the part [`part::MORE`](crate::crypto::part::MORE).
    pub in_more: bool,
    /// Whether bytes look like this container: cheap, and no promise that they are sound.
    pub sniff: fn(&[u8]) -> bool,
    /// What such bytes hold.
    pub unpack: fn(&[u8], &Engines) -> Result<Unpacked, Refusal>,
}

/// What one container held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// The credential, or what has to be unpacked next.
    pub inside: Inside,
    /// What is to be said about the packing.
    pub notes: Vec<Note>,
}

/// What comes out of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inside {
    /// The end of the unpacking.
    Content(Content),
    /// Text of an image, which only a bare container may be.
    Text(Vec<u8>),
    /// A file of any kind.
    File(Vec<u8>),
}

/// A credential as text: not parsed, not verified, trusted in nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// What begins like a JSON text, without byte order mark. May turn out not to be JSON.
    Json(Vec<u8>),
    /// A JWS in compact serialization, whose header is a JSON object with an `alg`.
    CompactJws(String),
    /// An SD-JWT in compact serialization, which begins like a JWS and has a tilde.
    SdJwt(String),
    /// Open Badges 1 and 2: the address at which the issuer hosts the assertion; http or https.
    HostedUrl(String),
}

/// Something about the packing that the reader may want to know; it decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// A permanent id, such as `container.compressed-text`.
    pub id: &'static str,
}

/// A credential taken out of its containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The names of the containers gone through, outermost first.
    pub chain: Vec<&'static str>,
    /// What was inside.
    pub content: Content,
    /// What the containers noted, outermost first.
    pub notes: Vec<Note>,
}

/// Takes the credential out of `bytes`, through at most [`ROUNDS_MAX`] containers.
///
/// Refuses with any [`Refusal`]. No container makes more than [`INPUT_BYTES_MAX`] bytes.
pub fn unpack(bytes: &[u8]) -> Result<Opened, Refusal> {
    unpack_with(bytes, &Engines::default())
}

/// [`unpack`] with what `engines` have: what another part of the package opens is [`Refusal::PartNotLoaded`].
pub fn unpack_with(bytes: &[u8], engines: &Engines) -> Result<Opened, Refusal> {
    let (mut chain, mut notes) = (Vec::new(), Vec::new());
    let mut bytes = Cow::Borrowed(bytes);
    let mut bare_only = false;
    for _ in 0..ROUNDS_MAX {
        let container = recognise(&bytes, bare_only)?;
        if container.in_more && !engines.has_more() {
            return Err(Refusal::PartNotLoaded(part::MORE));
        }
        let unpacked = (container.unpack)(&bytes, engines)?;
        chain.push(container.name);
        notes.extend(unpacked.notes);
        match unpacked.inside {
            Inside::Content(content) => return Ok(Opened { chain, content, notes }),
            Inside::File(file) => bytes = Cow::Owned(file),
            Inside::Text(text) => {
                bytes = Cow::Owned(text);
                bare_only = true;
            }
        }
    }
    Err(Refusal::TooManyWrappings)
}

/// The container that `bytes` look like, or what else they are.
fn recognise(bytes: &[u8], bare_only: bool) -> Result<&'static Container, Refusal> {
    if bytes.len() > INPUT_BYTES_MAX {
        return Err(Refusal::TooLarge { bytes: bytes.len(), bytes_max: INPUT_BYTES_MAX });
    }
    if trimmed(bytes).is_empty() {
        return Err(Refusal::Empty);
    }
    let fits = |container: &&Container| (container.is_bare || !bare_only) && (container.sniff)(bytes);
    CONTAINERS.iter().find(fits).ok_or_else(|| match foreign::name(bytes) {
        Some(name) => Refusal::Foreign(name),
        None if bare_only => Refusal::BakedTextUnknown,
        None => Refusal::UnknownFormat,
    })
}

/// `bytes` without a UTF-8 byte order mark and without white space around them.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii()
}

/// Whether `text` is an http or https address and nothing else, of at most [`ADDRESS_BYTES_MAX`].
fn is_web_address(text: &str) -> bool {
    let has_scheme = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    has_scheme && text.len() <= ADDRESS_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Every container, in the order in which bytes are held against them: fixed first bytes before
/// the forms that text can take, and the narrow forms before the wide.
pub const CONTAINERS: &[Container] = &[
    png::CONTAINER,
    data_uri::CONTAINER,
    fragment::CONTAINER,
    json_text::CONTAINER,
    json_string::CONTAINER,
    compact_jws::CONTAINER,
    sd_jwt::CONTAINER,
    svg::CONTAINER,
];

/// Containers one input may be wrapped in: a link to an image that holds a JSON text makes three.
pub const ROUNDS_MAX: usize = 4;

/// Longest web address looked at; browsers and servers stop near there too.
pub const ADDRESS_BYTES_MAX: usize = 2_048;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<&'static str>, &'static str> {
        unpack(text.as_bytes()).map(|opened| opened.chain).map_err(|refusal| refusal.id())
    }

    #[test]
    fn every_container_has_a_name_of_its_own_and_a_specification() {
        for (index, container) in CONTAINERS.iter().enumerate() {
            assert!(container.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            assert!(CONTAINERS.iter().skip(index + 1).all(|other| other.name != container.name));
            assert!(container.spec.starts_with("https://"));
        }
    }

    #[test]
    fn stops_at_the_input_limit() {
        let text = |length: usize| "[".repeat(length);
        assert!(unpack(text(INPUT_BYTES_MAX).as_bytes()).is_ok());
        let refusal = unpack(text(INPUT_BYTES_MAX + 1).as_bytes());
        let expected = Refusal::TooLarge { bytes: INPUT_BYTES_MAX + 1, bytes_max: INPUT_BYTES_MAX };
        assert_eq!(refusal, Err(expected));
    }

    #[test]
    fn stops_after_some_wrappings() {
        assert_eq!(names("data:,data:,data:,{}"), Ok(vec!["data-uri", "data-uri", "data-uri", "json-text"]));
        assert_eq!(names("data:,data:,data:,data:,{}"), Err("too-many-wrappings"));
    }

    #[test]
    fn nothing_is_nothing() {
        for text in ["", " ", "\u{feff}", "\u{feff} \r\n\t", "data:,"] {
            assert_eq!(names(text), Err("empty"), "{text:?}");
        }
        for text in ["x", "null", "\0", "{", "}"] {
            let expected = if text == "{" { Ok(vec!["json-text"]) } else { Err("unknown-format") };
            assert_eq!(names(text), expected, "{text:?}");
        }
    }
}
