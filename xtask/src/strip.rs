//! Takes the comments out of the JavaScript that is published.
//!
//! Works on whole lines and knows no grammar: it drops a line only where the lines before it leave no doubt that it
//! is nothing but comment. Where there is doubt, the file is published as it was written.

/// The text without the lines that are wholly comment, under a first line that names the licence.
pub fn strip_comments(text: &str) -> String {
    let body = code_lines(text).unwrap_or_else(|| text.lines().collect());
    let body = body.into_iter().filter(|line| *line != LICENCE).skip_while(|line| line.is_empty());
    let mut stripped = String::from(LICENCE);
    for line in body {
        stripped.push('\n');
        stripped.push_str(line);
    }
    stripped.push('\n');
    stripped
}

/// The lines that hold code, blank ones included; none where a line may belong to something that spans lines.
fn code_lines(text: &str) -> Option<Vec<&str>> {
    let mut code = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if in_block {
            match trimmed.find("*/") {
                _ if !trimmed.starts_with('*') => return None,
                None => {}
                Some(end) if end + 2 == trimmed.len() => in_block = false,
                Some(_) => return None,
            }
        } else if let Some(comment) = trimmed.strip_prefix("/*") {
            match comment.find("*/") {
                None => in_block = true,
                Some(end) if end + 2 == comment.len() && !comment.contains(KEPT) => {}
                Some(_) => code.push(complete(line)?),
            }
        } else if !trimmed.starts_with("//") {
            code.push(complete(line)?);
        }
    }
    (!in_block).then_some(code)
}

/// The line, if nothing begins in it that may end in another: no template, string or block comment is left open.
///
/// A regular expression with a quotation mark reads as an open string, which errs on the safe side; with backticks
/// in it the count below would have to be even by accident as well.
fn complete(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next()?;
            }
            // Inside `${…}` another template may begin.
            (Some('`'), '$') if letters.peek() == Some(&'{') && line.matches('`').count() > 2 => return None,
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '/') if letters.peek() == Some(&'/') => break,
            (None, _) => {}
        }
    }
    let is_even = line.matches('`').count().is_multiple_of(2);
    let block = line.rfind("/*").is_none_or(|start| line[start..].contains("*/"));
    (quote.is_none() && is_even && block && !line.ends_with('\\')).then_some(line)
}

const LICENCE: &str = "// MIT OR Apache-2.0";
/// Tells Deno and TypeScript where the types of a file are.
const KEPT: &str = "@ts-self-types";

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        strip_comments(text).strip_prefix("// MIT OR Apache-2.0\n").expect("the licence first").to_owned()
    }

    #[test]
    fn whole_comment_lines_go() {
        for (text, expected) in [
            ("", ""),
            ("a();\n", "a();\n"),
            ("// x\na();\n  // y\nb();\n", "a();\nb();\n"),
            ("/** x */\na();\n", "a();\n"),
            ("/**\n * `x\n * \"y\n */\n\na();\n", "a();\n"),
            ("class A {\n  /**\n   * x\n   */\n  b() {}\n}\n", "class A {\n  b() {}\n}\n"),
            ("// MIT OR Apache-2.0\na();\n", "a();\n"),
            ("/* @ts-self-types=\"./a.d.ts\" */\na();\n", "/* @ts-self-types=\"./a.d.ts\" */\na();\n"),
        ] {
            assert_eq!(stripped(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_with_code_stay_as_they_are() {
        for text in [
            "a(); // x\n",
            "/* x */ a();\n",
            "/** x */ a(); /* y */\n",
            "const a = /** @type {B} */ (b);\n",
            "const a = \"// x\";\n",
            "const a = `x ${b} // y`;\n",
            "const a = b\n  * c;\n",
            "*generate() {}\n",
            "const a = b ? '\"' : \"'\";\n",
        ] {
            assert_eq!(stripped(&format!("// gone\n{text}")), text);
        }
    }

    #[test]
    fn in_doubt_nothing_goes() {
        for text in [
            "const a = `x\n// y\n`;\n",
            "// gone\nconst a = `\n/** y */\n`;\n",
            "const a = `${b ? `c` : `d`}`;\n// y\n",
            "const a = /[\"]/;\n// y\n",
            "const a = /\"/, b = `c\" `, d = `\n// y\n`;\n",
            "const a = \"x\\\n// y\";\n",
            "a(); /* x\n// y\n*/\n",
            "/* x\n   y */\na();\n",
            "/**\n * x\n */ a();\n",
            "/**\n * never closed\n",
        ] {
            assert_eq!(stripped(text), text);
        }
    }
}
