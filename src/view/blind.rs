//! Layer 6. Review without bias: a report from which nobody can tell who the holder is.
//!
//! What stays is listed, what is not listed goes: a fact that is read one day is hidden until somebody decides
//! otherwise. Names, identifiers, pictures, dates, evidence and the credential's own words go; competencies and what
//! stands behind them stay, and so does every outcome. In the text that stays, the names that went are covered.

use crate::credential::{
    Achievement, Alignment, Credential, Extensions, Profile, ResultDescription, Subject,
};
use crate::need::host;
use crate::report::{Check, Issuer, Report, Role};
use crate::view::Blind;

/// `report` without what `blind` hides; for programs and for the card alike. Gate: called only where the part of the
/// package is there that draws a review without bias.
#[inline(never)]
pub fn blinded(report: &Report, blind: Blind) -> Report {
    let mut out = report.clone();
    if blind == Blind::Nothing {
        return out;
    }
    let is_issuer = blind == Blind::HolderAndIssuer;
    let cover = Cover { secrets: secrets(report, is_issuer) };
    let mut next = vec![&mut out];
    while let Some(report) = next.pop() {
        let is_issuers = is_issuer && report.role != Some(Role::Endorsement);
        report.source.clear();
        report.issuer = match is_issuers {
            true => Issuer { identity: report.issuer.identity, ..Issuer::default() },
            // A holder may have issued it to themselves.
            false => Issuer {
                id: cover.text(&report.issuer.id),
                name: cover.text(&report.issuer.name),
                domain: cover.text(&report.issuer.domain),
                ..report.issuer.clone()
            },
        };
        if is_issuer {
            report.needs.clear();
        }
        // Whose address it is must be said before it is asked; which page there, not.
        for need in &mut report.needs {
            need.url = ["https://", host(&need.url), "/"].concat();
        }
        report.checks.iter_mut().for_each(|check| cover.check(check));
        for facts in [&mut report.credential, &mut report.unverified].into_iter().flatten() {
            *facts = cover.facts(facts, is_issuers);
        }
        next.extend(&mut report.parts);
    }
    out
}

/// The names and identifiers that are to be found nowhere, in the report and all its parts.
fn secrets(report: &Report, is_issuer: bool) -> Vec<String> {
    let mut secrets = Vec::new();
    let mut next = vec![report];
    while let Some(report) = next.pop() {
        next.extend(&report.parts);
        let facts = [&report.credential, &report.unverified];
        let facts = facts.into_iter().flatten();
        for facts in facts {
            // Where the credential is to be had, everything else is.
            secrets.extend(facts.id.clone());
            for subject in &facts.subjects {
                secrets.extend(subject.id.clone());
                secrets.extend(subject.license_number.clone());
                secrets.extend(subject.identifiers.iter().filter_map(|identifier| identifier.value.clone()));
                for name in in_all_languages(facts, &subject.name) {
                    secrets.extend(name.split_whitespace().map(str::to_owned));
                }
            }
            if is_issuer && report.role != Some(Role::Endorsement) {
                let creators = facts.subjects.iter().flat_map(|subject| &subject.achievements);
                let creators = creators.filter_map(|achievement| achievement.creator.as_ref());
                for profile in creators.chain([&facts.issuer]) {
                    secrets.extend(in_all_languages(facts, &profile.name).map(str::to_owned));
                    secrets
                        .extend([&profile.id, &profile.url, &profile.parent].into_iter().flatten().cloned());
                }
            }
        }
        if is_issuer && report.role != Some(Role::Endorsement) {
            let Issuer { id, name, domain, listed_as, .. } = &report.issuer;
            secrets.extend([id, name, domain, listed_as].into_iter().flatten().cloned());
        }
    }
    // A short word would be covered everywhere.
    secrets.retain(|secret| {
        let chars_min = if secret.starts_with(is_unspaced) { 2 } else { 3 };
        secret.chars().count() >= chars_min
    });
    secrets.truncate(SECRETS_MAX);
    secrets
}

/// A name among `facts`, in every language it is there in.
fn in_all_languages<'a>(facts: &'a Credential, name: &'a Option<String>) -> impl Iterator<Item = &'a str> {
    name.iter().flat_map(|name| facts.in_all_languages(name))
}

struct Cover {
    secrets: Vec<String>,
}

impl Cover {
    /// `text` with every secret in it covered.
    fn text(&self, text: &Option<String>) -> Option<String> {
        let mut text = text.clone()?;
        for secret in &self.secrets {
            text = covered(&text, secret);
        }
        Some(text)
    }

    fn check(&self, check: &mut Check) {
        for (name, value) in &mut check.params {
            let covered = self.text(&Some(value.clone())).unwrap_or_default();
            *value = if TELLING.contains(name) { COVERED.to_owned() } else { covered };
        }
    }

    /// The facts that stay.
    fn facts(&self, facts: &Credential, is_issuer: bool) -> Credential {
        let issuer = &facts.issuer;
        Credential {
            types: facts.types.clone(),
            name: self.text(&facts.name),
            issuer: Profile {
                name: self.text(&issuer.name).filter(|_| !is_issuer),
                country: issuer.country.clone(),
                parent_country: issuer.parent_country.clone(),
                ..Profile::default()
            },
            subjects: facts.subjects.iter().map(|subject| self.subject(subject, is_issuer)).collect(),
            endorsements: facts.endorsements,
            members: facts.members,
            partial: facts.partial,
            ..Credential::default()
        }
    }

    fn subject(&self, subject: &Subject, is_issuer: bool) -> Subject {
        Subject {
            achievements: subject.achievements.iter().map(|it| self.achievement(it, is_issuer)).collect(),
            results: subject.results.clone(),
            credits_earned: subject.credits_earned.clone(),
            endorsement_comment: self.text(&subject.endorsement_comment),
            ..Subject::default()
        }
    }

    fn achievement(&self, achievement: &Achievement, is_issuer: bool) -> Achievement {
        let creator = achievement.creator.as_ref().filter(|_| !is_issuer);
        Achievement {
            name: self.text(&achievement.name),
            description: self.text(&achievement.description),
            achievement_type: achievement.achievement_type.clone(),
            criteria_narrative: self.text(&achievement.criteria_narrative),
            alignments: achievement.alignments.iter().map(|it| self.alignment(it, is_issuer)).collect(),
            result_descriptions: achievement.result_descriptions.iter().map(|it| self.result(it)).collect(),
            creator: creator.map(|creator| Profile { name: self.text(&creator.name), ..Profile::default() }),
            credits_available: achievement.credits_available.clone(),
            field_of_study: self.text(&achievement.field_of_study),
            specialization: self.text(&achievement.specialization),
            tags: achievement.tags.clone(),
            extensions: self.extensions(&achievement.extensions),
            ..Achievement::default()
        }
    }

    fn extensions(&self, extensions: &Extensions) -> Extensions {
        let mut extensions = extensions.clone();
        let Extensions { assessment, participation, supervision, .. } = &mut extensions;
        for word in assessment.iter_mut().chain(participation).chain(supervision) {
            *word = self.text(&Some(word.clone())).unwrap_or_default();
        }
        extensions
    }

    fn alignment(&self, alignment: &Alignment, is_issuer: bool) -> Alignment {
        let url = self.text(&alignment.url);
        Alignment {
            name: self.text(&alignment.name),
            // An issuer's own framework stands on its own host.
            url: url.filter(|url| !is_issuer || !url.contains(COVERED)),
            framework: self.text(&alignment.framework),
            description: self.text(&alignment.description),
            ..alignment.clone()
        }
    }

    fn result(&self, described: &ResultDescription) -> ResultDescription {
        ResultDescription { name: self.text(&described.name), ..described.clone() }
    }
}

/// `text` with the words that are `secret`, in whatever case, covered.
fn covered(text: &str, secret: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = after(rest, secret);
        let is_begin = !(out.ends_with(is_in_word) && is_in_word(character));
        let is_end = |after: &&str| !(secret.ends_with(is_in_word) && after.starts_with(is_in_word));
        match after.filter(is_end) {
            Some(after) if is_begin => {
                out.push_str(COVERED);
                rest = after;
            }
            _ => {
                out.push(character);
                rest = rest.get(character.len_utf8()..).unwrap_or("");
            }
        }
    }
    out
}

/// What stands behind `secret` in `text`, if that begins with it, in whatever case.
fn after<'a>(text: &'a str, secret: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    for expected in secret.chars() {
        chars.next().filter(|found| found.to_lowercase().eq(expected.to_lowercase()))?;
    }
    Some(chars.as_str()).filter(|_| !secret.is_empty())
}

/// Whether `character` is part of a word that ends where another sort of character stands.
fn is_in_word(character: char) -> bool {
    character.is_alphanumeric() && !is_unspaced(character)
}

/// Whether `character` belongs to a writing that sets no spaces between words: those of South-East Asia, China and Japan,
/// and Hangul, where what a name is said with follows at once.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xd7af | 0xf900..=0xfaff
        | 0x2_0000..=0x3_ffff)
}

/// What stands where something was hidden.
pub const COVERED: &str = "•••";
/// Compared values that are times of the credential, which tell how old its holder may be, or by which it can be found.
const TELLING: &[&str] =
    &["value", "created", "expires", "hash", "index", "entries", "url", "subject", "holder", "id"];
const SECRETS_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_as_words_in_any_case() {
        for (text, expected) in [
            ("Ada wrote it", "••• wrote it"),
            ("by ADA.", "by •••."),
            ("Adaptive Canada", "Adaptive Canada"),
            ("ada, Ada", "•••, •••"),
            ("", ""),
        ] {
            assert_eq!(covered(text, "Ada"), expected);
        }
        assert_eq!(covered("Ünal und ÜNAL", "Ünal"), "••• und •••");
        assert_eq!(covered("山田さんは田山", "山田"), "•••さんは田山");
        assert_eq!(covered("Ada and 김민수는", "김민수"), "Ada and •••는");
        assert_eq!(covered("Ada", ""), "Ada");
    }
}
