//! Sets of members of one facet.

/// A set of atoms, the smallest things that a facet's members are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    words: Vec<u64>,
}

impl Set {
    pub(super) fn one(atom: usize) -> Self {
        let mut words = vec![0; atom / 64 + 1];
        if let Some(word) = words.last_mut() {
            *word = 1 << (atom % 64);
        }
        Self { words }
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        let (long, short) = if self.words.len() >= other.words.len() { (self, other) } else { (other, self) };
        let mut words = long.words.clone();
        words.iter_mut().zip(&short.words).for_each(|(word, more)| *word |= more);
        Self { words }
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        let mut words = self.words.clone();
        words.iter_mut().zip(&other.words).for_each(|(word, less)| *word &= !less);
        while words.last() == Some(&0) {
            words.pop();
        }
        Self { words }
    }

    pub(super) fn covers(&self, other: &Self) -> bool {
        other.without(self).is_empty()
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_more_than_a_word_compare() {
        let (near, far) = (Set::one(3), Set::one(200));
        let both = near.union(&far);
        assert!(both.covers(&far) && both.covers(&near) && !near.covers(&both) && !near.meets(&far));
        assert_eq!(both.without(&far), near);
        assert_eq!(near.union(&far), far.union(&near));
    }
}
