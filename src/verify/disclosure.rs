//! What is examined by way of the data model and says something beside it: tokens with selective
//! disclosure, and credentials that are no badges.

use crate::check::issuer::Signer;
use crate::check::{self, document, proof, sd_jwt};
use crate::codec::json::Value;
use crate::credential::properties;
use crate::crypto::part;
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::Policy;
use crate::report::Check;
use crate::securing::jose;
use crate::securing::sd_jwt::SdJwt;
use crate::verify::{Examined, examine_document, examine_otherwise, not_read};

/// A token with selective disclosure: `text` in compact serialization, or else `json`.
#[inline(never)] // The way into a part that is loaded where it is needed.
pub(super) fn examine(
    text: &str,
    json: Option<&Value>,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    let setting = proof::Setting { found, policy, proofs: &[], signer: Signer::Issuer };
    let sd_jwt = match json {
        Some(value) => SdJwt::from_json(value).map_err(jose::Unread::Token),
        None => Ok(SdJwt::from_compact(text)),
    };
    let presented = sd_jwt.as_ref().map_err(|unread| *unread);
    let presented = match presented.and_then(|sd_jwt| sd_jwt::examine(sd_jwt, &setting, budget)) {
        Ok(presented) => presented,
        Err(unread) => {
            examined.checks.push(not_read(unread));
            return examined;
        }
    };
    let mut examined = match presented.credential {
        Some((token, credential)) => {
            let value = Value::Object(credential);
            let mut examined = examine_document(&value, Some(&token), examined, found, policy, budget);
            sd_jwt::replace(&mut examined.checks, presented.answers.checks);
            examined
        }
        None => examine_otherwise(examined, presented.answers, policy),
    };
    if let Some(facts) = &mut examined.facts {
        if let Some(listing) = presented.properties {
            examined.checks.push(document::properties(listing.facts.len(), listing.is_whole));
            facts.properties = listing.facts;
        }
        facts.withheld = presented.withheld;
        facts.type_name = presented.type_name;
    }
    examined
}

impl Examined {
    /// With what it says that no badge says.
    pub(super) fn with_properties(mut self, found: &Found) -> Examined {
        if !found.engines.has_more() {
            let check = Check::unknown(check::DOCUMENT_PROPERTIES, "part-not-loaded");
            self.checks.push(check.with("part", part::MORE));
            return self;
        }
        let graph = self.claims.graph();
        let listing = self.claims.root(graph.as_ref()).map(properties::of_credential);
        if let (Some(listing), Some(facts)) = (listing, &mut self.facts) {
            self.checks.push(document::properties(listing.facts.len(), listing.is_whole));
            facts.properties = listing.facts;
        }
        self
    }
}
