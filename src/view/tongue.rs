//! Layer 6. A report in the reader's language, as far as the credential has its own texts in it.
//!
//! What the card says itself is another matter ([`crate::render::messages`]): a reader whose language it does not
//! speak may still read the credential in it.

use std::cmp::Reverse;

use crate::credential::InLanguage;
use crate::report::Report;

/// Puts into `report`, and all reports in it, the texts in the language `wanted`, a BCP 47 tag, where they are there in
/// it, and the usual ones elsewhere.
pub fn retell(report: &mut Report, wanted: &str) {
    let mut next = vec![report];
    while let Some(report) = next.pop() {
        for facts in [&mut report.credential, &mut report.unverified].into_iter().flatten() {
            let rows = std::mem::take(&mut facts.languages);
            if !rows.is_empty() {
                let other = |text: &str| best(&rows, text, wanted).map(String::from);
                facts.retell(&other);
                if let Some(name) = &mut report.issuer.name
                    && let Some(other) = other(name)
                {
                    *name = other;
                }
            }
            facts.languages = rows;
        }
        next.extend(&mut report.parts);
    }
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

/// What `text` is in the language that has most of `wanted`, and least beside it; the usual one where its first part is
/// another in all of them, or where two differ in it. None where `text` is in one language alone, or is two texts.
fn best<'a>(rows: &'a [InLanguage], text: &str, wanted: &str) -> Option<&'a str> {
    let usual = &rows.iter().find(|row| row.text == text)?.usual;
    // Of places that say the same here and not there, nobody knows which one this is.
    if rows.iter().any(|row| row.text == text && row.usual != *usual) {
        return None;
    }
    let shared = |row: &InLanguage| {
        let pairs = row.language.split('-').zip(wanted.split('-'));
        pairs.take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
    };
    let mut found: Option<(&InLanguage, usize)> = None;
    for row in rows.iter().filter(|row| row.usual == *usual) {
        let shared = shared(row);
        let is_better = |(best, most): (&InLanguage, usize)| {
            (shared, Reverse(row.language.len())) > (most, Reverse(best.language.len()))
        };
        if shared > 0 && found.is_none_or(is_better) {
            found = Some((row, shared));
        }
    }
    let is_other = |row: &InLanguage, best: &InLanguage| {
        row.usual == *usual && row.language.eq_ignore_ascii_case(&best.language) && row.text != best.text
    };
    let found = found.filter(|(best, _)| !rows.iter().any(|row| is_other(row, best)));
    Some(found.map_or(usual, |(row, _)| &row.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_chosen() {
        let row = |language: &str| InLanguage {
            usual: "en".into(),
            language: language.into(),
            text: language.into(),
        };
        let rows = ["en", "de-AT", "DE", "de-CH-1901", "pt-BR", "pt-PT"].map(row);
        for (wanted, expected) in [
            ("de", "DE"),
            ("de-at", "de-AT"),
            ("de-LI", "DE"),
            ("de-CH", "de-CH-1901"),
            ("pt", "pt-BR"),
            ("en-GB", "en"),
            ("fr", "en"),
            ("d", "en"),
            ("", "en"),
        ] {
            for text in ["en", "pt-PT"] {
                assert_eq!(best(&rows, text, wanted), Some(expected), "{wanted}");
            }
        }
        assert_eq!(best(&rows, "other", "de"), None);
    }
}
