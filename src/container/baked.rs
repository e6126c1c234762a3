//! Layer 1. What an image has baked into it: one credential, however often it is written there.

use super::{Content, Inside, Note, Refusal, Unpacked, is_web_address};

/// The credential met so far while an image is read.
#[derive(Debug, Default)]
pub struct Baked {
    credential: Option<Vec<u8>>,
    hosted_url: Option<String>,
    notes: Vec<Note>,
}

/// Two texts in one image that are not the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Differs;

impl Baked {
    /// Adds a credential. The same text again leaves a note, another one is refused: readers
    /// that take the first and readers that take the last would see different badges.
    pub fn add(&mut self, text: &[u8]) -> Result<(), Differs> {
        let text = text.trim_ascii();
        match &self.credential {
            None => self.credential = Some(text.to_vec()),
            Some(first) if first == text => self.note("container.several-identical"),
            Some(_) => return Err(Differs),
        }
        Ok(())
    }

    /// Adds a text of the Open Badges 1 and 2 kind, which may be the address of the assertion.
    pub fn add_legacy(&mut self, text: &[u8]) -> Result<(), Differs> {
        let address = str::from_utf8(text.trim_ascii()).ok().filter(|text| is_web_address(text));
        match (address, &self.hosted_url) {
            (None, _) => return self.add(text),
            (Some(address), None) => self.hosted_url = Some(address.to_string()),
            (Some(address), Some(first)) if first == address => self.note("container.several-identical"),
            (Some(_), Some(_)) => return Err(Differs),
        }
        Ok(())
    }

    /// Adds a note, once.
    pub fn note(&mut self, id: &'static str) {
        let note = Note { id };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The credential, or else the address of one, or else the refusal `nothing`.
    pub fn finish(mut self, nothing: Refusal) -> Result<Unpacked, Refusal> {
        let inside = match (self.credential.take(), self.hosted_url.take()) {
            (Some(text), address) => {
                if address.is_some() {
                    self.note("container.hosted-url-ignored");
                }
                Inside::Text(text)
            }
            (None, Some(address)) => Inside::Content(Content::HostedUrl(address)),
            (None, None) => return Err(nothing),
        };
        Ok(Unpacked { inside, notes: self.notes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(texts: &[&str], legacy: &[&str]) -> Result<(Inside, usize), Refusal> {
        let mut baked = Baked::default();
        let added = texts.iter().try_for_each(|text| baked.add(text.as_bytes()));
        let added = added.and_then(|()| legacy.iter().try_for_each(|text| baked.add_legacy(text.as_bytes())));
        added.map_err(|Differs| Refusal::PngTwoCredentials)?;
        baked.finish(Refusal::ImageWithoutCredential).map(|unpacked| (unpacked.inside, unpacked.notes.len()))
    }

    #[test]
    fn holds_one_credential() {
        let text = |notes| Ok((Inside::Text(b"{}".to_vec()), notes));
        let url = |notes| Ok((Inside::Content(Content::HostedUrl("https://a.example/1".into())), notes));
        assert_eq!(outcome(&[], &[]), Err(Refusal::ImageWithoutCredential));
        assert_eq!(outcome(&["{}"], &[]), text(0));
        assert_eq!(outcome(&["{}", "{}\n", "{}"], &[]), text(1));
        assert_eq!(outcome(&["{}", "[]"], &[]), Err(Refusal::PngTwoCredentials));
        assert_eq!(outcome(&["{}"], &["{}"]), text(1));
        assert_eq!(outcome(&["{}"], &["[]"]), Err(Refusal::PngTwoCredentials));
        assert_eq!(outcome(&["{}"], &["https://a.example/1"]), text(1));
        assert_eq!(outcome(&[], &[" https://a.example/1 "]), url(0));
        assert_eq!(outcome(&[], &["https://a.example/1", "https://a.example/1"]), url(1));
        assert_eq!(
            outcome(&[], &["https://a.example/1", "https://a.example/2"]),
            Err(Refusal::PngTwoCredentials)
        );
    }
}
