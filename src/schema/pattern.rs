//! Layer 0. Regular expressions of schemas, in time linear in the text.
//!
//! [JSON Schema §6.4](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4) takes the
//! dialect of ECMAScript with Unicode. An engine that tries one way after another can be made to try for
//! ever; this one follows all ways at once, a character at a time. What cannot be done so (looking around,
//! referring back) is not supported, and so are the names of Unicode's properties, which are tables.

use crate::limits::{Budget, SCHEMA_PATTERN_OPS_MAX};
use crate::schema::Stop;
use crate::schema::pattern_syntax::{self, Class, Node};

/// A pattern, ready to be searched for.
pub struct Pattern {
    ops: Vec<Op>,
}

/// One instruction; places are positions in the program.
enum Op {
    /// Takes one character of the class.
    Take(Class),
    /// Holds at the start of the text.
    Start,
    /// Holds at its end.
    End,
    /// Holds where a word begins or ends; or, negated, anywhere else.
    Boundary(bool),
    /// Goes on at both places.
    Split(usize, usize),
    /// Goes on there.
    Jump(usize),
    /// Found.
    Found,
}

impl Pattern {
    /// Reads `text`. Errors: not supported, no pattern, or too large.
    pub fn read(text: &str, budget: &mut Budget) -> Result<Pattern, Stop> {
        budget.schema_steps(text.len() / 2)?;
        let node = pattern_syntax::read(text)?;
        let mut pattern = Pattern { ops: Vec::new() };
        pattern.compile(&node, budget)?;
        pattern.push(Op::Found, budget)?;
        Ok(pattern)
    }

    /// Whether the pattern is somewhere in `text`.
    pub fn is_in(&self, text: &str, budget: &mut Budget) -> Result<bool, Stop> {
        let mut threads =
            Threads { marks: vec![usize::MAX; self.ops.len()], places: Vec::new(), open: Vec::new() };
        let mut before = None;
        let mut next = text.chars();
        for position in 0.. {
            let after = next.next();
            // A match may begin anywhere.
            threads.open.push(0);
            if self.follow(&mut threads, position, (before, after), budget)? {
                return Ok(true);
            }
            let Some(character) = after else { break };
            let places = std::mem::take(&mut threads.places);
            for place in places {
                let Some(Op::Take(class)) = self.ops.get(place) else { continue };
                budget.schema_steps(1 + class.size() / 8)?;
                if class.has(character) {
                    threads.open.push(place + 1);
                }
            }
            before = after;
        }
        Ok(false)
    }

    /// Follows everything that takes no character from the open places, each place once.
    fn follow(
        &self,
        threads: &mut Threads,
        position: usize,
        (before, after): (Option<char>, Option<char>),
        budget: &mut Budget,
    ) -> Result<bool, Stop> {
        let is_word = |character: Option<char>| character.is_some_and(pattern_syntax::is_word);
        while let Some(place) = threads.open.pop() {
            budget.schema_steps(1)?;
            let (Some(mark), Some(op)) = (threads.marks.get_mut(place), self.ops.get(place)) else {
                continue;
            };
            if *mark == position {
                continue;
            }
            *mark = position;
            let holds = match op {
                Op::Found => return Ok(true),
                Op::Take(_) => {
                    threads.places.push(place);
                    continue;
                }
                Op::Split(one, other) => {
                    threads.open.push(*other);
                    threads.open.push(*one);
                    continue;
                }
                Op::Jump(to) => {
                    threads.open.push(*to);
                    continue;
                }
                Op::Start => before.is_none(),
                Op::End => after.is_none(),
                Op::Boundary(negated) => (is_word(before) != is_word(after)) != *negated,
            };
            if holds {
                threads.open.push(place + 1);
            }
        }
        Ok(false)
    }

    /// Recursion is bounded by the nesting that the syntax accepts.
    fn compile(&mut self, node: &Node, budget: &mut Budget) -> Result<(), Stop> {
        match node {
            Node::Take(class) => self.push(Op::Take(class.clone()), budget),
            Node::Start => self.push(Op::Start, budget),
            Node::End => self.push(Op::End, budget),
            Node::Boundary(negated) => self.push(Op::Boundary(*negated), budget),
            Node::All(nodes) => nodes.iter().try_for_each(|node| self.compile(node, budget)),
            Node::Any(nodes) => self.any(nodes, budget),
            Node::Repeat(node, least, most) => {
                for _ in 0..*least {
                    budget.schema_steps(1)?;
                    self.compile(node, budget)?;
                }
                match most {
                    None => self.star(node, budget),
                    Some(most) => self.optional(node, most.saturating_sub(*least), budget),
                }
            }
        }
    }

    fn any(&mut self, nodes: &[Node], budget: &mut Budget) -> Result<(), Stop> {
        let mut jumps = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.compile(node, budget)?;
                continue;
            }
            let split = self.ops.len();
            self.push(Op::Split(split + 1, 0), budget)?;
            self.compile(node, budget)?;
            jumps.push(self.ops.len());
            self.push(Op::Jump(0), budget)?;
            self.set(split, Op::Split(split + 1, self.ops.len()));
        }
        for jump in jumps {
            self.set(jump, Op::Jump(self.ops.len()));
        }
        Ok(())
    }

    fn star(&mut self, node: &Node, budget: &mut Budget) -> Result<(), Stop> {
        let split = self.ops.len();
        self.push(Op::Split(split + 1, 0), budget)?;
        self.compile(node, budget)?;
        self.push(Op::Jump(split), budget)?;
        self.set(split, Op::Split(split + 1, self.ops.len()));
        Ok(())
    }

    fn optional(&mut self, node: &Node, times: u32, budget: &mut Budget) -> Result<(), Stop> {
        let mut splits = Vec::new();
        for _ in 0..times {
            splits.push(self.ops.len());
            self.push(Op::Split(self.ops.len() + 1, 0), budget)?;
            self.compile(node, budget)?;
        }
        for split in splits {
            self.set(split, Op::Split(split + 1, self.ops.len()));
        }
        Ok(())
    }

    fn push(&mut self, op: Op, budget: &mut Budget) -> Result<(), Stop> {
        budget.schema_steps(1)?;
        if self.ops.len() >= SCHEMA_PATTERN_OPS_MAX {
            return Err(Stop::Limit("schema-pattern".to_owned()));
        }
        self.ops.push(op);
        Ok(())
    }

    fn set(&mut self, place: usize, op: Op) {
        if let Some(old) = self.ops.get_mut(place) {
            *old = op;
        }
    }
}

/// What is going on at one position of the text.
struct Threads {
    /// The position at which each place was last reached.
    marks: Vec<usize>,
    /// The places that wait for the next character.
    places: Vec<usize>,
    /// The places still to be followed.
    open: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Result<bool, Stop> {
        let mut budget = Budget::full();
        Pattern::read(pattern, &mut budget)?.is_in(text, &mut budget)
    }

    #[test]
    fn finds_what_is_there() {
        let table: &[(&str, &str, bool)] = &[
            ("", "", true),
            ("a", "", false),
            ("b+", "abbc", true),
            ("^b", "ab", false),
            ("^$", "", true),
            ("^(?:a|bc){2,3}$", "abca", true),
            ("^(?:a|bc){2,3}$", "aaaa", false),
            ("^[a-c\\d-]+$", "b-3", true),
            ("^[^a-c]$", "b", false),
            ("^[^a-c]$", "é", true),
            ("^\\p$", "p", false),
            ("\\bis\\b", "this is", true),
            ("^.$", "\u{1f431}", true),
            ("^\\u{1F431}\\u0041\\x42$", "\u{1f431}AB", true),
            ("^\\ud83d\\udc31$", "\u{1f431}", true),
            ("^(a*)*$", "aaa", true),
            ("^(a*)*$", "aab", false),
            ("a{0}b", "b", true),
            ("^(\\(([0-9]{3})\\))?[0-9]{3}-[0-9]{4}$", "(888)555-1212", true),
            ("^(\\(([0-9]{3})\\))?[0-9]{3}-[0-9]{4}$", "(800)FLOWERS", false),
            ("^[a-z]+?$", "abc", true),
            ("^(?<year>\\d{4})$", "2026", true),
        ];
        for (pattern, text, expected) in table {
            let answer = found(pattern, text);
            match *pattern {
                "^\\p$" => assert!(matches!(answer, Err(Stop::Unsupported(_)))),
                _ => assert_eq!(answer, Ok(*expected), "{pattern} in {text}"),
            }
        }
    }

    #[test]
    fn what_is_not_supported_says_so() {
        for pattern in ["(?=a)", "(?!a)", "(?<=a)", "(a)\\1", "\\k<a>", "\\p{L}", "\\cA"] {
            assert!(matches!(found(pattern, "a"), Err(Stop::Unsupported(_))), "{pattern}");
        }
        for pattern in ["(", ")", "[", "a**", "*", "[b-a]", "a{2,1}", "\\", "(?", "\\u{110000}"] {
            assert!(matches!(found(pattern, "a"), Err(Stop::Malformed)), "{pattern}");
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let long = "a".repeat(20_000);
        assert_eq!(found("^(a+)+$", &format!("{long}b")), Ok(false));
        assert_eq!(found("(x{1000}){1000}", ""), Err(Stop::Limit("schema-pattern".to_owned())));
        assert_eq!(found("((){65535}){65535}", ""), Err(Stop::Limit("schema-steps".to_owned())));
        assert_eq!(found(&"(".repeat(10_000), ""), Err(Stop::Limit("schema-pattern".to_owned())));
        let wide = format!("^{}$", "a?".repeat(1_000));
        assert_eq!(found(&wide, &long), Err(Stop::Limit("schema-steps".to_owned())));
    }
}
