//! Deflated bytes, inflated as they are read.

use std::io::{self, BufRead, Read};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

/// Reads what deflated bytes were, to the end of the deflated stream; the input is then just behind it.
pub(super) struct Inflate<R> {
    input: R,
    state: Box<InflateState>,
    is_done: bool,
}

impl<R: BufRead> Inflate<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, state: InflateState::new_boxed(DataFormat::Raw), is_done: false }
    }

    pub(super) fn input(&mut self) -> &mut R {
        &mut self.input
    }

    pub(super) fn packed(&self) -> &R {
        &self.input
    }

    /// Makes ready for another stream of the same input.
    pub(super) fn restart(&mut self) {
        self.state.reset(DataFormat::Raw);
        self.is_done = false;
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.is_done && !into.is_empty() {
            let packed = self.input.fill_buf()?;
            let is_end = packed.is_empty();
            let step = inflate(&mut self.state, packed, into, MZFlush::None);
            self.input.consume(step.bytes_consumed);
            match step.status {
                Ok(MZStatus::StreamEnd) => self.is_done = true,
                Ok(_) | Err(MZError::Buf) => {}
                Err(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "it is damaged")),
            }
            if step.bytes_written > 0 {
                return Ok(step.bytes_written);
            }
            if is_end && !self.is_done {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it breaks off"));
            }
        }
        Ok(0)
    }
}
