//! From the bytes of a draft's file to the draft: what its readers see, and every number in that.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::book::Desk;
use super::story::Newsroom;
use crate::assessment::{Draft, FileText};
use crate::consistency::{Contradiction, contradictions};
use crate::draft::{self, Format, Manuscript};
use crate::mention::survey;

/// Makes a draft of a file's bytes; of `None`, where they are more than [`Format::limit`], an error. An error is a message and
/// its remedy.
pub(super) fn manuscript<'b>(
    desk: Desk<'_>,
    path: Arc<Path>,
    format: Format,
    bytes: Option<&'b mut Vec<u8>>,
) -> Result<Draft<'b>, (String, Option<&'static str>)> {
    let read = bytes.map_or_else(|| Err(format.too_large()), |bytes| Manuscript::read(format, bytes));
    let Manuscript { text, counting, prose } =
        read.map_err(|error| (error.to_string(), Some(error.help())))?;
    let in_code = prose.code().iter().map(|span| {
        let code = survey(span.of(&text), desk.lexicon);
        code.mentions.len() + code.excluded.len()
    });
    let in_code = in_code.sum();
    let survey = survey(prose.text(), desk.lexicon);
    Ok(Draft { file: FileText::new(path, text).counted(counting), prose, survey, in_code })
}

/// Where a draft contradicts itself. Its day of publication is what its rules say, or the command line, or its front matter.
pub(super) fn held_against_itself(
    newsroom: Newsroom<'_>,
    draft: &Draft<'_>,
    published: Option<Date>,
) -> Vec<Contradiction> {
    let published = published.or(newsroom.published).or_else(|| draft::published(&draft.file.text));
    contradictions(draft.prose.text(), &draft.survey, newsroom.desk.widths, published)
}
