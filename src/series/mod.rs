//! Series: the values that a figure has by year, month or any other key, and what is said of one among them: the highest
//! since 2017, a record, the third of fifty.

mod record;
mod turn;

pub use record::{Effect, Extreme, Further, Gap, NoStanding, Standing, gaps};
pub use turn::{Step, Turn};

use crate::number::Decimal;

/// Values by key.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// In the order of time where every key is a period of one kind, else in that of the table.
    members: Vec<Member>,
    turns: Option<Vec<Turn>>,
}

/// One value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, as the table prints it.
    pub key: Box<str>,
    /// The value; ratios are kept as ratios (5% is 0.05), money in its currency's main unit.
    pub value: Decimal,
    /// How many rows it was made from.
    pub rows: u64,
    /// In which of the files of its table the first of them is, from 0.
    pub file: u32,
    /// The line of the first of them; in a spreadsheet the row.
    pub line: u64,
    /// The column of the cell there, from 0, in a spreadsheet.
    pub column: Option<u32>,
    /// What is printed in the cell there.
    pub printed: Box<str>,
}

impl Series {
    /// The series of some members, each with another key, in the order of the table.
    pub fn new(members: Vec<Member>) -> Self {
        let turns: Option<Vec<Turn>> = members.iter().map(|member| Turn::read(&member.key)).collect();
        let is_one_kind =
            |turns: &Vec<Turn>| turns.windows(2).all(|pair| matches!(pair, [a, b] if a.step() == b.step()));
        let Some(turns) = turns.filter(is_one_kind) else { return Self { members, turns: None } };
        let mut both: Vec<(Turn, Member)> = turns.into_iter().zip(members).collect();
        both.sort_by_key(|(turn, _)| *turn);
        let (turns, members) = both.into_iter().unzip();
        Self { members, turns: Some(turns) }
    }

    /// The members, in the order of time where their keys are periods.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The period of each member, where every key is one of the same kind.
    pub fn turns(&self) -> Option<&[Turn]> {
        self.turns.as_deref()
    }

    /// The place of a key: as the table prints it, or else the same period in other characters.
    pub fn position(&self, key: &str) -> Option<usize> {
        let key = key.trim();
        let printed = self.members.iter().position(|member| &*member.key == key);
        printed.or_else(|| {
            let turn = Turn::read(key)?;
            self.turns()?.iter().position(|other| *other == turn)
        })
    }

    /// The place of a member among all, from the highest, which is 1; those that are equal share the best place.
    pub fn rank(&self, at: usize) -> Option<usize> {
        let value = self.members.get(at)?.value;
        Some(1 + self.members.iter().filter(|other| other.value > value).count())
    }

    /// Every value, in order.
    pub fn values(&self) -> impl Iterator<Item = Decimal> {
        self.members.iter().map(|member| member.value)
    }

    /// From the first key to the last, for messages.
    pub fn extent(&self) -> String {
        match self.members.as_slice() {
            [] => "no values".to_owned(),
            [only] => format!("1 value, {}", only.key),
            [first, .., last] if self.turns.is_some() => {
                format!("{} values, from {} to {}", self.members.len(), first.key, last.key)
            }
            all => format!("{} values", all.len()),
        }
    }
}
