use super::*;

/// The hedge before the `|`.
fn before(text: &str) -> Option<(Hedge, String)> {
    let at = text.find('|').unwrap();
    let text = text.replace('|', "");
    Lexicon::shipped().ending_at(&text, at).map(|(hedge, span)| (hedge, span.of(&text).to_owned()))
}

fn after(text: &str) -> Option<Hedge> {
    let at = text.find('|').unwrap();
    Lexicon::shipped().starting_at(&text.replace('|', ""), at).map(|(hedge, _)| hedge)
}

#[test]
fn the_longest_hedge_before_a_number_is_found() {
    for (text, hedge, words) in [
        ("exceeded |117,000", Hedge::Above, "exceeded"),
        ("more than the |12,700", Hedge::Above, "more than"),
        ("slightly under the |12,700", Hedge::JustBelow, "slightly under"),
        ("only by a little more than |5%", Hedge::JustAbove, "a little more than"),
        ("no more than |300", Hedge::AtMost, "no more than"),
        ("no fewer  than\n|300", Hedge::AtLeast, "no fewer  than"),
        ("Just over\u{a0}|300", Hedge::JustAbove, "Just over"),
        ("well short of |300", Hedge::MuchBelow, "well short of"),
        ("about a |third", Hedge::About, "about"),
        ("nearly |a million", Hedge::JustBelow, "nearly"),
        ("did not exceed |300", Hedge::AtMost, "not exceed"),
        ("didn’t exceed |300", Hedge::AtMost, "didn’t exceed"),
        ("not much more than |300", Hedge::JustAbove, "not much more than"),
        ("cost (~|$5", Hedge::About, "~"),
        ("counted ≥ |5", Hedge::AtLeast, "≥"),
        ("town—about |300", Hedge::About, "about"),
        ("just over the |12,700", Hedge::JustAbove, "just over"),
        ("In 2024 more than |300", Hedge::Above, "more than"),
        ("the first month above |300", Hedge::Above, "above"),
        ("the only week under the usual level, fewer than |300", Hedge::Below, "fewer than"),
        ("the only week under |300", Hedge::Below, "under"),
        ("slipped beneath |300", Hedge::Below, "slipped beneath"),
        ("jumped past |300", Hedge::Above, "jumped past"),
        ("nearly as many as |300", Hedge::JustBelow, "nearly as many as"),
    ] {
        assert_eq!(before(text), Some((hedge, words.to_owned())), "{text}");
    }
}

#[test]
fn words_that_only_look_like_hedges_are_none() {
    for text in [
        "turnover |300",
        "left-over |300",
        "took over |300 schools",
        "over the |70 days",
        "under the |1974 act",
        "12% more than |300",
        "three times more than |300",
        "1,200 fewer than the |12,700",
        "sales rose 5 percent over |10 years",
        "one month above |300",
        "beneath |300 feet of ice",
        "|300",
        "a |300",
    ] {
        assert_eq!(before(text), None, "{text}");
    }
}

#[test]
fn verbs_that_come_to_a_number_are_no_hedges() {
    let verb = |text: &str| {
        assert_eq!(before(text), None, "{text}");
        Lexicon::shipped().threshold_before(&text.replace('|', ""), text.find('|').unwrap())
    };
    for text in ["has hit |3%", "reached the |10,000 mark", "rose to |300"] {
        assert_eq!(verb(text), Some(Threshold::Reached), "{text}");
    }
    for text in ["crossed |300", "broke through the\n|$3 barrier"] {
        assert_eq!(verb(text), Some(Threshold::Passed), "{text}");
    }
    for text in ["|300", "was |300", "the council that passed it had |300"] {
        assert_eq!(verb(text), None, "{text}");
    }
}

#[test]
fn hedges_behind_a_number_are_found() {
    assert_eq!(after("117,000| or more people"), Some(Hedge::AtLeast));
    assert_eq!(after("117,000|+ people"), Some(Hedge::AtLeast));
    assert_eq!(after("50|-plus"), Some(Hedge::AtLeast));
    assert_eq!(after("300| or so."), Some(Hedge::About));
    assert_eq!(after("300| or fewer"), Some(Hedge::AtMost));
    assert_eq!(after("300| at least 5 times"), None);
    assert_eq!(after("300| or more than that"), None);
    assert_eq!(after("300| origins"), None);
    assert_eq!(after("5| + 3"), None);
    assert_eq!(after("300| oddities"), None);
}

#[test]
fn a_hedge_needs_no_number_when_it_is_all_there_is() {
    let whole = |text| Lexicon::shipped().whole(text).map(|(hedge, _)| hedge);
    assert_eq!(whole("slightly under"), Some(Hedge::JustBelow));
    assert_eq!(whole("More than the"), Some(Hedge::Above));
    assert_eq!(whole("only a little more than"), Some(Hedge::JustAbove));
    assert_eq!(whole("far more"), Some(Hedge::MuchAbove));
    assert_eq!(whole("about the same as"), Some(Hedge::About));
    assert_eq!(whole("under"), Some(Hedge::Below));
    assert_eq!(whole("no more than"), Some(Hedge::AtMost));
    assert_eq!(whole("took over"), None);
    assert_eq!(whole("deportations slightly under"), None);
    assert_eq!(whole(""), None);
}

#[test]
fn directions_are_those_of_the_number_s_own_clause() {
    for (text, number, expected) in [
        ("arrests fell 5% while removals rose 7%", "5%", Some((Direction::Down, "fell"))),
        ("arrests fell 5% while removals rose 7%", "7%", Some((Direction::Up, "rose"))),
        ("arrests rose; 5% were made in March", "5%", None),
        ("300 fewer people than in May", "300", Some((Direction::Down, "fewer"))),
        ("a 5% cut", "5%", Some((Direction::Down, "cut"))),
        ("the budget is up only a little more than 5%", "5%", Some((Direction::Up, "up"))),
        ("more than 5% of people", "5%", None),
        ("fewer than 300", "300", None),
        ("up to 300 people", "300", None),
        ("women made up 40% of members", "40%", None),
        ("5% more than last year", "5%", Some((Direction::Up, "more"))),
        ("the budget rose by $1.5 billion, or 5%", "5%", Some((Direction::Up, "rose"))),
        ("5% lower than in May", "5%", Some((Direction::Down, "lower"))),
        ("the sum rose and 300 dropped out", "300", Some((Direction::Down, "dropped"))),
        ("the sum rose 300 dropped out", "300", Some((Direction::Up, "rose"))),
        ("Cut by 50%", "50%", Some((Direction::Down, "Cut"))),
        ("enrolled 300 in the fall", "300", None),
    ] {
        let at = text.find(number).unwrap();
        let found = Lexicon::shipped().direction(text, Span::new(at, at + number.len()));
        assert_eq!(found.map(|(direction, span)| (direction, span.of(text))), expected, "{text}");
    }
}

#[test]
fn settings_add_words() {
    let extra =
        [("Nigh  unto", Hedge::JustBelow), ("or whatever", Hedge::About), ("a few over", Hedge::Plain)];
    let lexicon = Lexicon::shipped().extended(extra);
    assert_eq!(lexicon.ending_at("nigh unto 300", 10).map(|(hedge, _)| hedge), Some(Hedge::JustBelow));
    assert_eq!(lexicon.starting_at("300 or whatever", 3).map(|(hedge, _)| hedge), Some(Hedge::About));
    assert_eq!(lexicon.ending_at("a few over 300", 11), None);
    assert_eq!(lexicon.ending_at("about 300", 6).map(|(hedge, _)| hedge), Some(Hedge::About));
}

#[test]
fn no_words_stand_in_the_lexicon_twice() {
    let lexicon = Lexicon::shipped();
    let mut before: Vec<_> = lexicon.before.iter().map(|phrase| &*phrase.words).collect();
    let count = before.len();
    before.sort_unstable();
    before.dedup();
    assert_eq!(before.len(), count);
    let mut after: Vec<_> = lexicon.after.iter().map(|phrase| &*phrase.words).collect();
    let count = after.len();
    after.sort_unstable();
    after.dedup();
    assert_eq!(after.len(), count);
}

#[test]
fn every_phrase_of_the_lexicon_is_found_as_itself() {
    let lexicon = Lexicon::shipped();
    for phrase in lexicon.before.iter() {
        assert!(!phrase.words.contains('\n'), "{} is broken over two lines", phrase.words);
        let text = format!("{} 300", phrase.words);
        let found = lexicon.ending_at(&text, text.len() - 3);
        match phrase.meaning {
            Core::Hedge(hedge) | Core::Preposition(hedge) => {
                assert_eq!(found, Some((hedge, Span::new(0, phrase.words.len()))), "{text}");
            }
            Core::Nothing => assert_eq!(found, None, "{text}"),
        }
    }
    for phrase in lexicon.after.iter() {
        let text = format!("300 {}", phrase.words);
        assert_eq!(lexicon.starting_at(&text, 3), Some((phrase.meaning, Span::new(4, text.len()))), "{text}");
    }
}
