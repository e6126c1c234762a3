//! Layer 1. The facts of a credential, in the words of Open Badges 3.0.
//!
//! These are plain data for the report, the card and other programs. Whether anybody vouches for
//! them is the report's business: facts under `credential` were signed, facts under `unverified`
//! were not. Text is as the issuer wrote it, uncapped and untrusted; the card caps and isolates it.
//! Spec: [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/).

mod extensions;
mod languages;
mod linked;
mod profile;
pub mod properties;
mod record;
mod status;

use crate::claims::{self, Node, Property, Values};
use crate::codec::fields::record;
use crate::codec::order::order;
use crate::credential::profile::{identifier, profile};
pub use crate::credential::record::Association;

pub use extensions::Extensions;
pub use languages::InLanguage;
pub use linked::Linked;
pub use profile::{Identifier, Profile};
pub use status::{StatusEntry, StatusMessage, TOKEN_STATUS_LIST};

/// The facts of one credential.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credential {
    /// `id`
    pub id: Option<String>,
    /// `type`, sorted.
    pub types: Vec<String>,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `issuer`
    pub issuer: Profile,
    /// `credentialSubject`
    pub subjects: Vec<Subject>,
    /// `validFrom`, or `issuanceDate` of VCDM 1.1, as written.
    pub valid_from: Vec<String>,
    /// `validUntil`, or `expirationDate` of VCDM 1.1, as written.
    pub valid_until: Vec<String>,
    /// `awardedDate`, as written.
    pub awarded_date: Option<String>,
    /// `image`
    pub image: Option<String>,
    /// `evidence`
    pub evidence: Vec<Evidence>,
    /// `credentialStatus`
    pub status: Vec<StatusEntry>,
    /// What it links to with a digest.
    pub linked: Vec<Linked>,
    /// The addresses where newer versions are to be had, by the method of 1EdTech.
    pub refresh: Vec<String>,
    /// `credentialSchema`
    pub schemas: Vec<SchemaReference>,
    /// How many endorsements it carries, embedded or as JWT.
    pub endorsements: usize,
    /// How many credentials are contained in it.
    pub members: usize,
    /// `partial`: whether a record says that it leaves credentials out.
    pub partial: Option<bool>,
    /// `association`: how achievements belong together, according to a record.
    pub associations: Vec<Association>,
    /// The texts above that say which language they are in, in each of their languages.
    pub languages: Vec<InLanguage>,
    /// What else it says, where it is no badge.
    pub properties: Vec<PropertyFact>,
    /// What its holder kept back.
    pub withheld: Withheld,
    /// What the author of its type calls it, who need not be the issuer. Nobody signed it.
    pub type_name: Option<String>,
}

record! {
    Credential:
        id, types, name, description, issuer, subjects, valid_from, valid_until, awarded_date, image,
        evidence, status, linked, refresh, schemas, endorsements, members, partial, associations,
        languages, properties, withheld, type_name
}

/// Something said in words that no badge has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PropertyFact {
    /// Its name, behind the names of what it is part of.
    pub path: Vec<String>,
    /// What somebody who is not the issuer calls it: the author of the credential's type.
    pub label: Option<String>,
    /// What is said, as text.
    pub value: String,
}

record!(PropertyFact: path, label, value);

/// Claims that were signed and not handed over. Some of them may be none: issuers add digests that stand
/// for nothing, so that nobody can count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// How many, at most.
    pub count: usize,
    /// The JSON pointers of what they are missing in, positions in arrays left out, each once.
    pub under: Vec<String>,
}

record!(Withheld: count, under);

/// A schema that the credential says it follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaReference {
    /// `id`: its address.
    pub id: Option<String>,
    /// `type`
    pub types: Vec<String>,
}

record!(SchemaReference: id, types);

/// Whom the credential speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// `id`
    pub id: Option<String>,
    /// `name`, or given and family name.
    pub name: Option<String>,
    /// `identifier`
    pub identifiers: Vec<Identifier>,
    /// `achievement`
    pub achievements: Vec<Achievement>,
    /// `result`
    pub results: Vec<ResultFact>,
    /// `creditsEarned`
    pub credits_earned: Option<String>,
    /// `role`
    pub role: Option<String>,
    /// `licenseNumber`
    pub license_number: Option<String>,
    /// `source`
    pub source: Option<Profile>,
    /// `endorsementComment`
    pub endorsement_comment: Option<String>,
}

record! {
    Subject:
        id, name, identifiers, achievements, results, credits_earned, role, license_number, source,
        endorsement_comment
}

/// What was achieved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Achievement {
    /// `id`
    pub id: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `achievementType`
    pub achievement_type: Option<String>,
    /// `criteria.narrative`
    pub criteria_narrative: Option<String>,
    /// `criteria.id`
    pub criteria_url: Option<String>,
    /// `image`
    pub image: Option<String>,
    /// `alignment`
    pub alignments: Vec<Alignment>,
    /// `resultDescription`
    pub result_descriptions: Vec<ResultDescription>,
    /// `creator`
    pub creator: Option<Profile>,
    /// `creditsAvailable`
    pub credits_available: Option<String>,
    /// `fieldOfStudy`
    pub field_of_study: Option<String>,
    /// `specialization`
    pub specialization: Option<String>,
    /// `humanCode`
    pub human_code: Option<String>,
    /// `tag`, sorted.
    pub tags: Vec<String>,
    /// How many `related` achievements it names.
    pub related: usize,
    /// Their ids, sorted, where they have one.
    pub related_ids: Vec<String>,
    /// What is said in words that others added.
    pub extensions: Extensions,
}

record! {
    Achievement:
        id, name, description, achievement_type, criteria_narrative, criteria_url, image, alignments,
        result_descriptions, creator, credits_available, field_of_study, specialization, human_code, tags,
        related, related_ids, extensions
}

/// A place in a framework of skills or qualifications.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// `targetName`
    pub name: Option<String>,
    /// `targetUrl`
    pub url: Option<String>,
    /// `targetCode`
    pub code: Option<String>,
    /// `targetFramework`
    pub framework: Option<String>,
    /// `targetType`
    pub kind: Option<String>,
    /// `targetDescription`
    pub description: Option<String>,
}

record!(Alignment: name, url, code, framework, kind, description);

/// How a result is to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultDescription {
    /// `id`
    pub id: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `resultType`
    pub result_type: Option<String>,
    /// `allowedValue`, in signed order only if `allowed_values_ordered`.
    pub allowed_values: Vec<String>,
    /// Whether the order of `allowed_values` was signed.
    pub allowed_values_ordered: bool,
    /// `requiredLevel`: the id of a level.
    pub required_level: Option<String>,
    /// `requiredValue`
    pub required_value: Option<String>,
    /// `valueMin`
    pub value_min: Option<String>,
    /// `valueMax`
    pub value_max: Option<String>,
    /// `rubricCriterionLevel`, in signed order only if `levels_ordered`.
    pub levels: Vec<RubricLevel>,
    /// Whether the order of `levels` was signed.
    pub levels_ordered: bool,
    /// `alignment`
    pub alignments: Vec<Alignment>,
}

record! {
    ResultDescription:
        id, name, result_type, allowed_values, allowed_values_ordered, required_level, required_value,
        value_min, value_max, levels, levels_ordered, alignments
}

/// A level of a rubric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RubricLevel {
    /// `id`
    pub id: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `level`
    pub level: Option<String>,
    /// `points`
    pub points: Option<String>,
    /// `alignment`
    pub alignments: Vec<Alignment>,
}

record!(RubricLevel: id, name, description, level, points, alignments);

/// What the holder reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultFact {
    /// `resultDescription`: the id of the description.
    pub result_description: Option<String>,
    /// `achievedLevel`: the id of a level.
    pub achieved_level: Option<String>,
    /// `value`
    pub value: Option<String>,
    /// `status`
    pub status: Option<String>,
    /// `alignment`
    pub alignments: Vec<Alignment>,
}

record!(ResultFact: result_description, achieved_level, value, status, alignments);

/// What stands behind the achievement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// `id`
    pub url: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `narrative`
    pub narrative: Option<String>,
    /// `genre`
    pub genre: Option<String>,
}

record!(Evidence: url, name, description, narrative, genre);

impl Credential {
    /// All achievements. A list, not a chain of iterators: each use of a chain is compiled anew.
    pub fn achievements(&self) -> Vec<&Achievement> {
        let mut all = Vec::new();
        for subject in &self.subjects {
            all.extend(&subject.achievements);
        }
        all
    }

    /// All alignments of all achievements.
    pub fn alignments(&self) -> Vec<&Alignment> {
        let mut all = Vec::new();
        for achievement in self.achievements() {
            all.extend(&achievement.alignments);
        }
        all
    }
}

/// Reads the facts of the credential at `root`.
pub fn read(root: Node) -> Credential {
    // A document may use the names of both versions: every bound it states counts.
    let both = |new: Property, old: Property| {
        let mut texts = root.texts(new);
        texts.extend(root.texts(old));
        texts
    };
    let subjects = root.nodes(claims::CREDENTIAL_SUBJECT);
    let is_record = root.has_type("ClrCredential");
    Credential {
        id: root.id().map(String::from),
        types: root.types().into_iter().map(String::from).collect(),
        name: root.text(claims::NAME),
        description: root.text(claims::DESCRIPTION),
        issuer: one(root, claims::ISSUER).map(profile).unwrap_or_default(),
        subjects: list(root, claims::CREDENTIAL_SUBJECT, if is_record { record::subject } else { subject }),
        valid_from: both(claims::VALID_FROM, claims::ISSUANCE_DATE),
        valid_until: both(claims::VALID_UNTIL, claims::EXPIRATION_DATE),
        awarded_date: root.text(claims::AWARDED_DATE),
        image: image(root),
        evidence: list(root, claims::EVIDENCE, evidence),
        status: status::status_entries(root),
        linked: linked::linked(root),
        refresh: linked::refresh(root),
        schemas: list(root, claims::CREDENTIAL_SCHEMA, schema_reference),
        endorsements: endorsements(root),
        members: subjects.iter().map(|it| it.nodes(claims::RECORD_MEMBER).len()).sum(),
        partial: root.text(claims::PARTIAL).map(|text| text == "true"),
        associations: record::associations(&subjects),
        languages: languages::of_credential(root),
        properties: Vec::new(),
        withheld: Withheld::default(),
        type_name: None,
    }
}

/// The only node under `property`; none where there are several, because which one comes first
/// is not signed.
fn one(node: Node, property: Property) -> Option<Node> {
    match node.nodes(property).as_slice() {
        [single] => Some(*single),
        _ => None,
    }
}

/// The items under `property`. Reading is the only part that is made anew for every type.
fn list<T>(node: Node, property: Property, read: fn(Node) -> T) -> Vec<T> {
    let mut items = Vec::new();
    for item in in_order(node, property) {
        items.push(read(item));
    }
    items
}

/// The nodes under `property`: in signed order where there is one, else in an order of their own, so
/// that shuffling an unordered set changes nothing that is shown.
fn in_order(node: Node, property: Property) -> Vec<Node> {
    let Values { mut items, ordered } = node.values(property);
    items.retain(|item| item.is_described() || item.id().is_some());
    if ordered || items.len() < 2 {
        return items;
    }
    let mut keys: Vec<Vec<String>> = Vec::with_capacity(items.len());
    for item in &items {
        let mut key = Vec::with_capacity(ORDERED_BY.len() + 1);
        for property in ORDERED_BY {
            key.push(item.text(*property).unwrap_or_default());
        }
        key.push(item.name_in_graph().to_owned());
        keys.push(key);
    }
    let mut sorted = Vec::with_capacity(items.len());
    for position in order(items.len(), &|one, other| keys.get(one).cmp(&keys.get(other))) {
        sorted.extend(items.get(position));
    }
    sorted
}

/// What tells the items of a set apart, whichever kind they are.
const ORDERED_BY: &[Property] = &[
    claims::NAME,
    claims::TARGET_NAME,
    claims::TARGET_URL,
    claims::RESULT_DESCRIPTION,
    claims::ACHIEVED_LEVEL,
    claims::VALUE,
    claims::IDENTITY_HASH,
    claims::STATUS_LIST_CREDENTIAL,
    claims::STATUS_LIST_INDEX,
    claims::SOURCE_ID,
    claims::TARGET_ID,
];

fn subject(node: Node) -> Subject {
    let given_and_family = || match (node.text(claims::GIVEN_NAME), node.text(claims::FAMILY_NAME)) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (given, family) => given.or(family),
    };
    // A class credential gives its subject the achievement's own id: in the signed graph the two
    // are one node, and the name on it is the achievement's, not a person's.
    let is_achievement = node.has_type("Achievement");
    let name = if is_achievement { None } else { node.text(claims::NAME).or_else(given_and_family) };
    Subject {
        id: node.id().map(String::from),
        name,
        identifiers: list(node, claims::IDENTIFIER, identifier),
        achievements: list(node, claims::ACHIEVEMENT, achievement),
        results: list(node, claims::RESULT, result),
        credits_earned: node.text(claims::CREDITS_EARNED),
        role: node.text(claims::ROLE),
        license_number: node.text(claims::LICENSE_NUMBER),
        source: one(node, claims::SOURCE).map(profile),
        endorsement_comment: node.text(claims::ENDORSEMENT_COMMENT),
    }
}

fn achievement(node: Node) -> Achievement {
    let criteria = one(node, claims::CRITERIA);
    let related = in_order(node, claims::RELATED);
    Achievement {
        id: node.id().map(String::from),
        name: node.text(claims::NAME),
        description: node.text(claims::DESCRIPTION),
        achievement_type: node.text(claims::ACHIEVEMENT_TYPE),
        criteria_narrative: criteria.and_then(|criteria| criteria.text(claims::NARRATIVE)),
        criteria_url: criteria.and_then(|criteria| criteria.id().map(String::from)),
        image: image(node),
        alignments: alignments(node),
        result_descriptions: described(list(node, claims::RESULT_DESCRIPTION, result_description)),
        creator: one(node, claims::CREATOR).map(profile),
        credits_available: node.text(claims::CREDITS_AVAILABLE),
        field_of_study: node.text(claims::FIELD_OF_STUDY),
        specialization: node.text(claims::SPECIALIZATION),
        human_code: node.text(claims::HUMAN_CODE),
        tags: node.texts(claims::KEYWORDS),
        related: related.len(),
        related_ids: related.iter().filter_map(|node| node.id().map(String::from)).collect(),
        extensions: extensions::read(node),
    }
}

fn alignments(node: Node) -> Vec<Alignment> {
    let read: fn(Node) -> Alignment = |node| Alignment {
        name: node.text(claims::TARGET_NAME),
        url: node.text(claims::TARGET_URL),
        code: node.text(claims::TARGET_CODE),
        framework: node.text(claims::TARGET_FRAMEWORK),
        kind: node.text(claims::TARGET_TYPE),
        description: node.text(claims::TARGET_DESCRIPTION),
    };
    list(node, claims::ALIGNMENT, read)
}

fn result_description(node: Node) -> ResultDescription {
    let allowed = node.values(claims::ALLOWED_VALUE);
    let levels_ordered = node.values(claims::RUBRIC_CRITERION_LEVEL).ordered;
    ResultDescription {
        id: node.id().map(String::from),
        name: node.text(claims::NAME),
        result_type: node.text(claims::RESULT_TYPE),
        allowed_values: allowed.items.iter().filter_map(|item| item.as_text().map(String::from)).collect(),
        allowed_values_ordered: allowed.ordered,
        required_level: node.text(claims::REQUIRED_LEVEL),
        required_value: node.text(claims::REQUIRED_VALUE),
        value_min: node.text(claims::VALUE_MIN),
        value_max: node.text(claims::VALUE_MAX),
        levels: list(node, claims::RUBRIC_CRITERION_LEVEL, rubric_level),
        levels_ordered,
        alignments: alignments(node),
    }
}

/// Descriptions that say something: the property also refers to some by id alone.
fn described(mut descriptions: Vec<ResultDescription>) -> Vec<ResultDescription> {
    let blank =
        |it: &ResultDescription| ResultDescription { id: it.id.clone(), ..ResultDescription::default() };
    descriptions.retain(|it| {
        let orders = ResultDescription {
            allowed_values_ordered: it.allowed_values_ordered,
            levels_ordered: it.levels_ordered,
            ..blank(it)
        };
        *it != orders
    });
    descriptions
}

fn rubric_level(node: Node) -> RubricLevel {
    RubricLevel {
        id: node.id().map(String::from),
        name: node.text(claims::NAME),
        description: node.text(claims::DESCRIPTION),
        level: node.text(claims::LEVEL),
        points: node.text(claims::POINTS),
        alignments: alignments(node),
    }
}

fn result(node: Node) -> ResultFact {
    ResultFact {
        result_description: node.text(claims::RESULT_DESCRIPTION),
        achieved_level: node.text(claims::ACHIEVED_LEVEL),
        value: node.text(claims::VALUE),
        status: node.text(claims::RESULT_STATUS),
        alignments: alignments(node),
    }
}

fn evidence(node: Node) -> Evidence {
    Evidence {
        url: node.id().map(String::from),
        name: node.text(claims::NAME),
        description: node.text(claims::DESCRIPTION),
        narrative: node.text(claims::NARRATIVE),
        genre: node.text(claims::GENRE),
    }
}

fn schema_reference(node: Node) -> SchemaReference {
    let types = node.types().into_iter().map(String::from).collect();
    SchemaReference { id: node.id().map(String::from), types }
}

/// The address of an image given as a string or as an `Image` object.
fn image(node: Node) -> Option<String> {
    one(node, claims::IMAGE).and_then(|image| image.id().map(String::from))
}

/// Endorsements stand on the credential, its achievements and its issuer alike.
fn endorsements(root: Node) -> usize {
    let count =
        |node: Node| node.nodes(claims::ENDORSEMENT).len() + node.nodes(claims::ENDORSEMENT_JWT).len();
    let subjects = root.nodes(claims::CREDENTIAL_SUBJECT);
    let achievements = subjects.iter().flat_map(|subject| subject.nodes(claims::ACHIEVEMENT)).map(count);
    let issuers = root.nodes(claims::ISSUER).into_iter().map(count);
    count(root) + achievements.sum::<usize>() + issuers.sum::<usize>()
}
