//! Which requests want the row with a given key.

use super::name;
use super::request::{Request, Select};
use super::row::trimmed;

/// How a row's key came to be the one asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It is the name asked for, in other characters.
    ByName,
    /// It is the key itself.
    Exact,
}

/// The keys asked for, by the hash of their letters and digits: a row is looked up once, however many figures are
/// taken from the table.
#[derive(Debug, Default)]
pub(super) struct KeyIndex<'a> {
    /// The first key of each bucket; as many buckets as a power of two.
    buckets: Vec<Option<u32>>,
    keys: Vec<WantedKey<'a>>,
    /// For each request, the next one with the same key.
    same_key: Vec<Option<u32>>,
}

#[derive(Debug)]
struct WantedKey<'a> {
    key: &'a str,
    hash: u64,
    first_request: u32,
    last_request: u32,
    /// The next key of the bucket.
    next: Option<u32>,
}

impl<'a> KeyIndex<'a> {
    /// The index of those requests that select by key.
    pub(super) fn new(requests: &'a [Request<'a>]) -> Self {
        let mut index = Self::default();
        for (number, request) in (0_u32..).zip(requests) {
            if let Select::Key(key) | Select::Named(key) = request.select {
                if index.buckets.is_empty() {
                    index.buckets = vec![None; (requests.len() * 2).next_power_of_two()];
                    index.same_key = vec![None; requests.len()];
                    index.keys.reserve(requests.len());
                }
                index.insert(trimmed(key), number);
            }
        }
        index
    }

    /// Whether no request selects by key.
    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Calls `wanted` with every request that wants the row with this key.
    pub(super) fn each(
        &self,
        printed: &str,
        requests: &[Request<'_>],
        mut wanted: impl FnMut(usize, Likeness),
    ) {
        let hash = name::hash(printed);
        let mut next = self.bucket(hash);
        while let Some(key) = next.and_then(|key| self.keys.get(key as usize)) {
            next = key.next;
            let likeness = if key.hash != hash {
                continue;
            } else if key.key == printed {
                Likeness::Exact
            } else if name::names(key.key, printed) {
                Likeness::ByName
            } else {
                continue;
            };
            let mut request = Some(key.first_request);
            while let Some(number) = request.map(|number| number as usize) {
                request = self.same_key.get(number).copied().flatten();
                let by_name =
                    requests.get(number).is_some_and(|request| matches!(request.select, Select::Named(_)));
                if likeness == Likeness::Exact || by_name {
                    wanted(number, likeness);
                }
            }
        }
    }

    fn insert(&mut self, key: &'a str, request: u32) {
        // Figures of one row are mostly asked for one after the other.
        let hash = match self.keys.last() {
            Some(last) if last.key == key => last.hash,
            _ => name::hash(key),
        };
        let mut next = self.bucket(hash);
        while let Some(known) = next.and_then(|key| self.keys.get_mut(key as usize)) {
            if known.key == key {
                if let Some(last) = self.same_key.get_mut(known.last_request as usize) {
                    *last = Some(request);
                }
                known.last_request = request;
                return;
            }
            next = known.next;
        }
        let number = u32::try_from(self.keys.len()).ok();
        let place = self.place(hash);
        if let Some(bucket) = self.buckets.get_mut(place) {
            let next = std::mem::replace(bucket, number);
            self.keys.push(WantedKey { key, hash, first_request: request, last_request: request, next });
        }
    }

    fn bucket(&self, hash: u64) -> Option<u32> {
        self.buckets.get(self.place(hash)).copied().flatten()
    }

    /// The upper bits of the hash, which depend on all of the key, folded onto the lower ones.
    fn place(&self, hash: u64) -> usize {
        let folded = usize::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or(0);
        folded & self.buckets.len().wrapping_sub(1)
    }
}
