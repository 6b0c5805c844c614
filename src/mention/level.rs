//! Numbers that a change leads from and to: "fell by 1,200 to 8,400", "from 19 to 12 million".

use rust_decimal::{Decimal, dec};

use super::amount::{Amount, NextWord, amount_at, past_words};
use super::combined::scale;
use super::{Kind, Mention, counted};
use crate::hedge::Lexicon;
use crate::number::{Reading, Style, is_word};
use crate::unit::Unit;

/// How much larger the second number may be for the two to bound a change whose unit is said once. A level is mostly many
/// times the change that led to it.
const NEAR: Decimal = dec!(3);
/// The same where nothing is said once for both of them.
const NEARER: Decimal = dec!(1.5);

/// Whether what reads like a range is a change and the level that it led to: "rose 2 cents to 32 cents", "fell by 1,200 to
/// 8,400". Where both may be meant it is not taken for a range, which would allow all values between.
pub(super) fn is_change_to_level(
    text: &str,
    start: usize,
    first: &Amount,
    range: &Mention,
    lexicon: &Lexicon,
) -> bool {
    let Reading::Range(low, high) = range.reading else { return false };
    let is_to = NextWord::after(text, first.span.end as usize).is_some_and(|next| is_word(next.word, "to"));
    let Some(change) = change_before(text, start, lexicon).filter(|_| is_to) else { return false };
    let has_own = first.unit != Unit::Bare || first.scale != Decimal::ONE;
    if has_own && change == Change::Direct {
        return true;
    }
    // "Rose by 5 to 7 percent": a change to a level would be one in points.
    if matches!(range.unit, Unit::Percent | Unit::Points | Unit::Ratio) {
        return false;
    }
    // "Fell 300 to 900 from 1,200"
    let came_from = past_words(text, range.span.end as usize, &["from"]);
    if came_from.is_some_and(|at| amount_at(text, at).is_some()) {
        return true;
    }
    let is_said_once = !has_own && range.unit != Unit::Bare
        || low.value != first.written.value
        || change == Change::Direct && counted(text, range).is_some();
    let most = if is_said_once { NEAR } else { NEARER };
    low.value.checked_mul(most).is_none_or(|most| high.value >= most)
}

/// How a number is said to be one of a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// "rose |5"
    Direct,
    /// "rose by |5", "cut the staff by about |300"
    By,
}

fn change_before(text: &str, start: usize, lexicon: &Lexicon) -> Option<Change> {
    let start = lexicon.ending_at(text, start).map_or(start, |(_, hedge)| hedge.start as usize);
    let before = text.get(..start)?.trim_end();
    let Some(by) = strip_word(before, "by") else {
        return lexicon.is_direction_before(text, start).then_some(Change::Direct);
    };
    lexicon.is_direction_in_clause(text, by.len()).then_some(Change::By)
}

/// What stands before a last word.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.get(..text.len().checked_sub(word.len())?)?;
    let is_it = text.get(rest.len()..).is_some_and(|end| end.eq_ignore_ascii_case(word));
    (is_it && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
}

/// "from |19 to 12 million", "from |5 to 7 percent": a number that shares the scale and the unit of the one it led to.
pub(super) fn shared_with_level(text: &str, first: &Amount) -> Option<Amount> {
    let is_open = first.unit == Unit::Bare && first.scale == Decimal::ONE && !first.is_signed;
    if !is_open || !matches!(first.style, Style::Digits | Style::Words) {
        return None;
    }
    let at = past_words(text, first.span.end as usize, &["to"])?;
    let second = amount_at(text, at)?;
    // "From 5 to $7": a sign before a number is its own.
    let is_own = second.kind == Kind::Money && !text.get(at..)?.starts_with(char::is_alphanumeric);
    if is_own || second.is_signed || matches!(second.style, Style::Fraction | Style::Multiple) {
        return None;
    }
    let mut amount = *first;
    if second.scale > Decimal::ONE {
        if !is_of_one_scale(first, &second) {
            return None;
        }
        scale(&mut amount, second.scale)?;
    }
    let is_percent = matches!(second.unit, Unit::Percent | Unit::Points);
    if is_percent && first.written.value.is_integer() {
        (amount.written.step, amount.written.firm) = (Decimal::ONE, true);
    }
    (amount.unit, amount.factor, amount.per, amount.kind) =
        (second.unit, second.factor, second.per, second.kind);
    Some(amount)
}

/// "two|- and three-year-olds", "12|- and 13-inch": a number that shares what is joined to the next.
pub(super) fn suspended(text: &str, first: &Amount) -> Option<Amount> {
    let end = first.span.end as usize;
    if first.unit != Unit::Bare || text.as_bytes().get(end) != Some(&b'-') {
        return None;
    }
    let rest = text.get(end..)?;
    let at = ["- and ", "- or "].into_iter().find_map(|link| rest.strip_prefix(link))?;
    let second = amount_at(text, text.len() - at.len())?;
    let is_joined = second.unit != Unit::Bare && second.span.of(text).contains('-');
    is_joined.then_some(Amount { unit: second.unit, factor: second.factor, kind: second.kind, ..*first })
}

/// "from 35 minutes to |15": a number that nothing behind it says a unit for has that of the one it came from. Elsewhere
/// it is left without: in "rose by 27 percent, from 412" it has another.
pub(super) fn like_its_first(text: &str, first: &Mention, second: Mention) -> Mention {
    let is_open = second.kind == Kind::Number
        && second.hedge_span.is_none()
        && text.get(first.span.end as usize..second.span.start as usize) == Some(" to ");
    let before = || text.get(..first.words().start as usize).unwrap_or_default().trim_end();
    if !is_open || strip_word(before(), "from").is_none() || counted(text, &second).is_some() {
        return second;
    }
    let (Reading::One(from), Reading::One(to)) = (first.reading, second.reading) else { return second };
    // "From $1.2 million to 900" leaves the scale open.
    let is_of_one_size =
        from.value.abs() < to.value.abs() * dec!(20) && to.value.abs() < from.value.abs() * dec!(20);
    if !is_of_one_size || !matches!(first.reading, Reading::One(_)) {
        return second;
    }
    Mention { unit: first.unit, factor: first.factor, per: first.per, kind: first.kind, ..second }
}

/// Whether a first number without a scale may share that of a second: "from 19 to 12 million", and not "from 900 to 1.2
/// million".
pub(super) fn is_of_one_scale(first: &Amount, second: &Amount) -> bool {
    const LARGER: Decimal = dec!(4);
    const SMALLER: Decimal = dec!(20);
    let Some(said) = second.written.value.checked_div(second.scale).map(|said| said.abs()) else {
        return false;
    };
    let own = first.written.value.abs();
    own < Decimal::ONE_THOUSAND && own <= said * LARGER && own * SMALLER >= said
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::read;
    use crate::number::Reading;

    /// What the quantities of a text are, with their units.
    fn told(text: &str) -> Vec<String> {
        let told = |mention: &crate::mention::Mention| {
            let unit = mention.unit_name(text).map(|unit| format!(" {unit}")).unwrap_or_default();
            match mention.reading {
                Reading::One(one) => format!("{}{unit}", one.value.normalize()),
                Reading::Range(low, high) => {
                    format!("{}..{}{unit}", low.value.normalize(), high.value.normalize())
                }
                _ => "none".to_owned(),
            }
        };
        read(text, Lexicon::shipped()).iter().map(told).collect()
    }

    #[test]
    fn a_change_and_its_level_are_two_numbers() {
        let cases: &[(&str, &[&str])] = &[
            ("fell by 1,200 to 8,400", &["1200", "8400"]),
            ("rose 5% to 12,000", &["5 percent", "12000"]),
            ("was cut by 300, to 1,100", &["300", "1100"]),
            ("the chapter rose by 3 to 40 members", &["3", "40"]),
            ("rose by about 300 to 2,400", &["300", "2400"]),
            ("cut the number of posts by 300 to 1,100", &["300", "1100"]),
            ("climbed 300 to 2,400", &["300", "2400"]),
            ("fell by 1.2 million to 8.4 million", &["1200000", "8400000"]),
            ("fell by $3 to $40", &["3 USD", "40 USD"]),
            ("fell 300 to 400 from 700", &["300", "400", "700"]),
            ("rose by 1.2 billion to 2.9 billion", &["1200000000", "2900000000"]),
            ("rose by 30 to 450 a day", &["30", "450 count per day"]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_change_between_two_bounds_is_a_range() {
        let cases: &[(&str, &[&str])] = &[
            ("fell by 10 to 12 percent", &["10..12 percent"]),
            ("rose 5 to 7 percent", &["5..7 percent"]),
            ("cut the bill by 5 to 40 percent", &["5..40 percent"]),
            ("grew by 2 to 3 million", &["2000000..3000000"]),
            ("may gain 5 to 10 seats", &["5..10"]),
            ("rose by 10 to 12", &["10..12"]),
            ("fell by 5-10%", &["5..10 percent"]),
            ("falling by 20% to 25%", &["20..25 percent"]),
            ("cut costs by $1.2 billion to $1.4 billion", &["1200000000..1400000000 USD"]),
            ("there were 3 to 40 members", &["3..40"]),
            ("stopped by 10 to 40 members", &["10..40"]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn where_a_change_came_from_shares_what_is_said_of_its_level() {
        let cases: &[(&str, &[&str])] = &[
            ("from 19 to 12 million", &["19000000", "12000000"]),
            ("from $26 to $31 million", &["26000000 USD", "31000000 USD"]),
            ("from 1.2 to 1.4 million", &["1200000", "1400000"]),
            ("from 900 to 1.2 million", &["900", "1200000"]),
            ("from $900 to $1.2 million", &["900 USD", "1200000 USD"]),
            ("from 5 to 7 percent", &["5 percent", "7 percent"]),
            ("from 12 to 19 weeks", &["12 week", "19 week"]),
            ("from 30 to 45 a day", &["30 count per day", "45 count per day"]),
            ("from 5 to $7", &["5", "7 USD"]),
            ("from 12 to 19", &["12", "19"]),
            ("It rose from about $350 to $680", &["350 USD", "680 USD"]),
            ("anywhere from about 12 to 19", &["12..19"]),
            ("from 2010 to 12 percent", &["12 percent"]),
            ("from 35 minutes to 15 in the morning", &["35 minute", "15 minute"]),
            ("from 44% to 27.", &["44 percent", "27 percent"]),
            ("from 44% to 27 schools", &["44 percent", "27"]),
            ("rose by 27 percent, from 412 to 467", &["27 percent", "412", "467"]),
            ("doubled in four years, from 13 to 19", &["2 ratio", "4 year", "13", "19"]),
            ("from $1.2 million to 900", &["1200000 USD", "900"]),
            ("two- and three-year-olds", &["2 year", "3 year"]),
            ("ranging from 5 to 7 percent", &["5..7 percent"]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }
}
