//! Layer 1. From the expanded form to quads ([JSON-LD-API §8.1]).
//!
//! The specification first flattens to a node map; here quads are written on the way down, which
//! gives the same set of statements. What no quad can hold is skipped without a word: expansion has
//! reported it.
//!
//! [JSON-LD-API §8.1]: https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm

use crate::canon::json_ld::active::is_blank;
use crate::canon::json_ld::item::{Expansion, Id, Item, List, Literal, Node};
use crate::canon::json_ld::session::{Session, top_level};
use crate::canon::json_ld::values::is_language_tag;
use crate::canon::json_ld::{Dataset, LanguageTags, Stop};
use crate::canon::quads::{Quad, RDF_LANG_STRING, Term, XSD_STRING, distinct};
use crate::canon::{jcs, number};
use crate::codec::iri::{self, Sound};
use crate::codec::json::{Text, Value};
use crate::limits::Budget;

/// The dataset of an expanded document.
pub(super) fn dataset(expansion: Expansion, session: Session) -> Result<Dataset, Stop> {
    let Session { settings, budget, undefined, foreign, variants_offered, sound, .. } = session;
    let mut emission = Emission {
        budget,
        language_tags: settings.language_tags,
        has_capital_language_tag: false,
        quads: Vec::new(),
        next_blank: 0,
        words: Words::new(),
        sound,
    };
    let root = match expansion {
        Expansion::One(Item::Node(node)) if !node.is_only_graph() => {
            emission.node(&node, None)?.unwrap_or_else(|| emission.fresh())
        }
        other => {
            for item in top_level(other) {
                if let Item::Node(node) = item {
                    emission.node(&node, None)?;
                }
            }
            emission.fresh()
        }
    };
    let Emission { quads, has_capital_language_tag, .. } = emission;
    let kept = distinct(&quads);
    let quads = match kept.len() == quads.len() {
        true => quads,
        false => kept.iter().filter_map(|position| quads.get(*position)).cloned().collect(),
    };
    Ok(Dataset { root, quads, undefined, foreign, variants_offered, has_capital_language_tag })
}

struct Emission<'a> {
    budget: &'a mut Budget,
    language_tags: LanguageTags,
    has_capital_language_tag: bool,
    quads: Vec<Quad>,
    next_blank: usize,
    words: Words,
    sound: Sound,
}

/// IRIs that recur, made once per document.
struct Words {
    rdf_type: Text,
    first: Text,
    rest: Text,
    nil: Text,
    json: Text,
    string: Text,
    lang_string: Text,
    boolean: Text,
    integer: Text,
    double: Text,
}

impl Words {
    fn new() -> Self {
        let rdf = |name: &str| Text::from(["http://www.w3.org/1999/02/22-rdf-syntax-ns#", name].concat());
        let xsd = |name: &str| Text::from(["http://www.w3.org/2001/XMLSchema#", name].concat());
        Words {
            rdf_type: rdf("type"),
            first: rdf("first"),
            rest: rdf("rest"),
            nil: rdf("nil"),
            json: rdf("JSON"),
            string: XSD_STRING.into(),
            lang_string: RDF_LANG_STRING.into(),
            boolean: xsd("boolean"),
            integer: xsd("integer"),
            double: xsd("double"),
        }
    }
}

impl Emission<'_> {
    /// Writes everything said of and in `node`; its term, unless no quad can name it.
    fn node(&mut self, node: &Node, graph: Option<&Term>) -> Result<Option<Term>, Stop> {
        let subject = match &node.id {
            Id::Text(id) => self.name(id),
            Id::Absent | Id::Null => Some(self.fresh()),
        };
        for name in node.types.iter().flatten() {
            let object = self.name(name);
            let rdf_type = self.words.rdf_type.clone();
            self.quad(subject.as_ref(), &rdf_type, object, graph)?;
        }
        for (property, items) in &node.properties {
            for item in items {
                let object = self.object(item, graph)?;
                self.quad(subject.as_ref(), property, object, graph)?;
            }
        }
        for (property, items) in &node.reverse {
            for item in items {
                let source = self.object(item, graph)?;
                self.quad(source.as_ref(), property, subject.clone(), graph)?;
            }
        }
        self.nodes(node.included.iter().flatten(), graph)?;
        // Without a name for the graph, nothing in it can be said.
        if let (Some(items), Some(name)) = (&node.graph, &subject) {
            self.nodes(items.iter(), Some(name))?;
        }
        Ok(subject)
    }

    fn nodes<'i>(&mut self, items: impl Iterator<Item = &'i Item>, graph: Option<&Term>) -> Result<(), Stop> {
        for item in items {
            if let Item::Node(node) = item {
                self.node(node, graph)?;
            }
        }
        Ok(())
    }

    fn object(&mut self, item: &Item, graph: Option<&Term>) -> Result<Option<Term>, Stop> {
        match item {
            Item::Node(node) => self.node(node, graph),
            Item::Value(literal) => Ok(self.literal(literal)),
            Item::List(list) => self.list(list, graph).map(Some),
        }
    }

    fn list(&mut self, list: &List, graph: Option<&Term>) -> Result<Term, Stop> {
        let cells: Vec<Term> = list.items.iter().map(|_| self.fresh()).collect();
        let (first, rest, nil) = (self.words.first.clone(), self.words.rest.clone(), self.words.nil.clone());
        for (index, (item, cell)) in list.items.iter().zip(&cells).enumerate() {
            let object = self.object(item, graph)?;
            self.quad(Some(cell), &first, object, graph)?;
            let next = cells.get(index + 1).cloned().unwrap_or_else(|| Term::Iri(nil.clone()));
            self.quad(Some(cell), &rest, Some(next), graph)?;
        }
        Ok(cells.into_iter().next().unwrap_or(Term::Iri(nil)))
    }

    fn quad(
        &mut self,
        subject: Option<&Term>,
        predicate: &Text,
        object: Option<Term>,
        graph: Option<&Term>,
    ) -> Result<(), Stop> {
        if let (Some(subject), Some(object)) = (subject, object)
            && iri::is_well_formed(predicate)
        {
            let (subject, predicate, graph) = (subject.clone(), predicate.clone(), graph.cloned());
            let quad = Quad { subject, predicate, object, graph };
            self.budget.quad(quad.bytes())?;
            self.quads.push(quad);
        }
        Ok(())
    }

    /// The node named `text`, if a quad can hold that name.
    fn name(&mut self, text: &Text) -> Option<Term> {
        if !is_blank(text) {
            return self.sound.is_well_formed(text).then(|| Term::Iri(text.clone()));
        }
        // Labels of the document and labels made here begin with different letters: no table of
        // names is needed to keep them apart.
        Some(Term::Blank(["u", text.strip_prefix("_:").unwrap_or(text)].concat().into()))
    }

    fn fresh(&mut self) -> Term {
        Term::Blank(self.next_label())
    }

    fn next_label(&mut self) -> Text {
        let label = format!("b{}", self.next_blank);
        self.next_blank += 1;
        label.into()
    }

    /// [JSON-LD-API §8.2.2](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion)
    fn literal(&mut self, literal: &Literal) -> Option<Term> {
        let datatype = literal.datatype.as_ref();
        if datatype.is_some_and(|datatype| &**datatype == "@json") {
            let value = jcs::canonicalize(&literal.value).into();
            return Some(Term::Literal { value, datatype: self.words.json.clone(), language: None });
        }
        if datatype.is_some_and(|datatype| !iri::is_well_formed(datatype)) {
            return None;
        }
        let (value, native) = match &literal.value {
            Value::String(text) => (text.clone(), &self.words.string),
            Value::Bool(true) => ("true".into(), &self.words.boolean),
            Value::Bool(false) => ("false".into(), &self.words.boolean),
            Value::Number(number) => {
                let as_double = datatype == Some(&self.words.double);
                let (text, is_double) = number::rdf_number(number.value, as_double);
                (text.into(), if is_double { &self.words.double } else { &self.words.integer })
            }
            _ => return None,
        };
        let Some(tag) = &literal.language else {
            return Some(Term::Literal {
                value,
                datatype: datatype.unwrap_or(native).clone(),
                language: None,
            });
        };
        if !is_language_tag(tag) {
            return None;
        }
        let has_capital = tag.bytes().any(|letter| letter.is_ascii_uppercase());
        self.has_capital_language_tag |= has_capital;
        let language = match self.language_tags {
            LanguageTags::Lowercase if has_capital => tag.to_ascii_lowercase().into(),
            _ => tag.clone(),
        };
        Some(Term::Literal { value, datatype: self.words.lang_string.clone(), language: Some(language) })
    }
}
