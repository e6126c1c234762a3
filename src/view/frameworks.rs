//! Layer 6. Which framework an alignment points into, by its address, and alignments grouped by that.
//!
//! An address names the framework in our words, because frameworks have addresses of their own. That the holder has
//! what stands there is still the issuer's word. A name without such an address is quoted, and believed in nothing.

use crate::codec::order::order;
use crate::credential::{Achievement, Alignment, Credential};
use crate::need::host;
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
    /// Something the holder can do.
    Skill,
    /// A level of qualification.
    Level,
    /// Who assures its quality.
    Quality,
}

/// The alignments of `facts` about what `wanted` says, by framework: known ones in the order of the table, then the
/// others by name, so that no order is shown which nobody signed.
pub fn groups(facts: &Credential, wanted: &dyn Fn(About) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut count = 0;
    for alignment in alignments(facts).into_iter().filter(|it| wanted(about(it))) {
        let Some(link) = link(alignment) else { continue };
        let name = name_of(alignment);
        count += 1;
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) if !group.links.contains(&link) => group.links.push(link),
            Some(_) => {}
            None => groups.push(Group { name, links: vec![link] }),
        }
        if count == LINKS_MAX {
            break;
        }
    }
    for group in &mut groups {
        let links = &group.links;
        let text = |at: usize| links.get(at).map(|link| &link.text.0);
        let sorted = order(links.len(), &|one, other| text(one).cmp(&text(other)));
        group.links = sorted.into_iter().filter_map(|at| links.get(at).cloned()).collect();
    }
    let rank = |at: usize| groups.get(at).map(|group| rank(&group.name));
    let sorted = order(groups.len(), &|one, other| rank(one).cmp(&rank(other)));
    sorted.into_iter().filter_map(|at| groups.get(at).cloned()).collect()
}

/// All alignments of all achievements.
fn alignments(facts: &Credential) -> Vec<&Alignment> {
    let mut all = Vec::new();
    for Achievement { alignments, .. } in facts.subjects.iter().flat_map(|subject| &subject.achievements) {
        all.extend(alignments);
    }
    all
}

fn rank(name: &Name) -> (usize, &str) {
    match name {
        Name::Known(known) => (table().position(|(name, _)| name == *known).unwrap_or_default(), ""),
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
    let known = alignment.url.as_deref().and_then(of_address);
    let claimed = alignment.framework.as_deref().filter(|name| !name.trim().is_empty());
    match (known, claimed, &alignment.url) {
        (Some(known), _, _) => Name::Known(known),
        (None, Some(claimed), _) => Name::Claimed(quoted(claimed, NAME_CHARS_MAX)),
        (None, None, Some(url)) if url.starts_with("https://") => {
            Name::Claimed(quoted(host(url), NAME_CHARS_MAX))
        }
        _ => Name::None,
    }
}

/// The framework that stands at this address. The host must be its own or below its own.
fn of_address(url: &str) -> Option<&'static str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_at = |place: &str| {
        let (known, begin) = place.split_once('/').unwrap_or((place, ""));
        let is_host = host.eq_ignore_ascii_case(known)
            || host.len().checked_sub(known.len() + 1).is_some_and(|dot| {
                host.get(dot..).is_some_and(|end| {
                    end.strip_prefix('.').is_some_and(|end| end.eq_ignore_ascii_case(known))
                })
            });
        is_host && path.starts_with(begin)
    };
    table().find(|(_, places)| places.split(' ').any(is_at)).map(|(name, _)| name)
}

/// What `alignment` is about, by its type and by where it points.
pub fn about(alignment: &Alignment) -> About {
    let kind = alignment.kind.as_deref().unwrap_or_default();
    let framework = alignment.framework.as_deref().unwrap_or_default();
    let is_level = LEVEL_TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known))
        || alignment.url.as_deref().and_then(of_address).is_some_and(|name| LEVELS.contains(&name))
        || framework.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| LEVELS.contains(&word))
        || framework.contains("Qualifications Framework");
    match kind.eq_ignore_ascii_case("ext:QualityAssurance") {
        true => About::Quality,
        false if is_level => About::Level,
        false => About::Skill,
    }
}

/// Names and places, by their ranks.
fn table() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

/// A framework a line: its name, and where it stands, as hosts with the beginning of a path.
const TABLE: &str = "ESCO\tdata.europa.eu/esco esco.ec.europa.eu ec.europa.eu/esco
O*NET\tonetonline.org onetcenter.org
SFIA\tsfia-online.org
DigComp\tdata.europa.eu/digcomp joint-research-centre.ec.europa.eu/digcomp
e-CF\tecompetences.eu itprofessionalism.org
Lightcast\tlightcast.io skills.emsidata.com
CTDL\tcredentialengineregistry.org credentialfinder.org purl.org/ctdl
CASE\tcasenetwork.imsglobal.org casenetwork.1edtech.org opensalt.net
CEFR\tcoe.int/en/web/common-european-framework-reference-languages
Common Core\tcorestandards.org
ISCED\tdata.europa.eu/snb/isced uis.unesco.org
ISCO\tilo.org/public/english/bureau/stat/isco isco.ilo.org
EQF\tdata.europa.eu/snb/eqf europa.eu/europass/en/description-eight-eqf-levels europass.europa.eu
NLQF\tnlqf.nl
DQR\tdqr.de
NQR\tqualifikationsregister.at
RNCP\tfrancecompetences.fr certificationprofessionnelle.fr
RQF\tofqual.gov.uk register.ofqual.gov.uk gov.uk/what-different-qualification-levels-mean
SCQF\tscqf.org.uk
CQFW\tgov.wales/credit-and-qualifications
NFQ\tnfq.ie qqi.ie
VQF\tnqai.ie
NKR\tnokut.no
SeQF\tseqf.se
CNQ\tcatalogo.anqep.gov.pt anqep.gov.pt
MECU\tincual.educacion.gob.es
AQF\taqf.edu.au
NZQF\tnzqa.govt.nz
NSQF\tncvet.gov.in nqr.gov.in
SAQA NQF\tsaqa.org.za saqa.co.za
SkillsFuture\tskillsfuture.gov.sg
CCQF\tccqf.ca
";

/// Frameworks of qualifications, whose places are levels.
const LEVELS: &[&str] = &[
    "EQF", "NQF", "NLQF", "DQR", "NQR", "RNCP", "RQF", "SCQF", "CQFW", "NFQ", "NKR", "SeQF", "AQF", "NZQF",
    "NSQF", "SAQA NQF", "CEFR",
];
/// Types of alignments that name a level, whichever framework they say.
const LEVEL_TYPES: &[&str] = &["ext:EQF", "ext:EQFLevel", "ext:NLQF"];
/// Alignments that are drawn.
const LINKS_MAX: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_framework_is_known_by_its_own_host() {
        for (url, expected) in [
            ("https://data.europa.eu/esco/skill/1", Some("ESCO")),
            ("http://data.europa.eu/esco/skill/1", Some("ESCO")),
            ("https://data.europa.eu/other", None),
            ("https://www.onetonline.org/link/summary/15-2051.00", Some("O*NET")),
            ("https://ONETONLINE.org", Some("O*NET")),
            ("https://evilonetonline.org/", None),
            ("https://onetonline.org.evil.example/", None),
            ("https://evil.example/onetonline.org", None),
            ("https://onetonline.org@evil.example/", None),
            ("ftp://onetonline.org/", None),
            ("", None),
        ] {
            assert_eq!(of_address(url), expected, "{url}");
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
    fn every_line_has_a_name_and_places() {
        assert_eq!(table().count(), TABLE.lines().count());
        assert!(LEVELS.iter().all(|level| *level == "NQF" || table().any(|(name, _)| name == *level)));
    }
}
