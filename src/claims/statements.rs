//! Layer 1. Everything that is said about a node, by the names it was signed under.
//!
//! [`Node::values`] answers questions about words that are known here. What is left over is listed with
//! these names: under an RDF suite the predicates themselves, since a context, which calls them something
//! else, is signed by nobody.

use super::{Graph, Node, Property, RDF_TYPE};
use crate::canon::quads::Term;
use crate::codec::json::Value;
use crate::codec::order::order;

/// A name, as signed, and a value.
pub type Statement<'a> = (&'a str, Node<'a>);

impl<'a> Node<'a> {
    /// What is said about this node, value by value: in signed order where text was signed, else in an
    /// order of their own. Of an array in an array the items, under an empty name.
    pub fn statements(self) -> Vec<Statement<'a>> {
        let mut statements = Vec::new();
        match self {
            Node::Json(Value::Object(object)) => {
                for (name, value) in object.iter() {
                    statements.extend(value.as_set().iter().map(|item| (&**name, Node::Json(item))));
                }
            }
            Node::Json(Value::Array(items)) => {
                statements.extend(items.iter().map(|item| ("", Node::Json(item))));
            }
            Node::Json(_) | Node::Quads(_, Term::Literal { .. }) => {}
            Node::Quads(graph, subject) => graph.statements(subject, &mut statements),
        }
        statements
    }

    /// `name` as it is shown: a member's name as it stands, of an address the last part.
    pub fn shown_name(self, name: &'a str) -> &'a str {
        match self {
            Node::Json(_) => name,
            Node::Quads(..) if name == RDF_TYPE => "type",
            Node::Quads(..) => last_part(name),
        }
    }
}

impl<'a> Graph<'a> {
    fn statements(&'a self, subject: &Term, statements: &mut Vec<Statement<'a>>) {
        let about: Vec<_> = self.about(subject).to_vec();
        if !self.spend(about.len() + 1) {
            return;
        }
        // Within a predicate the quads stand as the document has them, which nobody signed.
        let key = |position: usize| about.get(position).map(|quad| (&quad.predicate, &quad.object));
        let sorted = order(about.len(), &|one, other| key(one).cmp(&key(other)));
        for quad in sorted.into_iter().filter_map(|position| about.get(position)) {
            match self.list(&quad.object) {
                Some(items) => {
                    let items = items.into_iter().map(|item| (&*quad.predicate, Node::Quads(self, item)));
                    statements.extend(items);
                }
                None => statements.push((&*quad.predicate, Node::Quads(self, &quad.object))),
            }
        }
    }
}

impl Property {
    /// Whether `name`, a member's name or a predicate, is this property's.
    pub fn is_named(&self, name: &str) -> bool {
        self.term == name || self.iris.contains(&name)
    }
}

/// What stands behind the last separator of an address; the address where nothing does.
pub fn last_part(address: &str) -> &str {
    let last = address.rsplit(['#', '/', ':']).next().unwrap_or_default();
    if last.is_empty() { address } else { last }
}
