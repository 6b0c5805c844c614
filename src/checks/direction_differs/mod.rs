//! A rise that is called a fall, or a fall a rise.

use rust_decimal::Decimal;

use super::told::Told;
use super::wording::{quantity_in_words, unit_of};
use super::{Check, judged};
use crate::assessment::{Assessment, Direction, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge;

pub(super) const CHECK: Check =
    Check { slug: "direction-differs", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    judged(story).filter_map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Option<Finding> {
    if judged.held.direction == Direction::Fits {
        return None;
    }
    let draft = story.draft?;
    let told = Told::of(story, assessment, judged);
    let words = told.words;
    let gives = quantity_in_words(signed(judged), unit_of(story, judged));
    let finding = match judged.held.direction {
        Direction::Fits => return None,
        Direction::Differs { word, said } => {
            let says = word.of(draft.prose.text());
            let way = if said == hedge::Direction::Up { "up" } else { "down" };
            let message = format!("\"{says}\" says {way}, and the figures say the other way: {gives}");
            CHECK.finding(story, assessment, message).label(draft.label(word, format!("says {way}")))
        }
        Direction::Unsaid => {
            let message = format!("the figures fell ({gives}), and nothing near \"{words}\" says so");
            Finding { severity: Severity::Warning, ..CHECK.finding(story, assessment, message) }
        }
    };
    let finding = told.with_sources(finding);
    Some(finding.help("correct the word, or the order of the figures in the formula"))
}

/// The value with its sign.
fn signed(judged: &Judged) -> Decimal {
    if judged.value.nominal.is_sign_negative() { -judged.held.nominal.abs() } else { judged.held.nominal }
}
