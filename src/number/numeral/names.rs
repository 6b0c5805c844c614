//! The names of numbers.

use rust_decimal::{Decimal, dec};

use crate::text::{Heads, Sieve, WordTable};

/// What a word of a numeral says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A number under a hundred.
    One(i64),
    /// So many times: "twice", "tripled".
    Multiple(i64),
    /// One part of so many, in a verb: "halved".
    Parted(i64),
    /// So many make one; the plural has an -s, but for "halves".
    Part(i64),
    /// It multiplies what stands before it.
    Scale(Decimal),
}

/// What a word says in a numeral. Scales are there in the singular and the plural, parts in the singular.
#[inline]
pub(super) fn name(word: &str) -> Option<Name> {
    NAMES.get(word)
}

/// Lets the words through that numerals are made of.
pub const fn numeral_words() -> &'static Sieve {
    NAMES.sieve()
}

/// Lets the words through that numerals are made of, by their first letters.
pub const fn numeral_heads() -> Heads {
    NAMES.heads()
}

/// Lets suffixes through.
pub(super) const fn scale_suffixes() -> &'static Sieve {
    SUFFIXES.sieve()
}

/// Whether a numeral may begin with the word, articles aside.
pub fn begins_numeral(word: &str) -> bool {
    match name(word) {
        Some(Name::Part(parts)) => parts == 2 && word.len() == "half".len() || is_quarter(word),
        // "CR" in front of a number is part of a code.
        Some(_) => word.len() > "cr".len(),
        None => false,
    }
}

fn is_quarter(word: &str) -> bool {
    word.eq_ignore_ascii_case("quarter")
}

/// Whether "a" or "an" before the word may begin a numeral: "a million", "a third".
pub fn continues_article(word: &str) -> bool {
    match name(word) {
        Some(Name::Part(_) | Name::Scale(_)) => true,
        // "a twenty-first"
        Some(Name::One(one)) => one >= 20,
        _ => false,
    }
}

/// A number under a hundred, by its name.
pub(super) fn one(word: &str) -> Option<Decimal> {
    match name(word) {
        Some(Name::One(one)) => Some(Decimal::from(one)),
        _ => None,
    }
}

/// How many of a part make one, by its name: singular after "a" or "one", plural after more.
pub(super) fn part(word: &str, is_one: bool) -> Option<i64> {
    let singular = if is_one { word } else { word.strip_suffix(['s', 'S'])? };
    match name(singular) {
        Some(Name::Part(part)) => Some(part),
        _ => None,
    }
}

/// What a scale word multiplies by, in the singular or the plural.
pub(super) fn scale_word(word: &str) -> Option<Decimal> {
    match name(word) {
        Some(Name::Scale(scale)) => Some(scale),
        _ => None,
    }
}

/// Suffixes that stand at the digits without a gap, or, from two letters on, with one.
pub(super) fn scale_suffix(word: &str) -> Option<Decimal> {
    match word {
        // "5MM" are millions, "5mm" millimetres; "5G" are billions, "5g" grams.
        "MM" => Some(dec!(1_000_000)),
        "G" => Some(dec!(1_000_000_000)),
        _ => SUFFIXES.get(word),
    }
}

static NAMES: WordTable<Name, 121> = WordTable::new([
    ("zero", Name::One(0)),
    ("nil", Name::One(0)),
    ("cr", Name::Scale(dec!(10_000_000))),
    ("krore", Name::Scale(dec!(10_000_000))),
    ("krores", Name::Scale(dec!(10_000_000))),
    ("lac", Name::Scale(dec!(100_000))),
    ("lkh", Name::Scale(dec!(100_000))),
    ("lkhs", Name::Scale(dec!(100_000))),
    ("nought", Name::One(0)),
    ("naught", Name::One(0)),
    ("one", Name::One(1)),
    ("two", Name::One(2)),
    ("three", Name::One(3)),
    ("four", Name::One(4)),
    ("five", Name::One(5)),
    ("six", Name::One(6)),
    ("seven", Name::One(7)),
    ("eight", Name::One(8)),
    ("nine", Name::One(9)),
    ("ten", Name::One(10)),
    ("eleven", Name::One(11)),
    ("twelve", Name::One(12)),
    ("thirteen", Name::One(13)),
    ("fourteen", Name::One(14)),
    ("fifteen", Name::One(15)),
    ("sixteen", Name::One(16)),
    ("seventeen", Name::One(17)),
    ("eighteen", Name::One(18)),
    ("nineteen", Name::One(19)),
    ("twenty", Name::One(20)),
    ("thirty", Name::One(30)),
    ("forty", Name::One(40)),
    ("fifty", Name::One(50)),
    ("sixty", Name::One(60)),
    ("seventy", Name::One(70)),
    ("eighty", Name::One(80)),
    ("ninety", Name::One(90)),
    ("once", Name::Multiple(1)),
    ("twice", Name::Multiple(2)),
    ("thrice", Name::Multiple(3)),
    ("double", Name::Multiple(2)),
    ("doubled", Name::Multiple(2)),
    ("doubling", Name::Multiple(2)),
    ("doubles", Name::Multiple(2)),
    ("triple", Name::Multiple(3)),
    ("tripled", Name::Multiple(3)),
    ("tripling", Name::Multiple(3)),
    ("triples", Name::Multiple(3)),
    ("quadruple", Name::Multiple(4)),
    ("quadrupled", Name::Multiple(4)),
    ("quadruples", Name::Multiple(4)),
    ("quadrupling", Name::Multiple(4)),
    ("treble", Name::Multiple(3)),
    ("trebled", Name::Multiple(3)),
    ("trebling", Name::Multiple(3)),
    ("halved", Name::Parted(2)),
    ("halving", Name::Parted(2)),
    ("quintuple", Name::Multiple(5)),
    ("quintupled", Name::Multiple(5)),
    ("twofold", Name::Multiple(2)),
    ("threefold", Name::Multiple(3)),
    ("fourfold", Name::Multiple(4)),
    ("fivefold", Name::Multiple(5)),
    ("sixfold", Name::Multiple(6)),
    ("sevenfold", Name::Multiple(7)),
    ("eightfold", Name::Multiple(8)),
    ("ninefold", Name::Multiple(9)),
    ("tenfold", Name::Multiple(10)),
    ("half", Name::Part(2)),
    ("halve", Name::Part(2)),
    ("third", Name::Part(3)),
    ("quarter", Name::Part(4)),
    ("fourth", Name::Part(4)),
    ("fifth", Name::Part(5)),
    ("sixth", Name::Part(6)),
    ("seventh", Name::Part(7)),
    ("eighth", Name::Part(8)),
    ("eleventh", Name::Part(11)),
    ("thirteenth", Name::Part(13)),
    ("fourteenth", Name::Part(14)),
    ("seventeenth", Name::Part(17)),
    ("eighteenth", Name::Part(18)),
    ("nineteenth", Name::Part(19)),
    ("thirtieth", Name::Part(30)),
    ("fortieth", Name::Part(40)),
    ("fiftieth", Name::Part(50)),
    ("sixtieth", Name::Part(60)),
    ("seventieth", Name::Part(70)),
    ("eightieth", Name::Part(80)),
    ("ninetieth", Name::Part(90)),
    ("ninth", Name::Part(9)),
    ("tenth", Name::Part(10)),
    ("twelfth", Name::Part(12)),
    ("fifteenth", Name::Part(15)),
    ("sixteenth", Name::Part(16)),
    ("twentieth", Name::Part(20)),
    ("hundredth", Name::Part(100)),
    ("thousandth", Name::Part(1_000)),
    ("millionth", Name::Part(1_000_000)),
    ("billionth", Name::Part(1_000_000_000)),
    ("trillionth", Name::Part(1_000_000_000_000)),
    ("hundred", Name::Scale(dec!(100))),
    ("thousand", Name::Scale(dec!(1_000))),
    ("lakh", Name::Scale(dec!(100_000))),
    ("million", Name::Scale(dec!(1_000_000))),
    ("crore", Name::Scale(dec!(10_000_000))),
    ("billion", Name::Scale(dec!(1_000_000_000))),
    ("trillion", Name::Scale(dec!(1_000_000_000_000))),
    ("koti", Name::Scale(dec!(10_000_000))),
    ("dozen", Name::Scale(dec!(12))),
    ("doz", Name::Scale(dec!(12))),
    ("dozs", Name::Scale(dec!(12))),
    ("dzs", Name::Scale(dec!(12))),
    ("hundreds", Name::Scale(dec!(100))),
    ("thousands", Name::Scale(dec!(1_000))),
    ("lakhs", Name::Scale(dec!(100_000))),
    ("millions", Name::Scale(dec!(1_000_000))),
    ("crores", Name::Scale(dec!(10_000_000))),
    ("billions", Name::Scale(dec!(1_000_000_000))),
    ("trillions", Name::Scale(dec!(1_000_000_000_000))),
    ("dozens", Name::Scale(dec!(12))),
]);

static SUFFIXES: WordTable<Decimal, 14> = WordTable::new([
    ("k", dec!(1_000)),
    ("m", dec!(1_000_000)),
    ("mn", dec!(1_000_000)),
    ("mln", dec!(1_000_000)),
    ("mil", dec!(1_000_000)),
    ("b", dec!(1_000_000_000)),
    ("bn", dec!(1_000_000_000)),
    ("bln", dec!(1_000_000_000)),
    ("t", dec!(1_000_000_000_000)),
    ("lac", dec!(100_000)),
    ("cr", dec!(10_000_000)),
    ("tn", dec!(1_000_000_000_000)),
    ("trn", dec!(1_000_000_000_000)),
    ("tln", dec!(1_000_000_000_000)),
]);
