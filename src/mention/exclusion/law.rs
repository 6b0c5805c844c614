//! Citations of laws and judgments.

use super::token::{Token, digits, word_before};
use super::{Excluded, Exclusion};
use crate::number::word_at;

/// Reporters and codes between two numbers: "347 U.S. 483", "42 U.S.C. § 1983", "29 CFR 1910".
const REPORTERS: [&str; 14] = [
    "U.S.C.",
    "USC",
    "U.S.",
    "C.F.R.",
    "CFR",
    "F.2d",
    "F.3d",
    "F.4th",
    "F. Supp.",
    "S. Ct.",
    "S.Ct.",
    "Fed. Reg.",
    "P.2d",
    "P.3d",
];

/// Abbreviations of chambers that number their bills: "H.R. 4521", "SB 212".
const BILLS: [&str; 15] = [
    "HC",
    "H.R.",
    "HR",
    "S.",
    "HB",
    "SB",
    "AB",
    "H.B.",
    "S.B.",
    "A.B.",
    "H.J. Res.",
    "S. Res.",
    "H. Res.",
    "HF",
    "SF",
];

/// Words that number laws and what stands in them: "House Bill 212", "Proposition 13".
const LAWS: [&str; 14] = [
    "Bill",
    "Law",
    "Act",
    "Title",
    "Rule",
    "Proposition",
    "Measure",
    "Amendment",
    "Resolution",
    "Ordinance",
    "Regulation",
    "Directive",
    "Art",
    "Order",
];

/// A number of a law, a bill or a judgment.
pub(super) fn at(token: &Token<'_>) -> Option<Excluded> {
    let found = |end: usize| Some(Excluded::new(token.at, end, Exclusion::Citation));
    let before = token.text.get(..token.at)?.trim_end_matches([' ', '\u{a0}']);
    if before.ends_with('§') || (token.prefix.ends_with('§')) {
        return found(token.run_end());
    }
    if token.next() == Some(b' ')
        && let Some(end) = reporter(token)
    {
        return found(end);
    }
    if before.len() == token.at || !token.prefix.is_empty() && token.prefix != "(" {
        return None;
    }
    // Chambers and laws are written with capitals or full stops.
    let word = token.word_before();
    let may_be_law = before.ends_with('.')
        || word.is_some_and(|(word, _)| word.starts_with(|c: char| c.is_ascii_uppercase()));
    if !may_be_law {
        return None;
    }
    let is_bill = BILLS.iter().any(|bill| {
        before
            .strip_suffix(bill)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '.'))
    });
    let is_law = || {
        word.is_some_and(|(word, start)| {
            LAWS.contains(&word)
                && (word != "Order"
                    || word_before(token.text, start).is_some_and(|(it, _)| it == "Executive"))
        })
    };
    let is_followed = token.next() == Some(b',') && digits(token.text.as_bytes(), token.end() + 1) == 3;
    ((is_bill || is_law()) && !is_followed)
        .then(|| Excluded::new(token.at, token.run_end().max(token.end()), Exclusion::Citation))
}

/// Where the citation ends that has a reporter behind its first number.
fn reporter(token: &Token<'_>) -> Option<usize> {
    let rest = token.after().strip_prefix(' ')?;
    if !rest.starts_with(['U', 'C', 'F', 'S', 'P']) {
        return None;
    }
    let name = REPORTERS.iter().find(|name| rest.starts_with(**name))?;
    let after = rest.get(name.len()..)?;
    let number = after.trim_start_matches([' ', '§', '\u{a0}']);
    let count = digits(number.as_bytes(), 0);
    let is_apart = after.starts_with(' ');
    (count > 0 && is_apart).then(|| {
        let end = token.text.len() - number.len() + count;
        end + word_at(token.text, end).len()
    })
}
