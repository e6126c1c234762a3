//! Layer 0. The reasons a check can give: id, English sentence, what the reader can do, and the
//! W3C problem type where one fits.
//!
//! Ids are permanent and are what programs and tests compare. Sentences are for people; `{name}`
//! stands for a parameter of the check. Other languages replace the sentences by id.

/// One reason.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    /// Permanent id, kebab-case.
    pub id: &'static str,
    /// What is the case, for a reader who knows nothing of signatures.
    pub sentence: &'static str,
    /// What the reader can do; empty where nothing is to be done.
    pub remedy: &'static str,
    /// The name under which a language says a remedy that many reasons share; empty where it is this reason's own.
    pub shared_remedy: &'static str,
    /// The problem type of [VCDM 2.0 §7.3](https://www.w3.org/TR/vc-data-model-2.0/#problem-details)
    /// and its neighbours, without the common prefix.
    pub problem: Option<&'static str>,
}

/// The reason with this id.
pub fn find(id: &str) -> Option<Reason> {
    all().find(|reason| reason.id == id)
}

/// Whether its text is in the part of the package that draws the list of checks: no headline may rest on it.
pub fn is_of_list(id: &str) -> bool {
    good::TEXTS.lines().any(|line| line.split('\t').next() == Some(id))
}

/// Every reason there is.
pub fn all() -> impl Iterator<Item = Reason> {
    TABLE.lines().chain(good::TEXTS.lines()).chain(later::TEXTS.lines()).filter_map(|line| {
        let (id, rest) = line.split_once('\t')?;
        let (sentence, kind) = rest.split_once('\t')?;
        let (shared_remedy, problem) = match kind {
            "malformed" => ("ASK_ISSUER", Some("MALFORMED_VALUE_ERROR")),
            "forged" => ("ASK_ORIGINAL", Some("CRYPTOGRAPHIC_SECURITY_ERROR")),
            "list" => ("ASK_STANDING", Some("STATUS_VERIFICATION_ERROR")),
            "unreachable" => ("ASK_STANDING", Some("STATUS_RETRIEVAL_ERROR")),
            other => (other, other.starts_with(RANGE).then_some("RANGE_ERROR")),
        };
        let shared = REMEDIES.iter().find(|(name, _)| *name == shared_remedy);
        let own = kind.strip_prefix(RANGE).unwrap_or(kind);
        let (shared_remedy, remedy) = shared.map_or(("", own), |(name, text)| (name, text));
        Some(Reason { id, sentence, remedy, shared_remedy, problem })
    })
}

/// Remedies that many reasons share, by the name that stands in their rows.
pub const REMEDIES: &[(&str, &str)] = &[
    ("ASK_ISSUER", "Ask the issuer for a corrected credential."),
    ("ASK_ORIGINAL", "Ask the holder for the original file, or ask the issuer whether they issued this."),
    ("ASK_STANDING", "Ask the issuer whether the credential still stands."),
    ("ASK_FILE", "Ask the holder for the original badge file (PNG, SVG or JSON), not a screenshot."),
    ("ASK_HOLDER", "Ask the holder to present it to you anew."),
    ("LATER", "Try again later, or ask the issuer."),
    ("OTHER_VERIFIER", "Ask the issuer, or use a verifier that supports it."),
];

const RANGE: &str = "range:";

/// Rows as lines of one text: a table of texts would weigh more than half as much again.
///
/// `good` needs no remedy, `row` and `range` name their own, the others stand for a remedy and, as
/// `range` does, for a problem type.
macro_rules! table {
    ($($kind:ident($id:literal, $sentence:literal $(, $remedy:tt)? $(,)?)),* $(,)?) => {
        concat!($($id, "\t", $sentence, "\t", table!(@ $kind $($remedy)?), "\n"),*)
    };
    (@ good) => { "" };
    (@ row $remedy:literal) => { $remedy };
    (@ row $remedy:ident) => { stringify!($remedy) };
    (@ range $remedy:literal) => { concat!("range:", $remedy) };
    (@ $kind:ident) => { stringify!($kind) };
}

mod good;
mod later;

const TABLE: &str = table! {
    // Files
    row("too-large", "The file has {bytes} bytes; at most {bytes_max} are read.", ASK_FILE),
    row("empty", "The file is empty.", ASK_FILE),
    row("unknown-format", "The file is of no kind that holds credentials.", ASK_FILE),
    row("too-many-wrappings", "The file is wrapped too many times over.", ASK_FILE),
    row("image-without-credential", "This is an image without a badge inside.", ASK_FILE),
    row("png-malformed", "The PNG image is damaged at byte {offset}.", ASK_FILE),
    row("png-chunk-crc", "The PNG image was damaged on its way, at byte {offset}.", ASK_FILE),
    row("png-two-credentials", "The image holds several different credentials.", ASK_ISSUER),
    row("svg-malformed", "The SVG image is damaged.", ASK_FILE),
    row("svg-dtd-refused", "The SVG image declares entities, which could hide anything.", ASK_ISSUER),
    row("svg-limit", "The SVG image has more elements than are read.", ASK_FILE),
    row("svg-two-credentials", "The image holds several different credentials.", ASK_ISSUER),
    row("svg-without-credential", "This is an SVG image without a badge inside.", ASK_FILE),
    row("xml-not-svg", "This is an XML document, but no image with a badge inside.", ASK_FILE),
    row("data-uri-malformed", "The data: link is damaged.", ASK_FILE),
    row("fragment-malformed", "The link was cut off or damaged.", "Ask the holder for the link again."),
    row("fragment-too-large", "The link carries more than is read.", ASK_FILE),
    row("jws-malformed", "This looks like a signed token, but is damaged.", ASK_FILE),
    row("inflate-limit", "The file unpacks to more than is read.", ASK_FILE),
    row("inflate-malformed", "The compressed part of the file is damaged.", ASK_FILE),
    row("baked-text-unknown", "What is inside the image is no credential.", ASK_FILE),
    row("pdf", "This is a PDF document; badges inside PDFs are not read yet.", ASK_FILE),
    row("zip", "This is a ZIP archive or office document.", "Unpack it and drop the badge file itself."),
    row("gzip", "This is a compressed file.", "Unpack it and drop the badge file itself."),
    row("jpeg", "This is a JPEG photo; it cannot hold a badge.", ASK_FILE),
    row("gif", "This is a GIF image; it cannot hold a badge.", ASK_FILE),
    row("webp", "This is a WebP image; it cannot hold a badge.", ASK_FILE),
    row("heif", "This is a HEIF photo or a video; it cannot hold a badge.", ASK_FILE),
    row("cose", "This is a credential in COSE, a binary form that is not read here.", OTHER_VERIFIER),
    row("utf-16-text", "The text is in UTF-16; credentials are in UTF-8.", ASK_FILE),
    row(
        "html-page",
        "This is a web page, perhaps one that shows a badge.",
        "Download the badge from that page.",
    ),
    row("encrypted-jwt", "This is an encrypted token; only its addressee can read it.", ASK_FILE),
    row("link", "This is a link, and no page is opened for you here.", "Open it, and download the badge."),
    row("not-a-credential", "This is JSON, but not a credential.", ASK_FILE),
    row("badge-class", "This describes a badge; it does not award it to anybody.", ASK_FILE),
    row("issuer-document", "This describes an issuer or its keys, not a credential.", ASK_FILE),
    row("container.compressed-text", "The badge is stored compressed, which the specification forbids.", ""),
    row("container.several-identical", "The same badge is stored several times in the image.", ""),
    row("container.trailing-data", "The file goes on after its end; that part was not read.", ""),
    row("container.byte-order-mark", "The file begins with a byte order mark.", ""),
    row(
        "container.hosted-url-ignored",
        "The image also names an older badge elsewhere; that was not read.",
        "",
    ),
    row(
        "container.other-text-chunk",
        "The badge is stored in another kind of chunk than the specification asks for.",
        "",
    ),
    row(
        "container.verify-attribute-ignored",
        "The image also carries a token; the badge itself was read.",
        "",
    ),
    row("container.json-string", "The token was written as a JSON string.", ""),
    // The document
    malformed("json-duplicate-member", "A member is named twice, so that it can be read in two ways."),
    malformed("json-lone-surrogate", "The text contains half a character."),
    malformed("json-number-range", "A number is too large to be read exactly."),
    row("json-encoding", "The text is not UTF-8.", ASK_FILE),
    row("json-syntax", "The text is damaged at byte {offset}.", ASK_FILE),
    row("json-depth", "The text is nested too deeply.", ASK_FILE),
    row(
        "limit-reached",
        "Checking this would take more work than is done for one credential ({limit}).",
        ASK_ISSUER,
    ),
    malformed("context-missing", "It does not say which vocabulary it uses."),
    malformed("context-malformed", "A vocabulary it names is no address."),
    malformed("context-base-not-first", "It does not begin with the credentials vocabulary."),
    malformed("type-malformed", "A type is no word or address."),
    malformed("type-missing", "It does not call itself a credential."),
    malformed("id-not-a-url", "An id is no address."),
    malformed("issuer-missing", "It names no issuer, or several."),
    malformed("subject-missing", "It does not say whom it is about."),
    malformed("subject-empty", "It says nothing about its subject."),
    malformed("status-list-type-missing", "It holds a status list, but does not call itself one."),
    malformed("issuance-date-missing", "It does not say when it was issued."),
    malformed("time-malformed", "A time is not written as one: {value}"),
    malformed("validity-ends-before-it-begins", "Its time ends before it begins."),
    malformed("member-malformed", "A part of it is not an object."),
    malformed("member-type-missing", "A part of it does not say what it is."),
    malformed("member-id-missing", "A part of it has no address."),
    malformed("name-malformed", "A name or description is not text."),
    malformed("proof-type-missing", "A signature does not say of which kind it is."),
    malformed("not-json-ld", "Its vocabulary contradicts itself ({code})."),
    row("context-unknown", "It uses a vocabulary that is not known here: {context}", OTHER_VERIFIER),
    row(
        "document-not-read",
        "This could not be checked, because its vocabulary could not be read.",
        OTHER_VERIFIER,
    ),
    forged("term-not-signed", "“{term}” is outside the signature: anybody could have written it."),
    row("empty-address", "An address in it is empty (“{term}”), and so was not signed.", ""),
    forged(
        "said-in-a-foreign-way",
        "“{term}” is said in a roundabout way that can hide or fake what was signed.",
    ),
    forged("root-not-signed", "The signature does not say which part of it is the credential."),
    row("context-in-other-content", "The issuer used another published version of {context}.", ""),
    row("language-tags-as-written", "The issuer signed language tags with capitals.", ""),
    // Proofs
    forged("not-signed", "It is not signed: anybody could have written it."),
    forged("signature-does-not-match", "The content is not what was signed."),
    forged("suite-not-signed", "The kind of signature is not the one that was signed."),
    malformed("proof-malformed", "The signature is not in the form of one."),
    malformed("proof-value-malformed", "The signature's value cannot be decoded."),
    malformed("proof-context-differs", "The signature was made for another vocabulary."),
    row("suite-unsupported", "Signatures of the kind “{suite}” cannot be checked here.", OTHER_VERIFIER),
    malformed("token-header-malformed", "The token's header is damaged."),
    malformed("token-payload-malformed", "The token does not hold a credential."),
    malformed("token-type-unknown", "The token says it is something else than a credential."),
    malformed("token-credential-in-claim", "The token wraps a credential in a way its type forbids."),
    malformed("token-claim-malformed", "A time in the token is not written as one."),
    forged("token-claim-disagrees", "The token's “{claim}” is not what the credential in it says."),
    row("token-claim-absent", "The token does not repeat “{claim}” outside the credential.", ""),
    forged("token-header-critical", "The token asks for something that is not understood here."),
    forged("algorithm-forbidden", "The token is signed in a way that anybody could have."),
    forged("algorithm-not-of-key", "The token names another kind of signature than its key makes."),
    malformed("previous-proof-missing", "This signature builds on another one that is not there."),
    malformed("previous-proof-ambiguous", "This signature builds on another one, of which there are two."),
    malformed("previous-proof-circular", "These signatures build on one another in a circle."),
    forged("previous-proof-not-signed", "Which other signature this one builds on was not signed."),
    forged("previous-proof-not-apart", "What the signatures say cannot be told from the content."),
    forged("previous-proof-failed", "This signature builds on another one that does not hold."),
    row(
        "previous-proof-not-checked",
        "This signature builds on another one that could not be checked.",
        LATER,
    ),
    row("proof-not-evaluated", "Not looked at, because the signature could not be checked.", ""),
    row("key-not-at-hand", "The signature could not be checked, because the key is not at hand.", LATER),
    forged("key-type-not-of-suite", "The key is of another kind than the signature."),
    row("part-not-loaded", "The part of this verifier that checks it is not loaded yet.", LATER),
    forged("purpose-is-other", "The signature was made for another purpose (“{purpose}”)."),
    forged("proof-from-the-future", "The signature claims to be made in the future ({created})."),
    forged("domain-differs", "The signature was made for another place than {asked}."),
    forged("challenge-differs", "The signature answers another question than this page's: it may be a copy."),
    forged("proof-expired", "The signature was good until {expires}."),
    malformed("several-values", "It gives several times where one is asked for."),
    row("method-is-bare-did", "The key is named by its owner alone, not by its own address.", ""),
    // Keys and issuers
    forged("key-not-vouched-for", "It is signed with another key than the ones this page vouches for."),
    row("key-not-named", "The signature does not say with which of several keys it was made.", ASK_ISSUER),
    forged("key-not-published", "It is signed with a key that the issuer does not publish."),
    forged("key-of-another-controller", "The key belongs to somebody else than the issuer."),
    forged("key-withdrawn", "The issuer has withdrawn this key."),
    forged("key-not-for-assertion", "The issuer does not use this key to sign credentials."),
    forged("key-malformed", "The key is not a proper key."),
    forged("key-too-weak", "The key is so small that others could have found it."),
    malformed("method-or-issuer-missing", "It does not say which key signed, or who the issuer is."),
    row("key-type-unsupported", "Keys of this kind cannot be checked here.", OTHER_VERIFIER),
    row("did-method-unsupported", "Issuers of the kind {issuer} cannot be looked up here.", OTHER_VERIFIER),
    malformed("did-malformed", "The issuer's address is not one that can be asked."),
    malformed("did-document-malformed", "What the issuer publishes about its keys is damaged."),
    forged("did-document-other-id", "What stands at the issuer's address belongs to somebody else."),
    malformed("key-set-malformed", "What the issuer publishes as its keys is no set of keys."),
    row("issuer-document-not-fetched", "Whose key it is needs one request to {host}.", ""),
    row("issuer-document-unreachable", "The issuer's keys could not be fetched from this page.", LATER),
    row("issuer-document-not-at-hand", "The issuer's keys are not at hand.", OTHER_VERIFIER),
    row("issuer-not-on-list", "The issuer is not on the list that this page trusts.", ""),
    // Validity and status
    row("waits-for-signature", "Not looked at, because the signature is not established.", ""),
    range("not-yet-in-force", "It holds only from {value}.", "Wait for that day, or ask the issuer."),
    range("no-longer-in-force", "It held until {value}.", "Ask the holder for a renewed credential."),
    row("status-set", "Set, according to a list dated {list-date}.", "Ask the issuer what happened."),
    row(
        "status-type-unsupported",
        "Its standing is published in a way that cannot be read here ({type}).",
        ASK_STANDING,
    ),
    list("status-entry-malformed", "It does not say clearly where its standing is published."),
    row(
        "status-size-unsupported",
        "Its standing is published as a message that cannot be read here.",
        ASK_STANDING,
    ),
    row("status-list-not-fetched", "Whether it was withdrawn needs one request to {host}.", ""),
    unreachable("status-list-unreachable", "Whether it still stands could not be fetched from this page."),
    list(
        "status-purpose-unknown",
        "It publishes something about itself that is not understood here ({purpose}).",
    ),
    list("status-list-address", "The address of its status list is not one that can be asked."),
    row(
        "status-list-not-checked",
        "The list of withdrawn credentials could not be checked itself.",
        ASK_STANDING,
    ),
    list("status-list-not-trusted", "The list of withdrawn credentials is itself not in order."),
    list("status-list-not-of-type", "What stands at the address of the list is no such list."),
    list("status-list-malformed", "The list of withdrawn credentials is damaged."),
    list("status-list-encoding", "The list of withdrawn credentials cannot be unpacked."),
    list("status-list-too-large", "The list of withdrawn credentials is larger than is read."),
    list("status-list-purpose-differs", "The list at that address is about something else."),
    list("status-index-out-of-range", "The list has no entry for this credential."),
    list("status-list-stale", "The list of withdrawn credentials is out of date."),
    list(
        "status-list-address-differs",
        "The list says it belongs to another address, so that an exchanged list could not be told.",
    ),
    row(
        "status-list-issuer-differs",
        "The list is signed by somebody else than the credential: {issuer}",
        "",
    ),
    row(
        "status-list-short",
        "The list has only {entries} entries, which tells its host much about who is looked up.",
        "",
    ),
    // Open Badges before 3.0
    row("not-made", "This check was not made.", ""),
    // What is said in other words
    // Parts
    malformed("presented-without-proof", "It presents a credential that its issuer did not sign."),
    row(
        "key-not-for-authentication",
        "The holder does not use this key to show who they are.",
        "Ask the holder to present it again.",
    ),
    malformed("token-not-of-its-type", "The token says to hold something else than it does."),
    row("envelope-empty", "This is an envelope without a credential that could be taken out.", ASK_FILE),
    malformed("envelope-says-more", "The envelope has claims of its own, which nobody signed."),
    row("cose-unsupported", "It is secured by COSE, which is not read here.", OTHER_VERIFIER),
    // Derived proofs and older suites
    row(
        "proof-is-base",
        "This is the holder's own copy, with everything the issuer signed; it is not made to be shown.",
        "Ask the holder to show the credential from their wallet, which picks what to show.",
    ),
    row(
        "proof-feature-unsupported",
        "The holder's proof uses an extension ({feature}) that cannot be checked here.",
        OTHER_VERIFIER,
    ),
    forged("selection-does-not-fit", "The signed parts are not the parts that are shown."),
    row(
        "anchored-on-chain",
        "It is anchored in the ledger of a blockchain ({suite}), which cannot be looked up here.",
        OTHER_VERIFIER,
    ),
    forged("jws-header-not-detached", "The signature's header says something else than the method of signing asks for."),
    row("suite-is-legacy", "It is signed in an older way ({suite}), which has been replaced.", ""),
    // Selective disclosure
    malformed("sd-jwt-type-missing", "It does not say what kind of credential it is."),
    malformed("sd-jwt-claim-optional", "Its holder could keep back what must always be said: {claim}"),
    // The shape of badges
    row("badge-member-missing", "Open Badges asks for “{member}”, which is missing.", ""),
    row("badge-type-missing", "Open Badges asks for the type “{type}”, which is missing.", ""),
    malformed("achievement-missing", "It is a badge, and names no achievement with a name and criteria."),
    // Certificates
    row(
        "certificate-root-not-listed",
        "The key is certified, by an authority that this page does not list.",
        OTHER_VERIFIER,
    ),
    // Answers of the network
    row("fetch-failed", "could not be fetched from this page", LATER),
    row("fetch-refused", "requests are not allowed here", ""),
    row("fetch-too-large", "the answer was too large", ""),
    row("fetch-timeout", "no answer in time", LATER),
    row("fetch-not-found", "nothing stands there", ""),
    row("fetch-bad-address", "the address is not one that is asked", ""),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct() {
        let mut ids: Vec<&str> = all().map(|reason| reason.id).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        // Of the parts' tables the first line and the last are marks.
        let rows = |table: &str| table.lines().count();
        assert_eq!(count, rows(TABLE) + rows(good::TEXTS) + rows(later::TEXTS) - 4);
    }
}
