//! Layer 6. Review without bias: a report from which nobody can tell who the holder is.
//!
//! What stays is listed, what is not listed goes: a fact that is read one day is hidden until somebody decides
//! otherwise. Names, identifiers, pictures, dates, evidence and the credential's own words go; competencies and what
//! stands behind them stay, and so does every outcome. In the text that stays, the names that went are covered.

use std::cell::Cell;

use crate::codec::order::order;
use crate::credential::{
    Achievement, Alignment, Credential, Extensions, Profile, ResultDescription, ResultFact, RubricLevel,
    Subject,
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
    let secrets = secrets(report, is_issuer);
    let (others, holders) = (Cover::of(secrets.clone()), holders(report));
    let cover = Cover::of(holders.iter().flatten().cloned().chain(secrets).collect());
    let words = |words: &Vec<String>| words.iter().map(|word| Cover::of(vec![word.clone()])).collect();
    let holders: Vec<Vec<Cover>> = holders.iter().take(HOLDERS_MAX + 1).map(words).collect();
    let mut next = vec![&mut out];
    while let Some(report) = next.pop() {
        let is_issuers = is_issuer && report.role != Some(Role::Endorsement);
        report.source.clear();
        report.issuer = match is_issuers {
            true => Issuer { identity: report.issuer.identity, ..Issuer::default() },
            false => {
                let Issuer { id, name, domain, .. } = &mut report.issuer;
                [id, name, domain]
                    .into_iter()
                    .for_each(|text| *text = cover.of_issuer(text, &others, &holders));
                report.issuer.clone()
            }
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
            let name = cover.of_issuer(&facts.issuer.name, &others, &holders);
            *facts = cover.facts(facts, is_issuers);
            facts.issuer.name = name.filter(|_| !is_issuers);
        }
        next.extend(&mut report.parts);
    }
    out
}

/// The words of each name of a holder, in the report and all its parts.
fn holders(report: &Report) -> Vec<Vec<String>> {
    let mut holders = Vec::new();
    let mut next = vec![report];
    while let Some(report) = next.pop() {
        next.extend(&report.parts);
        for facts in [&report.credential, &report.unverified].into_iter().flatten() {
            for name in facts.subjects.iter().flat_map(|subject| in_all_languages(facts, &subject.name)) {
                let words: Vec<String> =
                    name.split(is_between_names).filter(|word| is_secret(word)).map(str::to_owned).collect();
                if !words.is_empty() && !holders.contains(&words) {
                    holders.push(words);
                }
            }
        }
    }
    holders
}

/// Whether `text` is long enough: a short one would be covered everywhere.
fn is_secret(text: &str) -> bool {
    text.chars().count() >= if text.starts_with(is_unspaced) { 2 } else { 3 }
}

/// What else is to be found nowhere, in the report and all its parts: identifiers, and names of issuers.
fn secrets(report: &Report, is_issuer: bool) -> Vec<String> {
    let mut secrets = Vec::new();
    let mut next = vec![report];
    while let Some(report) = next.pop() {
        next.extend(&report.parts);
        let facts = [&report.credential, &report.unverified];
        let facts = facts.into_iter().flatten();
        for facts in facts {
            // Where the credential is to be had, everything else is.
            secrets.extend(facts.id.iter().flat_map(|id| spellings(id)));
            for subject in &facts.subjects {
                secrets.extend(subject.id.iter().flat_map(|id| spellings(id)));
                secrets.extend(subject.license_number.clone());
                secrets.extend(subject.identifiers.iter().filter_map(|identifier| identifier.value.clone()));
                for name in in_all_languages(facts, &subject.name) {
                    secrets.push(name.trim().to_owned());
                    // As it stands in addresses.
                    secrets.push(name.split_whitespace().collect());
                }
            }
            if is_issuer && report.role != Some(Role::Endorsement) {
                let creators = facts.achievements().into_iter().filter_map(|it| it.creator.as_ref());
                for profile in creators.chain([&facts.issuer]) {
                    secrets.extend(in_all_languages(facts, &profile.name).map(str::to_owned));
                    secrets.extend(profile.parent.clone());
                    for address in [&profile.id, &profile.url].into_iter().flatten() {
                        secrets.extend(spellings(address));
                        // Under its host stands more that is the issuer's own, proven or not.
                        let host = host(address);
                        secrets.push(host.strip_prefix("www.").unwrap_or(host).to_owned());
                    }
                }
            }
        }
        if is_issuer && report.role != Some(Role::Endorsement) {
            let Issuer { id, name, domain, listed_as, .. } = &report.issuer;
            secrets.extend([id, name, domain, listed_as].into_iter().flatten().cloned());
        }
    }
    secrets.retain(|secret| is_secret(secret));
    secrets
}

/// `id` as it stands, and as it is written without its scheme, as addresses of mail and domains are.
fn spellings(id: &str) -> Vec<String> {
    let bare = id.rsplit(':').next().unwrap_or(id).trim_matches('/');
    let is_telling = !bare.chars().all(char::is_alphanumeric);
    [id].into_iter().chain(is_telling.then_some(bare)).map(str::to_owned).collect()
}

/// Whether `character` parts the names of a person, also where they stand as "Family, Given-Other".
fn is_between_names(character: char) -> bool {
    character.is_whitespace() || character.is_ascii_punctuation() || "‐–’·・、，".contains(character)
}

/// A name among `facts`, in every language it is there in.
fn in_all_languages<'a>(facts: &'a Credential, name: &'a Option<String>) -> impl Iterator<Item = &'a str> {
    name.iter().flat_map(|name| facts.in_all_languages(name))
}

/// What is covered: each in small letters, sorted, so that all of them are looked for at once.
struct Cover {
    secrets: Vec<Vec<char>>,
    /// How many more letters may be compared. Where none is left, no text can be told to be free of them.
    left: Cell<u32>,
}

impl Cover {
    fn of(secrets: Vec<String>) -> Cover {
        let all: Vec<Vec<char>> = secrets.iter().map(|secret| secret.chars().map(small).collect()).collect();
        let sorted = order(all.len(), &|one, other| all.get(one).cmp(&all.get(other)));
        let mut secrets: Vec<Vec<char>> = Vec::new();
        for secret in sorted.into_iter().filter_map(|at| all.get(at)) {
            if secrets.last() != Some(secret) {
                secrets.push(secret.clone());
            }
        }
        let left = if secrets.len() > SECRETS_MAX { 0 } else { STEPS_MAX };
        Cover { left: Cell::new(left), secrets }
    }

    /// `text` with every secret in it covered.
    fn text(&self, text: &Option<String>) -> Option<String> {
        let covered = self.covered(text.as_ref()?);
        Some(if self.left.get() == 0 { COVERED.to_owned() } else { covered })
    }

    /// Who issued it, which stays but for what `others` covers: a word of the holder's name may well be one of an
    /// organisation's. Where all words of a name stand there, holders issued to themselves.
    fn of_issuer(&self, text: &Option<String>, others: &Cover, holders: &[Vec<Cover>]) -> Option<String> {
        let text = others.text(text)?;
        let stands = |words: &Vec<Cover>| words.iter().all(|word| word.covered(&text) != text);
        if holders.len() > HOLDERS_MAX || holders.iter().any(stands) {
            self.text(&Some(text))
        } else {
            Some(text)
        }
    }

    fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().filter_map(|text| self.text(&Some(text.clone()))).collect()
    }

    /// `text` with the words that are secrets, in whatever case, covered.
    fn covered(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next().filter(|_| self.left.get() > 0) {
            let is_inside = out.ends_with(is_in_word) && is_in_word(character);
            match self.after(rest).filter(|_| !is_inside) {
                Some(after) => {
                    out.push_str(COVERED);
                    rest = after;
                }
                None => {
                    out.push(character);
                    rest = rest.get(character.len_utf8()..).unwrap_or("");
                }
            }
        }
        out
    }

    /// What stands behind the longest secret that `text` begins with.
    fn after<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut found = None;
        // Those that begin with what was read so far.
        let mut candidates = &*self.secrets;
        let mut at = 0;
        let mut chars = text.chars();
        while let Some(character) = chars.next() {
            self.left.set(self.left.get().saturating_sub(1));
            if self.left.get() == 0 {
                break;
            }
            let wanted = Some(small(character));
            let start = candidates.partition_point(|secret| secret.get(at).copied() < wanted);
            let rest = candidates.get(start..).unwrap_or_default();
            let end = rest.partition_point(|secret| secret.get(at).copied() == wanted);
            candidates = rest.get(..end).unwrap_or_default();
            at += 1;
            let Some(first) = candidates.first() else { break };
            let after = chars.as_str();
            let is_end = !(is_in_word(character) && after.starts_with(is_in_word));
            if first.len() == at && is_end {
                found = Some(after);
            }
        }
        found
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
            types: self.texts(&facts.types),
            name: self.text(&facts.name),
            issuer: Profile {
                country: self.text(&issuer.country),
                parent_country: self.text(&issuer.parent_country),
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
            results: subject.results.iter().map(|it| self.reached(it, is_issuer)).collect(),
            credits_earned: self.text(&subject.credits_earned),
            endorsement_comment: self.text(&subject.endorsement_comment),
            ..Subject::default()
        }
    }

    fn achievement(&self, achievement: &Achievement, is_issuer: bool) -> Achievement {
        let creator = achievement.creator.as_ref().filter(|_| !is_issuer);
        Achievement {
            name: self.text(&achievement.name),
            description: self.text(&achievement.description),
            achievement_type: self.text(&achievement.achievement_type),
            criteria_narrative: self.text(&achievement.criteria_narrative),
            alignments: self.alignments(&achievement.alignments, is_issuer),
            result_descriptions: achievement
                .result_descriptions
                .iter()
                .map(|it| self.described(it, is_issuer))
                .collect(),
            creator: creator.map(|creator| Profile { name: self.text(&creator.name), ..Profile::default() }),
            credits_available: self.text(&achievement.credits_available),
            field_of_study: self.text(&achievement.field_of_study),
            specialization: self.text(&achievement.specialization),
            tags: self.texts(&achievement.tags),
            extensions: self.extensions(&achievement.extensions),
            ..Achievement::default()
        }
    }

    fn extensions(&self, extensions: &Extensions) -> Extensions {
        Extensions {
            assessment: self.texts(&extensions.assessment),
            participation: self.texts(&extensions.participation),
            supervision: self.texts(&extensions.supervision),
            identity_checked: extensions.identity_checked,
            ects: self.text(&extensions.ects),
            study_load: self.text(&extensions.study_load),
            time_investment: self.text(&extensions.time_investment),
        }
    }

    fn alignment(&self, alignment: &Alignment, is_issuer: bool) -> Alignment {
        let url = self.text(&alignment.url);
        Alignment {
            name: self.text(&alignment.name),
            // An issuer's own framework stands on its own host.
            url: url.filter(|url| !is_issuer || !url.contains(COVERED)),
            code: self.text(&alignment.code),
            framework: self.text(&alignment.framework),
            kind: self.text(&alignment.kind),
            description: self.text(&alignment.description),
        }
    }

    fn alignments(&self, alignments: &[Alignment], is_issuer: bool) -> Vec<Alignment> {
        alignments.iter().map(|it| self.alignment(it, is_issuer)).collect()
    }

    /// A result. The ids by which it is read are covered as everywhere, so that they still fit.
    fn reached(&self, result: &ResultFact, is_issuer: bool) -> ResultFact {
        ResultFact {
            result_description: self.text(&result.result_description),
            achieved_level: self.text(&result.achieved_level),
            value: self.text(&result.value),
            status: self.text(&result.status),
            alignments: self.alignments(&result.alignments, is_issuer),
        }
    }

    fn described(&self, described: &ResultDescription, is_issuer: bool) -> ResultDescription {
        ResultDescription {
            id: self.text(&described.id),
            name: self.text(&described.name),
            result_type: self.text(&described.result_type),
            allowed_values: self.texts(&described.allowed_values),
            allowed_values_ordered: described.allowed_values_ordered,
            required_level: self.text(&described.required_level),
            required_value: self.text(&described.required_value),
            value_min: self.text(&described.value_min),
            value_max: self.text(&described.value_max),
            levels: described.levels.iter().map(|it| self.level(it, is_issuer)).collect(),
            levels_ordered: described.levels_ordered,
            alignments: self.alignments(&described.alignments, is_issuer),
        }
    }

    fn level(&self, level: &RubricLevel, is_issuer: bool) -> RubricLevel {
        RubricLevel {
            id: self.text(&level.id),
            name: self.text(&level.name),
            description: self.text(&level.description),
            level: self.text(&level.level),
            points: self.text(&level.points),
            alignments: self.alignments(&level.alignments, is_issuer),
        }
    }
}

/// The small letter of `character` in the alphabets that names in passports are written in: Latin with its marks, Greek,
/// Cyrillic. The table for all of Unicode would be 11 KB of what every page loads.
fn small(character: char) -> char {
    let code = u32::from(character);
    let small = match code {
        0xd7 | 0x130 | 0x138 => code,
        0xc0..=0xde | 0x391..=0x3ab | 0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        0x178 => 0xff,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 0x25,
        0x38c => 0x3cc,
        0x38e..=0x38f => code + 0x3f,
        // Capitals stand before their small letters: here on odd places, elsewhere on even ones.
        0x139..=0x148 | 0x179..=0x17e => code + code % 2,
        0x100..=0x177 | 0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f | 0x1e00..=0x1eff => code | 1,
        _ => return character.to_ascii_lowercase(),
    };
    char::from_u32(small).unwrap_or(character)
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
    &["value", "created", "expires", "hash", "index", "entries", "url", "subject", "holder", "id", "method"];
/// Different holders whose names are held against those of issuers; with more, all of them are covered there.
const HOLDERS_MAX: usize = 50;
/// More are looked for nowhere, and all text goes: a record of a thousand credentials has about as many.
const SECRETS_MAX: usize = 5_000;
/// Letters that are compared in all: a few times as many as the largest file has, for a secret may be most of that.
const STEPS_MAX: u32 = 20_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_as_words_in_any_case() {
        let secrets = ["Ada", "Ünal", "山田", "김민수", "Ada Lovelace College", "Ελένη"];
        let cover = Cover::of(secrets.map(String::from).to_vec());
        for (text, expected) in [
            ("Ada wrote it", "••• wrote it"),
            ("by ADA.", "by •••."),
            ("Adaptive Canada", "Adaptive Canada"),
            ("ada, Ada", "•••, •••"),
            ("at Ada Lovelace College", "at •••"),
            ("at Ada Lovelace", "at ••• Lovelace"),
            ("Ünal und ÜNAL", "••• und •••"),
            ("ΕΛΈΝΗ, Ελένη", "•••, •••"),
            ("山田さんは田山", "•••さんは田山"),
            ("Ada and 김민수는", "••• and •••는"),
            ("", ""),
        ] {
            assert_eq!(cover.covered(text), expected);
        }
        for pair in ["ÄäŠšŁłŹźŸÿ", "ΩωΔδΆάΈέΌόΏώ", "ЖжЯяЁёЇїҐґ", "ỄễẢả"]
        {
            let letters: Vec<char> = pair.chars().collect();
            for pair in letters.chunks(2) {
                assert_eq!(small(pair[0]), pair[1]);
                assert_eq!(small(pair[1]), pair[1]);
            }
        }
        let many = (0..=SECRETS_MAX).map(|number| format!("name{number}")).collect();
        assert_eq!(Cover::of(many).text(&Some("harmless".into())).as_deref(), Some(COVERED));
    }

    #[test]
    fn what_cannot_be_looked_for_in_time_is_covered_as_a_whole() {
        let cover = Cover::of(vec!["!".repeat(100_000) + "x"]);
        assert_eq!(cover.text(&Some("!".repeat(200_000))).as_deref(), Some(COVERED));
        assert_eq!(cover.text(&Some("later".into())).as_deref(), Some(COVERED));
    }
}
