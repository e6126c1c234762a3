//! Layer 1. RDF Dataset Canonicalization ([RDFC-1.0]): a label for every blank node that depends on
//! the statements alone, and the statements sorted.
//!
//! Two decisions go beyond the letter of the algorithm and are pinned by tests. A related blank node
//! counts **once for every mention**, as the explanations say and as the signers in use do; keeping
//! it once only gives other labels where several statements point to one node. And of the
//! permutations of such a list only the **distinct** ones are tried: the result is the same, while
//! n mentions of one node cost one trial instead of n!.
//!
//! [RDFC-1.0]: https://www.w3.org/TR/rdf-canon/

use std::cmp::Ordering;

use sha2::{Digest, Sha256, Sha384};

use crate::canon::quads::{Quad, Term, distinct, write_quad};
use crate::codec::json::Text;
use crate::codec::order::order;
use crate::limits::{Budget, LimitReached};

/// A dataset in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The canonical N-Quads document: what is hashed.
    pub n_quads: String,
    /// Each blank node's label in the input with its canonical label, in canonical order.
    pub issued: Vec<(Text, Text)>,
}

/// The hash algorithm that decides between blank nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256, the default of the algorithm.
    Sha256,
    /// SHA-384, for suites over P-384.
    Sha384,
}

/// The canonical form of the dataset `quads`; repeated quads count once.
///
/// Costs one blank-node step for every call of the N-degree algorithm, every permutation after the
/// first and every sixteen mentions; a graph made to be expensive ends in [`LimitReached`].
pub fn canonicalize(quads: &[Quad], hash: Hash, budget: &mut Budget) -> Result<Canonical, LimitReached> {
    let mut state = State::of(quads, hash);
    state.hash_first_degree();
    let mut ties = state.issue_unique();
    while let Some(group) = ties.pop() {
        state.issue_group(&group, budget)?;
    }
    Ok(state.finish())
}

/// A blank node: its position in [`State::nodes`].
type Node = usize;

struct State<'a> {
    hash: Hash,
    statements: Vec<Statement<'a>>,
    nodes: Vec<Labelled<'a>>,
    /// The nodes with a canonical label, in the order of their numbers.
    canonical: Vec<Node>,
}

struct Statement<'a> {
    quad: &'a Quad,
    /// The blank nodes in subject, object and graph.
    places: [Option<Node>; 3],
}

struct Labelled<'a> {
    label: &'a Text,
    /// The statements that mention the node, each once.
    statements: Vec<usize>,
    first_degree: String,
    /// The number in the canonical label.
    canonical: Option<usize>,
}

/// The outcome of one call of the N-degree algorithm.
struct Path {
    hash: String,
    issuer: Issuer,
}

/// The mentions of related nodes that share a hash.
struct Related {
    hash: String,
    nodes: Vec<Node>,
}

impl<'a> State<'a> {
    fn of(quads: &'a [Quad], hash: Hash) -> Self {
        let mut statements: Vec<Statement> = distinct(quads)
            .into_iter()
            .filter_map(|position| quads.get(position))
            .map(|quad| Statement { quad, places: [None; 3] })
            .collect();
        let mut mentions: Vec<(&'a Text, usize, usize)> = Vec::new();
        for (position, statement) in statements.iter().enumerate() {
            for (place, (_, term)) in statement.quad.places().into_iter().enumerate() {
                mentions.extend(term.and_then(Term::as_blank).map(|label| (label, position, place)));
            }
        }
        let sorted = order(mentions.len(), &|one, other| {
            mentions.get(one).map(|mention| mention.0).cmp(&mentions.get(other).map(|mention| mention.0))
        });
        let mut nodes: Vec<Labelled> = Vec::new();
        for (label, position, place) in sorted.iter().filter_map(|index| mentions.get(*index)) {
            if nodes.last().is_none_or(|node| node.label != *label) {
                let first_degree = String::new();
                nodes.push(Labelled { label, statements: Vec::new(), first_degree, canonical: None });
            }
            let number = nodes.len().saturating_sub(1);
            if let Some(node) = nodes.last_mut()
                && node.statements.last() != Some(position)
            {
                node.statements.push(*position);
            }
            let slot = statements.get_mut(*position).and_then(|quad| quad.places.get_mut(*place));
            if let Some(slot) = slot {
                *slot = Some(number);
            }
        }
        State { hash, statements, nodes, canonical: Vec::new() }
    }

    /// [RDFC-1.0 §4.6](https://www.w3.org/TR/rdf-canon/#hash-1d-quads) for every node.
    fn hash_first_degree(&mut self) {
        for number in 0..self.nodes.len() {
            let Some(node) = self.nodes.get(number) else { continue };
            let lines: Vec<String> = node
                .statements
                .iter()
                .filter_map(|position| self.statements.get(*position))
                .map(|statement| {
                    let mut line = String::with_capacity(statement.quad.bytes() + LINE_BYTES);
                    write_quad(statement.quad, &mut line, &mut |label, line| {
                        line.push(if label == node.label { 'a' } else { 'z' });
                    });
                    line
                })
                .collect();
            let first_degree = self.hex(&sorted_text(&lines));
            if let Some(node) = self.nodes.get_mut(number) {
                node.first_degree = first_degree;
            }
        }
    }

    /// Labels the nodes with a first-degree hash of their own; the others come back in groups of
    /// one hash each, the first group last.
    fn issue_unique(&mut self) -> Vec<Vec<Node>> {
        let sorted =
            order(self.nodes.len(), &|one, other| self.first_degree(one).cmp(self.first_degree(other)));
        let mut groups: Vec<Vec<Node>> = Vec::new();
        for node in sorted {
            match groups.last_mut() {
                Some(group)
                    if group
                        .first()
                        .is_some_and(|first| self.first_degree(*first) == self.first_degree(node)) =>
                {
                    group.push(node);
                }
                _ => groups.push(vec![node]),
            }
        }
        let mut ties = Vec::new();
        for group in groups {
            match group.as_slice() {
                [node] => self.issue(*node),
                _ => ties.push(group),
            }
        }
        ties.reverse();
        ties
    }

    /// Labels the nodes of one group, and whatever the search met on its way.
    fn issue_group(&mut self, group: &[Node], budget: &mut Budget) -> Result<(), LimitReached> {
        let mut paths: Vec<Path> = Vec::new();
        for node in group {
            if self.canonical_number(*node).is_none() {
                let mut issuer = Issuer::default();
                issuer.issue(*node);
                paths.push(self.hash_n_degree(*node, issuer, 0, budget)?);
            }
        }
        let hash = |position: usize| paths.get(position).map(|path| &path.hash);
        for position in order(paths.len(), &|one, other| hash(one).cmp(&hash(other))) {
            for node in paths.get(position).map(|path| path.issuer.in_order()).unwrap_or_default() {
                self.issue(node);
            }
        }
        Ok(())
    }

    /// [RDFC-1.0 §4.8](https://www.w3.org/TR/rdf-canon/#hash-nd-quads)
    fn hash_n_degree(
        &self,
        node: Node,
        mut issuer: Issuer,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Path, LimitReached> {
        budget.blank_node_step()?;
        if depth >= RECURSION_MAX {
            return Err(LimitReached("blank-node-steps"));
        }
        let mut data = String::new();
        for related in self.related(node, &issuer, budget)? {
            data.push_str(&related.hash);
            let path;
            (path, issuer) = self.shortest_path(related.nodes, issuer, depth, budget)?;
            data.push_str(&path);
        }
        Ok(Path { hash: self.hex(&data), issuer })
    }

    /// The related nodes of `node`, once for every mention, grouped by hash in order of hash.
    fn related(
        &self,
        node: Node,
        issuer: &Issuer,
        budget: &mut Budget,
    ) -> Result<Vec<Related>, LimitReached> {
        let mut mentions: Vec<(String, Node)> = Vec::new();
        let mut work = 0;
        let positions = self.nodes.get(node).map(|node| node.statements.as_slice()).unwrap_or_default();
        for statement in positions.iter().filter_map(|position| self.statements.get(*position)) {
            for ((letter, _), related) in statement.quad.places().into_iter().zip(statement.places) {
                let Some(related) = related.filter(|related| *related != node) else { continue };
                mentions.push((self.hash_related(related, statement.quad, issuer, letter), related));
                // What is hashed for a mention grows with the predicate.
                work += 1 + statement.quad.predicate.len() / 64;
                while work >= MENTIONS_PER_STEP {
                    budget.blank_node_step()?;
                    work -= MENTIONS_PER_STEP;
                }
            }
        }
        let sorted = order(mentions.len(), &|one, other| mentions.get(one).cmp(&mentions.get(other)));
        let mut groups: Vec<Related> = Vec::new();
        for (hash, node) in sorted.iter().filter_map(|position| mentions.get(*position)) {
            match groups.last_mut() {
                Some(group) if group.hash == *hash => group.nodes.push(*node),
                _ => groups.push(Related { hash: hash.clone(), nodes: vec![*node] }),
            }
        }
        Ok(groups)
    }

    /// [RDFC-1.0 §4.7](https://www.w3.org/TR/rdf-canon/#hash-related-blank-node)
    fn hash_related(&self, related: Node, quad: &Quad, issuer: &Issuer, letter: &str) -> String {
        let mut input = String::from(letter);
        if letter != "g" {
            input.push('<');
            input.push_str(&quad.predicate);
            input.push('>');
        }
        if !self.write_issued(related, issuer, &mut input) {
            input.push_str(self.first_degree(related));
        }
        self.hex(&input)
    }

    /// The least path over all distinct permutations of `nodes` (sorted), and the labels it issued.
    fn shortest_path(
        &self,
        mut nodes: Vec<Node>,
        issuer: Issuer,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<(String, Issuer), LimitReached> {
        let mut best: Option<(String, Issuer)> = None;
        loop {
            for _ in 0..nodes.len() / MENTIONS_PER_STEP {
                budget.blank_node_step()?;
            }
            let here = nodes.clone();
            let has_next = next_permutation(&mut nodes);
            if best.is_none() && !has_next {
                // The only arrangement: nothing to compare, and the labels need no copy.
                return Ok(self.walk(&here, issuer, None, depth, budget)?.unwrap_or_default());
            }
            let least = best.as_ref().map(|(path, _)| path.as_str());
            if let Some(found) = self.walk(&here, issuer.clone(), least, depth, budget)? {
                best = Some(found);
            }
            if !has_next {
                return Ok(best.unwrap_or_default());
            }
            budget.blank_node_step()?;
        }
    }

    /// The path of one permutation, or `None` where it is not less than `least`.
    fn walk(
        &self,
        nodes: &[Node],
        mut issuer: Issuer,
        least: Option<&str>,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Option<(String, Issuer)>, LimitReached> {
        let is_worse = |path: &str| least.is_some_and(|least| path.len() >= least.len() && path > least);
        let mut path = String::new();
        let mut unlabelled: Vec<Node> = Vec::new();
        for node in nodes {
            if !self.write_issued(*node, &issuer, &mut path) {
                unlabelled.push(*node);
                issuer.issue(*node);
                self.write_issued(*node, &issuer, &mut path);
            }
            if is_worse(&path) {
                return Ok(None);
            }
        }
        for node in unlabelled {
            let deeper = self.hash_n_degree(node, issuer, depth + 1, budget)?;
            // Labels are only ever added, so the node has the one it had before.
            issuer = deeper.issuer;
            self.write_issued(node, &issuer, &mut path);
            path.push('<');
            path.push_str(&deeper.hash);
            path.push('>');
            if is_worse(&path) {
                return Ok(None);
            }
        }
        match least {
            Some(least) if path.as_str() >= least => Ok(None),
            _ => Ok(Some((path, issuer))),
        }
    }

    /// Appends the canonical or else the provisional label of `node`; false where it has neither.
    fn write_issued(&self, node: Node, issuer: &Issuer, out: &mut String) -> bool {
        let (prefix, number) = match (self.canonical_number(node), issuer.number(node)) {
            (Some(number), _) => ("_:c14n", number),
            (None, Some(number)) => ("_:b", number),
            (None, None) => return false,
        };
        out.push_str(prefix);
        out.push_str(&number.to_string());
        true
    }

    fn first_degree(&self, node: Node) -> &str {
        self.nodes.get(node).map_or("", |node| &node.first_degree)
    }

    fn canonical_number(&self, node: Node) -> Option<usize> {
        self.nodes.get(node).and_then(|node| node.canonical)
    }

    fn issue(&mut self, node: Node) {
        let number = self.canonical.len();
        if let Some(labelled) = self.nodes.get_mut(node).filter(|labelled| labelled.canonical.is_none()) {
            labelled.canonical = Some(number);
            self.canonical.push(node);
        }
    }

    fn finish(&self) -> Canonical {
        let issued: Vec<(Text, Text)> = self
            .canonical
            .iter()
            .enumerate()
            .filter_map(|(number, node)| {
                let label = format!("c14n{number}");
                self.nodes.get(*node).map(|node| (node.label.clone(), Text::from(label)))
            })
            .collect();
        let mut lines: Vec<String> = Vec::with_capacity(self.statements.len());
        for statement in &self.statements {
            let mut line = String::with_capacity(statement.quad.bytes() + LINE_BYTES);
            let mut places = statement.places.into_iter().flatten();
            // Blank nodes are written in the order of the places, so their numbers can be taken in turn.
            write_quad(statement.quad, &mut line, &mut |_, line| {
                let number = places.next().and_then(|node| self.canonical_number(node));
                line.push_str("c14n");
                line.push_str(&number.unwrap_or_default().to_string());
            });
            lines.push(line);
        }
        Canonical { n_quads: sorted_text(&lines), issued }
    }

    /// The hash of `text` in lower-case hexadecimal.
    fn hex(&self, text: &str) -> String {
        match self.hash {
            Hash::Sha256 => hex(&Sha256::digest(text)),
            Hash::Sha384 => hex(&Sha384::digest(text)),
        }
    }
}

/// Provisional labels, copied at every branch of the search. Sorted by node.
#[derive(Clone, Default)]
struct Issuer {
    numbers: Vec<(Node, usize)>,
}

impl Issuer {
    fn number(&self, node: Node) -> Option<usize> {
        let found = self.numbers.binary_search_by(|(issued, _)| issued.cmp(&node)).ok()?;
        self.numbers.get(found).map(|(_, number)| *number)
    }

    fn issue(&mut self, node: Node) {
        let next = self.numbers.len();
        if let Err(place) = self.numbers.binary_search_by(|(issued, _)| issued.cmp(&node)) {
            self.numbers.insert(place, (node, next));
        }
    }

    /// The nodes in the order in which they were issued.
    fn in_order(&self) -> Vec<Node> {
        let mut nodes = vec![0; self.numbers.len()];
        for (node, number) in &self.numbers {
            if let Some(slot) = nodes.get_mut(*number) {
                *slot = *node;
            }
        }
        nodes
    }
}

/// Moves to the next permutation in lexicographic order; false after the last. Equal items are not
/// exchanged, so each distinct arrangement comes once.
fn next_permutation(nodes: &mut [Node]) -> bool {
    let Some(pivot) = nodes.windows(2).rposition(|pair| matches!(pair, [one, other] if one < other)) else {
        return false;
    };
    let Some((head, tail)) = nodes.split_at_mut_checked(pivot + 1) else { return false };
    let Some(pivot) = head.last_mut() else { return false };
    if let Some(successor) = tail.iter_mut().rev().find(|node| **node > *pivot) {
        std::mem::swap(pivot, successor);
    }
    tail.reverse();
    true
}

/// The lines in code point order, as one text.
fn sorted_text(lines: &[String]) -> String {
    let line = |position: usize| lines.get(position).map_or("", String::as_str);
    let mut out = String::with_capacity(lines.iter().map(String::len).sum());
    if let [only] = lines {
        out.push_str(only);
        return out;
    }
    for position in order(lines.len(), &|one, other| compare(line(one), line(other))) {
        out.push_str(line(position));
    }
    out
}

/// The order of two lines. Several can begin with the same picture, so eight bytes are compared at once.
fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let words = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
    let same =
        8 * words.take_while(|(one, other)| u64::from_le_bytes(**one) == u64::from_le_bytes(**other)).count();
    one.get(same..).cmp(&other.get(same..))
}

/// `bytes` in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 0xf] {
            out.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    out
}

/// Deepest chain of undecided nodes that is followed. Each link takes a few hundred bytes of stack;
/// a list of that length that occurs twice is the longest such chain expected of a credential.
const RECURSION_MAX: usize = 512;

/// What a line has beside its terms, as a rule.
const LINE_BYTES: usize = 48;

/// Mentions that count as one step of work: each costs one hash.
const MENTIONS_PER_STEP: usize = 16;
