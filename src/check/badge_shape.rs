//! Layer 4. What Open Badges 3.0 and CLR 2.0 ask for beyond the data model, and real credentials leave out.
//!
//! What makes a badge one is required: an achievement that has a name and criteria, wherever in the signed
//! facts it stands. The rest is noted and decides nothing, because issuers that people rely on break it: of
//! 79 signed badges of eight publishers, 56 name neither their subject's id nor an identifier, and 3 have no
//! name of their own. Asked only once the issuer's signature has passed.
//! Spec: [Open Badges 3.0 B.1](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.achievementcredential.class).

use crate::check::{DOCUMENT_OPEN_BADGES_SHAPE, DOCUMENT_STRUCTURE};
use crate::codec::json::{Object, Value};
use crate::credential::Credential;
use crate::report::Check;

/// A class of the specification: what its objects must have, and what they may hold.
struct Class {
    /// One of these types; none where a type is not asked for.
    types: &'static [&'static str],
    /// Members that must be there; of those with `|` between them, one.
    members: &'static [&'static str],
    /// Members that hold objects, or addresses of some, and their class.
    parts: &'static [(&'static str, &'static Class)],
}

/// `document.open-badges-shape`, once for each rule that `document` breaks, of the first [`NOTES_MAX`]; and
/// `document.structure`, failed, where `facts` are of a badge without an achievement.
#[inline(never)]
pub fn notes(facts: &Credential, document: &Object) -> Vec<Check> {
    let types = document.get("type").map(Value::as_set).unwrap_or_default();
    let Some(class) = CREDENTIALS.iter().find(|class| has_one(types, class.types)) else { return Vec::new() };
    if facts.types.iter().any(|name| BADGES.contains(&&**name)) && !has_achievement(facts) {
        let check = Check::fail(DOCUMENT_STRUCTURE, "achievement-missing");
        return vec![check.at("/credentialSubject/achievement")];
    }
    of_class(class, document)
}

fn has_achievement(facts: &Credential) -> bool {
    facts.achievements().into_iter().any(|achievement| {
        let has_criteria = achievement.criteria_narrative.is_some() || achievement.criteria_url.is_some();
        achievement.name.is_some() && has_criteria
    })
}

/// The rules for `document`, which is of `class`, and for what is in it.
fn of_class(class: &'static Class, document: &Object) -> Vec<Check> {
    let mut notes = Vec::new();
    let mut open = vec![(class, document, String::new())];
    while let Some((class, object, pointer)) = open.pop() {
        let types = object.get("type").map(Value::as_set).unwrap_or_default();
        if !class.types.is_empty() && !has_one(types, class.types) {
            let wanted = class.types.first().copied().unwrap_or_default();
            notes.push(note("badge-type-missing", &pointer).with("type", wanted));
        }
        for member in class.members {
            if member.split('|').all(|name| object.get(name).is_none()) {
                let named = member.split('|').next().unwrap_or_default();
                notes.push(note("badge-member-missing", &pointer).with("member", named));
            }
        }
        if notes.len() >= NOTES_MAX {
            notes.truncate(NOTES_MAX);
            break;
        }
        for (name, part) in class.parts.iter().rev() {
            let value = object.get(name);
            let is_list = value.is_some_and(|value| value.as_array().is_some());
            for (index, item) in value.map(Value::as_set).unwrap_or_default().iter().enumerate().rev() {
                let Value::Object(object) = item else { continue };
                let index = if is_list { format!("/{index}") } else { String::new() };
                open.push((part, object, [&pointer, "/", name, &index].concat()));
            }
        }
    }
    notes
}

fn note(reason: &'static str, pointer: &str) -> Check {
    Check::fail(DOCUMENT_OPEN_BADGES_SHAPE, reason).at(pointer)
}

fn has_one(types: &[Value], wanted: &[&str]) -> bool {
    types.iter().filter_map(Value::as_str).any(|name| wanted.contains(&name))
}

/// As many as anybody reads.
const NOTES_MAX: usize = 8;

const BADGES: &[&str] = &["OpenBadgeCredential", "AchievementCredential"];
const CREDENTIALS: &[&Class] = &[
    &Class {
        types: BADGES,
        members: &["id", "name", "validFrom|issuanceDate"],
        parts: &[
            ("issuer", PROFILE),
            ("credentialSubject", ACHIEVEMENT_SUBJECT),
            ("evidence", EVIDENCE),
            IMAGE,
        ],
    },
    &Class {
        types: &["ClrCredential"],
        members: &["id", "name", "validFrom|issuanceDate"],
        parts: &[("issuer", PROFILE), ("credentialSubject", CLR_SUBJECT), IMAGE],
    },
    &Class {
        types: &["EndorsementCredential"],
        members: &["id", "name", "validFrom|issuanceDate"],
        parts: &[("issuer", PROFILE), ("credentialSubject", ENDORSEMENT_SUBJECT)],
    },
];
const ACHIEVEMENT_SUBJECT: &Class = &Class {
    types: &["AchievementSubject"],
    members: &["id|identifier", "achievement"],
    parts: &[
        ("achievement", ACHIEVEMENT),
        ("identifier", IDENTITY_OBJECT),
        ("result", RESULT),
        ("source", PROFILE),
        IMAGE,
    ],
};
const CLR_SUBJECT: &Class = &Class {
    types: &["ClrSubject"],
    members: &["id|identifier", "verifiableCredential"],
    parts: &[("achievement", ACHIEVEMENT), ("association", ASSOCIATION), ("identifier", IDENTITY_OBJECT)],
};
const ENDORSEMENT_SUBJECT: &Class = &Class { types: &["EndorsementSubject"], members: &["id"], parts: &[] };
const ASSOCIATION: &Class =
    &Class { types: &["Association"], members: &["associationType", "sourceId", "targetId"], parts: &[] };
const ACHIEVEMENT: &Class = &Class {
    types: &["Achievement"],
    members: &["id", "name", "description", "criteria"],
    parts: &[
        ("criteria", CRITERIA),
        ("creator", PROFILE),
        ("alignment", ALIGNMENT),
        ("resultDescription", RESULT_DESCRIPTION),
        IMAGE,
    ],
};
const CRITERIA: &Class = &Class { types: &[], members: &["narrative|id"], parts: &[] };
const ALIGNMENT: &Class = &Class { types: &["Alignment"], members: &["targetName", "targetUrl"], parts: &[] };
const RESULT: &Class = &Class {
    types: &["Result"],
    members: &["value|status|achievedLevel"],
    parts: &[("alignment", ALIGNMENT)],
};
const RESULT_DESCRIPTION: &Class = &Class {
    types: &["ResultDescription"],
    members: &["id", "name", "resultType"],
    parts: &[("rubricCriterionLevel", RUBRIC_CRITERION_LEVEL), ("alignment", ALIGNMENT)],
};
const RUBRIC_CRITERION_LEVEL: &Class =
    &Class { types: &["RubricCriterionLevel"], members: &["id", "name"], parts: &[("alignment", ALIGNMENT)] };
const EVIDENCE: &Class = &Class { types: &["Evidence"], members: &[], parts: &[] };
const IDENTITY_OBJECT: &Class =
    &Class { types: &["IdentityObject"], members: &["hashed", "identityHash", "identityType"], parts: &[] };
const PROFILE: &Class = &Class { types: &["Profile"], members: &["id"], parts: &[IMAGE] };
const IMAGE: (&str, &Class) = ("image", &Class { types: &["Image"], members: &["id"], parts: &[] });
