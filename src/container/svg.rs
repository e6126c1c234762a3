//! Layer 1. An SVG with a credential baked into an element, as Open Badges 3.0 ("File Format",
//! SVG) and before it the [Open Badges 2.0 Baking
//! Specification](https://www.imsglobal.org/spec/ob/v2p0/baking/) describe it.
//!
//! Read with an XML parser, since real badges carry the name of the element in other text too.
//! Entities are refused, and elements, attributes and namespaces are counted before and while
//! parsing. A `DOCTYPE` without declarations, which drawing programs write, is harmless and
//! allowed; nothing it points to is ever loaded.
//!
//! DEVIATION: the specification puts the element directly behind the `svg` tag; real issuers put
//! others in between, so it is taken wherever it stands.

use roxmltree::{Document, Node, ParsingOptions};

use super::baked::{Baked, Differs};
use super::{Container, Refusal, Unpacked, compact_jws, foreign, is_web_address, trimmed};

/// An SVG, known as some XML that is not a web page.
pub const CONTAINER: Container = Container {
    name: "svg",
    spec: "https://www.imsglobal.org/spec/ob/v3p0/",
    is_bare: false,
    sniff: |bytes| trimmed(bytes).starts_with(b"<") && !foreign::is_html(bytes) && bytes.get(1) != Some(&0),
    unpack,
};

/// The baked text of one drawing.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let text = str::from_utf8(trimmed(bytes)).map_err(|_| Refusal::SvgMalformed)?;
    let document = parse(text)?;
    let root = document.root_element().tag_name();
    match (root.namespace(), root.name()) {
        (Some(SVG_NAMESPACE) | None, "svg") => {}
        (_, "html") => return Err(Refusal::Foreign("html-page")),
        _ => return Err(Refusal::XmlNotSvg),
    }
    let mut baked = Baked::default();
    for node in document.descendants().filter(Node::is_element) {
        match (node.tag_name().namespace(), node.tag_name().name()) {
            (Some(OPEN_BADGES_3_NAMESPACE), "credential") => read(&node, false, &mut baked)?,
            (Some(OPEN_BADGES_2_NAMESPACE), "assertion") => read(&node, true, &mut baked)?,
            _ => {}
        }
    }
    baked.finish(Refusal::SvgWithoutCredential)
}

fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    let has_many_namespaces = text.matches("xmlns").nth(NAMESPACES_MAX).is_some();
    if has_many_namespaces || has_many_attributes(text) {
        return Err(Refusal::SvgLimit);
    }
    let parse = |allow_dtd| {
        let options = ParsingOptions { allow_dtd, nodes_limit: NODES_MAX, ..ParsingOptions::default() };
        Document::parse_with_options(text, options)
    };
    // Only a declaration can define an entity, and a declaration cannot be spelled in another way.
    let parsed = match parse(false) {
        Err(roxmltree::Error::DtdDetected) if !text.contains("<!ENTITY") => parse(true),
        other => other,
    };
    parsed.map_err(|error| match error {
        roxmltree::Error::DtdDetected => Refusal::SvgDtdRefused,
        roxmltree::Error::NodesLimitReached => Refusal::SvgLimit,
        _ => Refusal::SvgMalformed,
    })
}

/// Whether one tag or all of them together have too many attributes. The parser compares those of
/// a tag pairwise, so their number must be bounded before it sees them.
fn has_many_attributes(text: &str) -> bool {
    let mut left = ALL_ATTRIBUTES_MAX;
    text.split('<').map(attribute_count).any(|count| {
        let is_spent = count > left;
        left = left.saturating_sub(count);
        is_spent || count > ATTRIBUTES_MAX
    })
}

/// The attributes in `tag`, the text that follows a `<`. As no `<` may stand in an attribute, a
/// whole tag lies in front of the next one.
fn attribute_count(tag: &str) -> usize {
    let (mut count, mut quote) = (0, None);
    if tag.starts_with(['!', '?', '/']) {
        return 0;
    }
    for byte in tag.bytes() {
        match (quote, byte) {
            (None, b'>') => break,
            (None, b'=') => count += 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    count
}

/// Adds what one credential element holds: its text, or a token in its `verify` attribute. Before
/// Open Badges 3 the attribute may be the address of the assertion.
fn read(element: &Node<'_, '_>, is_legacy: bool, baked: &mut Baked) -> Result<(), Refusal> {
    if element.children().any(|child| child.is_element()) {
        return Err(Refusal::SvgMalformed);
    }
    let texts = element.children().filter(Node::is_text);
    let body: String = texts.filter_map(|child| child.text()).collect();
    let body = body.trim_ascii();
    let verify = element.attribute("verify").unwrap_or_default().trim_ascii();
    let two = |_: Differs| Refusal::SvgTwoCredentials;
    if !body.is_empty() {
        baked.add(body.as_bytes()).map_err(two)?;
    }
    let is_token = compact_jws::sniff(verify.as_bytes());
    match (is_legacy, body.is_empty()) {
        _ if is_token => baked.add(verify.as_bytes()).map_err(two)?,
        (true, true) if is_web_address(verify) => baked.add_legacy(verify.as_bytes()).map_err(two)?,
        (_, true) if !verify.is_empty() => baked.add(verify.as_bytes()).map_err(two)?,
        (false, false) if !verify.is_empty() => baked.note("container.verify-attribute-ignored"),
        _ => {}
    }
    Ok(())
}

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const OPEN_BADGES_2_NAMESPACE: &str = "http://openbadges.org";
const OPEN_BADGES_3_NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";

/// Nodes (elements, texts, comments) of one drawing. The parser keeps some 80 bytes for each; a
/// detailed map has 20,000.
const NODES_MAX: u32 = 50_000;

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
    fn counts_before_the_parser_does() {
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
        let nodes = |count: usize| outcome(&"<g/>".repeat(count));
        assert_eq!(nodes(49_998), Err("svg-without-credential"));
        assert_eq!(nodes(50_001), Err("svg-limit"));
    }
}
