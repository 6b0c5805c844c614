//! Which formats of draft there are, by the ending of the file's name.

/// A format of draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `CommonMark` with tables, footnotes, strikethrough and front matter: `.md`, `.markdown`.
    Markdown,
    /// Plain text: `.txt`.
    Plain,
}

/// Why a file cannot be read as a draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedDraft {
    /// A format that is known but cannot be read.
    #[error(".{0} drafts are not in this version; a draft is Markdown (.md, .markdown) or plain text (.txt)")]
    NotYet(String),
    /// An ending that says nothing.
    #[error("a draft ends in .md, .markdown (Markdown) or .txt (plain text), not in .{0}")]
    Unknown(String),
    /// A name without an ending.
    #[error("a draft's name ends in .md, .markdown (Markdown) or .txt (plain text)")]
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
            "html" | "htm" | "docx" => Err(UnsupportedDraft::NotYet(ending.to_owned())),
            _ => Err(UnsupportedDraft::Unknown(ending.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        assert_eq!(Format::of("a.b/story.MD"), Ok(Format::Markdown));
        assert_eq!(Format::of("story.txt"), Ok(Format::Plain));
        assert_eq!(Format::of("story.docx"), Err(UnsupportedDraft::NotYet("docx".into())));
        assert_eq!(Format::of("story.pdf"), Err(UnsupportedDraft::Unknown("pdf".into())));
        assert_eq!(Format::of("a.md/story"), Err(UnsupportedDraft::NoEnding));
    }
}
