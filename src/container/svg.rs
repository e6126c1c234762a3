//! Layer 1. An SVG with a credential baked into an element, as Open Badges 3.0 ("File Format",
//! SVG) and before it the [Open Badges 2.0 Baking
//! Specification](https://www.imsglobal.org/spec/ob/v2p0/baking/) describe it.
//!
//! Read with an XML parser, since real badges carry the name of the element in other text too. The
//! parser gives tokens that are sound each by itself; that tags match, what prefixes stand for,
//! that no attribute comes twice and what references mean is seen to here, as [XML
//! 1.0](https://www.w3.org/TR/xml/) and [Namespaces in XML 1.0](https://www.w3.org/TR/xml-names/)
//! want it. No tree is built, and everything is counted while it is read.
//!
//! A `DOCTYPE` without declarations, which drawing programs write, is harmless and allowed; nothing
//! it points to is ever loaded. With declarations it is refused, those of entities above all.
//!
//! DEVIATION: the specification puts the element directly behind the `svg` tag; real issuers put
//! others in between, so it is taken wherever it stands.

use crate::codec::spec;
use xmlparser::{ElementEnd, Error, StrSpan, Token, Tokenizer, XmlCharExt};

use super::baked::{Baked, Differs};
use super::{Container, Refusal, Unpacked, compact_jws, foreign, is_web_address, trimmed};

/// An SVG, known as some XML that is not a web page.
pub const CONTAINER: Container = Container {
    name: "svg",
    spec: spec("https://www.imsglobal.org/spec/ob/v3p0/"),
    is_bare: false,
    in_more: true,
    sniff: |bytes| trimmed(bytes).starts_with(b"<") && !foreign::is_html(bytes) && bytes.get(1) != Some(&0),
    unpack: |bytes, _| unpack(bytes),
};

/// The baked text of one drawing.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let text = str::from_utf8(trimmed(bytes)).map_err(|_| Refusal::SvgMalformed)?;
    let mut drawing = Drawing::new(text);
    for token in Tokenizer::from(text) {
        drawing.take(token.map_err(|error| match error {
            Error::InvalidEntity(..) => Refusal::SvgDtdRefused,
            _ => Refusal::SvgMalformed,
        })?)?;
    }
    drawing.finish()
}

/// A drawing while it is read: what is open, and what was found.
struct Drawing<'a> {
    text: &'a str,
    declarations_at: usize,
    nodes_left: usize,
    attributes_left: usize,
    namespaces_left: usize,
    name: Name<'a>,
    attributes: Vec<Attribute<'a>>,
    open: Vec<Open<'a>>,
    namespaces: Vec<Namespace<'a>>,
    credential: Option<Credential>,
    baked: Baked,
    // Waits for the end, since a drawing that is no XML is refused as that before anything else.
    verdict: Result<(), Refusal>,
}

/// The name of an element or attribute as written; without a prefix that is empty.
#[derive(Clone, Copy, PartialEq)]
struct Name<'a> {
    prefix: &'a str,
    local: &'a str,
}

/// An attribute of the tag that is being read.
struct Attribute<'a> {
    name: Name<'a>,
    value: String,
}

/// An element whose end has not come yet, and how many namespaces were declared outside of it.
struct Open<'a> {
    name: Name<'a>,
    namespaces: usize,
}

/// What a prefix stands for; the empty one and the empty address stand for none.
struct Namespace<'a> {
    prefix: &'a str,
    address: String,
}

/// A credential element, and how many elements it stands in.
struct Credential {
    depth: usize,
    is_legacy: bool,
    has_elements: bool,
    verify: String,
    body: String,
}

impl<'a> Drawing<'a> {
    /// Before the first token of `text`.
    fn new(text: &'a str) -> Self {
        Drawing {
            text,
            declarations_at: 0,
            nodes_left: NODES_MAX,
            attributes_left: ALL_ATTRIBUTES_MAX,
            namespaces_left: NAMESPACES_MAX,
            name: Name { prefix: "", local: "" },
            attributes: Vec::new(),
            open: Vec::new(),
            namespaces: Vec::new(),
            credential: None,
            baked: Baked::default(),
            verdict: Err(Refusal::SvgMalformed), // as long as no element has come
        }
    }

    /// Goes on by one token. That there is one root, and no text around it, is known from the
    /// tokenizer.
    fn take(&mut self, token: Token<'a>) -> Result<(), Refusal> {
        if !matches!(token, Token::Attribute { .. } | Token::ElementEnd { .. }) {
            spend(&mut self.nodes_left)?;
        }
        match token {
            Token::Declaration { .. } | Token::EmptyDtd { .. } => {}
            Token::Comment { .. } | Token::ProcessingInstruction { .. } => {}
            Token::DtdStart { span, .. } => self.declarations_at = span.end(),
            Token::EntityDeclaration { .. } => return Err(Refusal::SvgDtdRefused),
            Token::DtdEnd { span } => {
                let declarations = self.text.get(self.declarations_at..span.start());
                if declarations.is_none_or(|text| !text.trim_ascii().is_empty()) {
                    return Err(Refusal::SvgDtdRefused);
                }
            }
            Token::ElementStart { prefix, local, .. } => self.name = Name::new(prefix, local),
            Token::Attribute { prefix, local, value, .. } => {
                spend(&mut self.attributes_left)?;
                if self.attributes.len() == ATTRIBUTES_MAX {
                    return Err(Refusal::SvgLimit);
                }
                let value = decoded(&value, ' ')?;
                self.attributes.push(Attribute { name: Name::new(prefix, local), value });
            }
            Token::Text { text } => self.add_text(&decoded(&text, '\n')?),
            Token::Cdata { text, .. } => {
                let mut plain = String::new();
                push_lines(&mut plain, &text, '\n');
                self.add_text(&plain);
            }
            Token::ElementEnd { end: ElementEnd::Open, .. } => self.start_element()?,
            Token::ElementEnd { end: ElementEnd::Empty, .. } => {
                self.start_element()?;
                self.end_element(self.name)?;
            }
            Token::ElementEnd { end: ElementEnd::Close(prefix, local), .. } => {
                self.end_element(Name::new(prefix, local))?;
            }
        }
        Ok(())
    }

    /// Opens the element whose tag has been read.
    fn start_element(&mut self) -> Result<(), Refusal> {
        let outer = self.namespaces.len();
        let attributes = std::mem::take(&mut self.attributes);
        self.declare(&attributes)?;
        check_distinct(&self.namespaces, &attributes)?;
        if self.name.prefix == XMLNS {
            return Err(Refusal::SvgMalformed);
        }
        let name = (address(&self.namespaces, self.name.prefix)?, self.name.local);
        if self.open.is_empty() {
            self.verdict = match name {
                (SVG_NAMESPACE | "", "svg") => Ok(()),
                (_, "html") => Err(Refusal::Foreign("html-page")),
                _ => Err(Refusal::XmlNotSvg),
            };
        }
        let is_legacy = name == (OPEN_BADGES_2_NAMESPACE, "assertion");
        if let Some(credential) = &mut self.credential {
            credential.has_elements = true;
        } else if is_legacy || matches!(name, (OPEN_BADGES_3_NAMESPACE | RECORDS_2_NAMESPACE, "credential")) {
            let verify = attributes.iter().find(|attribute| attribute.is_verify());
            let verify = verify.map(|attribute| attribute.value.clone()).unwrap_or_default();
            let (depth, body) = (self.open.len(), String::new());
            self.credential = Some(Credential { depth, is_legacy, has_elements: false, verify, body });
        }
        self.open.push(Open { name: self.name, namespaces: outer });
        Ok(())
    }

    /// Closes the innermost element, which must have this name.
    fn end_element(&mut self, name: Name<'a>) -> Result<(), Refusal> {
        let open = self.open.pop().filter(|open| open.name == name).ok_or(Refusal::SvgMalformed)?;
        self.namespaces.truncate(open.namespaces);
        let depth = self.open.len();
        if let Some(credential) = self.credential.take_if(|credential| credential.depth == depth)
            && self.verdict.is_ok()
        {
            self.verdict = credential.read(&mut self.baked);
        }
        Ok(())
    }

    /// Binds the prefixes that a tag declares. The rules on `xml` and `xmlns` are those of
    /// [Namespaces in XML 1.0 §3](https://www.w3.org/TR/xml-names/#xmlReserved).
    fn declare(&mut self, attributes: &[Attribute<'a>]) -> Result<(), Refusal> {
        for Attribute { name, value } in attributes {
            let prefix = match (name.prefix, name.local) {
                (XMLNS, prefix) => prefix,
                ("", XMLNS) => "",
                _ => continue,
            };
            spend(&mut self.namespaces_left)?;
            let is_reserved = prefix == XMLNS || value == XMLNS_NAMESPACE;
            let is_taken = (prefix == XML) != (value == XML_NAMESPACE);
            if is_reserved || is_taken || (value.is_empty() && !prefix.is_empty()) {
                return Err(Refusal::SvgMalformed);
            }
            self.namespaces.push(Namespace { prefix, address: value.clone() });
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str) {
        if let Some(credential) = &mut self.credential {
            credential.body.push_str(text);
        }
    }

    /// What was found, after the last token.
    fn finish(self) -> Result<Unpacked, Refusal> {
        if !self.open.is_empty() {
            return Err(Refusal::SvgMalformed);
        }
        self.verdict?;
        self.baked.finish(Refusal::SvgWithoutCredential)
    }
}

impl<'a> Name<'a> {
    fn new(prefix: StrSpan<'a>, local: StrSpan<'a>) -> Self {
        Name { prefix: prefix.as_str(), local: local.as_str() }
    }
}

impl Attribute<'_> {
    /// Whether it is the attribute of a credential element that may hold a token or an address, in
    /// whatever namespace.
    fn is_verify(&self) -> bool {
        self.name.local == "verify" && self.name.prefix != XMLNS
    }
}

impl Credential {
    /// Adds what the element holds: its text, or a token in its `verify` attribute. Before Open
    /// Badges 3 the attribute may be the address of the assertion.
    fn read(&self, baked: &mut Baked) -> Result<(), Refusal> {
        if self.has_elements {
            return Err(Refusal::SvgMalformed);
        }
        let (body, verify) = (self.body.trim_ascii(), self.verify.trim_ascii());
        let two = |_: Differs| Refusal::SvgTwoCredentials;
        if !body.is_empty() {
            baked.add(body.as_bytes()).map_err(two)?;
        }
        let is_token = compact_jws::sniff(verify.as_bytes());
        match (self.is_legacy, body.is_empty()) {
            _ if is_token => baked.add(verify.as_bytes()).map_err(two)?,
            (true, true) if is_web_address(verify) => baked.add_legacy(verify.as_bytes()).map_err(two)?,
            (_, true) if !verify.is_empty() => baked.add(verify.as_bytes()).map_err(two)?,
            (false, false) if !verify.is_empty() => baked.note("container.verify-attribute-ignored"),
            _ => {}
        }
        Ok(())
    }
}

/// Takes one from a count that may not run out.
fn spend(left: &mut usize) -> Result<(), Refusal> {
    *left = left.checked_sub(1).ok_or(Refusal::SvgLimit)?;
    Ok(())
}

/// What a prefix stands for, as the innermost declaration has it, or else by definition.
fn address<'n>(namespaces: &'n [Namespace<'_>], prefix: &str) -> Result<&'n str, Refusal> {
    let declared = namespaces.iter().rev().find(|namespace| namespace.prefix == prefix);
    match (declared, prefix) {
        (Some(namespace), _) => Ok(&namespace.address),
        (None, "") => Ok(""),
        (None, XML) => Ok(XML_NAMESPACE),
        (None, XMLNS) => Ok(XMLNS_NAMESPACE),
        _ => Err(Refusal::SvgMalformed),
    }
}

/// That no two attributes of a tag are the same, under whatever prefixes. They are compared
/// pairwise: at most [`ATTRIBUTES_MAX`] of them.
fn check_distinct(namespaces: &[Namespace<'_>], attributes: &[Attribute<'_>]) -> Result<(), Refusal> {
    let mut names = Vec::new();
    for Attribute { name, .. } in attributes {
        // Without a prefix an attribute is in no namespace, whatever the default is.
        let space = if name.prefix.is_empty() { "" } else { address(namespaces, name.prefix)? };
        let name = (name.local, space);
        if names.contains(&name) {
            return Err(Refusal::SvgMalformed);
        }
        names.push(name);
    }
    Ok(())
}

/// The text that `raw` stands for. `line` is what the end of a line becomes: itself, or a space in
/// an attribute.
fn decoded(raw: &str, line: char) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut pieces = raw.split('&');
    push_lines(&mut text, pieces.next().unwrap_or_default(), line);
    for piece in pieces {
        let (reference, rest) = piece.split_once(';').ok_or(Refusal::SvgMalformed)?;
        text.push(character(reference).ok_or(Refusal::SvgMalformed)?);
        push_lines(&mut text, rest, line);
    }
    Ok(text)
}

/// Appends `raw` with its [line ends](https://www.w3.org/TR/xml/#sec-line-ends) made `line`.
fn push_lines(text: &mut String, raw: &str, line: char) {
    let mut previous = ' ';
    for character in raw.chars() {
        match character {
            '\n' if previous == '\r' => {}
            '\n' | '\r' => text.push(line),
            '\t' if line == ' ' => text.push(line),
            _ => text.push(character),
        }
        previous = character;
    }
}

/// What stands between `&` and `;`: one of the five predefined entities, or the number of a
/// character.
fn character(reference: &str) -> Option<char> {
    let number = match reference {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => reference.strip_prefix('#')?,
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
    char::from_u32(code).filter(XmlCharExt::is_xml_char)
}

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const OPEN_BADGES_2_NAMESPACE: &str = "http://openbadges.org";
const OPEN_BADGES_3_NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
const RECORDS_2_NAMESPACE: &str = "https://purl.imsglobal.org/clr/v2p0";
const XML: &str = "xml";
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "xmlns";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// Elements, texts, comments and instructions of one drawing. A detailed map has 20,000.
const NODES_MAX: usize = 50_000;

/// Attributes of one element. Drawings stay under 50.
const ATTRIBUTES_MAX: usize = 100;

/// Attributes of one drawing.
const ALL_ATTRIBUTES_MAX: usize = 200_000;

/// Namespace declarations of one drawing, each of which every prefix may be held against. Drawing
/// programs write about ten.
const NAMESPACES_MAX: usize = 256;

#[cfg(test)]
mod tests {
    use super::super::{Content, Inside};
    use super::*;

    const HEAD: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0" xmlns:l="http://openbadges.org">"#;
    const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.e30.AA";

    fn outcome(body: &str) -> Result<(Inside, usize), &'static str> {
        let drawing = format!("{HEAD}{body}</svg>");
        let unpacked = unpack(drawing.as_bytes()).map_err(|refusal| refusal.id())?;
        Ok((unpacked.inside, unpacked.notes.len()))
    }

    fn text(text: &str, notes: usize) -> Result<(Inside, usize), &'static str> {
        Ok((Inside::Text(text.into()), notes))
    }

    #[test]
    fn reads_the_element_of_open_badges_3() {
        let token_element = format!("<o:credential verify=\"{TOKEN}\"/>");
        assert_eq!(outcome(""), Err("svg-without-credential"));
        assert_eq!(outcome("<o:credential/>"), Err("svg-without-credential"));
        assert_eq!(outcome("<o:credential><![CDATA[ {} ]]></o:credential>"), text("{}", 0));
        assert_eq!(outcome("<g><o:credential>{&quot;a&quot;:1}</o:credential></g>"), text("{\"a\":1}", 0));
        assert_eq!(
            outcome("<o:credential>{<!-- - --><![CDATA[\"]]>\":1}</o:credential>"),
            text("{\"\":1}", 0)
        );
        let record = "<r:credential xmlns:r='https://purl.imsglobal.org/clr/v2p0'>{}</r:credential>";
        assert_eq!(outcome(record), text("{}", 0));
        assert_eq!(outcome(&token_element), text(TOKEN, 0));
        assert_eq!(outcome(&token_element.repeat(2)), text(TOKEN, 1));
        assert_eq!(outcome("<o:credential verify='x'>{}</o:credential>"), text("{}", 1));
        assert_eq!(outcome("<o:credential verify='x'/>"), text("x", 0));
    }

    #[test]
    fn takes_the_name_of_an_element_in_its_namespace() {
        assert_eq!(outcome("<credential>{}</credential>"), Err("svg-without-credential"));
        assert_eq!(outcome("<l:credential>{}</l:credential>"), Err("svg-without-credential"));
        assert_eq!(outcome("<o:assertion>{}</o:assertion>"), Err("svg-without-credential"));
        let decoy = "<metadata><![CDATA[<o:credential>[]</o:credential>]]></metadata>";
        assert_eq!(
            outcome(&format!("{decoy}<!--<o:credential/>--><o:credential>{{}}</o:credential>")),
            text("{}", 0)
        );
        let own_prefix = r#"<credential xmlns="https://purl.imsglobal.org/ob/v3p0">{}</credential>"#;
        assert_eq!(outcome(own_prefix), text("{}", 0));
        assert_eq!(outcome("<x:credential>{}</x:credential>"), Err("svg-malformed"));
    }

    #[test]
    fn reads_what_open_badges_2_baked() {
        let url = "http://a.example/1";
        let hosted = |notes| Ok((Inside::Content(Content::HostedUrl(url.into())), notes));
        assert_eq!(outcome(&format!("<l:assertion verify=\"{url}\"> </l:assertion>")), hosted(0));
        assert_eq!(outcome(&format!("<l:assertion verify=\"{url}\">{{}}</l:assertion>")), text("{}", 0));
        assert_eq!(outcome(&format!("<l:assertion verify=\"{TOKEN}\"/>")), text(TOKEN, 0));
    }

    #[test]
    fn refuses_two_credentials() {
        let two = Err("svg-two-credentials");
        assert_eq!(outcome("<o:credential>{}</o:credential><o:credential>[]</o:credential>"), two);
        assert_eq!(outcome(&format!("<o:credential verify=\"{TOKEN}\">{{}}</o:credential>")), two);
        assert_eq!(outcome("<o:credential>{}</o:credential><l:assertion>[]</l:assertion>"), two);
        assert_eq!(outcome("<o:credential>{}<b/></o:credential>"), Err("svg-malformed"));
    }

    #[test]
    fn refuses_entities_but_not_a_bare_doctype() {
        let drawing = format!("{HEAD}<o:credential>{{}}</o:credential></svg>");
        let id =
            |prolog: &str| unpack(format!("{prolog}{drawing}").as_bytes()).map(|_| ()).map_err(|r| r.id());
        assert_eq!(id("<!DOCTYPE svg>"), Ok(()));
        let doctype = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
        assert_eq!(id(&format!("<?xml version=\"1.0\"?><!-- -->{doctype}")), Ok(()));
        assert_eq!(id("<!DOCTYPE svg [<!ENTITY a \"b\">]>"), Err("svg-dtd-refused"));
        assert_eq!(id("<!DOCTYPE svg [<!ENTITY % a SYSTEM \"file:///x\"> %a;]>"), Err("svg-dtd-refused"));
        assert_eq!(outcome("<o:credential>&a;</o:credential>"), Err("svg-malformed"));
    }

    #[test]
    fn names_other_xml() {
        let id = |text: &str| unpack(text.as_bytes()).map(|_| ()).map_err(|refusal| refusal.id());
        assert_eq!(id("<feed/>"), Err("xml-not-svg"));
        assert_eq!(id("<svg xmlns='urn:other'/>"), Err("xml-not-svg"));
        assert_eq!(id("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"), Err("html-page"));
        for text in
            ["<", "<svg", "<svg>", "</svg>", "<svg></g>", "<svg/>x", "<svg a='<'/>", "<svg a='1' a='2'/>"]
        {
            assert_eq!(id(text), Err("svg-malformed"), "{text}");
        }
        assert_eq!(unpack(b"<svg>\xff</svg>"), Err(Refusal::SvgMalformed));
    }

    #[test]
    fn reads_references_and_line_ends() {
        let body = |body: &str| outcome(&format!("<o:credential>{body}</o:credential>"));
        assert_eq!(body("&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#x10FFFF;"), text("<>&\"'AB\u{10ffff}", 0));
        assert_eq!(body("&amp;lt;<![CDATA[&lt;]]>"), text("&lt;&lt;", 0));
        assert_eq!(body("a\r\nb\rc\r&#13;\nd<![CDATA[\r\n]]>e"), text("a\nb\nc\n\r\nd\ne", 0));
        assert_eq!(body("<![CDATA[]]]]><![CDATA[>]]><?x y?>"), text("]]>", 0));
        assert_eq!(body("\u{feff}{}"), text("\u{feff}{}", 0));
        for wrong in [
            "&",
            "&;",
            "&lt",
            "& lt;",
            "&lt ;",
            "&LT;",
            "&nbsp;",
            "&#;",
            "&#x;",
            "&#X41;",
            "&#+65;",
            "&#x+41;",
            "&#-1;",
            "&#0;",
            "&#1;",
            "&#xD800;",
            "&#xFFFE;",
            "&#x110000;",
            "&#4294967361;",
            "]]>",
            "\u{1}",
            "\u{ffff}",
        ] {
            assert_eq!(body(wrong), Err("svg-malformed"), "{wrong}");
            assert_eq!(outcome(&format!("<g>{wrong}</g>")), Err("svg-malformed"), "{wrong}");
        }
        let verify = |value: &str| outcome(&format!("<o:credential verify='{value}'/>"));
        assert_eq!(verify("&lt;\"&#39;&#10;\t\r\n\n\r!"), text("<\"'\n    !", 0));
        assert_eq!(outcome("<o:credential o:verify='x'/>"), text("x", 0));
        assert_eq!(outcome("<o:credential xmlns:verify='urn:x'/>"), Err("svg-without-credential"));
        for wrong in ["&a;", "&", "&#0;", "<", "\u{1}", "'"] {
            assert_eq!(verify(wrong), Err("svg-malformed"), "{wrong}");
            assert_eq!(outcome(&format!("<g a='{wrong}'/>")), Err("svg-malformed"), "{wrong}");
        }
    }

    #[test]
    fn resolves_namespaces() {
        let none = Err("svg-without-credential");
        let undone = "<g xmlns='https://purl.imsglobal.org/ob/v3p0'><credential xmlns=''>{}</credential></g>";
        assert_eq!(outcome(undone), none);
        let ended = "<g xmlns='https://purl.imsglobal.org/ob/v3p0'/><credential>{}</credential>";
        assert_eq!(outcome(ended), none);
        assert_eq!(
            outcome("<o:credential xmlns:o='urn:x'>[]</o:credential><o:credential>{}</o:credential>"),
            text("{}", 0)
        );
        assert_eq!(
            outcome("<l:credential xmlns:l='https://purl.imsglobal.org/ob/v3p0'>{}</l:credential>"),
            text("{}", 0)
        );
        assert_eq!(
            outcome("<a:credential xmlns:a='https://purl.imsglobal&#46;org/ob/v3p0'>{}</a:credential>"),
            text("{}", 0)
        );
        assert_eq!(outcome("<o:Credential>{}</o:Credential>"), none);
        for fine in [
            "<g xml:space='preserve' xml:lang=''/>",
            "<g o:a='' l:a='' a=''/>",
            "<g xmlns='urn:a' xmlns:a='urn:a' a:a='' a=''/>",
            "<G></G>",
            "<ü é=''/>",
            "<g xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:a=''/>",
            "<g><g\n/></g\t>",
            "<g b:a='' xmlns:b='urn:b'/>",
        ] {
            assert_eq!(outcome(fine), none, "{fine}");
        }
        for wrong in [
            "<g x:a=''/>",
            "<g xmlns:x='urn:x'/><x:g/>",
            "<xmlns:g/>",
            "<g xmlns:x=''/>",
            "<g xmlns:xmlns='urn:x'/>",
            "<g xmlns:xml='urn:x'/>",
            "<g xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
            "<g xmlns='http://www.w3.org/XML/1998/namespace'/>",
            "<g xmlns='http://www.w3.org/2000/xmlns/'/>",
            "<g xmlns:x='http://www.w3.org/2000/xmlns/'/>",
            "<g xmlns='' xmlns=''/>",
            "<g xmlns:x='urn:x' xmlns:x='urn:y'/>",
            "<g xmlns:x='urn:x' xmlns:y='urn:x' x:a='' y:a=''/>",
            "<o:g></l:g>",
            "<g xmlns:p='http://openbadges.org'><l:g></p:g></g>",
            "<G></g>",
            "<a:b:c/>",
            "<a:/>",
            "<1/>",
            "<g a=1/>",
            "<g a/>",
            "<g a=''b=''/>",
            "<g a='' a=''/>",
            "< g/>",
            "</ g>",
        ] {
            assert_eq!(outcome(wrong), Err("svg-malformed"), "{wrong}");
        }
    }

    #[test]
    fn knows_what_may_stand_around_the_root() {
        let id = |text: &str| unpack(text.as_bytes()).map(|_| ()).map_err(|refusal| refusal.id());
        let fine = "\u{feff}<?xml version='1.0'?>\n<?a b?><!-- < & --><!DOCTYPE svg [\n] ><?A?><svg/> <!----><?c?>\n";
        assert_eq!(id(fine), Err("svg-without-credential"));
        for wrong in [
            "<?a?>",
            "<!---->",
            "<svg/><svg/>",
            "<svg/>&#32;",
            "<svg/><![CDATA[]]>",
            "<svg/></svg>",
            "<svg/><!DOCTYPE svg>",
            "<!DOCTYPE svg><!DOCTYPE svg><svg/>",
            "<!DOCTYPE svg",
            "<!DOCTYPE svg [",
            "<!DOCTYPE svg []",
            "<?xml?><?xml version='1.0'?><svg/>",
            "<!----><?xml version='1.0'?><svg/>",
            "<svg><?xml version='1.0'?></svg>",
            "<!-- -- --><svg/>",
            "<svg><!-- ---></svg>",
            "<svg><![cdata[]]></svg>",
            "<svg><!ELEMENT a></svg>",
            "<svg><!DOCTYPE svg></svg>",
            "<svg><? a?></svg>",
        ] {
            assert_eq!(id(wrong), Err("svg-malformed"), "{wrong}");
        }
        for subset in
            ["<!ATTLIST svg xmlns CDATA 'urn:x'>", "<!ELEMENT svg ANY>", "<!---->", "<?a?>", "<!ENTITY a"]
        {
            assert_eq!(id(&format!("<!DOCTYPE svg [{subset}]><svg/>")), Err("svg-dtd-refused"), "{subset}");
        }
        // What is wrong with the XML comes before what is wrong with the badge.
        assert_eq!(id("<feed></g>"), Err("svg-malformed"));
        assert_eq!(
            id("<feed><credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{}</credential></feed>"),
            Err("xml-not-svg")
        );
        assert_eq!(id("<feed/><"), Err("svg-malformed"));
        assert_eq!(
            outcome("<o:credential>{}</o:credential><o:credential>[]</o:credential>&a;"),
            Err("svg-malformed")
        );
        assert_eq!(
            outcome("<o:credential><o:credential>{}</o:credential></o:credential>"),
            Err("svg-malformed")
        );
    }

    #[test]
    fn counts_while_reading() {
        let attributes = |count: usize| {
            let list: Vec<String> = (0..count).map(|n| format!("a{n} = \">\"")).collect();
            outcome(&format!("<g {}/>", list.join(" ")))
        };
        assert_eq!(attributes(ATTRIBUTES_MAX), Err("svg-without-credential"));
        assert_eq!(attributes(ATTRIBUTES_MAX + 1), Err("svg-limit"));
        let namespaces = |count: usize| {
            outcome(&(0..count).map(|n| format!("<g xmlns:a{n}='urn:{n}'/>")).collect::<String>())
        };
        assert_eq!(namespaces(NAMESPACES_MAX - 3), Err("svg-without-credential"));
        assert_eq!(namespaces(NAMESPACES_MAX - 2), Err("svg-limit"));
        let used = |count: usize| outcome(&format!("<g>{}</g>", "xmlns".repeat(count)));
        assert_eq!(used(NAMESPACES_MAX + 1), Err("svg-without-credential"));
        let nodes = |count: usize| outcome(&"<g/>".repeat(count));
        assert_eq!(nodes(49_998), Err("svg-without-credential"));
        assert_eq!(nodes(50_001), Err("svg-limit"));
    }
}
