//! What is wrong with the scopes, formulas and names of rules, each at its place.

use crate::assessment::FileText;
use crate::claim::{Complaint, RawScope};
use crate::formula::FormulaError;
use crate::scope::{Facets, FiscalYear, Period, Scope};
use crate::text::{Span, nearest};

/// Why a name stands for nothing.
#[derive(Clone, Debug)]
pub(super) struct Unknown {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// A scope as rules write it, or all that is wrong with it.
pub(super) fn scope(
    raw: &RawScope<'_>,
    facets: &Facets,
    fiscal: FiscalYear,
) -> Result<Scope, Vec<Complaint>> {
    let mut complaints = Vec::new();
    let mut period = None;
    let mut entries = Vec::new();
    for (facet, members) in raw.iter() {
        if &*facet.value == crate::scope::PERIOD {
            match members.0.as_slice() {
                [text] => match Period::parse(text, fiscal) {
                    Ok(parsed) => period = Some(parsed),
                    Err(error) => complaints.push(Complaint::new(text.span, error.to_string())),
                },
                _ => complaints.push(Complaint::new(facet.span, "a scope has one period")),
            }
            continue;
        }
        for member in &members.0 {
            if let Err(errors) = facets.scope([(&*facet.value.0, [&*member.value.0])], None) {
                complaints.extend(errors.into_iter().map(|error| of_scope(&error, facet.span, member.span)));
            }
        }
        entries.push((&*facet.value.0, members.0.iter().map(|member| &*member.value.0)));
    }
    complaints.dedup();
    if !complaints.is_empty() {
        return Err(complaints);
    }
    facets.scope(entries, period).map_err(|_| Vec::new())
}

fn of_scope(error: &crate::scope::ScopeError, facet: Span, member: Span) -> Complaint {
    use crate::scope::ScopeError;
    let (span, nearest) = match error {
        ScopeError::Facet { nearest, .. } => (facet, nearest),
        ScopeError::Member { nearest, .. } => (member, nearest),
    };
    let complaint = Complaint::new(span, error.to_string());
    match nearest {
        Some(nearest) => complaint.help(format!("did you mean `{nearest}`?")),
        None => complaint.help("declare it in a library: [scope.agency] with a line a member"),
    }
}

/// A formula's error at its place in the rule file.
pub(super) fn of_formula(error: &FormulaError, file: &FileText<'_>, formula: Span) -> Complaint {
    let text = formula.of(&file.text);
    let mut complaint = Complaint::new(
        inside(file, formula, text.trim_matches(['"', '\'']), error.span),
        error.message.clone(),
    );
    complaint.help.clone_from(&error.help);
    complaint
}

/// Where a part of a formula stands in the rule file: inside the string, unless that has escapes.
pub(super) fn inside(file: &FileText<'_>, string: Span, text: &str, part: Span) -> Span {
    let written = string.of(&file.text);
    match written.find(text) {
        Some(offset) if !text.is_empty() && part.end as usize <= text.len() => {
            part.shift(string.start as usize + offset)
        }
        _ => string,
    }
}

/// A message and its remedy for a name that nothing defines.
pub(super) fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Unknown {
    let help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    Unknown { message: format!("unknown {what} `{name}`"), help }
}
