//! Layer 0. Reads the regular expressions of ECMAScript with Unicode, as far as they are regular.

use crate::schema::Stop;

/// A part of a pattern.
pub enum Node {
    /// One character.
    Take(Class),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`; negated, `\B`
    Boundary(bool),
    /// One after the other.
    All(Vec<Node>),
    /// One of them.
    Any(Vec<Node>),
    /// At least, and at most, so many times.
    Repeat(Box<Node>, u32, Option<u32>),
}

/// A set of characters: ranges, both ends in, or everything else.
#[derive(Clone, Default)]
pub struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
}

impl Class {
    /// Whether `character` is in it.
    pub fn has(&self, character: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&character)) != self.negated
    }

    /// How many ranges are looked through for one character.
    pub fn size(&self) -> usize {
        self.ranges.len()
    }

    fn of(ranges: &[(char, char)], negated: bool) -> Class {
        Class { ranges: ranges.to_vec(), negated }
    }

    fn one(character: char) -> Class {
        Class::of(&[(character, character)], false)
    }

    /// Adds another class. A negated one is turned into the ranges between its own.
    fn add(&mut self, other: &Class) {
        if !other.negated {
            return self.ranges.extend(&other.ranges);
        }
        // The named classes, which alone are negated here, are in order and apart.
        let mut from = Some('\0');
        for (start, end) in &other.ranges {
            if let Some(from) = from.filter(|from| from < start) {
                self.ranges.extend(('\0'..*start).next_back().map(|to| (from, to)));
            }
            from = (*end..=char::MAX).nth(1);
        }
        self.ranges.extend(from.map(|from| (from, char::MAX)));
    }
}

/// Whether `character` counts as part of a word.
pub fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The pattern written in `text`.
pub fn read(text: &str) -> Result<Node, Stop> {
    let mut reader = Reader { rest: text, depth: 0 };
    let node = reader.any()?;
    if reader.rest.is_empty() { Ok(node) } else { Err(Stop::Malformed) }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

/// What an escape stands for.
enum Escape {
    Class(Class),
    Boundary(bool),
    Character(char),
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Result<char, Stop> {
        let mut characters = self.rest.chars();
        let first = characters.next().ok_or(Stop::Malformed)?;
        self.rest = characters.as_str();
        Ok(first)
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn any(&mut self) -> Result<Node, Stop> {
        self.depth += 1;
        if self.depth > GROUPS_DEEP_MAX {
            return Err(Stop::Limit("schema-pattern".to_owned()));
        }
        let mut ways = vec![self.all()?];
        while self.take("|") {
            ways.push(self.all()?);
        }
        self.depth -= 1;
        Ok(if ways.len() == 1 { Node::All(ways) } else { Node::Any(ways) })
    }

    fn all(&mut self) -> Result<Node, Stop> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let node = self.atom()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(Node::All(nodes))
    }

    fn atom(&mut self) -> Result<Node, Stop> {
        Ok(match self.next()? {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Take(Class::of(LINE_ENDS, true)),
            '(' => self.group()?,
            '[' => Node::Take(self.class()?),
            '\\' => match self.escape()? {
                Escape::Class(class) => Node::Take(class),
                Escape::Boundary(negated) => Node::Boundary(negated),
                Escape::Character(character) => Node::Take(Class::one(character)),
            },
            '*' | '+' | '?' => return Err(Stop::Malformed),
            // Braces that repeat nothing stand for themselves, as they do without Unicode.
            character => Node::Take(Class::one(character)),
        })
    }

    fn group(&mut self) -> Result<Node, Stop> {
        if self.take("?") && !self.take(":") {
            let is_named = self.take("<") && !self.rest.starts_with(['=', '!']);
            if !is_named {
                let is_group = self.rest.starts_with(['=', '!']);
                return Err(if is_group { unsupported("pattern") } else { Stop::Malformed });
            }
            while self.next()? != '>' {}
        }
        let node = self.any()?;
        if self.take(")") { Ok(node) } else { Err(Stop::Malformed) }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, Stop> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match counts(self.rest) {
                Some((least, most, rest)) => {
                    self.rest = rest;
                    self.take("?");
                    return match most {
                        Some(most) if most < least => Err(Stop::Malformed),
                        _ => Ok(Node::Repeat(Box::new(node), least, most)),
                    };
                }
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        self.next()?;
        // As few as possible or as many: whether there is a match is the same.
        self.take("?");
        Ok(Node::Repeat(Box::new(node), least, most))
    }

    fn class(&mut self) -> Result<Class, Stop> {
        let mut class = Class { negated: self.take("^"), ..Class::default() };
        while !self.take("]") {
            let Some(from) = self.class_item(&mut class)? else { continue };
            if !self.rest.starts_with('-') || self.rest.starts_with("-]") {
                class.ranges.push((from, from));
                continue;
            }
            self.next()?;
            match self.class_item(&mut class)? {
                Some(to) if from <= to => class.ranges.push((from, to)),
                Some(_) => return Err(Stop::Malformed),
                None => class.ranges.extend([(from, from), ('-', '-')]),
            }
        }
        Ok(class)
    }

    /// One character, or none where a whole class was added.
    fn class_item(&mut self, class: &mut Class) -> Result<Option<char>, Stop> {
        match self.next()? {
            '\\' if self.take("b") => Ok(Some('\u{8}')),
            '\\' => match self.escape()? {
                Escape::Character(character) => Ok(Some(character)),
                Escape::Class(named) => {
                    class.add(&named);
                    Ok(None)
                }
                Escape::Boundary(_) => Err(Stop::Malformed),
            },
            character => Ok(Some(character)),
        }
    }

    fn escape(&mut self) -> Result<Escape, Stop> {
        Ok(match self.next()? {
            'd' => Escape::Class(Class::of(DIGITS, false)),
            'D' => Escape::Class(Class::of(DIGITS, true)),
            'w' => Escape::Class(Class::of(WORD, false)),
            'W' => Escape::Class(Class::of(WORD, true)),
            's' => Escape::Class(Class::of(SPACE, false)),
            'S' => Escape::Class(Class::of(SPACE, true)),
            'b' => Escape::Boundary(false),
            'B' => Escape::Boundary(true),
            't' => Escape::Character('\t'),
            'n' => Escape::Character('\n'),
            'r' => Escape::Character('\r'),
            'v' => Escape::Character('\u{b}'),
            'f' => Escape::Character('\u{c}'),
            '0' if !self.rest.starts_with(|next: char| next.is_ascii_digit()) => Escape::Character('\0'),
            'x' => Escape::Character(character(self.digits(2)?)?),
            'u' => Escape::Character(self.unicode()?),
            other if other.is_ascii_alphanumeric() => return Err(unsupported("pattern")),
            other => Escape::Character(other),
        })
    }

    fn unicode(&mut self) -> Result<char, Stop> {
        if self.take("{") {
            let end = self.rest.find('}').ok_or(Stop::Malformed)?;
            let code = self.digits(end)?;
            self.take("}");
            return character(code);
        }
        let first = self.digits(4)?;
        if !(0xd800..0xdc00).contains(&first) || !self.take("\\u") {
            return character(first);
        }
        let second = self.digits(4)?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Stop::Malformed)?;
        character(0x1_0000 + ((first - 0xd800) << 10) + second)
    }

    fn digits(&mut self, count: usize) -> Result<u32, Stop> {
        let digits =
            self.rest.get(..count).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or(Stop::Malformed)?;
        self.rest = self.rest.get(count..).unwrap_or_default();
        Ok(code)
    }
}

/// `{2}`, `{2,}` or `{2,3}` at the start of `text`, and what follows.
fn counts(text: &str) -> Option<(u32, Option<u32>, &str)> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    let number = |text: &str| {
        // What no program could hold is as good as the largest that is tried.
        let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().unwrap_or(u32::MAX))
    };
    match inside.split_once(',') {
        None => number(inside).map(|count| (count, Some(count), rest)),
        Some((least, "")) => number(least).map(|least| (least, None, rest)),
        Some((least, most)) => number(least).zip(number(most)).map(|(least, most)| (least, Some(most), rest)),
    }
}

fn character(code: u32) -> Result<char, Stop> {
    char::from_u32(code).ok_or(Stop::Malformed)
}

fn unsupported(what: &'static str) -> Stop {
    Stop::Unsupported(what.to_owned())
}

/// Groups in groups; published schemas have three.
const GROUPS_DEEP_MAX: usize = 32;
const DIGITS: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const LINE_ENDS: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
