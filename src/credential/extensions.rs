//! Layer 1. What an achievement says in words that others added to Open Badges.

use crate::claims::statements::last_part;
use crate::claims::{Node, Property, extensions};
use crate::codec::fields::record;

/// The words of others about an achievement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions {
    /// `assessmentType`: words such as `testing`, sorted.
    pub assessment: Vec<String>,
    /// `participationType`: words such as `online`, sorted.
    pub participation: Vec<String>,
    /// `supervisionType`: words such as `supervised online`, sorted.
    pub supervision: Vec<String>,
    /// `identityChecked`
    pub identity_checked: Option<bool>,
    /// `ECTS`: credits of the European transfer system.
    pub ects: Option<String>,
    /// `SBU`: hours of study, by the plan.
    pub study_load: Option<String>,
    /// `timeInvestment`: hours.
    pub time_investment: Option<String>,
}

record! {
    Extensions:
        assessment, participation, supervision, identity_checked, ects, study_load, time_investment
}

/// The words about the achievement `node`.
pub(super) fn read(node: Node) -> Extensions {
    let words = |property: Property, prefix: &str| -> Vec<String> {
        node.texts(property).iter().map(|text| word(text, prefix)).collect()
    };
    Extensions {
        assessment: words(extensions::ASSESSMENT_TYPE, "assessment-type-"),
        participation: words(extensions::PARTICIPATION_TYPE, "participation-type-"),
        supervision: words(extensions::SUPERVISION_TYPE, "supervision-type-"),
        identity_checked: node.text(extensions::IDENTITY_CHECKED).and_then(|text| text.parse().ok()),
        ects: node.text(extensions::ECTS),
        study_load: node.text(extensions::STUDY_LOAD),
        time_investment: node.text(extensions::TIME_INVESTMENT),
    }
}

/// A word of a vocabulary: in signed text it stands as it is, in signed quads as the end of an address.
fn word(text: &str, prefix: &str) -> String {
    match last_part(text).strip_prefix(prefix) {
        Some(word) => word.replace('-', " "),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_however_it_was_signed() {
        for (text, expected) in [
            ("onsite or blended", "onsite or blended"),
            ("https://a.example/g#participation-type-onsite-or-blended", "onsite or blended"),
            ("https://a.example/g#something-else", "https://a.example/g#something-else"),
            ("participation-type-", ""),
            ("", ""),
        ] {
            assert_eq!(word(text, "participation-type-"), expected, "{text}");
        }
    }
}
