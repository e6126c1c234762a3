//! Layer 6. Markdown of narratives as blocks and spans, never as markup.
//!
//! A documented part of [CommonMark 0.31](https://spec.commonmark.org/0.31.2/): paragraphs, headings, block quotes,
//! lists, fenced and indented code, rules; emphasis, code spans, inline links, autolinks, hard breaks, backslash
//! escapes, the five entities of XML. What is not in it is shown as it is written: raw HTML, reference links, tables,
//! other entities. Of an image its description is shown, and nothing is loaded. DEVIATION: quotes and lists do not hold
//! other blocks, so that no text can nest; a paragraph inside an item belongs to that item.
//!
//! A whole parser (pulldown-cmark, 67 KB compressed) weighs more than a part of the package may.

use crate::view::markdown_spans::spans;

pub use crate::view::markdown_spans::Span;

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub spans: Vec<Span>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A heading, of whatever level: a card's own headings are not for a credential to disturb.
    Heading,
    /// Somebody else's words.
    Quote,
    /// An item of a list.
    Item {
        /// How many items it stands inside, from 0 to [`DEPTH_MAX`].
        depth: u8,
        /// Whether the list is numbered.
        numbered: bool,
    },
    /// Code, as it is written.
    Code,
    /// A rule between blocks.
    Rule,
}

/// The blocks of `text`, of which at most `chars_max` characters are read. Characters that steer their neighbours are
/// taken out before. Linear in the text, but for emphasis, whose marks are counted.
pub fn blocks(text: &str, chars_max: usize) -> Vec<Block> {
    let text = plain(text, chars_max);
    let mut reading = Reading::default();
    for line in text.split('\n') {
        reading.line(line);
        if reading.blocks.len() >= BLOCKS_MAX {
            break;
        }
    }
    reading.close();
    reading.blocks
}

/// Blocks read so far, and the one that is open.
#[derive(Default)]
struct Reading<'a> {
    blocks: Vec<Block>,
    open: Option<Kind>,
    lines: Vec<&'a str>,
    /// The fence that ends the code block that is open.
    fence: Option<(char, usize)>,
    /// Where the text of the items begins that a line may stand inside, outermost first.
    indents: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn line(&mut self, line: &'a str) {
        let inside = line.trim_start_matches(' ');
        let indent = line.len() - inside.len();
        let fence = fence_of(inside);
        match (self.fence, fence) {
            (Some((mark, length)), Some((found, count)))
                if mark == found && count >= length && inside.trim_matches(mark).trim().is_empty() =>
            {
                self.fence = None;
                return self.close();
            }
            (Some(_), _) => return self.lines.push(line),
            (None, Some(fence)) if indent < CODE_INDENT => {
                self.begin(Kind::Code);
                self.fence = Some(fence);
                return;
            }
            _ => {}
        }
        if inside.trim().is_empty() {
            return match self.open {
                Some(Kind::Code) => self.lines.push(""),
                _ => self.close(),
            };
        }
        self.text(line, inside.trim_end(), indent);
    }

    /// A line with something on it, outside fenced code.
    fn text(&mut self, line: &'a str, inside: &'a str, indent: usize) {
        if let Some((numbered, content)) = item_of(inside) {
            let at = indent + (inside.len() - content.len());
            self.indents.retain(|outer| *outer <= indent);
            let depth = u8::try_from(self.indents.len()).unwrap_or(DEPTH_MAX).min(DEPTH_MAX);
            self.indents.push(at);
            self.begin(Kind::Item { depth, numbered });
            return self.lines.push(content);
        }
        let is_paragraph = matches!(self.open, Some(Kind::Paragraph));
        match inside.bytes().next() {
            Some(b'=' | b'-') if is_paragraph && is_made_of(inside, &['=', '-']) => {
                self.open = Some(Kind::Heading);
                return self.close();
            }
            Some(b'*' | b'-' | b'_') if is_rule(inside) => {
                self.begin(Kind::Rule);
                return self.close();
            }
            Some(b'#') => {
                if let Some(heading) = heading_of(inside) {
                    self.begin(Kind::Heading);
                    self.lines.push(heading);
                    return self.close();
                }
            }
            Some(b'>') => {
                if self.open != Some(Kind::Quote) {
                    self.begin(Kind::Quote);
                }
                return self.lines.push(inside.trim_start_matches(['>', ' ']));
            }
            _ => {}
        }
        let is_item = self.indents.last().is_some_and(|at| indent >= *at);
        match self.open {
            Some(Kind::Code) if indent >= CODE_INDENT => {
                self.lines.push(line.get(CODE_INDENT..).unwrap_or(""))
            }
            None if indent >= CODE_INDENT && !is_item => {
                self.begin(Kind::Code);
                self.lines.push(line.get(CODE_INDENT..).unwrap_or(""));
            }
            // A further paragraph of an item.
            None if is_item => self.resume(line),
            None | Some(Kind::Code) => {
                self.begin(Kind::Paragraph);
                self.indents.clear();
                self.lines.push(line);
            }
            Some(_) => self.lines.push(line),
        }
    }

    /// Goes on with the item before, behind a blank line.
    fn resume(&mut self, line: &'a str) {
        match self.blocks.last_mut() {
            Some(last) if matches!(last.kind, Kind::Item { .. }) => {
                last.spans.push(Span::line_break());
                last.spans.extend(spans(line.trim()));
            }
            _ => {
                self.begin(Kind::Paragraph);
                self.lines.push(line);
            }
        }
    }

    fn begin(&mut self, kind: Kind) {
        self.close();
        if !matches!(kind, Kind::Item { .. }) {
            self.indents.clear();
        }
        self.open = Some(kind);
    }

    fn close(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let Some(kind) = self.open.take() else { return };
        let spans = match kind {
            Kind::Code => vec![Span::code(lines.join("\n").trim_end())],
            Kind::Rule => Vec::new(),
            _ => spans(&lines.join("\n")),
        };
        self.blocks.push(Block { kind, spans });
    }
}

/// The mark and length of a fence that begins or ends a block of code.
fn fence_of(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    let is_span = mark == '`' && line.trim_start_matches(mark).contains('`');
    (length >= 3 && !is_span).then_some((mark, length))
}

/// Whether the list is numbered, and the text of the item, if `line` begins one.
fn item_of(line: &str) -> Option<(bool, &str)> {
    let digits = line.len() - line.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (numbered, rest) = match digits {
        0 => (false, line.strip_prefix(['-', '*', '+'])?),
        1..=9 => (true, line.get(digits..)?.strip_prefix(['.', ')'])?),
        _ => return None,
    };
    // A rule is no item, nor is a number in a sentence.
    let text = rest.strip_prefix(' ').or_else(|| rest.is_empty().then_some(rest))?;
    (!is_rule(line)).then_some((numbered, text.trim_start()))
}

fn heading_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let is_heading = level <= 6 && (text.is_empty() || text.starts_with(' '));
    is_heading.then(|| text.trim_matches([' ', '#']))
}

fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|character| *character != ' ').collect();
    marks.len() >= 3 && ['*', '-', '_'].iter().any(|mark| is_made_of(&marks, &[*mark]))
}

fn is_made_of(line: &str, marks: &[char]) -> bool {
    let first = line.chars().next().filter(|first| marks.contains(first));
    first.is_some_and(|first| line.trim_end().chars().all(|character| character == first))
}

/// `text` with only such characters as have a look of their own, lines and spaces kept.
pub fn plain(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut is_cut = false;
    let mut marks = 0;
    for (at, character) in text.replace("\r\n", "\n").chars().enumerate() {
        if at == chars_max {
            is_cut = true;
            break;
        }
        match character {
            '\n' => out.push('\n'),
            '\r' => out.push('\n'),
            '\t' => out.push_str("    "),
            other if other.is_control() || other.is_whitespace() => out.push(' '),
            other if !super::is_kept(other, &mut marks) => {}
            other => out.push(other),
        }
    }
    if is_cut {
        out.push('…');
    }
    out
}

/// Blocks that are drawn.
const BLOCKS_MAX: usize = 400;
/// How deep a list is drawn.
pub const DEPTH_MAX: u8 = 3;
/// Spaces that make a line code.
const CODE_INDENT: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: its kind, and its spans with their marks.
    fn told(text: &str) -> String {
        let mut lines = Vec::new();
        for block in blocks(text, 10_000) {
            let kind = match block.kind {
                Kind::Paragraph => "p".to_owned(),
                Kind::Heading => "h".to_owned(),
                Kind::Quote => "q".to_owned(),
                Kind::Code => "code".to_owned(),
                Kind::Rule => "hr".to_owned(),
                Kind::Item { depth, numbered } => format!("{}{depth}", if numbered { "n" } else { "i" }),
            };
            let spans: Vec<String> = block.spans.iter().map(ToString::to_string).collect();
            lines.push(format!("{kind} {}", spans.concat()).trim_end().to_owned());
        }
        lines.join("\n")
    }

    #[test]
    fn blocks_are_told_apart() {
        for (text, expected) in [
            ("", ""),
            ("a\nb", "p a b"),
            ("a  \nb\\\nc", "p a|b|c"),
            ("a\n\nb", "p a\np b"),
            ("# a #\n####### b", "h a\np ####### b"),
            ("a\n===\nb\n---\n\n---", "h a\nh b\nhr"),
            ("* * *\n- a", "hr\ni0 a"),
            ("> a\n> b\n\nc", "q a b\np c"),
            ("- a\n  - b\n    1. c\n- d", "i0 a\ni1 b\nn2 c\ni0 d"),
            ("- a\n\n  b\n\nc", "i0 a|b\np c"),
            ("1. a\n2) b\n1990 was", "n0 a\nn0 b 1990 was"),
            ("```rust\na *b*\n\n c\n```\nd", "code `a *b*\n\n c`\np d"),
            ("~~~\na\n```", "code `a\n````"),
            ("    a\n    b\nc", "code `a\nb`\np c"),
            ("-", "i0"),
            ("-a\n#b", "p -a #b"),
            ("<script>alert(1)</script>", "p <script>alert(1)</script>"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lists_stop_nesting_and_texts_stop() {
        let deep: String = (0..50).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
        let all = blocks(&deep, 100_000);
        assert!(all.iter().all(|block| !matches!(block.kind, Kind::Item { depth, .. } if depth > DEPTH_MAX)));
        assert_eq!(blocks(&"a\n\n".repeat(10_000), 100_000).len(), BLOCKS_MAX);
        assert_eq!(told(&"a".repeat(10_001)).len(), "p ".len() + 10_000 + "…".len());
        assert_eq!(told("a\u{202e}b\u{200b}\u{7}c"), "p ab c");
    }
}
