//! Layer 1. Who: organisations and people, and what they are known by.

use crate::claims::{self, Node};
use crate::codec::fields::record;
use crate::credential::{image, list, one};

/// An organisation or person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// `id`
    pub id: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `url`
    pub url: Option<String>,
    /// `image`
    pub image: Option<String>,
    /// `address.addressCountry` or `addressCountryCode`
    pub country: Option<String>,
    /// `address.addressRegion`
    pub region: Option<String>,
    /// `otherIdentifier`: codes of it in registers.
    pub identifiers: Vec<Identifier>,
    /// `parentOrg.name`: the organisation it belongs to.
    pub parent: Option<String>,
    /// `parentOrg.address.addressCountry` or `addressCountryCode`
    pub parent_country: Option<String>,
}

record! {
    Profile: id, name, description, url, image, country, region, identifiers, parent, parent_country
}

/// A way to recognise the holder, often hashed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identifier {
    /// `identityType`
    pub kind: Option<String>,
    /// `identityHash`: the value, or its hash.
    pub value: Option<String>,
    /// `hashed`
    pub hashed: bool,
    /// `salt`: what stands behind the value before it is hashed.
    pub salt: Option<String>,
}

record!(Identifier: kind, value, hashed, salt);

pub(super) fn profile(node: Node) -> Profile {
    let parent = one(node, claims::PARENT_ORG);
    let address = one(node, claims::ADDRESS);
    let country =
        |address: Node| address.text(claims::ADDRESS_COUNTRY).or_else(|| address.text(claims::COUNTRY_CODE));
    Profile {
        id: node.id().map(String::from),
        name: node.text(claims::NAME),
        description: node.text(claims::DESCRIPTION),
        url: node.text(claims::URL),
        image: image(node),
        country: address.and_then(country),
        region: address.and_then(|address| address.text(claims::ADDRESS_REGION)),
        identifiers: list(node, claims::OTHER_IDENTIFIER, entry),
        parent: parent.and_then(|parent| parent.text(claims::NAME)),
        parent_country: parent.and_then(|parent| one(parent, claims::ADDRESS)).and_then(country),
    }
}

pub(super) fn identifier(node: Node) -> Identifier {
    Identifier {
        kind: node.text(claims::IDENTITY_TYPE),
        value: node.text(claims::IDENTITY_HASH),
        hashed: node.text(claims::HASHED).as_deref() == Some("true"),
        salt: node.text(claims::SALT),
    }
}

/// A code in a register, which is never hashed.
fn entry(node: Node) -> Identifier {
    Identifier {
        kind: node.text(claims::IDENTIFIER_TYPE),
        value: node.text(claims::IDENTIFIER),
        ..Identifier::default()
    }
}
