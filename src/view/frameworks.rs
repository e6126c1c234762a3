//! Layer 6. Which framework an alignment points into, by its address, and alignments grouped by that.
//!
//! An address names the framework in our words, because frameworks have addresses of their own. That the holder has
//! what stands there is still the issuer's word. A name without such an address is quoted, and believed in nothing.

use crate::codec::order::order;
use crate::credential::{Alignment, Credential};
use crate::view::{NAME_CHARS_MAX, Quoted, quoted, web_address};

/// A place the credential points to. Nothing follows it but a reader's press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is said there.
    pub text: Quoted,
    /// An `https:` address; none where it is no such.
    pub url: Option<String>,
}

/// The alignments into one framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: Name,
    /// Where in it.
    pub links: Vec<Link>,
    /// How many more there are, which are not drawn.
    pub left: usize,
}

/// What a framework is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// By its own address: a name of ours.
    Known(&'static str),
    /// By the issuer, or by the host of the address.
    Claimed(Quoted),
    /// By nobody.
    None,
}

/// What an alignment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Something the holder can do, as far as its type or its framework says so.
    Skill,
    /// A level of qualification.
    Level,
    /// Who assures its quality.
    Quality,
    /// Something else, or nobody says what.
    Other,
}

/// The alignments of `facts` about what `wanted` says, by framework: known ones in the order of the table, then the
/// others by name, so that no order is shown which nobody signed.
pub fn groups(facts: &Credential, wanted: &dyn Fn(About) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for alignment in facts.alignments().into_iter().filter(|it| wanted(about(it))).take(ALIGNMENTS_MAX) {
        let Some(link) = link(alignment) else { continue };
        let name = name_of(alignment);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) if !group.links.contains(&link) => group.links.push(link),
            Some(_) => {}
            None => groups.push(Group { name, links: vec![link], left: 0 }),
        }
    }
    for group in &mut groups {
        let links = &group.links;
        let text = |at: usize| links.get(at).map(|link| &link.text.0);
        let sorted = order(links.len(), &|one, other| text(one).cmp(&text(other)));
        group.left = links.len().saturating_sub(LINKS_MAX);
        group.links = sorted.into_iter().take(LINKS_MAX).filter_map(|at| links.get(at).cloned()).collect();
    }
    let rank = |at: usize| groups.get(at).map(|group| rank(&group.name));
    let sorted = order(groups.len(), &|one, other| rank(one).cmp(&rank(other)));
    sorted.into_iter().filter_map(|at| groups.get(at).cloned()).collect()
}

fn rank(name: &Name) -> (usize, &str) {
    match name {
        Name::Known(known) => (rows().position(|row| row.name == *known).unwrap_or_default(), ""),
        Name::Claimed(Quoted(name)) => (usize::MAX - 1, name),
        Name::None => (usize::MAX, ""),
    }
}

/// The link for `alignment`, by the name it has, else its code, else its address.
pub fn link(alignment: &Alignment) -> Option<Link> {
    let Alignment { name, code, url, .. } = alignment;
    let text = name.as_deref().or(code.as_deref()).or(url.as_deref())?;
    let code = code.as_deref().filter(|code| name.is_some() && !text.contains(code));
    let text = match code {
        Some(code) => [text, " (", code, ")"].concat(),
        None => text.to_owned(),
    };
    Some(Link { text: quoted(&text, NAME_CHARS_MAX), url: web_address(url) })
}

fn name_of(alignment: &Alignment) -> Name {
    let url = alignment.url.as_deref().unwrap_or_default();
    if let Some(row) = row_of_url(url) {
        return Name::Known(row.name);
    }
    let claimed = alignment.framework.as_deref().map(|name| quoted(name, NAME_CHARS_MAX));
    match claimed.filter(|claimed| !claimed.0.is_empty()) {
        Some(claimed) => Name::Claimed(claimed),
        None => host_and_path(url).map_or(Name::None, |(host, _)| Name::Claimed(Quoted(host))),
    }
}

/// What `alignment` is about, by its type and by where it points.
pub fn about(alignment: &Alignment) -> About {
    let kind = alignment.kind.as_deref().unwrap_or_default();
    let framework = alignment.framework.as_deref().unwrap_or_default();
    let row = row_of_url(alignment.url.as_deref().unwrap_or_default());
    let is_level = LEVEL_TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known))
        || row.as_ref().is_some_and(|row| LEVELS.contains(&row.name))
        || framework.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| LEVELS.contains(&word))
        || framework.contains("Qualifications Framework");
    match kind.eq_ignore_ascii_case("ext:QualityAssurance") {
        true => About::Quality,
        false if is_level => About::Level,
        false if is_skill(alignment, row) => About::Skill,
        false => About::Other,
    }
}

/// Whether the alignment says that it is a skill or a competency: by its type, or as part of a framework of
/// such. What says nothing of it is none.
fn is_skill(alignment: &Alignment, row: Option<Row>) -> bool {
    let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = lower(&alignment.kind);
    if says_skill(&kind) || kind == "cfitem" {
        return true;
    }
    let stated = lower(&alignment.framework);
    let row = row.or_else(|| row_named(&stated));
    let is_other = OTHER_KINDS.iter().any(|word| kind.contains(word));
    !is_other && row.map_or(says_skill(&stated), |row| row.is_of_skills)
}

fn says_skill(text: &str) -> bool {
    SKILL_WORDS.iter().any(|word| text.contains(word))
}

/// A line of the table.
struct Row {
    is_of_skills: bool,
    name: &'static str,
    addresses: &'static str,
    names: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let is_of_skills = cells.next()? == "s";
        Some(Row { is_of_skills, name: cells.next()?, addresses: cells.next()?, names: cells.next()? })
    })
}

fn row_of_url(url: &str) -> Option<Row> {
    let (host, path) = host_and_path(url)?;
    // A browser climbs out of the place that the path begins with; under some hosts anybody has one.
    if ["..", "%2e", "%2E"].iter().any(|up| path.contains(up)) {
        return None;
    }
    rows().find(|row| row.addresses.split(' ').any(|address| lies_in(&host, path, address)))
}

/// The row that has a name which `text` has as a word. `text` is in lower case.
fn row_named(text: &str) -> Option<Row> {
    let is_word = |name: &str| {
        text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
            !before.into_iter().chain(after).any(char::is_alphanumeric)
        })
    };
    rows().find(|row| row.names.split('|').any(is_word))
}

/// Whether host and path lie in `address`: that host or one below it, or any where it names none, and the
/// segments of its path first; `*` stands for any one.
fn lies_in(host: &str, path: &str, address: &str) -> bool {
    let (wanted, segments) = address.split_once('/').unwrap_or((address, ""));
    let is_host = match host.strip_suffix(wanted) {
        Some(below) => wanted.is_empty() || below.is_empty() || below.ends_with('.'),
        None => false,
    };
    let mut given = path.split(['/', '?', '#']).skip(1);
    is_host
        && segments
            .split('/')
            .filter(|segment| !segment.is_empty())
            .all(|segment| given.next().is_some_and(|given| segment == "*" || given == segment))
}

/// Host, in lower case, and what follows it; none where the host is not a plain one, for then browsers may see
/// another.
fn host_and_path(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = (rest.get(..end)?, rest.get(end..)?);
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_known = is_web
        && !host.is_empty()
        && host.len() <= HOST_BYTES_MAX
        && host.bytes().all(is_plain)
        && port.bytes().all(|byte| byte.is_ascii_digit());
    is_known.then(|| (host.to_ascii_lowercase(), path))
}

/// Rows as lines of one text: whether it is of skills (`s`) or of something else (`-`), its name, where it is kept,
/// and names that issuers give it, in lower case.
macro_rules! table {
    ($($kind:literal $name:literal $addresses:literal $names:literal;)+) => {
        concat!($($kind, "\t", $name, "\t", $addresses, "\t", $names, "\n"),+)
    };
}

// The first row that fits counts.
const TABLE: &str = table! {
    "s" "ESCO" "data.europa.eu/esco/skill esco.ec.europa.eu/*/classification/skill" "esco";
    "s" "O*NET" "onetonline.org/find/descriptor onetonline.org/skills" "o*net skills";
    "s" "CTDL" "credentialfinder.org/competency credentialfinder.org/competencyframework purl.org/ctdlasn" "ctdl-asn";
    "s" "CASE" "casenetwork.imsglobal.org casenetwork.1edtech.org caseregistry.imsglobal.org opensalt.net opensalt.org /ims/case" "case network";
    "s" "SFIA" "sfia-online.org" "sfia";
    "s" "DigComp" "joint-research-centre.ec.europa.eu/digcomp joint-research-centre.ec.europa.eu/*/digcomp" "digcomp";
    "s" "e-CF" "ecompetences.eu itprofessionalism.org" "e-cf";
    "s" "Lightcast" "skills.emsidata.com skills.lightcast.io lightcast.io/open-skills" "lightcast|emsi";
    "s" "CEFR" "coe.int/*/web/common-european-framework-reference-languages" "cefr|common european framework of reference";
    "s" "NICE" "niccs.cisa.gov nist.gov/nice" "nice cybersecurity|nice framework";
    "s" "SkillsFuture" "skillsfuture.gov.sg ssg.gov.sg" "skillsfuture";
    "-" "EQF" "data.europa.eu/snb/eqf europa.eu/europass/*/description-eight-eqf-levels europass.europa.eu/*/description-eight-eqf-levels" "eqf|european qualifications framework";
    "-" "NLQF" "nlqf.nl" "nlqf";
    "-" "DQR" "dqr.de" "dqr";
    "-" "RQF" "ofqual.gov.uk" "rqf|ofqual";
    "-" "SCQF" "scqf.org.uk" "scqf";
    "-" "NFQ" "nfq.qqi.ie nfq.ie" "nfq";
    "-" "AQF" "aqf.edu.au" "aqf";
    "-" "NSQF" "nqr.gov.in ncvet.gov.in" "nsqf";
    "-" "NZQF" "nzqa.govt.nz" "nzqf|nzqcf|nzqa";
    "-" "SAQA" "saqa.org.za saqa.co.za" "saqa";
    "-" "RNCP" "francecompetences.fr/recherche/rncp" "rncp";
    "-" "NQR" "qualifikationsregister.at" "nqr";
    "-" "SQF" "nok.si" "sqf";
    "-" "ZRK" "kwalifikacje.gov.pl" "zrk";
    "-" "HKQF" "hkqf.gov.hk" "hkqf";
    "-" "MQF" "mqa.gov.my" "mqf";
    "-" "ISCED-F" "data.europa.eu/snb/isced-f data.europa.eu/esco/isced-f" "isced-f|isced";
    "-" "ISCO" "data.europa.eu/esco/isco" "isco|isco-08";
    "-" "ESCO" "data.europa.eu/esco esco.ec.europa.eu" "esco";
    "-" "O*NET" "onetonline.org onetcenter.org" "o*net";
    "-" "CTDL" "purl.org/ctdl" "ctdl";
    "-" "Credential Engine" "credentialengineregistry.org credentialfinder.org" "credential engine";
    "-" "CIP" "nces.ed.gov/ipeds/cipcode" "cip";
    "-" "SOC" "bls.gov/soc" "soc";
};

/// Words of skills, in languages that issuers write.
const SKILL_WORDS: &[&str] = &["skill", "competen", "kompeten", "compéten", "competên"];
/// Words in the type of an alignment that is something other than a skill.
const OTHER_KINDS: &[&str] = &["credential", "eqf", "qualityassurance", "occupation"];
/// Frameworks of qualifications, whose places are levels.
const LEVELS: &[&str] = &[
    "EQF", "NQF", "NLQF", "DQR", "NQR", "RNCP", "RQF", "SCQF", "NFQ", "AQF", "NZQF", "NSQF", "SAQA", "SQF",
    "ZRK", "HKQF", "MQF",
];
/// Types of alignments that name a level, whichever framework they say.
const LEVEL_TYPES: &[&str] = &["ext:EQF", "ext:EQFLevel", "ext:NLQF"];
/// Alignments that are looked at.
const ALIGNMENTS_MAX: usize = 2_000;
/// Places in a framework that are drawn.
const LINKS_MAX: usize = 24;
/// The longest name a host can have.
const HOST_BYTES_MAX: usize = 253;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Achievement;

    fn named(url: &str) -> Option<&'static str> {
        row_of_url(url).map(|row| row.name)
    }

    #[test]
    fn each_row_is_whole_and_its_addresses_lie_in_it() {
        for row in rows() {
            assert!(!row.name.is_empty() && !row.names.is_empty(), "{}", row.name);
            assert_eq!(row.names, row.names.to_lowercase());
            for address in row.addresses.split(' ') {
                let host = if address.starts_with('/') { "any.example" } else { "" };
                let url = ["https://", host, &address.replace('*', "en"), "/x?y#z"].concat();
                assert_eq!(named(&url), Some(row.name), "{url}");
            }
        }
    }

    #[test]
    fn an_address_names_a_framework_by_its_own_host_alone() {
        for (url, name) in [
            ("http://data.europa.eu/esco/skill/54a53c40", Some("ESCO")),
            ("https://data.europa.eu/esco/occupation/1", Some("ESCO")),
            ("http://data.europa.eu/esco/isced-f/0613", Some("ISCED-F")),
            ("HTTPS://WWW.ONETONLINE.ORG:443/link/summary/15-2051.00", Some("O*NET")),
            ("https://europa.eu/europass/fr/description-eight-eqf-levels", Some("EQF")),
            ("https://any.example/ims/case/v1p0/CFItems/1", Some("CASE")),
            ("https://nlqf.nl", Some("NLQF")),
            ("https://nlqf.nl?x", Some("NLQF")),
            ("https://data.europa.eu/escobar", None),
            ("https://data.europa.eu/", None),
            ("https://data.europa.eu.evil.example/esco/skill/1", None),
            ("https://evil-europa.eu.example/esco/skill/1", None),
            ("https://evilnlqf.nl/", None),
            ("https://evil.example/https://data.europa.eu/esco/skill/1", None),
            ("https://data.europa.eu@evil.example/esco/skill/1", None),
            ("https://evil.example\\.nlqf.nl/", None),
            ("https://evil.example%2f.nlqf.nl/", None),
            ("https://nlqf.nl:x@evil.example/", None),
            ("https://purl.org/ctdl/terms/Badge", Some("CTDL")),
            ("https://purl.org/ctdl/../evil/1", None),
            ("https://purl.org/ctdl/%2e%2E/evil/1", None),
            ("https://purl.org/ctdl/.%2E/evil/1", None),
            (" https://nlqf.nl/", None),
            ("ftp://nlqf.nl/", None),
            ("javascript:alert(1)//nlqf.nl", None),
            ("nlqf.nl", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(named(url), name, "{url}");
        }
    }

    #[test]
    fn names_differ_and_known_ones_come_first() {
        let alignment = |url: &str, framework: &str, name: &str| Alignment {
            url: Some(url.to_owned()),
            framework: (!framework.is_empty()).then(|| framework.to_owned()),
            name: Some(name.to_owned()),
            ..Alignment::default()
        };
        let achievement = Achievement {
            alignments: vec![
                alignment("https://b.example/1", "ESCO", "claims to be ESCO"),
                alignment("https://a.example/1", "", "z"),
                alignment("https://www.sfia-online.org/en/skills/1", "Zebra", "y"),
                alignment("https://data.europa.eu/esco/skill/2", "", "b"),
                alignment("https://data.europa.eu/esco/skill/1", "", "a"),
                alignment("https://data.europa.eu/esco/skill/1", "", "a"),
            ],
            ..Achievement::default()
        };
        let subject = crate::credential::Subject { achievements: vec![achievement], ..Default::default() };
        let facts = Credential { subjects: vec![subject], ..Credential::default() };
        let told: Vec<(Name, Vec<String>)> = groups(&facts, &|_| true)
            .into_iter()
            .map(|group| (group.name, group.links.into_iter().map(|link| link.text.0).collect()))
            .collect();
        let claimed = |name: &str| Name::Claimed(Quoted(name.to_owned()));
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        assert_eq!(
            told,
            [
                (Name::Known("ESCO"), texts(&["a", "b"])),
                (Name::Known("SFIA"), texts(&["y"])),
                (claimed("ESCO"), texts(&["claims to be ESCO"])),
                (claimed("a.example"), texts(&["z"])),
            ]
        );
    }

    #[test]
    fn a_skill_is_one_that_says_so() {
        let about = |url: &str, framework: &str, kind: &str| {
            about(&Alignment {
                url: Some(url.to_owned()),
                framework: Some(framework.to_owned()),
                kind: Some(kind.to_owned()),
                ..Alignment::default()
            })
        };
        assert_eq!(about("https://data.europa.eu/esco/skill/1", "", ""), About::Skill);
        assert_eq!(about("https://data.europa.eu/esco/occupation/1", "", ""), About::Other);
        assert_eq!(about("https://a.example/", "Course catalogue", ""), About::Other);
        assert_eq!(about("https://a.example/", "", "ceasn:Competency"), About::Skill);
        assert_eq!(about("https://a.example/", "", "ext:EQF"), About::Level);
        assert_eq!(about("https://a.example/", "", "ext:QualityAssurance"), About::Quality);
    }
}
