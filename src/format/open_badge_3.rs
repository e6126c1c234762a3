//! Layer 2. Open Badges 3.0: an achievement, awarded to somebody.
//!
//! Spec: [Open Badges 3.0 §B.1](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.achievementcredential.class).

use crate::codec::spec;
use crate::format::Format;

pub(super) const FORMAT: Format = Format {
    name: "open-badge-3",
    spec: spec("https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.achievementcredential.class"),
    matches: |types| {
        types.iter().any(|name| matches!(*name, "OpenBadgeCredential" | "AchievementCredential"))
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_name_will_do() {
        assert!((FORMAT.matches)(&["VerifiableCredential", "AchievementCredential"]));
        assert!((FORMAT.matches)(&["OpenBadgeCredential"]));
        assert!(!(FORMAT.matches)(&["VerifiableCredential"]));
    }
}
