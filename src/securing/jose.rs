//! Layer 2. Tokens in JWS compact serialization: what was signed, and which credential it says.
//!
//! Three forms are in use, told apart by the header's `typ`: the credential with the claims of a JWT
//! beside its members ([OB 3.0 §8.2](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof)); the credential in
//! the claim `vc`, some of its members moved to claims of the JWT
//! ([VCDM 1.1 §6.3.1](https://www.w3.org/TR/vc-data-model/#json-web-token)); and the credential as the
//! payload ([VC-JOSE-COSE §3.1](https://www.w3.org/TR/vc-jose-cose/#securing-with-jose)).
//! Nothing is verified here, and no key is looked for.

use crate::codec::json::{self, Object, Text, Value};
use crate::codec::{base64url, date_time};
use crate::limits::Budget;

/// A token, taken apart.
pub struct Token<'a> {
    /// `alg`
    pub algorithm: Text,
    /// `kid`
    pub key_id: Option<Text>,
    /// `jwk`
    pub key: Option<Value>,
    /// `x5c`, of the header or of its `jwk`
    pub certificates: Option<Value>,
    /// The header asks that something be understood which is not ([RFC 7515 §4.1.11]).
    ///
    /// [RFC 7515 §4.1.11]: https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11
    pub is_critical: bool,
    /// How the payload says a credential.
    pub form: Form,
    /// The claims.
    pub payload: Object,
    /// What the signature is over.
    pub signing_input: &'a str,
    /// The signature; empty where there is none.
    pub signature: Vec<u8>,
}

/// How a payload says a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Members of the credential and claims of the JWT side by side.
    OpenBadges,
    /// The credential is the claim `vc`.
    Vcdm1,
    /// The payload is the credential.
    JoseCose,
    /// The presentation is the claim `vp`.
    Vcdm1Presentation,
    /// The payload is a presentation, whatever it looks like.
    Presentation,
    /// The payload is the claims of an SD-JWT VC.
    SdJwtVc,
}

/// Why a token cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The reason's id.
    Token(&'static str),
    /// The payload is not strict JSON.
    Payload(json::Error),
}

/// A claim that should be a time is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

/// Takes `token` apart. Errors: every [`Unread`], with the reasons `token-type-unknown`,
/// `token-payload-malformed` and those of [`open`].
pub fn read<'a>(token: &'a str, budget: &mut Budget) -> Result<Token<'a>, Unread> {
    let Envelope { header, payload, signing_input, signature } = open(token, budget)?;
    let payload = json::parse(&payload, budget).map_err(Unread::Payload)?;
    let Value::Object(payload) = payload else { return Err(Unread::Token("token-payload-malformed")) };
    let form = header.form(&payload).ok_or(Unread::Token("token-type-unknown"))?;
    Ok(Token::of(header, form, payload, signing_input, signature))
}

/// A JWS in compact serialization, whatever it carries.
pub struct Envelope<'a> {
    /// The header.
    pub header: Header,
    /// The bytes of the payload.
    pub payload: Vec<u8>,
    /// What the signature is over.
    pub signing_input: &'a str,
    /// The signature; empty where there is none.
    pub signature: Vec<u8>,
}

/// A signature of JOSE, and what it is over.
pub struct Signed<'a> {
    /// `alg`
    pub algorithm: &'a str,
    /// See [`Token::is_critical`].
    pub is_critical: bool,
    /// What the signature is over.
    pub input: &'a str,
    /// The signature; empty where there is none.
    pub signature: &'a [u8],
}

impl Envelope<'_> {
    /// Its signature.
    pub fn signed(&self) -> Signed<'_> {
        let Header { algorithm, is_critical, .. } = &self.header;
        let is_critical = *is_critical;
        Signed { algorithm, is_critical, input: self.signing_input, signature: &self.signature }
    }
}

/// Opens `token` ([RFC 7515 §7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)). Errors:
/// `jws-malformed`, `token-header-malformed`.
pub fn open<'a>(token: &'a str, budget: &mut Budget) -> Result<Envelope<'a>, Unread> {
    let malformed = Unread::Token("jws-malformed");
    let (signing_input, signature) = token.rsplit_once('.').ok_or(malformed)?;
    let (header, payload) = signing_input.split_once('.').ok_or(malformed)?;
    let part = |text: &str| base64url::decode(text).ok_or(malformed);
    let header = json::parse(&part(header)?, budget).map_err(|_| Unread::Token("token-header-malformed"))?;
    let header = Header::read(&header).ok_or(Unread::Token("token-header-malformed"))?;
    Ok(Envelope { header, payload: part(payload)?, signing_input, signature: part(signature)? })
}

/// The header of a token, as far as it is understood.
pub struct Header {
    /// `alg`
    pub algorithm: Text,
    /// `kid`
    pub key_id: Option<Text>,
    /// `jwk`
    pub key: Option<Value>,
    /// See [`Token::certificates`].
    pub certificates: Option<Value>,
    /// See [`Token::is_critical`].
    pub is_critical: bool,
    media_type: Option<Text>,
    content_type: Option<Text>,
}

impl Header {
    /// `typ`, without the `application/` that may be left out.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref().map(without_tree)
    }

    /// `cty`, likewise.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref().map(without_tree)
    }

    fn read(header: &Value) -> Option<Header> {
        let text = |name: &str| match header.get(name) {
            None => Some(None),
            Some(Value::String(text)) => Some(Some(text.clone())),
            Some(_) => None,
        };
        // Of extensions none is understood; `b64` changes what is signed even where it is not critical.
        let is_critical = header.get("crit").is_some() || header.get("b64").is_some();
        Some(Header {
            algorithm: text("alg")??,
            media_type: text("typ")?,
            content_type: text("cty")?,
            key_id: text("kid")?.map(|name| unquoted(&name).into()),
            key: header.get("jwk").cloned(),
            certificates: header.get("x5c").or(header.get("jwk").and_then(|jwk| jwk.get("x5c"))).cloned(),
            is_critical,
        })
    }

    /// Whether `typ` is this media type, with or without `application/`.
    pub fn has_type(&self, media_type: &str) -> bool {
        self.media_type.as_deref().map(without_tree) == Some(media_type)
    }

    /// The form of a payload under this header (ruling 13).
    fn form(&self, payload: &Object) -> Option<Form> {
        let media_type = self.media_type.as_deref().map(without_tree);
        match (media_type, self.content_type.as_deref().map(without_tree)) {
            (None, None) => Some(Form::of_jwt(payload)),
            (Some(media_type), None) if media_type.eq_ignore_ascii_case("JWT") => Some(Form::of_jwt(payload)),
            (Some("vc+jwt"), None | Some("vc")) => Some(Form::JoseCose),
            (Some("vp+jwt"), None | Some("vp")) => Some(Form::Presentation),
            _ => None,
        }
    }
}

impl Form {
    fn of_jwt(payload: &Object) -> Form {
        match (payload.get("vc"), payload.get("vp")) {
            (Some(_), _) => Form::Vcdm1,
            (None, Some(_)) => Form::Vcdm1Presentation,
            (None, None) => Form::OpenBadges,
        }
    }

    /// Whether what it says is a presentation.
    pub fn is_presentation(self) -> bool {
        matches!(self, Form::Vcdm1Presentation | Form::Presentation)
    }
}

/// `name` without quotation marks.
///
/// DEVIATION: an issuer's software writes DIDs in quotation marks of their own
/// (12-status-lists/walt-id). No URL can have any, so nothing else can be meant.
pub fn unquoted(name: &str) -> String {
    name.replace('"', "")
}

/// A media type without the `application/` that headers leave out
/// ([RFC 7515 §4.1.9](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9)).
fn without_tree(media_type: &str) -> &str {
    media_type.strip_prefix("application/").unwrap_or(media_type)
}

impl<'a> Token<'a> {
    /// A token of these parts.
    pub fn of(
        header: Header,
        form: Form,
        payload: Object,
        signing_input: &'a str,
        signature: Vec<u8>,
    ) -> Token<'a> {
        let Header { algorithm, key_id, key, certificates, is_critical, .. } = header;
        Token { algorithm, key_id, key, certificates, is_critical, form, payload, signing_input, signature }
    }

    /// Its signature.
    pub fn signed(&self) -> Signed<'_> {
        let Token { algorithm, is_critical, signing_input, signature, .. } = self;
        Signed { algorithm, is_critical: *is_critical, input: signing_input, signature }
    }

    /// The claim `name`.
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.payload.get(name)
    }

    /// The time of claim `name` in Unix seconds, a fraction cut off; [`NotATime`] where it is none.
    ///
    /// DEVIATION: `iat` is read as a date-time too; the test suite of VC-JOSE-COSE writes it so
    /// (11-jose-sd-jwt/vc-jose-cose-test-suite).
    pub fn time(&self, name: &str) -> Result<Option<i64>, NotATime> {
        let seconds = match self.claim(name) {
            None => return Ok(None),
            Some(Value::Number(number)) => number.whole(),
            Some(Value::String(text)) if name == "iat" => {
                date_time::parse(text).map(|time| time.unix_seconds)
            }
            Some(_) => None,
        };
        seconds.filter(|seconds| (0..=TIME_MAX).contains(seconds)).map(Some).ok_or(NotATime)
    }

    /// The credential, or the presentation, that the payload says, with the members that the form keeps in
    /// claims.
    ///
    /// Errors: `token-credential-in-claim`, `token-payload-malformed`,
    /// `token-claim-malformed`.
    pub fn credential(&self) -> Result<Object, &'static str> {
        let bare = || CLAIMS.iter().fold(self.payload.clone(), |rest, claim| rest.without(claim));
        // Members of a credential beside the credential could be taken for its own.
        let beside = if self.form == Form::Vcdm1 { BESIDE_NO_CREDENTIAL } else { BESIDE_NO_PRESENTATION };
        let is_twofold = beside.iter().any(|name| self.claim(name).is_some());
        let mut document = match (self.form, self.claim("vc"), self.claim("vp")) {
            (Form::Vcdm1 | Form::Vcdm1Presentation, Some(_), Some(_)) => {
                return Err("token-credential-in-claim");
            }
            (Form::Vcdm1 | Form::Vcdm1Presentation, ..) if is_twofold => {
                return Err("token-credential-in-claim");
            }
            (Form::JoseCose | Form::Presentation, None, None) | (Form::OpenBadges | Form::SdJwtVc, ..) => {
                bare()
            }
            (Form::JoseCose | Form::Presentation, ..) => return Err("token-credential-in-claim"),
            (Form::Vcdm1 | Form::Vcdm1Presentation, Some(Value::Object(document)), None)
            | (Form::Vcdm1 | Form::Vcdm1Presentation, None, Some(Value::Object(document))) => {
                document.clone()
            }
            (Form::Vcdm1 | Form::Vcdm1Presentation, ..) => return Err("token-payload-malformed"),
        };
        let times = [self.time("nbf"), self.time("exp"), self.time("iat")];
        if times.iter().any(Result::is_err) {
            return Err("token-claim-malformed");
        }
        match self.form {
            Form::JoseCose | Form::Presentation | Form::SdJwtVc => {}
            Form::OpenBadges => self.fill_times(&mut document),
            Form::Vcdm1 => {
                self.fill_times(&mut document);
                self.fill_names(&mut document, "issuer");
                if let (Some(status), None) = (self.claim("status"), document.get("status")) {
                    document.insert("status".into(), status.clone());
                }
            }
            Form::Vcdm1Presentation => self.fill_names(&mut document, "holder"),
        }
        Ok(document)
    }

    /// The beginning and the end, where only claims say them.
    fn fill_times(&self, credential: &mut Object) {
        for (claim, names) in [("nbf", FROM), ("exp", UNTIL)] {
            let is_said = names.iter().any(|name| credential.get(name).is_some());
            if let (Ok(Some(seconds)), false) = (self.time(claim), is_said) {
                let is_first = has_context(credential, "https://www.w3.org/2018/credentials/v1");
                let [newer, older] = names;
                let name = if is_first { older } else { newer };
                credential.insert(name.into(), Value::String(date_time::to_text(seconds).into()));
            }
        }
    }

    /// The signer, id and subject, where only claims name them.
    fn fill_names(&self, credential: &mut Object, signer: &'static str) {
        for (claim, name) in [("iss", signer), ("jti", "id")] {
            if let (Some(value), None) = (self.claim(claim), credential.get(name)) {
                credential.insert(name.into(), value.clone());
            }
        }
        if let (Some(subject), Some(Value::Object(about))) =
            (self.claim("sub"), credential.get("credentialSubject"))
            && about.get("id").is_none()
        {
            let mut about = about.clone();
            about.insert("id".into(), subject.clone());
            credential.insert("credentialSubject".into(), Value::Object(about));
        }
    }
}

fn has_context(credential: &Object, address: &str) -> bool {
    let contexts = credential.get("@context").map(Value::as_set).unwrap_or_default();
    contexts.iter().any(|context| context.as_str() == Some(address))
}

/// The members that say when a credential begins to hold, newer data model first.
pub const FROM: [&str; 2] = ["validFrom", "issuanceDate"];
/// The members that say when it ends.
pub const UNTIL: [&str; 2] = ["validUntil", "expirationDate"];
/// Claims of the JWT, which are no members of a credential
/// ([RFC 7519 §4.1](https://www.rfc-editor.org/rfc/rfc7519#section-4.1)).
const CLAIMS: &[&str] = &["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];
/// Members of a credential that a payload must not have beside the claim `vc`.
const BESIDE_NO_CREDENTIAL: &[&str] =
    &["@context", "credentialSubject", "credentialStatus", "validFrom", "validUntil", "expirationDate"];
/// Nor members of a presentation beside the claim `vp`.
const BESIDE_NO_PRESENTATION: &[&str] = &["@context", "holder", "verifiableCredential"];
/// The end of the year 9999, the last that a date-time can say.
const TIME_MAX: i64 = 253_402_300_799;

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, payload: &str) -> String {
        let part = |text: &str| base64url::encode(text.as_bytes());
        format!("{}.{}.AA", part(header), part(payload))
    }

    fn form(header: &str, payload: &str) -> Result<Form, Unread> {
        read(&token(header, payload), &mut Budget::full()).map(|token| token.form)
    }

    fn credential(header: &str, payload: &str) -> Result<String, &'static str> {
        let text = token(header, payload);
        let token = read(&text, &mut Budget::full()).map_err(|_| "unread")?;
        token.credential().map(|object| crate::canon::jcs::canonicalize(&Value::Object(object)))
    }

    #[test]
    fn the_type_decides_the_form() {
        let table = [
            (r#"{"alg":"a"}"#, "{}", Ok(Form::OpenBadges)),
            (r#"{"alg":"a","typ":"JWT"}"#, "{}", Ok(Form::OpenBadges)),
            (r#"{"alg":"a","typ":"jwt"}"#, r#"{"vc":{}}"#, Ok(Form::Vcdm1)),
            (r#"{"alg":"a","typ":"vc+jwt","cty":"vc"}"#, r#"{"vc":{}}"#, Ok(Form::JoseCose)),
            (r#"{"alg":"a","typ":"application/vc+jwt"}"#, "{}", Ok(Form::JoseCose)),
            (r#"{"alg":"a","typ":"vc+jwt","cty":"x"}"#, "{}", Err(Unread::Token("token-type-unknown"))),
            (r#"{"alg":"a","typ":"kb+jwt"}"#, "{}", Err(Unread::Token("token-type-unknown"))),
            (r#"{"alg":"a","typ":1}"#, "{}", Err(Unread::Token("token-header-malformed"))),
            (r#"{"alg":"a","alg":"b"}"#, "{}", Err(Unread::Token("token-header-malformed"))),
            ("{}", "{}", Err(Unread::Token("token-header-malformed"))),
            (r#"{"alg":"a"}"#, "[]", Err(Unread::Token("token-payload-malformed"))),
        ];
        for (header, payload, expected) in table {
            assert_eq!(form(header, payload), expected, "{header} {payload}");
        }
        assert_eq!(read("e30.e30", &mut Budget::full()).err(), Some(Unread::Token("jws-malformed")));
        assert!(matches!(form(r#"{"alg":"a"}"#, r#"{"a":1,"a":2}"#), Err(Unread::Payload(_))));
    }

    #[test]
    fn claims_stand_for_members_that_are_not_there() {
        let plain = r#"{"alg":"a"}"#;
        let table = [
            (
                r#"{"iss":"i:1","nbf":0,"exp":86400.9,"jti":"u:1","sub":"s:1","vc":{"credentialSubject":{"a":1}}}"#,
                Ok(
                    r#"{"credentialSubject":{"a":1,"id":"s:1"},"id":"u:1","issuer":"i:1","validFrom":"1970-01-01T00:00:00Z","validUntil":"1970-01-02T00:00:00Z"}"#,
                ),
            ),
            (
                r#"{"nbf":0,"exp":1,"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"expirationDate":"x"}}"#,
                Ok(
                    r#"{"@context":["https://www.w3.org/2018/credentials/v1"],"expirationDate":"x","issuanceDate":"1970-01-01T00:00:00Z"}"#,
                ),
            ),
            (
                r#"{"iss":"i:1","exp":1,"id":"u:1"}"#,
                Ok(r#"{"id":"u:1","validUntil":"1970-01-01T00:00:01Z"}"#),
            ),
            (r#"{"vc":"x"}"#, Err("token-payload-malformed")),
            (r#"{"exp":"1"}"#, Err("token-claim-malformed")),
            (r#"{"exp":-1}"#, Err("token-claim-malformed")),
            (r#"{"nbf":1e9}"#, Err("token-claim-malformed")),
            (r#"{"nbf":1.5e9}"#, Err("token-claim-malformed")),
            (r#"{"nbf":253402300800}"#, Err("token-claim-malformed")),
        ];
        for (payload, expected) in table {
            assert_eq!(credential(plain, payload), expected.map(str::to_owned), "{payload}");
        }
        let jose = r#"{"alg":"a","typ":"vc+jwt"}"#;
        let presents = r#"{"alg":"a","typ":"vp+jwt"}"#;
        assert_eq!(credential(jose, r#"{"exp":1,"id":"u:1"}"#), Ok(r#"{"id":"u:1"}"#.to_owned()));
        assert_eq!(credential(jose, r#"{"vc":{}}"#), Err("token-credential-in-claim"));
        assert_eq!(credential(jose, r#"{"vp":1}"#), Err("token-credential-in-claim"));
        let presented = [
            (
                plain,
                r#"{"vp":{"type":["x"]},"iss":"h:1","jti":"u:1"}"#,
                Ok(r#"{"holder":"h:1","id":"u:1","type":["x"]}"#),
            ),
            (plain, r#"{"vp":{"holder":"h:2"},"iss":"h:1","exp":1}"#, Ok(r#"{"holder":"h:2"}"#)),
            (plain, r#"{"vp":{},"exp":"soon"}"#, Err("token-claim-malformed")),
            (plain, r#"{"vp":"x"}"#, Err("token-payload-malformed")),
            (plain, r#"{"vp":{},"holder":"h:1"}"#, Err("token-credential-in-claim")),
            (plain, r#"{"vp":{},"vc":{}}"#, Err("token-credential-in-claim")),
            (
                presents,
                r#"{"type":["VerifiableCredential"],"iss":"h:1"}"#,
                Ok(r#"{"type":["VerifiableCredential"]}"#),
            ),
            (presents, r#"{"vp":{}}"#, Err("token-credential-in-claim")),
            (presents, r#"{"vc":{}}"#, Err("token-credential-in-claim")),
        ];
        for (header, payload, expected) in presented {
            assert_eq!(credential(header, payload), expected.map(str::to_owned), "{payload}");
        }
        for beside in [r#""vp":{}"#, r#""credentialStatus":{}"#, r#""validUntil":"2020-01-01T00:00:00Z""#] {
            let payload = format!(r#"{{"vc":{{}},{beside}}}"#);
            assert_eq!(credential(plain, &payload), Err("token-credential-in-claim"), "{payload}");
        }
    }
}
