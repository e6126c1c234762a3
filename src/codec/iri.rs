//! Layer 0. IRIs as JSON-LD and N-Quads need them: told from relative references, and resolved
//! against a base ([RFC 3986 §5.2]). Not a validator: only what would break a quad is refused.
//!
//! [RFC 3986 §5.2]: https://www.rfc-editor.org/rfc/rfc3986#section-5.2

use crate::codec::json::Text;

/// Whether `text` starts with a scheme and a colon.
pub fn has_scheme(text: &str) -> bool {
    split_scheme(text).is_some()
}

/// Whether `text` is an absolute IRI that N-Quads can hold: a scheme, and none of the characters
/// that IRIREF excludes (white space, controls, `<>"{}|^`, grave accent, backslash), and no second
/// fragment.
pub fn is_well_formed(text: &str) -> bool {
    let mut fragments = 0;
    for byte in text.as_bytes() {
        match byte {
            0..=0x20 | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' => return false,
            b'#' => fragments += 1,
            _ => {}
        }
    }
    fragments < 2 && has_scheme(text)
}

/// Remembers the last long IRI that was found well-formed: a picture can be one, and is asked about
/// in several places.
#[derive(Default)]
pub struct Sound(Option<Text>);

impl Sound {
    /// [`is_well_formed`], of a text that is shared.
    pub fn is_well_formed(&mut self, iri: &Text) -> bool {
        if self.0.as_ref().is_some_and(|known| Text::ptr_eq(known, iri)) {
            return true;
        }
        let is_sound = is_well_formed(iri);
        if is_sound && iri.len() > LONG_BYTES {
            self.0 = Some(iri.clone());
        }
        is_sound
    }
}

const LONG_BYTES: usize = 1_024;

/// `reference` resolved against the absolute IRI `base`.
pub fn resolve(base: &str, reference: &str) -> String {
    let base = Parts::of(base);
    let given = Parts::of(reference);
    let mut target = Parts { fragment: given.fragment, ..Parts::default() };
    let path;
    if given.scheme.is_some() || given.authority.is_some() {
        target.scheme = given.scheme.or(base.scheme);
        target.authority = given.authority;
        target.query = given.query;
        path = without_dots(given.path);
    } else {
        target.scheme = base.scheme;
        target.authority = base.authority;
        if given.path.is_empty() {
            target.query = given.query.or(base.query);
            path = base.path.to_owned();
        } else {
            target.query = given.query;
            path = match given.path.starts_with('/') {
                true => without_dots(given.path),
                false => without_dots(&merged(&base, given.path)),
            };
        }
    }
    target.compose(&path)
}

#[derive(Default)]
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (scheme, rest) = match split_scheme(text) {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text),
        };
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        Parts { scheme, authority, path, query, fragment }
    }

    fn compose(&self, path: &str) -> String {
        let mut out = String::new();
        if let Some(scheme) = self.scheme {
            out.push_str(scheme);
            out.push(':');
        }
        if let Some(authority) = self.authority {
            out.push_str("//");
            out.push_str(authority);
        }
        out.push_str(path);
        for (mark, part) in [('?', self.query), ('#', self.fragment)] {
            if let Some(part) = part {
                out.push(mark);
                out.push_str(part);
            }
        }
        out
    }
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut letters = scheme.bytes();
    let starts = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic());
    let goes_on =
        letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'-' | b'.'));
    (starts && goes_on).then_some((scheme, rest))
}

fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// A relative path put in place of the base's last segment.
fn merged(base: &Parts, path: &str) -> String {
    let folder = match base.path.rfind('/') {
        Some(slash) => base.path.get(..=slash).unwrap_or_default(),
        None if base.authority.is_some() => "/",
        None => "",
    };
    format!("{folder}{path}")
}

/// RFC 3986 §5.2.4, on whole segments.
fn without_dots(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            plain => kept.push(plain),
        }
    }
    let joined = kept.join("/");
    if is_rooted { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_the_examples_of_rfc_3986() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
        assert_eq!(resolve("http://a", "g"), "http://a/g");
        assert_eq!(resolve("tag:a", "g"), "tag:g");
    }

    #[test]
    fn tells_iris_from_what_would_break_a_quad() {
        for good in ["did:key:123", "urn:uuid:1", "a:", "http://é.example/#x"] {
            assert!(is_well_formed(good), "{good}");
        }
        for bad in [
            "",
            ":",
            "1a:b",
            "_:b",
            "a b:c",
            "http://a b",
            "http://a><http://b",
            "a:\u{0}",
            "a:##",
            "a:`",
            "/a:b",
        ] {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}
