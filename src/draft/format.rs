//! Which formats of draft there are, by the ending of the file's name.

use super::manuscript::UnreadableDraft;

/// A format of draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `CommonMark` with tables, footnotes, strikethrough and front matter: `.md`, `.markdown`.
    Markdown,
    /// Plain text: `.txt`.
    Plain,
    /// HTML pages: `.html`, `.htm`.
    Html,
    /// Word documents, of 2007 and later: `.docx`.
    Docx,
}

/// The endings, for messages.
const KNOWN: &str = ".md, .markdown (Markdown), .txt (plain text), .html, .htm (HTML) or .docx (Word)";

/// Why a file cannot be a draft, by its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedDraft {
    /// An ending that says nothing.
    #[error("a draft's name ends in {KNOWN}, not in .{0}")]
    Unknown(String),
    /// A name without an ending.
    #[error("a draft's name ends in {KNOWN}")]
    NoEnding,
}

impl Format {
    /// The format of the file of that name or path; capital letters make no difference.
    pub fn of(path: &str) -> Result<Self, UnsupportedDraft> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let Some((_, ending)) = name.rsplit_once('.') else { return Err(UnsupportedDraft::NoEnding) };
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Ok(Self::Markdown),
            "txt" => Ok(Self::Plain),
            "html" | "htm" => Ok(Self::Html),
            "docx" => Ok(Self::Docx),
            _ => Err(UnsupportedDraft::Unknown(ending.to_owned())),
        }
    }

    /// The most bytes that a draft of this format may have. It bounds time and memory: a reader of markup needs many times the
    /// size of a text that is nothing but markup. Pages and documents may have images in them.
    pub fn limit(self) -> u64 {
        let megabytes = match self {
            Self::Markdown => 16,
            Self::Plain | Self::Html => 64,
            Self::Docx => 256,
        };
        megabytes << 20
    }

    /// What is wrong with a file of more.
    pub fn too_large(self) -> UnreadableDraft {
        UnreadableDraft::TooLarge(self.limit() >> 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        assert_eq!(Format::of("a.b/story.MD"), Ok(Format::Markdown));
        assert_eq!(Format::of("story.txt"), Ok(Format::Plain));
        assert_eq!(Format::of("story.HTM"), Ok(Format::Html));
        assert_eq!(Format::of("story.docx"), Ok(Format::Docx));
        assert_eq!(Format::of("story.pdf"), Err(UnsupportedDraft::Unknown("pdf".into())));
        assert_eq!(Format::of("a.md/story"), Err(UnsupportedDraft::NoEnding));
    }
}
