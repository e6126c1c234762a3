//! The forged set: what a forger tries, one defect a case, each made from a credential that is in order.
//!
//! The cases are written down here and committed as files under `tests/vectors/forged`, so that other
//! verifiers can be held against them too. `tests/forged.rs` reads those files, not this code.

mod chains;
mod documents;
mod images;
mod issuers;
mod keys;
mod open_badge_2;
mod parts;
mod proofs;
mod published;
mod scene;
mod sound;
mod status;
mod texts;
mod tokens;

use verify_credential::codec::json::Value;

use crate::own::edit::{object, pretty, string, value};

/// One case: a file, what is at hand beside it, and what must be said of it.
pub struct Case {
    /// Its folder.
    pub name: &'static str,
    /// What is wrong with it, in one sentence.
    pub defect: &'static str,
    /// The case it was made from, which is in order; none for those themselves.
    pub sibling: Option<&'static str>,
    file: &'static str,
    bytes: Vec<u8>,
    resources: Option<Value>,
    read_at: Option<&'static str>,
    keys: Option<Value>,
    is_asking: bool,
    verdict: &'static str,
    headline: &'static str,
    checks: Vec<[&'static str; 3]>,
    domain: Option<&'static str>,
    same_facts: bool,
    positions: Option<usize>,
    shows: Vec<&'static str>,
    hides: Vec<&'static str>,
}

/// Every case, the sound ones first.
pub fn cases() -> Vec<Case> {
    let mut cases = sound::cases();
    cases.extend(keys::cases());
    cases.extend(issuers::cases());
    cases.extend(documents::cases());
    cases.extend(proofs::cases());
    cases.extend(status::cases());
    cases.extend(published::cases());
    cases.extend(images::cases());
    cases.extend(texts::cases());
    cases.extend(chains::cases());
    cases.extend(tokens::cases());
    cases.extend(open_badge_2::cases());
    cases.extend(parts::cases());
    cases
}

/// A case that is in order, with this headline.
fn sound(name: &'static str, what: &'static str, headline: &'static str) -> Case {
    Case { sibling: None, ..forged(name, name, what).genuine(headline) }
}

/// A forgery made from `sibling`. Unless more is said, it is not to be relied on.
fn forged(name: &'static str, sibling: &'static str, defect: &'static str) -> Case {
    Case {
        name,
        defect,
        sibling: Some(sibling),
        file: "credential.json",
        bytes: Vec::new(),
        resources: None,
        read_at: None,
        keys: None,
        is_asking: false,
        verdict: "invalid",
        headline: "do-not-rely",
        checks: Vec::new(),
        domain: None,
        same_facts: false,
        positions: None,
        shows: Vec::new(),
        hides: Vec::new(),
    }
}

impl Case {
    /// The document of the case.
    fn json(self, document: &Value) -> Case {
        self.file("credential.json", pretty(document).into_bytes())
    }

    /// The file of the case.
    fn file(self, file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        Case { file, bytes: bytes.into(), ..self }
    }

    /// What is at hand, in place of the sound network.
    fn resources(self, resources: Value) -> Case {
        Case { resources: Some(resources), ..self }
    }

    /// What is at hand was fetched then, and not handed over by the embedder.
    fn fetched(self, read_at: &'static str) -> Case {
        Case { read_at: Some(read_at), ..self }
    }

    /// The caller vouches for a key.
    fn vouching(self, issuer: &str, key: &str) -> Case {
        Case { keys: Some(object(&[(issuer, string(key))])), ..self }
    }

    /// The caller asks for a domain and a challenge.
    fn asking(self) -> Case {
        Case { is_asking: true, ..self }
    }

    /// A check that must fail.
    fn fails(self, id: &'static str, reason: &'static str) -> Case {
        self.check(id, "fail", reason)
    }

    /// A check that must be unknown.
    fn unknown(self, id: &'static str, reason: &'static str) -> Case {
        self.check(id, "unknown", reason)
    }

    fn check(mut self, id: &'static str, outcome: &'static str, reason: &'static str) -> Case {
        self.checks.push([id, outcome, reason]);
        self
    }

    /// Nothing is refuted, and something is not known.
    fn not_fully_checked(self) -> Case {
        Case { verdict: "indeterminate", headline: "not-fully-checked", ..self }
    }

    /// A required check fails.
    fn refuted(self) -> Case {
        Case { verdict: "invalid", ..self }
    }

    /// No credential is read out of it.
    fn unreadable(self) -> Case {
        Case { headline: "unreadable", ..self }
    }

    /// It is not in force, and says so.
    fn headline(self, headline: &'static str) -> Case {
        Case { headline, ..self }
    }

    /// What was signed holds: the forger gained nothing, and what was not signed is not shown.
    fn genuine(self, headline: &'static str) -> Case {
        Case { verdict: "valid", headline, ..self }
    }

    /// The domain that is named.
    fn domain(self, domain: &'static str) -> Case {
        Case { domain: Some(domain), ..self }
    }

    /// The facts are those of the sibling, to the letter.
    fn same_facts(self) -> Case {
        Case { same_facts: true, ..self }
    }

    /// How many results have a place on a ladder.
    fn positions(self, count: usize) -> Case {
        Case { positions: Some(count), ..self }
    }

    /// Text that the card has.
    fn shows(mut self, text: &'static str) -> Case {
        self.shows.push(text);
        self
    }

    /// Text that the card has nowhere.
    fn hides(mut self, text: &'static str) -> Case {
        self.hides.push(text);
        self
    }

    /// The files of the case, by their path below the folder of the set.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let path = |file: &str| format!("{}/{file}", self.name);
        let mut files = vec![
            (path("case.json"), pretty(&self.description()).into_bytes()),
            (path(self.file), self.bytes.clone()),
        ];
        if let Some(resources) = &self.resources {
            files.push((path("resources.json"), pretty(resources).into_bytes()));
        }
        files
    }

    fn description(&self) -> Value {
        let mut policy = vec![("now", string(scene::NOW))];
        if self.is_asking {
            policy.extend([("domain", string("hirer.example")), ("challenge", string("n-1"))]);
        }
        if let Some(keys) = &self.keys {
            policy.push(("keys", keys.clone()));
        }
        let resources = if self.resources.is_some() { "resources.json" } else { "../network.json" };
        let mut members = vec![("defect", string(self.defect))];
        if let Some(sibling) = self.sibling {
            members.push(("sibling", string(sibling)));
        }
        members.push(("file", string(self.file)));
        members.push(("policy", object(&policy)));
        members.push(("resources", string(resources)));
        if let Some(read_at) = self.read_at {
            members.push(("readAt", string(read_at)));
        }
        members.push(("expect", self.expectation()));
        object(&members)
    }

    fn expectation(&self) -> Value {
        let check = |[id, outcome, reason]: &[&'static str; 3]| {
            object(&[("id", string(id)), ("outcome", string(outcome)), ("reason", string(reason))])
        };
        let mut expect = vec![
            ("verdict", string(self.verdict)),
            ("headline", string(self.headline)),
            ("checks", Value::Array(self.checks.iter().map(check).collect())),
        ];
        if let Some(domain) = self.domain {
            expect.push(("domain", string(domain)));
        }
        if self.same_facts {
            expect.push(("sameFacts", Value::Bool(true)));
        }
        if let Some(positions) = self.positions {
            expect.push(("positions", value(&positions.to_string())));
        }
        let texts = |texts: &[&str]| Value::Array(texts.iter().map(|text| string(text)).collect());
        for (name, list) in [("shows", &self.shows), ("hides", &self.hides)] {
            if !list.is_empty() {
                expect.push((name, texts(list)));
            }
        }
        object(&expect)
    }
}

/// Every file of the set by its path: the cases, the list of their names, and the sound network.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let cases = cases();
    let names = cases.iter().map(|case| string(case.name)).collect();
    let index = object(&[("cases", Value::Array(names))]);
    let mut files = vec![
        ("index.json".to_owned(), pretty(&index).into_bytes()),
        ("network.json".to_owned(), pretty(&scene::network()).into_bytes()),
    ];
    files.extend(cases.iter().flat_map(Case::files));
    files
}
