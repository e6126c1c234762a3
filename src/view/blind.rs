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
                if let Some(name) = &subject.name {
                    secrets.extend(name.split_whitespace().map(str::to_owned));
                }
            }
            if is_issuer && report.role != Some(Role::Endorsement) {
                let creators = facts.subjects.iter().flat_map(|subject| &subject.achievements);
                let creators = creators.filter_map(|achievement| achievement.creator.as_ref());
                for profile in creators.chain([&facts.issuer]) {
                    let told = [&profile.id, &profile.name, &profile.url, &profile.parent];
                    secrets.extend(told.into_iter().flatten().cloned());
                }
            }
        }
        if is_issuer && report.role != Some(Role::Endorsement) {
            let Issuer { id, name, domain, listed_as, .. } = &report.issuer;
            secrets.extend([id, name, domain, listed_as].into_iter().flatten().cloned());
        }
    }
    // A short word would be covered everywhere.
    secrets.retain(|secret| secret.chars().count() >= SECRET_CHARS_MIN);
    secrets.truncate(SECRETS_MAX);
    secrets
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
        let is_begin = !out.chars().next_back().is_some_and(char::is_alphanumeric);
        let found = rest.get(..secret.len()).filter(|found| found.eq_ignore_ascii_case(secret));
        let after = rest.get(secret.len()..).filter(|after| !after.starts_with(char::is_alphanumeric));
        let taken = match (found, after) {
            (Some(_), Some(_)) if is_begin => {
                out.push_str(COVERED);
                secret.len()
            }
            _ => {
                out.push(character);
                character.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or("");
    }
    out
}

/// What stands where something was hidden.
pub const COVERED: &str = "•••";
/// Compared values that are times of the credential, which tell how old its holder may be, or by which it can be found.
const TELLING: &[&str] =
    &["value", "created", "expires", "hash", "index", "entries", "url", "subject", "holder", "id"];
const SECRET_CHARS_MIN: usize = 3;
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
        assert_eq!(covered("Ünal und ünal", "Ünal"), "••• und ünal");
    }
}
