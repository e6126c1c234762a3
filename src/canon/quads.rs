//! Layer 1. RDF terms and quads, and how canonical N-Quads spells them ([RDFC-1.0 §A]).
//!
//! [RDFC-1.0 §A]: https://www.w3.org/TR/rdf-canon/#canonical-quads

use std::cmp::Ordering;

use crate::codec::json::Text;
use crate::codec::order::order;

/// The datatype of plain strings, which N-Quads leaves out.
pub const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
/// The datatype of language-tagged strings, which N-Quads leaves out.
pub const RDF_LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

/// A node or a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A node with an absolute IRI.
    Iri(Text),
    /// A node without a name of its own; the label, without `_:`, holds inside one
    /// dataset only and is not the document's own.
    Blank(Text),
    /// A value.
    Literal {
        /// The lexical form.
        value: Text,
        /// The datatype's IRI; `rdf:langString` where there is a language.
        datatype: Text,
        /// The language tag.
        language: Option<Text>,
    },
}

/// One statement, in the default graph where `graph` is `None`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quad {
    /// What the statement is about: never a literal.
    pub subject: Term,
    /// The property's IRI.
    pub predicate: Text,
    /// The property's value.
    pub object: Term,
    /// The graph the statement is made in: never a literal.
    pub graph: Option<Term>,
}

impl Ord for Term {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Term::Iri(one), Term::Iri(other)) | (Term::Blank(one), Term::Blank(other)) => {
                order_of(one, other)
            }
            (
                Term::Literal { value, datatype, language },
                Term::Literal { value: other, datatype: other_datatype, language: other_language },
            ) => order_of(value, other)
                .then_with(|| order_of(datatype, other_datatype))
                .then_with(|| language.cmp(other_language)),
            _ => self.kind().cmp(&other.kind()),
        }
    }
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of two texts, which are mostly one and the same: a picture can be a node's name.
fn order_of(one: &Text, other: &Text) -> Ordering {
    if Text::ptr_eq(one, other) { Ordering::Equal } else { one.cmp(other) }
}

impl Quad {
    /// The bytes of its terms, as far as they grow with the document.
    pub fn bytes(&self) -> usize {
        let graph = self.graph.as_ref().map_or(0, Term::bytes);
        self.subject.bytes() + self.predicate.len() + self.object.bytes() + graph
    }
}

impl Term {
    /// The bytes of its text.
    pub fn bytes(&self) -> usize {
        match self {
            Term::Iri(text) | Term::Blank(text) => text.len(),
            Term::Literal { value, datatype, .. } => value.len() + datatype.len(),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Term::Iri(_) => 0,
            Term::Blank(_) => 1,
            Term::Literal { .. } => 2,
        }
    }

    /// The label, if this is a blank node.
    pub fn as_blank(&self) -> Option<&Text> {
        match self {
            Term::Blank(label) => Some(label),
            _ => None,
        }
    }

    /// The IRI, if this is one.
    pub fn as_iri(&self) -> Option<&Text> {
        match self {
            Term::Iri(iri) => Some(iri),
            _ => None,
        }
    }
}

impl Quad {
    /// This quad with its blank nodes named by `label`.
    pub fn relabelled(&self, label: impl Fn(&Text) -> Text) -> Quad {
        let term = |term: &Term| match term {
            Term::Blank(name) => Term::Blank(label(name)),
            other => other.clone(),
        };
        Quad {
            subject: term(&self.subject),
            predicate: self.predicate.clone(),
            object: term(&self.object),
            graph: self.graph.as_ref().map(term),
        }
    }

    /// Subject, object and graph, each with the letter RDFC-1.0 has for the position.
    pub(super) fn places(&self) -> [(&'static str, Option<&Term>); 3] {
        [("s", Some(&self.subject)), ("o", Some(&self.object)), ("g", self.graph.as_ref())]
    }
}

/// The positions of `quads` without repetitions, in document order: a dataset is a set.
///
/// Sorts by a cheap hash first and compares whole quads only where hashes agree, so that hostile
/// collisions cost comparisons but no quadratic time.
pub(crate) fn distinct(quads: &[Quad]) -> Vec<usize> {
    let hashes: Vec<u64> = quads.iter().map(hash_quad).collect();
    let compare = |one: usize, other: usize| -> Ordering {
        hashes.get(one).cmp(&hashes.get(other)).then_with(|| quads.get(one).cmp(&quads.get(other)))
    };
    let sorted = order(quads.len(), &compare);
    let mut repeated = vec![false; quads.len()];
    for pair in sorted.windows(2) {
        let [one, other] = pair else { continue };
        if compare(*one, *other) == Ordering::Equal
            && let Some(flag) = repeated.get_mut(*other)
        {
            *flag = true;
        }
    }
    repeated.iter().enumerate().filter(|(_, repeated)| !**repeated).map(|(position, _)| position).collect()
}

fn hash_quad(quad: &Quad) -> u64 {
    let mut hash = mix(0, quad.predicate.as_bytes());
    for (_, term) in quad.places() {
        hash = match term {
            None => mix(hash, b"-"),
            Some(Term::Iri(text) | Term::Blank(text)) => mix(hash, text.as_bytes()),
            Some(Term::Literal { value, datatype, .. }) => {
                mix(mix(hash, value.as_bytes()), datatype.as_bytes())
            }
        };
    }
    hash
}

/// Of a long text only both ends count: others that share them are told apart by comparing.
fn mix(mut hash: u64, bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut add = |word: u64| hash = (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let (head, tail) = bytes.split_at(bytes.len().min(MIXED_BYTES));
    for part in [head, tail.rchunks(MIXED_BYTES).next().unwrap_or_default()] {
        let (words, rest) = part.as_chunks();
        words.iter().for_each(|word| add(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| add(u64::from(*byte)));
    }
    hash.wrapping_add(FACTOR)
}

const MIXED_BYTES: usize = 64;

/// Appends `quad` as one line of canonical N-Quads; `label` writes the label of a blank node,
/// without `_:`.
pub(crate) fn write_quad(quad: &Quad, out: &mut String, label: &mut dyn FnMut(&Text, &mut String)) {
    write_term(&quad.subject, out, label);
    out.push_str(" <");
    out.push_str(&quad.predicate);
    out.push_str("> ");
    write_term(&quad.object, out, label);
    if let Some(graph) = &quad.graph {
        out.push(' ');
        write_term(graph, out, label);
    }
    out.push_str(" .\n");
}

fn write_term(term: &Term, out: &mut String, label: &mut dyn FnMut(&Text, &mut String)) {
    match term {
        Term::Iri(iri) => {
            out.push('<');
            out.push_str(iri);
            out.push('>');
        }
        Term::Blank(name) => {
            out.push_str("_:");
            label(name, out);
        }
        Term::Literal { value, datatype, language } => {
            out.push('"');
            write_escaped(value, out);
            out.push('"');
            if let Some(language) = language {
                out.push('@');
                out.push_str(language);
            } else if &**datatype != XSD_STRING {
                out.push_str("^^<");
                out.push_str(datatype);
                out.push('>');
            }
        }
    }
}

/// Escapes exactly what canonical N-Quads escapes. U+FFFE and U+FFFF count, being no XML 1.1
/// characters; signers that write them plainly do not follow the Recommendation.
fn write_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    // The last is how U+FFFE and U+FFFF begin, among others.
    let is_special = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f | 0xef);
    while let Some(at) = rest.as_bytes().iter().position(is_special) {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut characters = tail.chars();
        match characters.next() {
            Some(character @ ('\0'..='\u{7f}' | '\u{fffe}' | '\u{ffff}')) => write_escape(character, out),
            Some(character) => out.push(character),
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

fn write_escape(character: char, out: &mut String) {
    let short = match character {
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        '"' => '"',
        '\\' => '\\',
        _ => {
            out.push_str("\\u");
            for shift in [12, 8, 4, 0] {
                let digit = char::from_digit((u32::from(character) >> shift) & 0xf, 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
            return;
        }
    };
    out.push('\\');
    out.push(short);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(value: &str, datatype: &str, language: Option<&str>) -> Quad {
        Quad {
            subject: Term::Iri("a:s".into()),
            predicate: "a:p".into(),
            object: Term::Literal {
                value: value.into(),
                datatype: datatype.into(),
                language: language.map(Text::from),
            },
            graph: None,
        }
    }

    fn line(quad: &Quad) -> String {
        let mut out = String::new();
        write_quad(quad, &mut out, &mut |label, out| out.push_str(label));
        out
    }

    #[test]
    fn escapes_exactly_what_the_recommendation_says() {
        let value = "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\'\u{7f}\u{80}é\u{ffff}\u{fffd}😀";
        let expected = "\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F \\\"\\\\'\\u007F\u{80}é\\uFFFF\u{fffd}😀";
        assert_eq!(line(&literal(value, XSD_STRING, None)), format!("<a:s> <a:p> \"{expected}\" .\n"));
        assert_eq!(line(&literal("x", RDF_LANG_STRING, Some("en"))), "<a:s> <a:p> \"x\"@en .\n");
        assert_eq!(line(&literal("1", "a:t", None)), "<a:s> <a:p> \"1\"^^<a:t> .\n");
    }

    #[test]
    fn repetitions_are_found_wherever_they_stand() {
        let quads: Vec<Quad> = ["a", "b", "a", "c", "b", "a"].map(|value| literal(value, "t:t", None)).into();
        assert_eq!(distinct(&quads), [0, 1, 3]);
        assert!(distinct(&[]).is_empty());
    }
}
