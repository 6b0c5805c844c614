//! What attributes say of whether an element is seen. Style sheets are not read: only what stands in the tag counts.

/// The attributes of a tag, as far as they are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes {
    /// It is hidden, by `hidden` or by its style.
    pub(super) is_hidden: bool,
    /// It is open, as a dialogue may be.
    pub(super) is_open: bool,
    has_style: bool,
}

/// Whether the value of an attribute makes a difference.
pub(super) fn is_read(attribute: &[u8]) -> bool {
    attribute == b"style"
}

impl Attributes {
    /// Adds an attribute, its name in lower case. Of several with one name the first counts.
    pub(super) fn add(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"hidden" => self.is_hidden = true,
            b"open" => self.is_open = true,
            b"style" if !self.has_style => {
                self.has_style = true;
                self.is_hidden |= hides(value);
            }
            _ => {}
        }
    }
}

/// Whether a style has `display: none` or `visibility: hidden`; the last word on each counts, or one that is important.
fn hides(style: &[u8]) -> bool {
    let mut display = (false, false);
    let mut visibility = (false, false);
    for declaration in style.split(|byte| *byte == b';') {
        let Some(colon) = declaration.iter().position(|byte| *byte == b':') else { continue };
        let (property, value) = declaration.split_at(colon);
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        let (value, is_important) = match value.iter().position(|byte| *byte == b'!') {
            Some(mark) => (value.get(..mark).unwrap_or_default().trim_ascii_end(), true),
            None => (value, false),
        };
        let (slot, hiding): (_, &[&str]) = match property.trim_ascii() {
            name if name.eq_ignore_ascii_case(b"display") => (&mut display, &["none"]),
            name if name.eq_ignore_ascii_case(b"visibility") => (&mut visibility, &["hidden", "collapse"]),
            _ => continue,
        };
        if is_important || !slot.1 {
            *slot = (hiding.iter().any(|word| value.eq_ignore_ascii_case(word.as_bytes())), is_important);
        }
    }
    display.0 || visibility.0
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn the_last_word_on_display_counts() {
        for style in
            ["display:none", " DISPLAY : None !important;", "color:red;display:none", "visibility: hidden"]
        {
            assert!(hides(style.as_bytes()), "{style}");
        }
        assert!(hides(b"display:none!important;display:block"));
        for style in
            ["", "display:block", "display:none;display:block", "x-display:none", "display", "content:'none'"]
        {
            assert!(!hides(style.as_bytes()), "{style}");
        }
    }
}
