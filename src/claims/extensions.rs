//! Layer 1. Properties that others added to Open Badges, outside the vocabularies that are read.
//!
//! No context that is embedded here defines them, and most credentials define them in line. So they are not
//! in the table of what must be said plainly: their contexts may call them whatever they like. Under an RDF
//! suite they are read by their full predicates alone, which were signed: an alias can neither hide one nor
//! make one of something else. Where text was signed they are read by the names that are in that text.
//!
//! The words are those of the [Dutch metadata model for
//! micro-credentials](https://github.com/educredentials/obv3-examples/blob/main/contexts/educredential.json).

use super::Property;

macro_rules! extensions {
    ($($name:ident $term:literal $fragment:literal;)+) => {
        $(#[doc = concat!("`", $term, "`")]
        pub const $name: Property = Property {
            term: $term,
            iris: &[concat!("https://edubadges.nl/static/obv3-glossary.html#", $fragment)],
        };)+
    };
}

extensions! {
    ASSESSMENT_TYPE "assessmentType" "assessmentType";
    PARTICIPATION_TYPE "participationType" "participationType";
    SUPERVISION_TYPE "supervisionType" "supervisionType";
    IDENTITY_CHECKED "identityChecked" "identityChecked";
    ECTS "ECTS" "ects";
    STUDY_LOAD "SBU" "sbu";
    TIME_INVESTMENT "timeInvestment" "timeInvestment";
}
