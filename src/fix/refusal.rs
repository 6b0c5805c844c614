//! Why a fix is not the program's to apply.

/// Why the words of a claim are left to a person. Told after "left as it is:".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The draft is no text.
    #[error("the draft is a Word document, which is not written to")]
    Word,
    /// The rule says that somebody else says it.
    #[error("the rule attributes it (`by`)")]
    By,
    /// The words stand in quotation marks, or may.
    #[error("it stands between quotation marks, or marks in its paragraph do not add up")]
    Marks,
    /// The words stand in a block quote.
    #[error("it stands in a passage set off as quoted")]
    Block,
    /// The sentence attributes what it says.
    #[error("its sentence attributes it (\"{0}\")")]
    Attributed(String),
    /// The block begins with a speaker's name.
    #[error("its paragraph begins with what may be a speaker's name")]
    Speaker,
    /// Something else is found about the claim.
    #[error("`{0}` is found about the claim, too: the rule or the source may be what is wrong")]
    AlsoFound(&'static str),
    /// Several wordings would do, none of them with a least change.
    #[error("no one wording is the obvious one")]
    Open,
    /// There is markup in the number.
    #[error("there is markup in the number")]
    Markup,
    /// The rules that quote the words could not be edited with them.
    #[error("a rule that quotes it would no longer say which place is meant")]
    Rules,
    /// Tried out, it gives a finding.
    #[error("with it, something else would be found")]
    Trial,
}
