//! Layer 6. A report in the reader's language, as far as the credential has its own texts in it.
//!
//! What the card says itself is another matter ([`crate::render::messages`]): a reader whose language it does not
//! speak may still read the credential in it.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::credential::InLanguage;
use crate::report::Report;

/// `report`, and all reports in it, with texts in the language `wanted`, a BCP 47 tag, where they are there in it.
pub fn told<'r>(report: &'r Report, wanted: &str) -> Cow<'r, Report> {
    if languages(report).is_empty() {
        return Cow::Borrowed(report);
    }
    let mut out = report.clone();
    let mut next = vec![&mut out];
    while let Some(report) = next.pop() {
        for facts in [&mut report.credential, &mut report.unverified].into_iter().flatten() {
            let rows = std::mem::take(&mut facts.languages);
            let best = |usual: &str| best(&rows, usual, wanted);
            facts.retell(&|usual| best(usual).map(|row| row.text.clone()));
            report.issuer.name = report.issuer.name.take().map(|name| match best(&name) {
                Some(row) => row.text.clone(),
                None => name,
            });
            facts.languages = rows;
        }
        next.extend(&mut report.parts);
    }
    Cow::Owned(out)
}

/// The texts that say which language they are in, of `report` and all reports in it.
pub fn languages(report: &Report) -> Vec<&InLanguage> {
    let mut found = Vec::new();
    let mut next = vec![report];
    while let Some(report) = next.pop() {
        let facts = [&report.credential, &report.unverified];
        found.extend(facts.into_iter().flatten().flat_map(|facts| &facts.languages));
        next.extend(&report.parts);
    }
    found
}

/// The row of the text `usual` in the language that has most of `wanted`, and least beside it; none where its first
/// part is another.
fn best<'a>(rows: &'a [InLanguage], usual: &str, wanted: &str) -> Option<&'a InLanguage> {
    let shared = |row: &InLanguage| {
        let pairs = row.language.split('-').zip(wanted.split('-'));
        pairs.take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
    };
    let rows = rows.iter().filter(|row| row.usual == usual && shared(row) > 0);
    rows.max_by_key(|row| (shared(row), Reverse((row.language.len(), &row.language))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_chosen() {
        let row = |language: &str| InLanguage {
            usual: "usual".into(),
            language: language.into(),
            text: language.into(),
        };
        let rows = ["en", "de-AT", "DE", "de-CH-1901", "pt-BR", "pt-PT"].map(row);
        for (wanted, expected) in [
            ("de", Some("DE")),
            ("de-at", Some("de-AT")),
            ("de-LI", Some("DE")),
            ("de-CH", Some("de-CH-1901")),
            ("pt", Some("pt-BR")),
            ("en-GB", Some("en")),
            ("fr", None),
            ("d", None),
            ("", None),
        ] {
            assert_eq!(best(&rows, "usual", wanted).map(|row| &*row.text), expected, "{wanted}");
        }
        assert_eq!(best(&rows, "other", "de"), None);
    }
}
