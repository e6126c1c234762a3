//! X.509 certificates of test authorities, sound ones and others.

use base64ct::{Base64, Encoding};

use super::signer::Issuer;

/// What a certificate says; whoever signs it is asked when it is made.
#[derive(Clone)]
pub struct Certificate<'a> {
    pub subject: &'a str,
    pub issuer: &'a str,
    pub key: &'a Issuer,
    /// `YYMMDDhhmmssZ`
    pub from: &'a str,
    pub until: &'a str,
    pub hosts: &'a [&'a str],
    pub uris: &'a [&'a str],
    /// It is an authority, and how many others may stand below it.
    pub authority: Option<Option<u8>>,
    /// The bits of the key usage, first byte.
    pub usage: Option<u8>,
    /// The hosts for which alone there may be certificates below it.
    pub only: &'a [&'a str],
    /// A critical extension that nobody knows.
    pub is_strange: bool,
}

impl<'a> Certificate<'a> {
    /// A leaf of `key` that is in force.
    pub fn leaf(issuer: &'a str, key: &'a Issuer, hosts: &'a [&'a str]) -> Self {
        Certificate {
            subject: "leaf",
            issuer,
            key,
            from: "250101000000Z",
            until: "350101000000Z",
            hosts,
            uris: &[],
            authority: None,
            usage: Some(0x80),
            only: &[],
            is_strange: false,
        }
    }

    /// An authority called `subject` with `key`.
    pub fn authority(subject: &'a str, issuer: &'a str, key: &'a Issuer) -> Self {
        let leaf = Certificate::leaf(issuer, key, &[]);
        Certificate { subject, authority: Some(None), usage: Some(0x06), ..leaf }
    }

    /// The certificate in DER, signed by `signer` as `alg` of JOSE says.
    pub fn signed(&self, signer: &Issuer, alg: &str) -> Vec<u8> {
        let algorithm = signature_algorithm(alg);
        let content = [
            tlv(0xa0, &tlv(2, &[2])),
            tlv(2, &[7]),
            algorithm.clone(),
            name(self.issuer),
            tlv(0x30, &[tlv(0x17, self.from.as_bytes()), tlv(0x17, self.until.as_bytes())].concat()),
            name(self.subject),
            public_key(self.key),
            tlv(0xa3, &tlv(0x30, &self.extensions())),
        ];
        let content = tlv(0x30, &content.concat());
        let signature = match alg {
            "ES256" | "ES384" => ecdsa_in_der(&signer.sign_bytes(&content)),
            alg => signer.sign_as(alg, &content),
        };
        tlv(0x30, &[content, algorithm, bits(&signature)].concat())
    }

    fn extensions(&self) -> Vec<u8> {
        let mut all = Vec::new();
        let mut add = |number: &[u8], is_critical: bool, value: Vec<u8>| {
            let critical = if is_critical { tlv(1, &[0xff]) } else { Vec::new() };
            all.extend(tlv(0x30, &[tlv(6, number), critical, tlv(4, &value)].concat()));
        };
        let hosts = self.hosts.iter().map(|name| tlv(0x82, name.as_bytes()));
        let names: Vec<u8> =
            hosts.chain(self.uris.iter().map(|uri| tlv(0x86, uri.as_bytes()))).flatten().collect();
        if !names.is_empty() {
            add(&[0x55, 0x1d, 17], false, tlv(0x30, &names));
        }
        if let Some(below) = self.authority {
            let below = below.map(|count| tlv(2, &[count])).unwrap_or_default();
            add(&[0x55, 0x1d, 19], true, tlv(0x30, &[tlv(1, &[0xff]), below].concat()));
        }
        if let Some(usage) = self.usage {
            let unused = u8::try_from(usage.trailing_zeros()).expect("few");
            add(&[0x55, 0x1d, 15], true, tlv(3, &[unused, usage]));
        }
        if !self.only.is_empty() {
            let below: Vec<u8> =
                self.only.iter().flat_map(|host| tlv(0x30, &tlv(0x82, host.as_bytes()))).collect();
            add(&[0x55, 0x1d, 30], true, tlv(0x30, &tlv(0xa0, &below)));
        }
        if self.is_strange {
            add(&[0x55, 0x1d, 0x63], true, tlv(5, &[]));
        }
        all
    }
}

/// The text of `x5c` for a chain in DER.
pub fn x5c(chain: &[Vec<u8>]) -> String {
    let texts: Vec<String> = chain.iter().map(|der| format!("\"{}\"", Base64::encode_string(der))).collect();
    format!("[{}]", texts.join(","))
}

/// The PEM of a certificate.
pub fn pem(der: &[u8]) -> String {
    armoured("CERTIFICATE", der)
}

/// The public key of `key` in PEM.
pub fn public_key_pem(key: &Issuer) -> String {
    armoured("PUBLIC KEY", &public_key(key))
}

fn armoured(label: &str, der: &[u8]) -> String {
    let text = Base64::encode_string(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = match value.len() {
        length @ 0..=0x7f => vec![u8::try_from(length).expect("short")],
        length => {
            let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            [&[0x80 | u8::try_from(bytes.len()).expect("few")], &bytes[..]].concat()
        }
    };
    [&[tag], &length[..], value].concat()
}

fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], bytes].concat())
}

fn whole(number: &[u8]) -> Vec<u8> {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len() - 1);
    let number = &number[start..];
    let sign: &[u8] = if number[0] >= 0x80 { &[0] } else { &[] };
    tlv(2, &[sign, number].concat())
}

fn name(common: &str) -> Vec<u8> {
    let attribute = tlv(0x30, &[tlv(6, &[0x55, 4, 3]), tlv(0x0c, common.as_bytes())].concat());
    tlv(0x30, &tlv(0x31, &attribute))
}

fn public_key(key: &Issuer) -> Vec<u8> {
    const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    let (algorithm, bytes) = match key {
        Issuer::Ed25519(key) => (tlv(6, &[0x2b, 0x65, 0x70]), key.verifying_key().to_bytes().to_vec()),
        Issuer::P256(_) => {
            let curve = tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]);
            ([tlv(6, EC), curve].concat(), key.point(false))
        }
        Issuer::P384(_) => {
            let curve = tlv(6, &[0x2b, 0x81, 4, 0, 0x22]);
            ([tlv(6, EC), curve].concat(), key.point(false))
        }
        Issuer::Rsa(_) => {
            let (modulus, exponent) = key.numbers();
            let number = tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]);
            let both = tlv(0x30, &[whole(&modulus), whole(&exponent)].concat());
            ([number, tlv(5, &[])].concat(), both)
        }
        Issuer::P521(_) | Issuer::Secp256k1(_) => panic!("not in certificates"),
    };
    tlv(0x30, &[tlv(0x30, &algorithm), bits(&bytes)].concat())
}

fn signature_algorithm(alg: &str) -> Vec<u8> {
    let number: &[u8] = match alg {
        "ES256" => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
        "ES384" => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3],
        "EdDSA" => &[0x2b, 0x65, 0x70],
        "RS256" => &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b],
        _ => panic!("{alg} signs no certificates here"),
    };
    let none = if alg.starts_with("RS") { tlv(5, &[]) } else { Vec::new() };
    tlv(0x30, &[tlv(6, number), none].concat())
}

fn ecdsa_in_der(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    tlv(0x30, &[whole(r), whole(s)].concat())
}
