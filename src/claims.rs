//! Layer 1. What was signed, as nodes with properties, whichever way it was signed.
//!
//! Under an RDF suite the signed thing is a set of quads, and the JSON around it can be rewritten
//! without touching them: so facts are read from the merged nodes of the quads. Under JCS or JOSE
//! the text itself is signed, and facts are read from its members. [`Node`] is one way to ask both.
//! Only properties of the [`Property`] table can be asked for, so that what is read, and therefore
//! what must not be said in a foreign way, is one list.

pub mod extensions;
pub mod statements;

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;

use crate::canon::jcs;
use crate::canon::quads::{Quad, Term};
use crate::codec::decimal;
use crate::codec::json::{Number, Value};
use crate::codec::order::{order, sort_distinct};
use crate::limits::{FACT_BYTES_MAX, FACT_READS_MAX};

/// A property that is read: its member name, and the IRIs it has had in published contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// The member name in JSON.
    pub term: &'static str,
    /// The predicates, newest context first.
    pub iris: &'static [&'static str],
}

/// The default graph of a document's quads, ordered by subject and predicate.
pub struct Graph<'a> {
    quads: Vec<&'a Quad>,
    reads_left: Cell<u32>,
    bytes_left: Cell<usize>,
    /// Start and length of the run of quads about the subject last asked for.
    last_about: Cell<(usize, usize)>,
}

/// A thing that claims are made about, or a single value.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// A term of a graph.
    Quads(&'a Graph<'a>, &'a Term),
    /// A JSON value.
    Json(&'a Value),
}

/// The values of a property, and whether their order was signed.
pub struct Values<'a> {
    /// The values; in signed order only if `ordered`.
    pub items: Vec<Node<'a>>,
    /// Whether the order was signed: an RDF list, or an array in signed text.
    pub ordered: bool,
}

impl<'a> Graph<'a> {
    /// The default graph of `quads`. Quads of named graphs belong to nested proofs and nested
    /// presentations; nobody asserts them here.
    pub fn new(quads: &'a [Quad]) -> Self {
        let key = |position: usize| quads.get(position).map(|quad| (&quad.subject, &quad.predicate));
        let mut sorted = Vec::new();
        for position in order(quads.len(), &|one, other| key(one).cmp(&key(other))) {
            sorted.extend(quads.get(position).filter(|quad| quad.graph.is_none()));
        }
        let quads = sorted;
        Graph {
            quads,
            reads_left: Cell::new(FACT_READS_MAX),
            bytes_left: Cell::new(FACT_BYTES_MAX),
            last_about: Cell::default(),
        }
    }

    /// Whether facts were left out because reading all of them would have been too much work.
    pub fn is_exhausted(&self) -> bool {
        self.reads_left.get() == 0 || self.bytes_left.get() == 0
    }

    /// The quads about `subject`. Several questions in a row are about the same.
    fn about(&self, subject: &Term) -> &[&'a Quad] {
        let (start, length) = self.last_about.get();
        let last = self.quads.get(start..start + length).unwrap_or_default();
        if last.first().is_some_and(|quad| quad.subject == *subject) {
            return last;
        }
        let start = self.quads.partition_point(|quad| quad.subject < *subject);
        let found = run(self.quads.get(start..).unwrap_or_default(), |quad| quad.subject.cmp(subject));
        self.last_about.set((start, found.len()));
        found
    }

    /// The quads about `subject` with this predicate.
    fn with(&self, subject: &Term, predicate: &str) -> &[&'a Quad] {
        let about = self.about(subject);
        if about.len() > FEW_QUADS {
            return run(about, |quad| (*quad.predicate).cmp(predicate));
        }
        // Names differ in length mostly, which is soon told.
        let is_other = |quad: &&Quad| *quad.predicate != *predicate;
        let start = about.iter().position(|quad| !is_other(quad)).unwrap_or(about.len());
        let found = about.get(start..).unwrap_or_default();
        found.get(..found.iter().position(is_other).unwrap_or(found.len())).unwrap_or_default()
    }

    fn object(&self, subject: &Term, predicate: &str) -> Option<&'a Term> {
        self.with(subject, predicate).first().map(|quad| &quad.object)
    }

    /// The items of the RDF list at `head`; none if it is no list. A circular one ends with the
    /// reads that are left.
    fn list(&self, head: &'a Term) -> Option<Vec<&'a Term>> {
        if matches!(head, Term::Literal { .. }) {
            return None;
        }
        let mut items = Vec::new();
        let mut at = head;
        while !matches!(at, Term::Iri(iri) if &**iri == RDF_NIL) {
            items.push(self.object(at, RDF_FIRST)?);
            at = self.object(at, RDF_REST)?;
            self.spend(1).then_some(())?;
        }
        Some(items)
    }

    /// Spends reads; says whether there were as many left.
    fn spend(&self, reads: usize) -> bool {
        let left = u32::try_from(reads).ok().and_then(|reads| self.reads_left.get().checked_sub(reads));
        self.reads_left.set(left.unwrap_or(0));
        left.is_some_and(|left| left > 0)
    }

    /// Whether some other node typed as a verifiable credential leads to `root`. The quads then do
    /// not say which of the two is the document.
    ///
    /// The document's own proof is taken out before its quads are made. So a credential that has one
    /// there, as an embedded endorsement has, was never the document; and where such a one is made the
    /// root, the document that had it embedded is the other, which has none.
    pub fn has_rival_root(&self, root: &Term) -> bool {
        let makes_credential = |quad: &&Quad| {
            *quad.predicate == *RDF_TYPE && matches!(&quad.object, Term::Iri(iri) if **iri == *CREDENTIAL)
        };
        if self.quads.iter().all(|quad| quad.subject == *root || !makes_credential(quad)) {
            return false;
        }
        let object = |position: usize| self.quads.get(position).map(|quad| &quad.object);
        let by_object = order(self.quads.len(), &|one, other| object(one).cmp(&object(other)));
        let is_rival =
            |node: &Term| self.about(node).iter().any(makes_credential) && self.object(node, PROOF).is_none();
        // Backwards from the root, each node once: it is known by the first quad about it.
        let mut seen = vec![false; self.quads.len()];
        let mut next = vec![root];
        while let Some(node) = next.pop() {
            for position in run(&by_object, |position| object(*position).cmp(&Some(node))) {
                let Some(subject) = self.quads.get(*position).map(|quad| &quad.subject) else { continue };
                let first = self.quads.partition_point(|quad| quad.subject < *subject);
                let Some(is_seen) = seen.get_mut(first).filter(|is_seen| !**is_seen) else { continue };
                *is_seen = true;
                if subject != root && is_rival(subject) {
                    return true;
                }
                next.push(subject);
            }
        }
        false
    }
}

/// The items that compare equal, of a slice in that order.
fn run<T>(items: &[T], compare: impl Fn(&T) -> Ordering) -> &[T] {
    let start = items.partition_point(|item| compare(item) == Ordering::Less);
    let rest = items.get(start..).unwrap_or_default();
    let length = rest.partition_point(|item| compare(item) == Ordering::Equal);
    rest.get(..length).unwrap_or_default()
}

impl<'a> Node<'a> {
    /// All values of `property`.
    pub fn values(self, property: Property) -> Values<'a> {
        match self {
            Node::Json(value) => {
                let value = value.get(property.term);
                let items = value.map(Value::as_set).unwrap_or_default();
                Values { items: items.iter().map(Node::Json).collect(), ordered: true }
            }
            Node::Quads(graph, subject) => {
                let mut items = Vec::new();
                let (mut lists, mut singles) = (0, 0);
                for predicate in property.iris {
                    let quads = graph.with(subject, predicate);
                    if !graph.spend(quads.len() + 1) {
                        return Values { items: Vec::new(), ordered: false };
                    }
                    for quad in quads {
                        match graph.list(&quad.object) {
                            Some(members) => {
                                lists += 1;
                                items.extend(members);
                            }
                            None => {
                                singles += 1;
                                items.push(&quad.object);
                            }
                        }
                    }
                }
                let items: Vec<Node> = items.into_iter().map(|term| Node::Quads(graph, term)).collect();
                let ordered = items.len() <= 1 || (lists == 1 && singles == 0);
                Values { items, ordered }
            }
        }
    }

    /// The nodes under `property`, in no particular order.
    pub fn nodes(self, property: Property) -> Vec<Node<'a>> {
        self.values(property).items
    }

    /// The text under `property`: of one in several languages the [usual](usual_of) one. Several texts are
    /// all given, in an order of their own, because "the first of" an unordered set is whatever the last
    /// person to touch the file liked.
    pub fn text(self, property: Property) -> Option<String> {
        let mut nodes = self.nodes(property);
        if let Some(usual) = usual_of(&nodes) {
            nodes = vec![usual];
        }
        let texts = self.shown(&nodes);
        if texts.is_empty() { None } else { Some(texts.join(" · ")) }
    }

    /// Every text under `property`, sorted.
    pub fn texts(self, property: Property) -> Vec<String> {
        self.shown(&self.nodes(property))
    }

    /// What `nodes`, of this one's property, say, sorted.
    fn shown(self, nodes: &[Node<'a>]) -> Vec<String> {
        let mut texts: Vec<Cow<str>> = Vec::new();
        for node in nodes {
            texts.extend(node.as_shown());
        }
        let mut sorted: Vec<&str> = texts.iter().map(|text| &**text).collect();
        sort_distinct(&mut sorted);
        let is_affordable = self.spend_bytes(sorted.iter().map(|text| text.len()).sum());
        if is_affordable { sorted.into_iter().map(String::from).collect() } else { Vec::new() }
    }

    /// Spends bytes of facts; says whether there were as many left.
    fn spend_bytes(self, bytes: usize) -> bool {
        let Node::Quads(graph, _) = self else { return true };
        let left = graph.bytes_left.get().saturating_sub(bytes);
        graph.bytes_left.set(left);
        left > 0
    }

    /// This value as people write it: RDF spells 4.5 as `4.5E0`.
    pub fn as_shown(self) -> Option<Cow<'a, str>> {
        if let Node::Quads(_, Term::Literal { value, datatype, .. }) = self
            && NUMBERS.iter().any(|name| datatype.ends_with(name))
            && let Some(number) = decimal::read(value)
        {
            let number = Number { text: value.clone(), value: number };
            return Some(Cow::Owned(jcs::canonicalize(&Value::Number(number))));
        }
        self.as_text().map(Cow::Borrowed)
    }

    /// This value as text: a literal's value, a string, a number's spelling, or an IRI.
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            Node::Quads(_, Term::Literal { value, .. }) => Some(value),
            Node::Quads(_, Term::Iri(iri)) => Some(iri),
            Node::Quads(_, Term::Blank(_)) => None,
            Node::Json(Value::String(text)) => Some(text),
            Node::Json(Value::Number(number)) => Some(&number.text),
            Node::Json(Value::Bool(true)) => Some("true"),
            Node::Json(Value::Bool(false)) => Some("false"),
            Node::Json(value) => value.get("@value").and_then(Value::as_str),
        }
    }

    /// The language that this text says it is in, as a BCP 47 tag of anybody's writing.
    pub fn language(self) -> Option<&'a str> {
        match self {
            Node::Quads(_, Term::Literal { language, .. }) => language.as_deref(),
            Node::Quads(..) => None,
            Node::Json(value) => value.get("@language").and_then(Value::as_str),
        }
    }

    /// Whether any text that is read with this node may name its language.
    pub fn names_languages(self) -> bool {
        let is_named = |quad: &&Quad| matches!(quad.object, Term::Literal { language: Some(_), .. });
        match self {
            Node::Quads(graph, _) => graph.quads.iter().any(is_named),
            Node::Json(_) => true,
        }
    }

    /// The IRI that names this node.
    pub fn id(self) -> Option<&'a str> {
        match self {
            Node::Quads(_, Term::Iri(iri)) => Some(iri),
            Node::Quads(..) => None,
            Node::Json(Value::String(text)) => Some(text),
            Node::Json(value) => value.get("id").and_then(Value::as_str),
        }
    }

    /// What tells this node from its siblings in the signed graph: its IRI, its canonical label, or
    /// its text.
    pub fn name_in_graph(self) -> &'a str {
        match self {
            Node::Quads(_, Term::Blank(label)) => label,
            other => other.as_text().or(other.id()).unwrap_or_default(),
        }
    }

    /// The types, by their term where the vocabulary is one that is read, sorted.
    pub fn types(self) -> Vec<&'a str> {
        let mut types: Vec<&str> = match self {
            Node::Quads(graph, subject) => graph
                .with(subject, RDF_TYPE)
                .iter()
                .filter_map(|quad| match &quad.object {
                    Term::Iri(iri) => Some(type_term(iri)),
                    _ => None,
                })
                .collect(),
            Node::Json(value) => value
                .get("type")
                .map(Value::as_set)
                .unwrap_or_default()
                .iter()
                .filter_map(Value::as_str)
                .collect(),
        };
        sort_distinct(&mut types);
        types
    }

    /// Whether this node has type `name`.
    pub fn has_type(self, name: &str) -> bool {
        self.types().contains(&name)
    }

    /// Whether the node says anything about itself, or is only referred to.
    pub fn is_described(self) -> bool {
        match self {
            Node::Quads(graph, term) => !graph.about(term).is_empty(),
            Node::Json(value) => value.as_object().is_some(),
        }
    }
}

/// Of one text in several languages the one for readers of none of them: the English one, else the one whose
/// tag comes first. None where `nodes` are anything else than texts in a language each.
pub fn usual_of<'a>(nodes: &[Node<'a>]) -> Option<Node<'a>> {
    let mut tags = Vec::new();
    for node in nodes {
        tags.push(node.language()?.to_ascii_lowercase());
    }
    let mut sorted: Vec<&str> = tags.iter().map(|tag| &**tag).collect();
    sort_distinct(&mut sorted);
    let is_english = |tag: &&&str| **tag == "en" || tag.starts_with("en-");
    let usual = sorted.iter().find(is_english).or(sorted.first()).filter(|_| sorted.len() == tags.len())?;
    let at = tags.iter().position(|tag| tag == usual)?;
    nodes.get(at).copied()
}

/// The term of a type IRI in the vocabularies that are read; any other IRI as it is.
fn type_term(iri: &str) -> &str {
    VOCABULARIES.iter().find_map(|vocabulary| iri.strip_prefix(vocabulary)).unwrap_or(iri)
}

/// Whether facts are read from this predicate or type.
pub fn is_read(iri: &str) -> bool {
    VOCABULARIES.iter().any(|vocabulary| iri.starts_with(vocabulary))
        || iri == RDF_TYPE
        || PROPERTIES.iter().any(|property| property.iris.contains(&iri))
}

/// As many as are looked through one by one.
const FEW_QUADS: usize = 16;
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
/// Datatypes whose values RDF spells with an exponent. Open Badges writes them under `https:`.
const NUMBERS: &[&str] = &["/XMLSchema#double", "/XMLSchema#float"];
const PROOF: &str = "https://w3id.org/security#proof";
const CREDENTIAL: &str = "https://www.w3.org/2018/credentials#VerifiableCredential";

/// Vocabularies every term of which is read.
const VOCABULARIES: &[&str] = &[
    "https://www.w3.org/2018/credentials#",
    "https://w3id.org/security#",
    "https://www.w3.org/ns/credentials/status#",
    "https://w3id.org/vc/status-list#",
    "https://w3id.org/vc-revocation-list-2020#",
    "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#",
    "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://purl.imsglobal.org/spec/vc/clr/vocab.html#",
    "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#",
];

macro_rules! properties {
    ($($name:ident $term:literal [$($iri:literal),+];)+) => {
        $(#[doc = concat!("`", $term, "`")] pub const $name: Property = Property { term: $term, iris: &[$($iri),+] };)+
        const PROPERTIES: &[Property] = &[$($name),+];
    };
}

// One line per property: constant, member name, predicates in the published contexts.
properties! {
    ISSUER "issuer" ["https://www.w3.org/2018/credentials#issuer"];
    CREDENTIAL_SUBJECT "credentialSubject" ["https://www.w3.org/2018/credentials#credentialSubject"];
    CREDENTIAL_STATUS "credentialStatus" ["https://www.w3.org/2018/credentials#credentialStatus"];
    CREDENTIAL_SCHEMA "credentialSchema" ["https://www.w3.org/2018/credentials#credentialSchema"];
    EVIDENCE "evidence" ["https://www.w3.org/2018/credentials#evidence"];
    VALID_FROM "validFrom" ["https://www.w3.org/2018/credentials#validFrom"];
    VALID_UNTIL "validUntil" ["https://www.w3.org/2018/credentials#validUntil"];
    ISSUANCE_DATE "issuanceDate" ["https://www.w3.org/2018/credentials#issuanceDate"];
    EXPIRATION_DATE "expirationDate" ["https://www.w3.org/2018/credentials#expirationDate"];
    NAME "name" ["https://schema.org/name", "http://schema.org/name"];
    DESCRIPTION "description" ["https://schema.org/description", "http://schema.org/description"];
    URL "url" ["https://schema.org/url"];
    VALUE "value" ["https://schema.org/value"];
    GENRE "genre" ["https://schema.org/genre"];
    AUDIENCE "audience" ["https://schema.org/audience"];
    KEYWORDS "tag" ["https://schema.org/keywords"];
    TARGET_NAME "targetName" ["https://schema.org/targetName"];
    TARGET_URL "targetUrl" ["https://schema.org/targetUrl"];
    TARGET_DESCRIPTION "targetDescription" ["https://schema.org/targetDescription"];
    TARGET_FRAMEWORK "targetFramework" ["https://schema.org/targetFramework"];
    ADDRESS_COUNTRY "addressCountry" ["https://schema.org/addressCountry"];
    ADDRESS_REGION "addressRegion" ["https://schema.org/addressRegion"];
    GIVEN_NAME "givenName" ["https://schema.org/givenName"];
    FAMILY_NAME "familyName" ["https://schema.org/familyName"];
    STATUS_PURPOSE "statusPurpose" ["https://www.w3.org/ns/credentials/status#statusPurpose", "https://w3id.org/vc/status-list#statusPurpose"];
    STATUS_LIST_INDEX "statusListIndex" ["https://www.w3.org/ns/credentials/status#statusListIndex", "https://w3id.org/vc/status-list#statusListIndex"];
    STATUS_LIST_CREDENTIAL "statusListCredential" ["https://www.w3.org/ns/credentials/status#statusListCredential", "https://w3id.org/vc/status-list#statusListCredential"];
    STATUS_SIZE "statusSize" ["https://www.w3.org/ns/credentials/status#statusSize"];
    ENCODED_LIST "encodedList" ["https://www.w3.org/ns/credentials/status#encodedList", "https://w3id.org/vc/status-list#encodedList", "https://w3id.org/vc-revocation-list-2020#encodedList"];
    REVOCATION_LIST_INDEX "revocationListIndex" ["https://w3id.org/vc-revocation-list-2020#revocationListIndex"];
    REVOCATION_LIST_CREDENTIAL "revocationListCredential" ["https://w3id.org/vc-revocation-list-2020#revocationListCredential"];
    STATUS_MESSAGE "statusMessage" ["https://www.w3.org/ns/credentials/status#statusMessage"];
    STATUS_MESSAGE_STATUS "status" ["https://www.w3.org/ns/credentials/status#status"];
    STATUS_MESSAGE_TEXT "message" ["https://www.w3.org/ns/credentials/status#message"];
    REFRESH_SERVICE "refreshService" ["https://www.w3.org/2018/credentials#refreshService"];
    RELATED_RESOURCE "relatedResource" ["https://www.w3.org/2018/credentials#relatedResource"];
    DIGEST_SRI "digestSRI" ["https://www.w3.org/2018/credentials#digestSRI"];
    DIGEST_MULTIBASE "digestMultibase" ["https://w3id.org/security#digestMultibase"];
    TTL "ttl" ["https://www.w3.org/ns/credentials/status#ttl"];
    CREATED "created" ["http://purl.org/dc/terms/created"];
    EXPIRES "expires" ["https://w3id.org/security#expiration"];
    PROOF_PURPOSE "proofPurpose" ["https://w3id.org/security#proofPurpose"];
    VERIFICATION_METHOD "verificationMethod" ["https://w3id.org/security#verificationMethod"];
    CRYPTOSUITE "cryptosuite" ["https://w3id.org/security#cryptosuite"];
    PREVIOUS_PROOF "previousProof" ["https://w3id.org/security#previousProof"];
    DOMAIN "domain" ["https://w3id.org/security#domain"];
    CHALLENGE "challenge" ["https://w3id.org/security#challenge"];
    ACHIEVEMENT "achievement" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement-0", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Achievement"];
    ACHIEVEMENT_TYPE "achievementType" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievementType", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#achievementType"];
    CRITERIA "criteria" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#criteria"];
    NARRATIVE "narrative" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#narrative"];
    ALIGNMENT "alignment" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Alignment"];
    TARGET_CODE "targetCode" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#targetCode"];
    TARGET_TYPE "targetType" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetType", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#targetType"];
    AWARDED_DATE "awardedDate" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate"];
    IMAGE "image" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#image", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#image"];
    RESULT "result" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#result", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Result"];
    RESULT_DESCRIPTION "resultDescription" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#resultDescription"];
    RESULT_TYPE "resultType" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultType", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#resultType"];
    RESULT_STATUS "status" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#status", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#status"];
    ACHIEVED_LEVEL "achievedLevel" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievedLevel", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#achievedLevel"];
    RUBRIC_CRITERION_LEVEL "rubricCriterionLevel" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#rubricCriterionLevel", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#RubricCriterionLevel"];
    ALLOWED_VALUE "allowedValue" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#allowedValue", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#allowedValue"];
    REQUIRED_LEVEL "requiredLevel" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredLevel", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#requiredLevel"];
    REQUIRED_VALUE "requiredValue" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredValue", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#requiredValue"];
    VALUE_MIN "valueMin" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMin", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#valueMin"];
    VALUE_MAX "valueMax" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMax", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#valueMax"];
    LEVEL "level" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#level", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#level"];
    POINTS "points" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#points", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#points"];
    ADDRESS "address" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#address", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Address", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Address"];
    COUNTRY_CODE "addressCountryCode" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#CountryCode"];
    IDENTIFIER "identifier" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Identifier"];
    IDENTITY_HASH "identityHash" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#identityHash"];
    SALT "salt" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#salt", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#salt"];
    IDENTITY_TYPE "identityType" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType"];
    HASHED "hashed" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#hashed"];
    CREDITS_EARNED "creditsEarned" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned"];
    CREDITS_AVAILABLE "creditsAvailable" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#creditsAvailable"];
    CREATOR "creator" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#Profile"];
    SOURCE "source" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#source"];
    ENDORSEMENT "endorsement" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#endorsement"];
    ENDORSEMENT_JWT "endorsementJwt" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt"];
    FIELD_OF_STUDY "fieldOfStudy" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#fieldOfStudy", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#fieldOfStudy"];
    SPECIALIZATION "specialization" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#specialization", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#specialization"];
    HUMAN_CODE "humanCode" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode", "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#humanCode"];
    RELATED "related" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#related"];
    ROLE "role" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#role"];
    OTHER_IDENTIFIER "otherIdentifier" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"];
    IDENTIFIER_TYPE "identifierType" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifierType"];
    PARENT_ORG "parentOrg" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#parentOrg"];
    LICENSE_NUMBER "licenseNumber" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber"];
    CAPTION "caption" ["https://schema.org/caption"];
    HOLDER "holder" ["https://www.w3.org/2018/credentials#holder"];
    ENDORSEMENT_COMMENT "endorsementComment" ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"];
    RECORD_ACHIEVEMENT "achievement" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#achievement"];
    RECORD_IDENTIFIER "identifier" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#identifier-1", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier"];
    RECORD_MEMBER "verifiableCredential" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential"];
    PARTIAL "partial" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#partial"];
    ASSOCIATION "association" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#association"];
    ASSOCIATION_TYPE "associationType" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#AssociationType"];
    SOURCE_ID "sourceId" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#sourceId"];
    TARGET_ID "targetId" ["https://purl.imsglobal.org/spec/vc/clr/vocab.html#targetId"];
}
