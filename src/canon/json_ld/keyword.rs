//! Layer 1. The keywords of JSON-LD 1.1 ([JSON-LD §1.7]) and the shapes built from them.
//!
//! [JSON-LD §1.7]: https://www.w3.org/TR/json-ld11/#keywords

/// A keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Base,
    Container,
    Context,
    Direction,
    Graph,
    Id,
    Import,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    None,
    Prefix,
    Propagate,
    Protected,
    Reverse,
    Set,
    Type,
    Value,
    Version,
    Vocab,
}

impl Keyword {
    /// The keyword spelled `text`.
    pub(super) fn of(text: &str) -> Option<Keyword> {
        if !text.starts_with('@') {
            return None;
        }
        Some(match text {
            "@base" => Keyword::Base,
            "@container" => Keyword::Container,
            "@context" => Keyword::Context,
            "@direction" => Keyword::Direction,
            "@graph" => Keyword::Graph,
            "@id" => Keyword::Id,
            "@import" => Keyword::Import,
            "@included" => Keyword::Included,
            "@index" => Keyword::Index,
            "@json" => Keyword::Json,
            "@language" => Keyword::Language,
            "@list" => Keyword::List,
            "@nest" => Keyword::Nest,
            "@none" => Keyword::None,
            "@prefix" => Keyword::Prefix,
            "@propagate" => Keyword::Propagate,
            "@protected" => Keyword::Protected,
            "@reverse" => Keyword::Reverse,
            "@set" => Keyword::Set,
            "@type" => Keyword::Type,
            "@value" => Keyword::Value,
            "@version" => Keyword::Version,
            "@vocab" => Keyword::Vocab,
            _ => return None,
        })
    }
}

/// Whether `text` looks like a keyword: `@` and ASCII letters. Such names are reserved, and ignored.
pub(super) fn has_keyword_form(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// A base direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The direction spelled `text`.
    pub(super) fn of(text: &str) -> Option<Direction> {
        match text {
            "ltr" => Some(Direction::LeftToRight),
            "rtl" => Some(Direction::RightToLeft),
            _ => None,
        }
    }

    /// Its spelling.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// The container mapping of a term: a set of container keywords.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Container(u8);

impl Container {
    pub(super) const GRAPH: Container = Container(1);
    pub(super) const ID: Container = Container(2);
    pub(super) const INDEX: Container = Container(4);
    pub(super) const LANGUAGE: Container = Container(8);
    pub(super) const LIST: Container = Container(16);
    pub(super) const SET: Container = Container(32);
    pub(super) const TYPE: Container = Container(64);

    /// The container named by one keyword.
    pub(super) fn of(text: &str) -> Option<Container> {
        match text {
            "@graph" => Some(Container::GRAPH),
            "@id" => Some(Container::ID),
            "@index" => Some(Container::INDEX),
            "@language" => Some(Container::LANGUAGE),
            "@list" => Some(Container::LIST),
            "@set" => Some(Container::SET),
            "@type" => Some(Container::TYPE),
            _ => None,
        }
    }

    /// Whether all of `other` is in here.
    pub(super) fn has(self, other: Container) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether an object under the term is a map from languages, indexes, identifiers or types.
    pub(super) fn is_map(self) -> bool {
        let maps = Container::ID.and(Container::INDEX).and(Container::LANGUAGE).and(Container::TYPE);
        self.0 & maps.0 != 0
    }

    /// Both together.
    pub(super) fn and(self, other: Container) -> Container {
        Container(self.0 | other.0)
    }

    /// Whether the combination means something ([JSON-LD-API §4.2.2] step 19).
    ///
    /// [JSON-LD-API §4.2.2]: https://www.w3.org/TR/json-ld11-api/#create-term-definition
    pub(super) fn is_allowed(self) -> bool {
        let rest = Container(self.0 & !Container::SET.0);
        let has_set = rest.0 != self.0;
        match rest {
            Container::LIST => !has_set,
            Container(0)
            | Container::GRAPH
            | Container::ID
            | Container::INDEX
            | Container::LANGUAGE
            | Container::TYPE => true,
            mixed => {
                mixed == Container::GRAPH.and(Container::ID)
                    || mixed == Container::GRAPH.and(Container::INDEX)
            }
        }
    }
}
