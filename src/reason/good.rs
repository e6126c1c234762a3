//! Layer 0. The reasons of checks that are in order, which nobody reads who does not open the list of them.

/// Reasons that no headline rests on, for what gives them passed or was not needed. Their texts are cut out with the
/// code that draws the list (`xtask/src/split/table.rs`), from the first of the marks to the last.
pub(super) const TEXTS: &str = concat!(
    "\u{1}look\n",
    table! {
    // Files
    good("holds-a-credential", "The file holds a credential."),
    // The document
    good("is-json", "The text is well-formed."),
    good("structure-sound", "The document has the shape of a credential."),
    good("is-json-ld", "Its terms can be looked up."),
    good("contexts-known", "Every vocabulary it uses is known here."),
    good("all-terms-signed", "Every term of it was signed."),
    good("text-itself-is-signed", "The text itself is signed, so every word of it is."),
    good("read-whole", "All of it was read."),
    good("said-plainly", "What is shown is said in the published terms."),
    good("root-is-clear", "The signature says which part of it is the credential."),
    // Proofs
    good("signature-holds", "The content is as it was signed."),
    good("token-asserts", "The token was signed to assert this."),
    good("purpose-is-assertion", "The signature was made to assert this."),
    good("proof-made-before-now", "Signed on {created}."),
    good("no-creation-time", "The signature does not say when it was made."),
    good("proof-not-expired", "The signature is good until {expires}."),
    good("no-proof-expiry", "The signature has no end."),
    good("domain-not-asked-for", "It was signed for use at {domain}; this page did not ask where."),
    good("domain-agrees", "The signature was made for this place ({domain})."),
    good("challenge-not-asked-for", "It was signed as an answer to a question this page did not ask."),
    good("challenge-agrees", "The signature answers this page's question."),
    // Keys and issuers
    good("key-published-by-issuer", "The issuer publishes this key for signing."),
    good("key-vouched-for-by-caller", "This page vouches for the key."),
    good("no-trust-list", "This page gave no list of trusted issuers."),
    good("issuer-on-list", "The issuer is on a list that this page trusts."),
    // Validity and status
    good("no-start", "It does not say from when it holds."),
    good("no-end", "It has no end."),
    good("in-force-since", "In force since {value}."),
    good("in-force-until", "In force until {value}."),
    good("no-status-named", "The credential names none."),
    good("list-status-not-followed", "The standing of a list itself is not followed."),
    good("status-not-set", "Not set, according to a list dated {list-date}."),
    // Open Badges before 3.0
    good("holds-a-presentation", "It presents credentials."),
    // What is said in other words
    good("properties-listed", "What it says in words of its own is listed ({count})."),
    // Parts
    good("purpose-is-authentication", "The signature was made to show who presents it."),
    // Derived proofs and older suites
    good(
        "selection-shown",
        "The holder shows a selection of what was signed, in {count} statements; what was left out is not known.",
    ),
    good("start-not-shown", "From when it holds is not among what the holder shows."),
    good("end-not-shown", "An end is not among what the holder shows; the issuer decides what must be."),
    good("status-not-shown", "A status is not among what the holder shows; the issuer decides what must be."),
    },
    "\u{1}end\n",
);
