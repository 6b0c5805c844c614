//! Seeded choices. The same seed writes the same newsroom on every machine.

/// The generator `SplitMix64` (Steele, Lea and Flood, 2014): small, and good enough to pick words with.
pub(crate) struct Random(u64);

impl Random {
    /// A sequence of its own for each article, so that an article does not depend on those before it.
    pub(crate) fn new(seed: u64, article: u64) -> Self {
        let mut random = Self(seed);
        let start = random.next() ^ article.wrapping_mul(0xd134_2543_de82_ef95);
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.next().is_multiple_of(times)
    }

    /// One of the words; the empty string where there are none.
    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let last = words.len().saturating_sub(1) as u64;
        let chosen = usize::try_from(self.between(0, last)).unwrap_or(0);
        words.get(chosen).copied().unwrap_or_default()
    }
}
