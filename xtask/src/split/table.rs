//! The parts, and the functions behind which each of them begins.

/// A part of the program.
pub struct Part {
    /// What the core, the scripts and the marks around its texts call it; its file is `NAME_bg.wasm`.
    pub name: &'static str,
    /// The functions by which it is entered. Whoever calls one has asked whether the part is there. A star at
    /// the end stands for any end.
    pub gates: &'static [&'static str],
    /// The part that is loaded before it, and has what both need.
    pub requires: Option<&'static str>,
}

/// Every part. One that others require stands before them.
pub const PARTS: &[Part] = &[
    // What reads documents that were fetched: they are on their way while it is.
    Part {
        name: "net",
        gates: &[
            "verify_credential::check::status::open",
            "verify_credential::check::status_question::Question>::read",
            "verify_credential::container::png::inflated",
            "verify_credential::did::document::read",
            "verify_credential::did::https::Published>::add_key_set",
            "verify_credential::snapshot::add",
            "verify_credential::verify::lists::examine",
        ],
        requires: None,
    },
    // What few credentials need comes in two files: no file is to be larger than 45,000 bytes. The core asks for
    // `more`, which brings this one along: `Engines::has_more` says that both are there.
    Part {
        name: "basis",
        gates: &[
            "md5::*",
            "verify_credential::check::certificates::certified",
            "verify_credential::check::chain::previous",
            "verify_credential::check::chain::settle",
            "verify_credential::check::derived::verify",
            "verify_credential::check::detached::verify",
            "verify_credential::check::integrity::compare",
            "verify_credential::check::recipient::judge*",
            "verify_credential::check::recipient::matches",
            "verify_credential::check::schema::one",
            "verify_credential::container::data_uri::unpack",
            "verify_credential::container::fragment::unpack",
            "verify_credential::container::svg::unpack",
            "verify_credential::credential::properties::of_credential",
            "verify_credential::did::legacy_key::legacy_key",
            "verify_credential::render::parts::draw",
            "verify_credential::securing::data_integrity::Unsecured>::chained_digest",
            "verify_credential::verify::newer::stand_in",
            "verify_credential::verify::parts::bind",
            "verify_credential::verify::parts::conclude",
            "verify_credential::verify::parts::held",
            "verify_credential::verify::presented::present",
            "verify_credential::view::parts::lines",
        ],
        requires: Some("net"),
    },
    // Tokens, Open Badges before 3.0, and further status lists.
    Part {
        name: "more",
        gates: &[
            "verify_credential::check::open_badge_2::look_into",
            "verify_credential::check::status_list::examine",
            "verify_credential::check::token::claims",
            "verify_credential::check::token::evaluate",
            "verify_credential::container::compact_jws::unpack",
            "verify_credential::did::jwt_vc_issuer::published",
            "verify_credential::format::open_badge_2::identity",
            "verify_credential::status::open_more",
            "verify_credential::status::value_of_more",
            "verify_credential::verify::disclosure::examine",
            "verify_credential::verify::examine_token",
        ],
        requires: Some("basis"),
    },
    // What is drawn when a reader opens something, and the drawing as text. Called by `render::opened` and by the
    // boundary, which ask for it.
    Part {
        name: "look",
        gates: &[
            "verify_credential::render::behind::second",
            "verify_credential::render::checks::lines",
            "verify_credential::render::details::document_of",
            "verify_credential::render::details::lines",
            "verify_credential::render::html::to_html",
            "verify_credential::render::qr::code",
            "verify_credential::render::story::chapters",
            "verify_credential::view::blind::blinded",
        ],
        requires: None,
    },
];
