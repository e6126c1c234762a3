//! Layer 6. The inline half of [`markdown`](crate::view::markdown): emphasis, code, links and breaks of one block.
//!
//! Spec: [CommonMark 0.31 §6](https://spec.commonmark.org/0.31.2/#inlines), as far as the block half says.

use crate::view::web_address;

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The text; a line break where it is "\n" and no code.
    pub text: String,
    /// Weighs more.
    pub strong: bool,
    /// Is stressed.
    pub emphasis: bool,
    /// Stands as it is written.
    pub code: bool,
    /// An `https:` address that a press leads to.
    pub url: Option<String>,
}

impl Span {
    /// A line break.
    pub fn line_break() -> Self {
        Span { text: "\n".to_owned(), ..Span::default() }
    }

    /// Code.
    pub fn code(text: &str) -> Self {
        Span { text: text.to_owned(), code: true, ..Span::default() }
    }
}

/// The spans of a block's text.
pub fn spans(text: &str) -> Vec<Span> {
    let mut pieces = Pieces::default();
    pieces.read(text);
    pieces.emphasise();
    pieces.spans()
}

/// A piece of text that nothing divides any more.
#[derive(Default)]
struct Piece {
    text: String,
    code: bool,
    /// The link it stands in, from 1.
    link: usize,
    /// Marks of emphasis, where it is such.
    run: Option<Run>,
    /// How many strong and stressed passages begin before it, less those that end.
    strong: i32,
    emphasis: i32,
}

/// A row of `*` or `_`.
struct Run {
    mark: char,
    left: usize,
    count: usize,
    opens: bool,
    closes: bool,
}

#[derive(Default)]
struct Pieces {
    all: Vec<Piece>,
    /// Addresses of the links, by number from 1; none where a press leads nowhere.
    urls: Vec<Option<String>>,
    /// Where the brackets stand that may begin a link.
    brackets: Vec<usize>,
    runs: usize,
}

impl Pieces {
    fn read(&mut self, text: &str) {
        let mut before = ' ';
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let taken = self.one(character, rest, before).max(character.len_utf8());
            let (done, left) = rest.split_at_checked(taken).unwrap_or((rest, ""));
            before = done.chars().next_back().unwrap_or(' ');
            rest = left;
        }
    }

    /// Reads what begins with `character`, and says how many bytes that was.
    fn one(&mut self, character: char, rest: &str, before: char) -> usize {
        let taken = match character {
            '\\' => self.escape(rest),
            '`' => self.code(rest),
            '<' => self.autolink(rest),
            '&' => self.entity(rest),
            '*' | '_' if self.runs < RUNS_MAX => self.run(character, rest, before),
            '!' if rest.starts_with("![") => {
                // Of an image, the description: what stands in brackets.
                self.bracket();
                2
            }
            '[' => {
                self.bracket();
                1
            }
            ']' => self.link(rest),
            '\n' => self.line_end(),
            _ => 0,
        };
        if taken == 0 {
            self.push_text(character);
        }
        taken
    }

    fn push(&mut self, piece: Piece) {
        self.all.push(piece);
    }

    fn push_text(&mut self, character: char) {
        let is_bracket = self.brackets.last().is_some_and(|at| at + 1 == self.all.len());
        let goes_on = |last: &&mut Piece| {
            !last.code && last.run.is_none() && last.link == 0 && last.text != "\n" && !is_bracket
        };
        match self.all.last_mut().filter(goes_on) {
            Some(last) => last.text.push(character),
            None => self.push(Piece { text: character.to_string(), ..Piece::default() }),
        }
    }

    fn bracket(&mut self) {
        self.push(Piece { text: "[".to_owned(), ..Piece::default() });
        if self.brackets.len() < BRACKETS_MAX {
            self.brackets.push(self.all.len() - 1);
        }
    }

    fn escape(&mut self, rest: &str) -> usize {
        match rest.chars().nth(1) {
            Some('\n') => {
                self.push(Piece { text: "\n".to_owned(), ..Piece::default() });
                2
            }
            Some(escaped) if escaped.is_ascii_punctuation() => {
                self.push_text(escaped);
                2
            }
            _ => 0,
        }
    }

    fn code(&mut self, rest: &str) -> usize {
        let inside = rest.trim_start_matches('`');
        let marks = rest.len() - inside.len();
        let mut at = 0;
        // The next row of as many marks ends it.
        while let Some(found) = inside.get(at..).and_then(|tail| tail.find('`')).map(|found| at + found) {
            let tail = inside.get(found..).unwrap_or("");
            let count = tail.len() - tail.trim_start_matches('`').len();
            if count == marks {
                let text = inside.get(..found).unwrap_or("").replace('\n', " ");
                let trimmed = text.strip_prefix(' ').and_then(|text| text.strip_suffix(' '));
                let text = trimmed.filter(|text| !text.trim().is_empty()).unwrap_or(&text).to_owned();
                self.push(Piece { text, code: true, ..Piece::default() });
                return marks + found + count;
            }
            at = found + count;
        }
        self.push(Piece { text: rest.get(..marks).unwrap_or("").to_owned(), ..Piece::default() });
        marks
    }

    fn autolink(&mut self, rest: &str) -> usize {
        let Some((address, _)) = rest.get(1..).and_then(|rest| rest.split_once('>')) else { return 0 };
        if !address.starts_with("https://") || address.contains([' ', '<', '\n']) {
            return 0;
        }
        self.urls.push(web_address(&Some(address.to_owned())));
        self.push(Piece { text: address.to_owned(), link: self.urls.len(), ..Piece::default() });
        address.len() + 2
    }

    fn entity(&mut self, rest: &str) -> usize {
        let known = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        if let Some((_, character)) = known {
            self.push_text(*character);
        }
        known.map_or(0, |(name, _)| name.len())
    }

    fn line_end(&mut self) -> usize {
        let last = self.all.last_mut().filter(|last| !last.code);
        let is_hard = last.as_ref().is_some_and(|last| last.text.ends_with("  "));
        if let Some(last) = last {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        if is_hard {
            self.push(Piece { text: "\n".to_owned(), ..Piece::default() });
        } else {
            self.push_text(' ');
        }
        1
    }

    /// A row of marks, which opens and closes by its neighbours ([§6.2](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)).
    fn run(&mut self, mark: char, rest: &str, before: char) -> usize {
        let inside = rest.trim_start_matches(mark);
        let count = rest.len() - inside.len();
        let after = inside.chars().next().unwrap_or(' ');
        let is_mark = |character: char| !character.is_alphanumeric() && !character.is_whitespace();
        let left = !after.is_whitespace() && (!is_mark(after) || before.is_whitespace() || is_mark(before));
        let right = !before.is_whitespace() && (!is_mark(before) || after.is_whitespace() || is_mark(after));
        let (opens, closes) = match mark {
            '*' => (left, right),
            _ => (left && (!right || is_mark(before)), right && (!left || is_mark(after))),
        };
        self.runs += 1;
        let run = Run { mark, left: count, count, opens, closes };
        self.push(Piece { run: Some(run), ..Piece::default() });
        count
    }

    /// Ends a link at `](address)`; nothing but a bracket where it is none.
    fn link(&mut self, rest: &str) -> usize {
        let Some(open) = self.brackets.pop() else { return 0 };
        let Some((inside, _)) = rest.strip_prefix("](").and_then(|rest| rest.split_once(')')) else {
            return 0;
        };
        if inside.contains('\n') || inside.len() > ADDRESS_CHARS_MAX {
            return 0;
        }
        let address = inside.trim().split(' ').next().unwrap_or("");
        let address = address.trim_start_matches('<').trim_end_matches('>');
        self.urls.push(web_address(&Some(address.to_owned())));
        let number = self.urls.len();
        for (at, piece) in self.all.iter_mut().enumerate().skip(open) {
            piece.link = if piece.link == 0 { number } else { piece.link };
            if at == open {
                piece.text.clear();
            }
        }
        // A link holds no other link.
        self.brackets.clear();
        inside.len() + "]()".len()
    }

    /// Pairs the marks: each that closes with the nearest before it that opens, inside the same link or outside all.
    fn emphasise(&mut self) {
        for at in 0..self.all.len() {
            while let Some((open, is_strong)) = self.opener_of(at) {
                let used = if is_strong { 2 } else { 1 };
                let mut mark = |at: usize, change: i32| {
                    let Some(piece) = self.all.get_mut(at) else { return };
                    if is_strong { piece.strong += change } else { piece.emphasis += change }
                };
                mark(open, 1);
                mark(at, -1);
                for end in [open, at] {
                    let run = self.all.get_mut(end).and_then(|piece| piece.run.as_mut());
                    run.into_iter().for_each(|run| run.left -= used);
                }
                // What stood between pairs with nothing outside.
                for piece in self.all.iter_mut().take(at).skip(open + 1) {
                    piece.run.iter_mut().for_each(|run| (run.opens, run.closes) = (false, false));
                }
            }
        }
    }

    /// Where the marks stand that those at `at` close, and whether both have two to spend.
    fn opener_of(&self, at: usize) -> Option<(usize, bool)> {
        let piece = self.all.get(at)?;
        let close = piece.run.as_ref().filter(|run| run.closes && run.left > 0)?;
        let mut before = self.all.iter().enumerate().take(at).rev();
        before.find_map(|(position, other)| {
            let open =
                other.run.as_ref().filter(|run| run.opens && run.left > 0 && run.mark == close.mark)?;
            // The rule of three.
            let is_odd = (open.closes || close.opens)
                && (open.count + close.count).is_multiple_of(3)
                && !(open.count.is_multiple_of(3) && close.count.is_multiple_of(3));
            (other.link == piece.link && !is_odd).then_some((position, open.left >= 2 && close.left >= 2))
        })
    }

    fn spans(self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let (mut strong, mut emphasis) = (0, 0);
        for piece in self.all {
            let marks = piece.run.map(|run| run.mark.to_string().repeat(run.left));
            // Marks that close stand inside what they close, so that what is left of them does too.
            let (before, after) =
                if piece.strong + piece.emphasis < 0 { (false, true) } else { (true, false) };
            let style = |strong: i32, emphasis: i32, text: String| Span {
                text,
                strong: strong > 0,
                emphasis: emphasis > 0,
                code: piece.code,
                url: piece.link.checked_sub(1).and_then(|at| self.urls.get(at)).cloned().flatten(),
            };
            if after {
                (strong, emphasis) = (strong + piece.strong, emphasis + piece.emphasis);
            }
            let text = marks.unwrap_or(piece.text);
            if !text.is_empty() {
                let span = style(strong, emphasis, text);
                match spans.last_mut() {
                    Some(last) if last.is_like(&span) => last.text.push_str(&span.text),
                    _ => spans.push(span),
                }
            }
            if before {
                (strong, emphasis) = (strong + piece.strong, emphasis + piece.emphasis);
            }
        }
        spans
    }
}

impl Span {
    fn is_like(&self, other: &Span) -> bool {
        let is_break = self.text == "\n" || other.text == "\n";
        !is_break
            && (self.strong, self.emphasis, self.code, &self.url)
                == (other.strong, other.emphasis, other.code, &other.url)
    }
}

const ENTITIES: &[(&str, char)] =
    &[("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&#39;", '\'')];
/// Rows of marks that are looked at, because each looks back at those before; more are text.
const RUNS_MAX: usize = 400;
const BRACKETS_MAX: usize = 400;
const ADDRESS_CHARS_MAX: usize = 2_100;

#[cfg(test)]
impl std::fmt::Display for Span {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let marks = [(self.emphasis, "*"), (self.strong, "**"), (self.code, "`")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        let back: String = marks.chars().rev().collect();
        match (&self.url, self.text.as_str()) {
            (_, "\n") if !self.code => out.write_str("|"),
            (Some(url), text) => write!(out, "[{marks}{text}{back}]({url})"),
            (None, text) => write!(out, "{marks}{text}{back}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        spans(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn spans_are_told_apart() {
        for (text, expected) in [
            ("a *b* c", "a *b* c"),
            ("a **b** c", "a **b** c"),
            ("***a***", "***a***"),
            ("_a_ b_c_d __e__", "*a* b_c_d **e**"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("*a **b***", "*a ****b***"),
            ("**a*", "**a*"),
            ("`a *b*` ``c`d``", "`a *b*` `c`d`"),
            ("`a", "`a"),
            ("[a](https://b.example/)", "[a](https://b.example/)"),
            (
                "[*a* b](https://b.example/ \"title\") c",
                "[*a*](https://b.example/)[ b](https://b.example/) c",
            ),
            ("*[a](https://b.example/)*", "[*a*](https://b.example/)"),
            ("[a](javascript:alert(1)) [b](data:text/html,x)", "a) b"),
            ("[a](http://b.example/) [c][d] [e]", "a [c][d] [e]"),
            ("![a](https://b.example/a.png)", "[a](https://b.example/a.png)"),
            ("<https://b.example/> <b@c.example>", "[https://b.example/](https://b.example/) <b@c.example>"),
            ("\\*a\\* &amp;&lt;&nope; \\a", "*a* &<&nope; \\a"),
            ("<b onclick=x>a</b>", "<b onclick=x>a</b>"),
            ("[a", "[a"),
            ("a]", "a]"),
            ("", ""),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn marks_are_counted() {
        for text in [
            "*a ".repeat(20_000),
            "[".repeat(20_000),
            "`".repeat(20_000),
            "`a``".repeat(5_000),
            "*".repeat(20_000),
        ] {
            assert!(!spans(&text).is_empty());
        }
    }
}
