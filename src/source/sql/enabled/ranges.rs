//! A large file of separated values, read in ranges of bytes on all cores.
//!
//! A range ends after the first line end past its share of the file. That may lie inside a quoted cell. The reader of
//! a range finds out: a row is then cut, and not complete where the range ends. So if every range from the first on is
//! read to its end, each began with a row; if one is not, the file is read again from beginning to end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use memchr::memchr;

use super::clock::Clock;
use super::texts::{Order, Taken, Texts};
use crate::packed::Packing;
use crate::source::separated::Separated;
use crate::source::{Format, encoding};
use crate::system;

/// The share of one range.
const SHARE: u64 = 4 << 20;
/// How far after its share a range may end.
const REACH: u64 = 1 << 20;

/// The rows of a file, range by range; `None` where it cannot be read so.
pub(super) fn read(
    path: &Path,
    format: Format,
    order: &Order<'_>,
    clock: &Clock,
) -> io::Result<Option<Vec<Taken>>> {
    if !matches!(format, Format::Csv | Format::Tsv) {
        return Ok(None);
    }
    let mut file = system::open(path)?;
    let size = file.seek(SeekFrom::End(0))?;
    if size < 2 * SHARE {
        return Ok(None);
    }
    let Some(starts) = starts(&mut file, size)? else { return Ok(None) };
    let Some((header, first)) = header(&mut file, format, order)? else { return Ok(None) };
    let bounds: Vec<(u64, u64)> = starts.iter().copied().zip(starts.iter().copied().skip(1)).collect();
    let bounds: Vec<(u64, u64)> = bounds
        .into_iter()
        .filter(|(_, end)| *end > first)
        .map(|(start, end)| (start.max(first), end))
        .collect();
    let (next, is_lost) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || -> io::Result<Vec<(usize, Taken)>> {
        let mut file = system::open(path)?;
        let mut bytes = Vec::new();
        let mut taken = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(start, end)) = bounds.get(number) else { return Ok(taken) };
            if is_lost.load(Ordering::Relaxed) || clock.is_up() {
                return Ok(taken);
            }
            bytes.clear();
            file.seek(SeekFrom::Start(start))?;
            Read::by_ref(&mut file).take(end - start).read_to_end(&mut bytes)?;
            let mut texts = Texts::new(order);
            let mut reader = header.begin(&mut texts);
            let is_last = end == size;
            match reader.feed(&bytes, is_last, &mut texts) {
                Ok(used) if used == bytes.len() => {}
                _ => {
                    is_lost.store(true, Ordering::Relaxed);
                    return Ok(taken);
                }
            }
            taken.push((number, texts.finish().map_err(io::Error::other)?));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from).min(bounds.len());
    let mut all = Vec::with_capacity(bounds.len());
    let results: Vec<io::Result<Vec<(usize, Taken)>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    for result in results {
        all.extend(result?);
    }
    clock.check()?;
    if is_lost.load(Ordering::Relaxed) || all.len() != bounds.len() {
        return Ok(None);
    }
    all.sort_by_key(|(number, _)| *number);
    Ok(Some(all.into_iter().map(|(_, taken)| taken).collect()))
}

/// Where ranges begin, with the file's end after them; `None` where lines are too long.
fn starts(file: &mut File, size: u64) -> io::Result<Option<Vec<u64>>> {
    let mut starts = vec![0];
    let mut bytes = Vec::new();
    let mut at = SHARE;
    while at < size {
        bytes.clear();
        let mut length = 0;
        let mut reach = 4096;
        let end = loop {
            file.seek(SeekFrom::Start(at + length))?;
            Read::by_ref(file).take(reach).read_to_end(&mut bytes)?;
            if let Some(end) = memchr(b'\n', &bytes) {
                break at + end as u64 + 1;
            }
            length = bytes.len() as u64;
            if at + length >= size {
                break size;
            }
            if length > REACH {
                return Ok(None);
            }
            reach = length;
        };
        if end < size {
            starts.push(end);
        }
        at = end.max(at + SHARE);
    }
    starts.push(size);
    Ok(Some(starts))
}

/// What all ranges have in common.
struct Header {
    names: Vec<String>,
    separator: u8,
}

impl Header {
    /// A reader of rows below the header.
    fn begin(&self, texts: &mut Texts<'_>) -> Separated {
        use crate::source::taker::Taker as _;
        self.names.iter().enumerate().for_each(|(index, name)| _ = texts.column(index, name, false));
        Separated::below(self.separator, self.names.len())
    }
}

/// The header, and where the rows below it begin.
fn header(file: &mut File, format: Format, order: &Order<'_>) -> io::Result<Option<(Header, u64)>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file).take(REACH).read_to_end(&mut bytes)?;
    if Packing::of_start(&bytes).is_some() || encoding::is_utf16(&bytes) {
        return Ok(None);
    }
    let text = encoding::without_mark(&bytes);
    let mark = bytes.len() - text.len();
    let mut texts = Texts::new(order);
    let mut reader = Separated::new(format);
    Ok(reader
        .feed_header(text, &mut texts)
        .ok()
        .flatten()
        .map(|(length, separator)| (Header { names: texts.names, separator }, (mark + length) as u64)))
}
