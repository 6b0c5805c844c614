//! Where reports go.

use std::io::{self, IsTerminal, Write};

use super::arguments::Color;

/// A writer that falls silent when its reader has gone, so that `factcheck | head` ends quietly and the exit code
/// still tells the whole run.
pub(super) struct Quiet<W> {
    inner: W,
    gone: bool,
}

impl<W: Write> Quiet<W> {
    /// Writes to `inner` for as long as somebody reads.
    pub(super) fn new(inner: W) -> Self {
        Self { inner, gone: false }
    }

    fn unless_gone(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        match write(&mut self.inner) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(())
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(|inner| inner.write_all(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone(Write::flush)
    }
}

/// Whether to colour what goes to `stream`.
pub(super) fn is_coloured(when: Color, stream: &impl IsTerminal) -> bool {
    match when {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let mut out = Quiet::new(Closed);
        out.write_all(b"a").unwrap();
        out.write_all(b"b").unwrap();
        assert!(out.gone);
    }
}
