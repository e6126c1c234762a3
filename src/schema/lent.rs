//! Layer 0. How schemas are asked about where the code that knows them is a module of its own.
//!
//! The question is the draft, the document and the schemas, each behind its address; the answer is a word
//! and what belongs to it. Who asks does not trust the answer to be well formed: only one word says that a
//! document conforms.

use crate::codec::json::{self, Value};
use crate::limits::Budget;
use crate::schema::{Answer, Draft, Failure, Stop, check};

/// Answers a question; none where it is not one.
pub fn answer(question: &[&[u8]]) -> Option<Vec<String>> {
    let [draft, document, schemas @ ..] = question else { return None };
    let draft = DRAFTS.iter().find(|(_, code)| code == draft).map(|(draft, _)| *draft)?;
    let mut budget = Budget::full();
    let document = json::parse(document, &mut budget).ok()?;
    let mut read: Vec<(&str, Value)> = Vec::new();
    for pair in schemas.chunks_exact(2) {
        let &[address, text] = pair else { return None };
        let Ok(schema) = json::parse(text, &mut budget) else {
            return Some(words(Answer::Unknown(Stop::Malformed)));
        };
        read.push((std::str::from_utf8(address).ok()?, schema));
    }
    Some(words(check(&document, &read, draft, &mut budget)))
}

/// The code that a question has for `draft`.
pub fn code(draft: Draft) -> &'static [u8] {
    DRAFTS.iter().find(|(known, _)| *known == draft).map_or(b"", |(_, code)| code)
}

/// The answer that arrived; none where it is not understood.
pub fn read(arrived: &[&[u8]]) -> Option<Answer> {
    let texts: Option<Vec<&str>> = arrived.iter().map(|string| std::str::from_utf8(string).ok()).collect();
    Some(match texts?.as_slice() {
        ["conforms"] => Answer::Conforms,
        ["fails", pointer, keyword, sentence] => Answer::Fails(Failure {
            pointer: (*pointer).to_owned(),
            keyword: (*keyword).to_owned(),
            sentence: (*sentence).to_owned(),
        }),
        ["missing", address] => Answer::Unknown(Stop::Missing((*address).to_owned())),
        ["unsupported", keyword] => Answer::Unknown(Stop::Unsupported((*keyword).to_owned())),
        ["limit", limit] => Answer::Unknown(Stop::Limit((*limit).to_owned())),
        ["malformed"] => Answer::Unknown(Stop::Malformed),
        _ => return None,
    })
}

fn words(answer: Answer) -> Vec<String> {
    let (word, more) = match answer {
        Answer::Conforms => ("conforms", Vec::new()),
        Answer::Fails(failure) => ("fails", vec![failure.pointer, failure.keyword, failure.sentence]),
        Answer::Unknown(Stop::Missing(address)) => ("missing", vec![address]),
        Answer::Unknown(Stop::Unsupported(keyword)) => ("unsupported", vec![keyword]),
        Answer::Unknown(Stop::Limit(limit)) => ("limit", vec![limit]),
        Answer::Unknown(Stop::Malformed) => ("malformed", Vec::new()),
    };
    std::iter::once(word.to_owned()).chain(more).collect()
}

const DRAFTS: &[(Draft, &[u8])] = &[(Draft::Seven, b"7"), (Draft::Of2019, b"2019"), (Draft::Of2020, b"2020")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_lead_back_and_others_say_nothing() {
        let failure =
            Failure { pointer: "/a".to_owned(), keyword: "type".to_owned(), sentence: "no".to_owned() };
        for known in [
            Answer::Conforms,
            Answer::Fails(failure),
            Answer::Unknown(Stop::Missing("https://a.example/".to_owned())),
            Answer::Unknown(Stop::Unsupported("$schema".to_owned())),
            Answer::Unknown(Stop::Limit("schema-steps".to_owned())),
            Answer::Unknown(Stop::Malformed),
        ] {
            let words = words(known.clone());
            let arrived: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
            assert_eq!(read(&arrived), Some(known));
        }
        for strange in [&[][..], &[&b"conforms"[..], b""], &[b"\xff"], &[b""]] {
            assert_eq!(read(strange), None);
        }
        assert_eq!(answer(&[]), None);
        assert_eq!(answer(&[b"3", b"{}"]), None);
    }
}
