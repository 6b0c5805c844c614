//! Numbers in running English, as whole quantities, and in the cells of tables.
//!
//! Nothing may panic; mentions stand in order, apart from one another, on whole characters; and what words clearly allow
//! lies inside all that they allow.
#![no_main]

use factcheck::hedge::{Lexicon, Verdict, Widths, allowed, judge};
use factcheck::mention::{Mention, read_whole, survey};
use factcheck::number::Interval;
use factcheck::source::Cell;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lexicon = Lexicon::shipped();
    let all = survey(text, lexicon);
    let mut spans: Vec<_> = all.mentions.iter().map(|it| it.span).chain(all.excluded.iter().map(|it| it.span)).collect();
    spans.sort();
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{pair:?}: a number is counted twice");
    }
    for span in spans {
        assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} has no words");
    }
    let mut past = 0;
    for mention in all.mentions {
        let words = mention.words();
        assert!(words.start >= past, "{mention:?} begins before the one before it ends");
        past = words.end;
        assert_sound(&mention, text);
        let around = lexicon.direction(text, mention.span);
        assert!(around.is_none_or(|(_, span)| text.get(span.range()).is_some()), "{around:?} lies outside");
    }
    if let Ok(mention) = read_whole(text, lexicon) {
        assert_sound(&mention, text);
    }
    Cell::parse(text);
});

fn assert_sound(mention: &Mention, text: &str) {
    for span in [Some(mention.span), mention.hedge_span].into_iter().flatten() {
        assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{mention:?} has no words");
    }
    let allowed = allowed(mention.hedge, &mention.reading, &Widths::default());
    assert!(
        allowed.whole.covers(&allowed.clear),
        "{mention:?} clearly allows what it does not allow: {allowed:?}"
    );
    for end in [allowed.clear.low().value(), allowed.clear.high().value()].into_iter().flatten() {
        let judgement = judge(&allowed, &Interval::point(end), end);
        let is_inside = allowed.whole.contains(end);
        assert_eq!(judgement.verdict == Verdict::Supported, is_inside, "{mention:?} at {end}: {judgement:?}");
    }
}
