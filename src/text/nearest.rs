//! "Did you mean".

/// The known name that is most like `name`, if any is alike enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names are short; a text pasted in the place of one is compared by its beginning, to bound the time.
    let name: String = name.chars().take(60).flat_map(char::to_lowercase).collect();
    let allowed = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|other| {
            let lower: String = other.chars().take(60).flat_map(char::to_lowercase).collect();
            (strsim::damerau_levenshtein(&name, &lower), other)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        assert_eq!(nearest("figrue", ["claim", "figure"]), Some("figure"));
        assert_eq!(nearest("ice", ["ICE", "CBP"]), Some("ICE"));
        assert_eq!(nearest("scope", ["claim", "figure"]), None);
    }
}
