//! What queries may take, and who runs them: `[queries]` and `[engine]` in the settings.

use std::path::PathBuf;
use std::time::Duration;

use rust_decimal::prelude::ToPrimitive;

use super::complaint::Complaint;
use super::decode::{Entry, Field};
use super::scalar::{RawText, RawValue};
use super::spanned::Spanned;
use crate::source::cluster::is_engine;
use crate::source::query::Limits;

/// The table `[queries]`, as it is written.
#[derive(Default)]
pub(super) struct RawQueries<'a> {
    timeout: Option<Spanned<RawValue<'a>>>,
    memory: Option<Spanned<RawText<'a>>>,
    spill: Option<Spanned<RawText<'a>>>,
}

/// The table `[engine]`, as it is written.
#[derive(Default)]
pub(super) struct RawEngine<'a> {
    url: Option<Spanned<RawText<'a>>>,
    folder: Option<Spanned<RawText<'a>>>,
}

impl<'a> Entry<'a> for RawQueries<'a> {
    const KEYS: &'static [&'static str] = &["timeout", "memory", "spill"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "timeout" => value.put(&mut self.timeout),
            "memory" => value.put(&mut self.memory),
            "spill" => value.put(&mut self.spill),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawEngine<'a> {
    const KEYS: &'static [&'static str] = &["url", "folder"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "url" => value.put(&mut self.url),
            "folder" => value.put(&mut self.folder),
            _ => false,
        }
    }
}

impl RawQueries<'_> {
    pub(super) fn limits(self, complaints: &mut Vec<Complaint>) -> Limits {
        let defaults = Limits::default();
        Limits {
            time: self.timeout.and_then(|stated| timeout(&stated, complaints)).unwrap_or(defaults.time),
            memory: self.memory.and_then(|stated| memory(&stated, complaints)).unwrap_or(defaults.memory),
            spill: self.spill.map(|folder| PathBuf::from(folder.value.0.into_owned())),
        }
    }
}

impl RawEngine<'_> {
    /// What is written down for a cluster is written there.
    pub(super) fn folder(&self, complaints: &mut Vec<Complaint>) -> Option<PathBuf> {
        let stated = self.folder.as_ref()?;
        let folder = PathBuf::from(&*stated.value.0);
        if folder.is_absolute() {
            return Some(folder);
        }
        let message = format!("`folder`: `{}` is no absolute path", stated.value);
        let help = "executors look for it under the same path: folder = \"/mnt/shared/factcheck\"";
        complaints.push(Complaint::new(stated.span, message).help(help));
        None
    }

    /// Where the cluster is, if there is one.
    pub(super) fn url(self, complaints: &mut Vec<Complaint>) -> Option<String> {
        let stated = self.url?;
        if is_engine(&stated.value) {
            return Some(stated.value.0.into_owned());
        }
        let message = format!("`url`: `{}` is no address of a cluster", stated.value);
        complaints.push(Complaint::new(stated.span, message).help("write it like \"df://host:50050\""));
        None
    }
}

/// A whole number of seconds, up to a day.
fn timeout(stated: &Spanned<RawValue<'_>>, complaints: &mut Vec<Complaint>) -> Option<Duration> {
    let seconds = match &stated.value {
        RawValue::Number(seconds) if seconds.fract().is_zero() => seconds.to_u64(),
        _ => None,
    };
    let time = seconds.filter(|seconds| (1..=86_400).contains(seconds)).map(Duration::from_secs);
    if time.is_none() {
        let message = "`timeout`: expected a number of seconds, from 1 to 86400";
        complaints.push(Complaint::new(stated.span, message).help("write timeout = 60 for a minute"));
    }
    time
}

/// A number of bytes with its unit: `512 MB`, `4 GB`.
fn memory(stated: &Spanned<RawText<'_>>, complaints: &mut Vec<Complaint>) -> Option<u64> {
    let text = stated.value.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let one: u64 = match unit.trim() {
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        _ => 0,
    };
    // With less, the engine cannot even begin.
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(one));
    let bytes = bytes.filter(|bytes| *bytes >= 16_000_000);
    if bytes.is_none() {
        let message = format!("`memory`: `{}` is no amount of memory, or less than 16 MB", stated.value);
        complaints.push(Complaint::new(stated.span, message).help("write it like \"512 MB\" or \"4 GB\""));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Settings;

    #[test]
    fn limits_and_engine_can_be_set() {
        let text = "[queries]\ntimeout = 5\nmemory = \"2 GB\"\nspill = \"/var/tmp\"\n[engine]\nurl = \"df://localhost:50050\"\nfolder = \"/mnt/shared\"\n";
        let settings = Settings::parse(text).unwrap();
        let limits =
            Limits { time: Duration::from_secs(5), memory: 2_000_000_000, spill: Some("/var/tmp".into()) };
        assert_eq!(settings.queries, limits);
        assert_eq!(settings.engine.as_deref(), Some("df://localhost:50050"));
        assert_eq!(settings.engine_folder, Some("/mnt/shared".into()));
        assert_eq!(Settings::parse("").unwrap().queries, Limits::default());
    }

    #[test]
    fn what_is_no_limit_is_said_where_it_stands() {
        for (wrong, at) in [
            ("[queries]\ntimeout = 0", "0"),
            ("[queries]\ntimeout = 1.5", "1.5"),
            ("[queries]\ntimeout = \"1 min\"", "\"1 min\""),
            ("[queries]\nmemory = \"1 KB\"", "\"1 KB\""),
            ("[queries]\nmemory = \"15 MB\"", "\"15 MB\""),
            ("[queries]\nmemory = \"99999999999999999999 GB\"", "\"99999999999999999999 GB\""),
            ("[engine]\nurl = \"http://host:1\"", "\"http://host:1\""),
            ("[engine]\nurl = \"df://host\"", "\"df://host\""),
            ("[engine]\nurl = \"df://:50050\"", "\"df://:50050\""),
            ("[engine]\nfolder = \"shared\"", "\"shared\""),
            ("[engine]\nurl = \"df://me:secret@host:50050\"", "\"df://me:secret@host:50050\""),
        ] {
            let complaints = Settings::parse(wrong).unwrap_err();
            let [complaint] = &complaints[..] else { panic!("{wrong}: {complaints:?}") };
            assert_eq!(complaint.span.of(wrong), at);
            assert!(complaint.help.is_some(), "{wrong}");
        }
    }
}
