//! Layer 1. Why no credential came out of a file: ids for the reason catalogue, with the values
//! that its sentences need.

use crate::codec::inflate;

/// Why [`unpack`](super::unpack) found nothing to verify. None of these says that a credential is
/// forged: there is none to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What opens it is in the part of this name, which is not loaded. Says nothing about the file.
    PartNotLoaded(&'static str),
    /// More bytes than are read at all.
    TooLarge {
        /// Bytes met.
        bytes: usize,
        /// Bytes allowed.
        bytes_max: usize,
    },
    /// Nothing but white space.
    Empty,
    /// Nothing that we know.
    UnknownFormat,
    /// A container in a container in a container …
    TooManyWrappings,
    /// A known kind of file that holds no credential we can read; one of the names in the table
    /// of `foreign`, such as `pdf`.
    Foreign(&'static str),
    /// A sound PNG into which nothing is baked.
    ImageWithoutCredential,
    /// Not the structure of a PNG, from this byte on.
    PngMalformed {
        /// From the start of the image.
        offset: usize,
    },
    /// A chunk of a PNG is damaged.
    PngChunkCrc {
        /// Of the chunk, from the start of the image.
        offset: usize,
    },
    /// Different credentials in one PNG: which one is meant cannot be known.
    PngTwoCredentials,
    /// Not well-formed XML, or a credential element with elements inside.
    SvgMalformed,
    /// An SVG that declares entities.
    SvgDtdRefused,
    /// An SVG of more elements, attributes or namespaces than are read.
    SvgLimit,
    /// Different credentials in one SVG: which one is meant cannot be known.
    SvgTwoCredentials,
    /// A sound SVG into which nothing is baked.
    SvgWithoutCredential,
    /// Sound XML of another kind.
    XmlNotSvg,
    /// A `data:` link that cannot be decoded.
    DataUriMalformed,
    /// A `#vc=` link that cannot be decoded.
    FragmentMalformed,
    /// A `#vc=` link of more than is read.
    FragmentTooLarge,
    /// The form of a signed token, whose header is none.
    JwsMalformed,
    /// Compressed data that inflates to more than is read.
    InflateLimit,
    /// Compressed data that is damaged.
    InflateMalformed,
    /// An image is baked, with a text that is no credential.
    BakedTextUnknown,
}

impl Refusal {
    /// The permanent id of the reason, in kebab case.
    pub const fn id(&self) -> &'static str {
        match self {
            Refusal::PartNotLoaded(_) => "part-not-loaded",
            Refusal::TooLarge { .. } => "too-large",
            Refusal::Empty => "empty",
            Refusal::UnknownFormat => "unknown-format",
            Refusal::TooManyWrappings => "too-many-wrappings",
            Refusal::Foreign(name) => name,
            Refusal::ImageWithoutCredential => "image-without-credential",
            Refusal::PngMalformed { .. } => "png-malformed",
            Refusal::PngChunkCrc { .. } => "png-chunk-crc",
            Refusal::PngTwoCredentials => "png-two-credentials",
            Refusal::SvgMalformed => "svg-malformed",
            Refusal::SvgDtdRefused => "svg-dtd-refused",
            Refusal::SvgLimit => "svg-limit",
            Refusal::SvgTwoCredentials => "svg-two-credentials",
            Refusal::SvgWithoutCredential => "svg-without-credential",
            Refusal::XmlNotSvg => "xml-not-svg",
            Refusal::DataUriMalformed => "data-uri-malformed",
            Refusal::FragmentMalformed => "fragment-malformed",
            Refusal::FragmentTooLarge => "fragment-too-large",
            Refusal::JwsMalformed => "jws-malformed",
            Refusal::InflateLimit => "inflate-limit",
            Refusal::InflateMalformed => "inflate-malformed",
            Refusal::BakedTextUnknown => "baked-text-unknown",
        }
    }

    /// The values that belong to the reason, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Refusal::PartNotLoaded(part) => vec![("part", (*part).to_owned())],
            Refusal::TooLarge { bytes, bytes_max } => {
                vec![("bytes", bytes.to_string()), ("bytes_max", bytes_max.to_string())]
            }
            Refusal::PngMalformed { offset } | Refusal::PngChunkCrc { offset } => {
                vec![("offset", offset.to_string())]
            }
            _ => Vec::new(),
        }
    }
}

impl From<inflate::Error> for Refusal {
    fn from(error: inflate::Error) -> Self {
        match error {
            inflate::Error::TooLarge => Refusal::InflateLimit,
            inflate::Error::Malformed => Refusal::InflateMalformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_travel_along() {
        let refusal = Refusal::TooLarge { bytes: 2, bytes_max: 1 };
        assert_eq!(refusal.params(), [("bytes", "2".to_string()), ("bytes_max", "1".to_string())]);
        assert_eq!(Refusal::PngChunkCrc { offset: 8 }.params(), [("offset", "8".to_string())]);
        assert_eq!(Refusal::Foreign("pdf").id(), "pdf");
        assert!(Refusal::Empty.params().is_empty());
    }
}
