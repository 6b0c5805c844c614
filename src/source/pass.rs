//! One pass over a table, which may be in several files, and packed.

use std::io::{BufRead, Read as _};

use super::encoding::{self, Bytes};
use super::json;
use super::plan::Plan;
use super::separated::Separated;
use super::{Answer, FigureError, Format, Input, Request, TableError, TableOptions, workbook};
use crate::packed::{Packing, unpack};

/// What is asked of a table, while its files are read one after the other.
#[derive(Debug)]
pub struct Pass<'a> {
    options: &'a TableOptions<'a>,
    plan: Plan<'a>,
    files: u32,
}

impl<'a> Pass<'a> {
    /// Some requests to a table.
    pub fn new(options: &'a TableOptions<'a>, requests: &'a [Request<'a>]) -> Self {
        Self::sampled(options, requests, true)
    }

    /// The same; values that are like those not found are known where it is sampled.
    pub(super) fn sampled(
        options: &'a TableOptions<'a>,
        requests: &'a [Request<'a>],
        is_sampled: bool,
    ) -> Self {
        Self { options, plan: Plan::new(options, requests, is_sampled), files: 0 }
    }

    /// Reads the next file of a table that is in several. Its name stands in the column that the options say.
    ///
    /// # Errors
    /// As [`super::answer`], and where its columns have other names than those of the first.
    pub fn read_one_of_several(&mut self, name: &str, input: Input<'_>) -> Result<(), TableError> {
        self.plan.begin_file(self.files, self.options.file_column.unwrap_or("file"), name);
        self.read(input)?;
        self.files += 1;
        self.plan.end_file()
    }

    /// Reads the file of a table.
    pub(super) fn read(&mut self, input: Input<'_>) -> Result<(), TableError> {
        if self.options.format == Format::Workbook {
            return self.workbook(input);
        }
        match input {
            Input::Bytes(bytes) => match Packing::of_start(bytes) {
                Some(packing) => self.stream(&mut unpack(bytes, packing)),
                None if encoding::is_utf16(bytes) => self.stream(&mut &*bytes),
                None => {
                    let mut reader = Reader::new(self.options.format);
                    reader.feed(encoding::without_mark(bytes), true, &mut self.plan)?;
                    reader.finish()
                }
            },
            Input::Stream(input) => match Packing::of_start(input.fill_buf()?) {
                Some(packing) => self.stream(&mut unpack(input, packing)),
                None => self.stream(input),
            },
        }
    }

    /// What the requests come to, in their order.
    ///
    /// # Errors
    /// Where the options name a column that is not there.
    pub fn finish(self) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
        self.plan.finish()
    }

    /// From a file that is read piece by piece.
    fn stream(&mut self, input: &mut dyn BufRead) -> Result<(), TableError> {
        /// How much is read before rows are looked for.
        const PIECE: usize = 1 << 16;
        let mut reader = Reader::new(self.options.format);
        let mut bytes = Bytes::new(input);
        let mut buffer = Vec::with_capacity(2 * PIECE);
        let mut enough = PIECE;
        let mut more = true;
        while more {
            while more && buffer.len() < enough {
                more = bytes.read(&mut buffer)?;
            }
            let used = reader.feed(&buffer, !more, &mut self.plan)?;
            buffer.drain(..used);
            // A row that did not fit is looked at again when twice as much of it has been read.
            enough = PIECE.max(2 * buffer.len());
        }
        reader.finish()
    }

    /// From a workbook, whose parts may lie anywhere in the file.
    fn workbook(&mut self, input: Input<'_>) -> Result<(), TableError> {
        let limit = workbook::LARGEST;
        match input {
            Input::Bytes(bytes) => workbook::read(bytes, &self.options.sheet, &mut self.plan),
            Input::Stream(input) => {
                let mut bytes = Vec::new();
                if input.take(limit + 1).read_to_end(&mut bytes)? as u64 > limit {
                    return Err(TableError::WorkbookTooLarge { limit: limit >> 20 });
                }
                workbook::read(&bytes, &self.options.sheet, &mut self.plan)
            }
        }
    }
}

/// The reader of one format of text.
enum Reader {
    Separated(Separated),
    Lines(json::Lines),
    Document(json::Document),
}

impl Reader {
    fn new(format: Format) -> Self {
        match format {
            Format::Csv | Format::Tsv | Format::Workbook => Self::Separated(Separated::new(format)),
            Format::Ndjson => Self::Lines(json::Lines::default()),
            Format::Json => Self::Document(json::Document),
        }
    }

    /// Hands what is complete in `bytes` to the plan, and says how many bytes that is.
    fn feed(&mut self, bytes: &[u8], last: bool, plan: &mut Plan<'_>) -> Result<usize, TableError> {
        match self {
            Self::Separated(table) => table.feed(bytes, last, plan),
            Self::Lines(lines) => lines.feed(bytes, last, plan),
            Self::Document(document) => document.feed(bytes, last, plan),
        }
    }

    fn finish(&self) -> Result<(), TableError> {
        match self {
            Self::Separated(table) => table.finish(),
            Self::Lines(lines) => lines.finish(),
            // A document has been read as a whole.
            Self::Document(_) => Ok(()),
        }
    }
}
