//! Layer 1. What a verification lacks, and what was found of it.
//!
//! The core never fetches. It states a [`Need`]; the shell, if allowed, answers it in [`Found`]
//! and verifies again. A failure is an answer too: it turns "not fetched" into "could not be
//! fetched", never into a pass.

use std::rc::Rc;

use crate::codec::fields::{record, words};
use crate::crypto::Engines;

/// Something outside the credential that a check waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The `https:` address to ask, or a DID that has none.
    pub url: String,
    /// What stands there.
    pub kind: NeedKind,
    /// The id of the check that waits for it.
    pub for_check: &'static str,
    /// The most bytes an answer may have.
    pub bytes_max: u32,
}

record!(Need: url, kind, for_check, bytes_max);

/// The kinds of documents a verification may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedKind {
    /// A DID document.
    DidDocument,
    /// A JSON Web Key Set.
    Jwks,
    /// A status list credential.
    StatusList,
    /// A JSON-LD context.
    Context,
    /// A JSON Schema.
    Schema,
    /// An image.
    Image,
    /// What an issuer of SD-JWT VCs says about itself.
    IssuerMetadata,
    /// What the author of a type of SD-JWT VC says about it.
    TypeMetadata,
    /// Evidence, or another linked thing with a digest.
    Resource,
    /// A newer version of the credential.
    Refresh,
    /// A document of a badge before Open Badges 3.0: assertion, badge class, issuer or key.
    HostedBadge,
}

words! {
    NeedKind:
        DidDocument "did-document", Jwks "jwks", StatusList "status-list", Context "context", Schema
        "schema", Image "image", IssuerMetadata "issuer-metadata", TypeMetadata "type-metadata",
        Resource "resource", Refresh "refresh", HostedBadge "hosted-badge"
}

/// The host of an `https:` address; the address itself where it is none.
pub fn host(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

impl NeedKind {
    /// The most bytes an answer of this kind may have. Key documents are small; a status list of
    /// a million entries has 170 KB when it compresses badly; a badge class may hold its picture.
    pub const fn bytes_max(self) -> u32 {
        match self {
            NeedKind::DidDocument
            | NeedKind::Jwks
            | NeedKind::Context
            | NeedKind::IssuerMetadata
            | NeedKind::TypeMetadata => 256_000,
            NeedKind::HostedBadge => 1_000_000,
            NeedKind::StatusList
            | NeedKind::Schema
            | NeedKind::Image
            | NeedKind::Resource
            | NeedKind::Refresh => 2_000_000,
        }
    }
}

/// What the network, or whoever stands for it, said about one address.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The document, and when it was read, in Unix seconds, where that is known.
    Document {
        /// The bytes as received.
        bytes: Rc<[u8]>,
        /// When they were read, in Unix seconds.
        read_at: Option<i64>,
        /// The embedder handed it over, rather than the network.
        pinned: bool,
    },
    /// It could not be had; the reason is an id of the reason table.
    Failed(&'static str),
}

/// Proof that a document was had from the `https:` address that was asked. Only this module can make one.
#[derive(Clone, Copy, Debug)]
pub struct Served(());

/// Answers by address. The first answer for an address stands.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The verifying code at hand, linked or loaded.
    pub engines: Engines,
    answers: Vec<(String, Answer)>,
}

impl Found {
    /// The answer for `url`, if there is one.
    pub fn answer(&self, url: &str) -> Option<&Answer> {
        self.answers.iter().find(|(known, _)| known == url).map(|(_, answer)| answer)
    }

    /// The answer for `url`, and the address as it is kept here.
    pub fn known(&self, url: &str) -> Option<(&str, &Answer)> {
        self.answers.iter().find(|(known, _)| known == url).map(|(known, answer)| (&**known, answer))
    }

    /// The bytes that `url`, an `https:` address, served, and when they were read; none where it was not
    /// asked or did not answer.
    pub fn served(&self, url: &str) -> Option<(&[u8], Option<i64>, Served)> {
        match self.answer(url) {
            Some(Answer::Document { bytes, read_at, .. }) if url.starts_with("https://") => {
                Some((bytes, *read_at, Served(())))
            }
            _ => None,
        }
    }

    /// Adds an answer, unless the address has one.
    pub fn provide(&mut self, url: String, answer: Answer) {
        if self.answer(&url).is_none() {
            self.answers.push((url, answer));
        }
    }

    /// Forgets failures, so that they are asked again: failures are never cached.
    pub fn forget_failures(&mut self) {
        self.answers.retain(|(_, answer)| matches!(answer, Answer::Document { .. }));
    }

    /// When the oldest of the documents that the embedder handed over was read, where that is known.
    pub fn pinned_read_at(&self) -> Option<i64> {
        let times = self.answers.iter().filter_map(|(_, answer)| match answer {
            Answer::Document { read_at, pinned: true, .. } => *read_at,
            _ => None,
        });
        times.min()
    }

    /// Whether the embedder handed over any document itself.
    pub fn has_pinned(&self) -> bool {
        self.answers.iter().any(|(_, answer)| matches!(answer, Answer::Document { pinned: true, .. }))
    }
}
