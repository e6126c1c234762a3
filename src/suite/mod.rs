//! Layer 3. The cryptosuites, one file and one line each.
//!
//! A suite is data: how the document becomes bytes, and by which algorithms it is signed. The algorithm around it is in `securing::data_integrity`.

mod bbs_2023;
mod ecdsa_jcs_2019;
mod ecdsa_rdfc_2019;
mod ecdsa_sd_2023;
mod ecdsa_secp256k1_signature_2019;
mod ed25519_signature_2018;
mod ed25519_signature_2020;
mod eddsa_2022;
mod eddsa_jcs_2022;
mod eddsa_rdfc_2022;
mod json_web_signature_2020;

use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;

/// One cryptosuite.
pub struct Suite {
    /// Its name, as `cryptosuite` or, in older suites, as the proof's `type`.
    pub name: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// The `type` of its proofs.
    pub proof_type: &'static str,
    /// Its `cryptosuite`; none where the type alone names the suite.
    pub cryptosuite: Option<&'static str>,
    /// How documents and options become bytes.
    pub transform: Transform,
    /// Where its proofs carry the signature.
    pub form: Form,
    /// The signature algorithms it allows; the key decides between them. None where what is verified is no
    /// signature itself.
    pub algorithms: &'static [Algorithm],
    /// It was replaced by another: nobody should sign with it any more.
    pub is_legacy: bool,
}

/// Where a proof carries its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In `proofValue`, in multibase with this first character.
    Value(char),
    /// In `jws`, a detached JWS whose header names the algorithm. The options are read under these embedded
    /// contexts, whatever the document's: signers of that time did so, documents often lack it, and what an
    /// inline one makes of an option is not what the option says.
    DetachedJws(&'static [&'static str]),
    /// In `proofValue`, as a holder derived it from the issuer's to show some of the statements.
    Derived(Derived),
}

/// The ways of deriving a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// One ECDSA signature for each statement.
    Ecdsa,
    /// A proof that there is a BBS signature over the statements.
    Bbs,
}

/// Every suite that is understood.
pub const SUITES: &[Suite] = &[
    eddsa_rdfc_2022::SUITE,
    eddsa_jcs_2022::SUITE,
    ed25519_signature_2020::SUITE,
    ecdsa_rdfc_2019::SUITE,
    ecdsa_jcs_2019::SUITE,
    ecdsa_sd_2023::SUITE,
    bbs_2023::SUITE,
    json_web_signature_2020::SUITE,
    ed25519_signature_2018::SUITE,
    ecdsa_secp256k1_signature_2019::SUITE,
    eddsa_2022::SUITE,
];

/// The suite of a proof with this `type` and `cryptosuite`.
pub fn find(proof_type: &str, cryptosuite: Option<&str>) -> Option<&'static Suite> {
    SUITES.iter().find(|suite| suite.proof_type == proof_type && suite.cryptosuite == cryptosuite)
}

/// The reason why proofs of the suite `name`, which is none of [`SUITES`], cannot be checked.
pub fn why_not(name: &str) -> &'static str {
    match name {
        // Blockcerts: what counts is a transaction in a ledger, which no page can look up by itself.
        "MerkleProof2017" | "MerkleProof2019" | "merkle-proof-2019" => "anchored-on-chain",
        _ => "suite-unsupported",
    }
}
