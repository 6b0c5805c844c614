//! One pass over a table, which may be in several files, and packed.

use super::plan::Plan;
use super::{Answer, FigureError, Format, Input, Request, TableError, TableOptions, reader, workbook};

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
        let options = self.options;
        match input {
            Input::Bytes(bytes) if options.format == Format::Workbook => {
                workbook::read(bytes, &options.sheet, &mut self.plan)
            }
            Input::Stream(input) if options.format == Format::Workbook => {
                let bytes = reader::whole(input, workbook::LARGEST)?;
                workbook::read(&bytes, &options.sheet, &mut self.plan)
            }
            input => reader::read(input, options.format, &mut self.plan),
        }
    }

    /// What the requests come to, in their order.
    ///
    /// # Errors
    /// Where the options name a column that is not there.
    pub fn finish(self) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
        self.plan.finish()
    }
}
