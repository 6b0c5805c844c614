//! The elements of HTML, as far as they decide what is prose and where elements end.
//!
//! After the HTML Standard (html.spec.whatwg.org), "Tree construction" for where elements end, "Rendering" for what is seen.

use html5gum::State;

/// What is known of an element by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    /// An element that nothing is known of runs on in its line.
    pub(super) const UNKNOWN: Self = Self(0);
    /// It parts what stands before, in and after it.
    pub(super) const BLOCK: Self = Self(1);
    /// The end tag of an element around it does not close it, unless that element is a block.
    pub(super) const SPECIAL: Self = Self(1 << 1);
    /// It closes a paragraph that is open.
    pub(super) const CLOSES_P: Self = Self(1 << 2);
    /// Its end tag closes it over special elements inside it.
    pub(super) const SCOPED: Self = Self(1 << 3);
    /// Tags inside it close nothing outside of it.
    pub(super) const FENCE: Self = Self(1 << 4);
    /// It has no content.
    pub(super) const VOID: Self = Self(1 << 5);
    /// It goes on in the next block until its own end tag.
    pub(super) const FORMATTING: Self = Self(1 << 6);
    /// Formatting that begins in it ends with it.
    pub(super) const MARKER: Self = Self(1 << 7);
    /// Something other than text stands there: words to both sides must not grow together.
    pub(super) const GAP: Self = Self(1 << 8);
    /// It ends a drawing or a formula that it stands in.
    pub(super) const BREAKS_OUT: Self = Self(1 << 9);
    /// Nobody sees its text, or nobody takes it for the text of the page.
    pub(super) const HIDDEN: Self = Self(1 << 10);
    /// Its text is code.
    pub(super) const CODE: Self = Self(1 << 11);
    /// Its text stands higher: a footnote's mark, most often.
    pub(super) const RAISED: Self = Self(1 << 12);
    /// In a drawing, it holds HTML again.
    pub(super) const HTML_IN_SVG: Self = Self(1 << 13);
    /// In a formula, it does.
    pub(super) const TEXT_IN_MATH: Self = Self(1 << 14);
    /// It is a drawing or a formula, or a part of one.
    pub(super) const FOREIGN: Self = Self(1 << 15);

    const SECTION: Self = Self::BLOCK.and(Self::SPECIAL).and(Self::CLOSES_P).and(Self::SCOPED);
    const HEADING: Self = Self::SECTION.and(Self::BREAKS_OUT);
    const ITEM: Self = Self::BLOCK.and(Self::SPECIAL);
    const CELL: Self = Self::SPECIAL.and(Self::FENCE).and(Self::MARKER);
    const EMPTY: Self = Self::SPECIAL.and(Self::VOID);
    const CONTROL: Self = Self::SPECIAL.and(Self::SCOPED).and(Self::HIDDEN).and(Self::GAP);
    const UNSEEN: Self = Self::SPECIAL.and(Self::HIDDEN);
    const MEDIUM: Self = Self::HIDDEN.and(Self::GAP);
    const PREFORMATTED: Self = Self::SECTION.and(Self::CODE);

    /// Both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the element has any of these traits.
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

/// How many elements are known.
pub(super) const KNOWN: usize = 127;

/// The elements that are known, in the order of their names.
const ELEMENTS: [(&str, Traits); KNOWN] = {
    type T = Traits;
    [
        ("a", T::FORMATTING),
        ("address", T::SECTION),
        ("applet", T::UNSEEN.and(T::FENCE).and(T::MARKER).and(T::SCOPED)),
        ("area", T::EMPTY),
        ("article", T::SECTION),
        ("aside", T::SECTION),
        ("audio", T::MEDIUM),
        ("b", T::FORMATTING.and(T::BREAKS_OUT)),
        ("base", T::EMPTY),
        ("basefont", T::EMPTY),
        ("bgsound", T::EMPTY),
        ("big", T::FORMATTING.and(T::BREAKS_OUT)),
        ("blockquote", T::SECTION.and(T::BREAKS_OUT)),
        ("body", T::SPECIAL.and(T::BREAKS_OUT)),
        ("br", T::EMPTY.and(T::GAP).and(T::BREAKS_OUT)),
        ("button", T::CONTROL),
        ("canvas", T::MEDIUM),
        ("caption", T::CELL.and(T::BLOCK)),
        ("center", T::SECTION.and(T::BREAKS_OUT)),
        ("code", T::FORMATTING.and(T::CODE).and(T::BREAKS_OUT)),
        ("col", T::EMPTY),
        ("colgroup", T::ITEM),
        ("datalist", T::HIDDEN),
        ("dd", T::ITEM.and(T::CLOSES_P).and(T::SCOPED).and(T::BREAKS_OUT)),
        ("desc", T::HTML_IN_SVG),
        ("details", T::SECTION),
        ("dialog", T::BLOCK.and(T::CLOSES_P).and(T::SCOPED)),
        ("dir", T::SECTION),
        ("div", T::SECTION.and(T::BREAKS_OUT)),
        ("dl", T::SECTION.and(T::BREAKS_OUT)),
        ("dt", T::ITEM.and(T::CLOSES_P).and(T::SCOPED).and(T::BREAKS_OUT)),
        ("em", T::FORMATTING.and(T::BREAKS_OUT)),
        ("embed", T::EMPTY.and(T::GAP).and(T::BREAKS_OUT)),
        ("fieldset", T::SECTION),
        ("figcaption", T::SECTION),
        ("figure", T::SECTION),
        ("font", T::FORMATTING),
        ("footer", T::SECTION),
        ("foreignobject", T::HTML_IN_SVG),
        ("form", T::SECTION),
        ("frame", T::EMPTY),
        ("frameset", T::EMPTY),
        ("h1", T::HEADING),
        ("h2", T::HEADING),
        ("h3", T::HEADING),
        ("h4", T::HEADING),
        ("h5", T::HEADING),
        ("h6", T::HEADING),
        ("head", T::SPECIAL.and(T::BREAKS_OUT)),
        ("header", T::SECTION),
        ("hgroup", T::SECTION),
        ("hr", T::EMPTY.and(T::BLOCK).and(T::CLOSES_P).and(T::BREAKS_OUT)),
        ("html", T::SPECIAL.and(T::FENCE)),
        ("i", T::FORMATTING.and(T::BREAKS_OUT)),
        ("iframe", T::UNSEEN.and(T::GAP)),
        ("image", T::EMPTY.and(T::GAP)),
        ("img", T::EMPTY.and(T::GAP).and(T::BREAKS_OUT)),
        ("input", T::EMPTY.and(T::GAP)),
        ("kbd", T::CODE),
        ("keygen", T::EMPTY.and(T::GAP)),
        ("legend", T::BLOCK),
        ("li", T::ITEM.and(T::CLOSES_P).and(T::BREAKS_OUT)),
        ("link", T::EMPTY),
        ("listing", T::PREFORMATTED.and(T::BREAKS_OUT)),
        ("main", T::SECTION),
        ("marquee", T::BLOCK.and(T::SPECIAL).and(T::FENCE).and(T::MARKER).and(T::SCOPED)),
        ("math", T::MEDIUM.and(T::FOREIGN)),
        ("menu", T::SECTION.and(T::BREAKS_OUT)),
        ("meta", T::EMPTY.and(T::BREAKS_OUT)),
        ("meter", T::MEDIUM),
        ("mi", T::TEXT_IN_MATH),
        ("mn", T::TEXT_IN_MATH),
        ("mo", T::TEXT_IN_MATH),
        ("ms", T::TEXT_IN_MATH),
        ("mtext", T::TEXT_IN_MATH),
        ("nav", T::SECTION),
        ("nobr", T::FORMATTING.and(T::BREAKS_OUT)),
        ("noembed", T::UNSEEN),
        ("noframes", T::UNSEEN),
        ("noscript", T::UNSEEN),
        ("object", T::UNSEEN.and(T::FENCE).and(T::MARKER).and(T::SCOPED).and(T::GAP)),
        ("ol", T::SECTION.and(T::BREAKS_OUT)),
        ("optgroup", T::BLOCK),
        ("option", T::BLOCK),
        ("p", T::ITEM.and(T::CLOSES_P).and(T::BREAKS_OUT)),
        ("param", T::EMPTY),
        ("plaintext", T::ITEM.and(T::CLOSES_P).and(T::CODE)),
        ("pre", T::PREFORMATTED.and(T::BREAKS_OUT)),
        ("progress", T::MEDIUM),
        ("rp", T::HIDDEN),
        ("rt", T::HIDDEN),
        ("rtc", T::HIDDEN),
        ("ruby", T::BREAKS_OUT),
        ("s", T::FORMATTING.and(T::BREAKS_OUT)),
        ("samp", T::CODE),
        ("script", T::UNSEEN),
        ("search", T::SECTION),
        ("section", T::SECTION),
        ("select", T::CONTROL.and(T::FENCE)),
        ("small", T::FORMATTING.and(T::BREAKS_OUT)),
        ("source", T::EMPTY),
        ("span", T::BREAKS_OUT),
        ("strike", T::FORMATTING.and(T::BREAKS_OUT)),
        ("strong", T::FORMATTING.and(T::BREAKS_OUT)),
        ("style", T::UNSEEN),
        ("sub", T::BREAKS_OUT),
        ("summary", T::SECTION),
        ("sup", T::RAISED.and(T::BREAKS_OUT)),
        ("svg", T::MEDIUM.and(T::FOREIGN)),
        ("table", T::BLOCK.and(T::SPECIAL).and(T::CLOSES_P).and(T::FENCE).and(T::BREAKS_OUT)),
        ("tbody", T::ITEM),
        ("td", T::CELL),
        ("template", T::UNSEEN.and(T::FENCE).and(T::MARKER).and(T::SCOPED)),
        ("textarea", T::UNSEEN.and(T::GAP)),
        ("tfoot", T::ITEM),
        ("th", T::CELL),
        ("thead", T::ITEM),
        ("title", T::UNSEEN.and(T::HTML_IN_SVG)),
        ("tr", T::ITEM),
        ("track", T::EMPTY),
        ("tt", T::FORMATTING.and(T::BREAKS_OUT)),
        ("u", T::FORMATTING.and(T::BREAKS_OUT)),
        ("ul", T::SECTION.and(T::BREAKS_OUT)),
        ("var", T::BREAKS_OUT),
        ("video", T::MEDIUM),
        ("wbr", T::EMPTY),
        ("xmp", T::ITEM.and(T::CLOSES_P).and(T::CODE)),
    ]
};

/// An element's name: that of a known one by its place in the table, others by numbers past it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(pub(super) usize);

impl Name {
    pub(super) const A: Self = Self::known("a");
    pub(super) const ADDRESS: Self = Self::known("address");
    pub(super) const BODY: Self = Self::known("body");
    pub(super) const BR: Self = Self::known("br");
    pub(super) const BUTTON: Self = Self::known("button");
    pub(super) const CAPTION: Self = Self::known("caption");
    pub(super) const COLGROUP: Self = Self::known("colgroup");
    pub(super) const DD: Self = Self::known("dd");
    pub(super) const DIALOG: Self = Self::known("dialog");
    pub(super) const DIV: Self = Self::known("div");
    pub(super) const DT: Self = Self::known("dt");
    pub(super) const FORM: Self = Self::known("form");
    pub(super) const H1: Self = Self::known("h1");
    pub(super) const H6: Self = Self::known("h6");
    pub(super) const HEAD: Self = Self::known("head");
    pub(super) const HTML: Self = Self::known("html");
    pub(super) const INPUT: Self = Self::known("input");
    pub(super) const LI: Self = Self::known("li");
    pub(super) const MATH: Self = Self::known("math");
    pub(super) const NOBR: Self = Self::known("nobr");
    pub(super) const OL: Self = Self::known("ol");
    pub(super) const OPTGROUP: Self = Self::known("optgroup");
    pub(super) const OPTION: Self = Self::known("option");
    pub(super) const P: Self = Self::known("p");
    pub(super) const RP: Self = Self::known("rp");
    pub(super) const RT: Self = Self::known("rt");
    pub(super) const RUBY: Self = Self::known("ruby");
    pub(super) const SELECT: Self = Self::known("select");
    pub(super) const SVG: Self = Self::known("svg");
    pub(super) const TABLE: Self = Self::known("table");
    pub(super) const TBODY: Self = Self::known("tbody");
    pub(super) const TD: Self = Self::known("td");
    pub(super) const TEMPLATE: Self = Self::known("template");
    pub(super) const TEXTAREA: Self = Self::known("textarea");
    pub(super) const TFOOT: Self = Self::known("tfoot");
    pub(super) const TH: Self = Self::known("th");
    pub(super) const THEAD: Self = Self::known("thead");
    pub(super) const TR: Self = Self::known("tr");
    pub(super) const UL: Self = Self::known("ul");

    /// The name in lower case, if it is a known one.
    pub(super) fn find(name: &[u8]) -> Option<Self> {
        ELEMENTS.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok().map(Self)
    }

    /// The name in lower case; empty for one that is not known.
    pub(super) fn text(self) -> &'static str {
        ELEMENTS.get(self.0).map_or("", |(name, _)| name)
    }

    /// What is known of the element.
    pub(super) fn traits(self) -> Traits {
        ELEMENTS.get(self.0).map_or(Traits::UNKNOWN, |(_, traits)| *traits)
    }

    /// Whether it is `h1` to `h6`.
    pub(super) fn is_heading(self) -> bool {
        (Self::H1..=Self::H6).contains(&self)
    }

    /// Whether what follows may close it without its end tag.
    pub(super) fn has_optional_end(self) -> bool {
        matches!(
            self,
            Self::DD | Self::DT | Self::LI | Self::OPTGROUP | Self::OPTION | Self::P | Self::RP | Self::RT
        )
    }

    /// How the text of an element is read that has no markup in it, if it is one.
    pub(super) fn raw_text(name: &[u8]) -> Option<State> {
        Some(match name {
            b"textarea" | b"title" => State::RcData,
            b"iframe" | b"noembed" | b"noframes" | b"noscript" | b"style" | b"xmp" => State::RawText,
            b"script" => State::ScriptData,
            b"plaintext" => State::PlainText,
            _ => return None,
        })
    }

    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    const fn known(name: &str) -> Self {
        let mut at = 0;
        while !is_same(ELEMENTS[at].0.as_bytes(), name.as_bytes()) {
            at += 1;
        }
        Self(at)
    }
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_found() {
        assert!(ELEMENTS.is_sorted_by(|(one, _), (other, _)| one < other));
        for (at, (name, traits)) in ELEMENTS.iter().enumerate() {
            assert_eq!(Name::find(name.as_bytes()), Some(Name(at)));
            assert_eq!(Name(at).traits(), *traits);
        }
        assert_eq!(Name::find(b"x-custom"), None);
        assert!(Name::find(b"h3").is_some_and(Name::is_heading) && !Name::P.is_heading());
    }
}
