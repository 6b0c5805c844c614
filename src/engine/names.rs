//! The names that a story knows: its own, and those of the libraries in its folder and above.

use std::collections::HashMap;

use super::book::{Unknown, unknown};
use super::library::Elsewhere;
use crate::assessment::FileText;
use crate::claim::{Complaint, RawFigure, RawFile, RawMap, RawMember, RawSource, Spanned};
use crate::scope::{DeclarationError, FacetDeclaration, Facets, MemberDeclaration};
use crate::text::Span;

/// A decoded rule file.
#[derive(Debug)]
pub(super) struct Home<'a> {
    pub(super) file: &'a FileText<'a>,
    pub(super) raw: &'a RawFile<'a>,
}

/// A source, and where it is defined.
#[derive(Clone, Copy, Debug)]
pub(super) struct SourceDefinition<'a> {
    pub(super) name: &'a str,
    pub(super) name_span: Span,
    pub(super) raw: &'a RawSource<'a>,
    pub(super) file: &'a FileText<'a>,
}

/// A figure, and where it is defined.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureDefinition<'a> {
    pub(super) name: &'a str,
    pub(super) name_span: Span,
    pub(super) raw: &'a RawFigure<'a>,
    pub(super) file: &'a FileText<'a>,
}

/// Sources and figures by name.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    sources: HashMap<&'a str, SourceDefinition<'a>>,
    figures: HashMap<&'a str, FigureDefinition<'a>>,
    /// What other stories define, which this one cannot use.
    elsewhere: Option<&'a Elsewhere<'a>>,
}

/// A complaint and the file that it is about.
pub(super) type Placed<'a> = (&'a FileText<'a>, Complaint);

impl<'a> Names<'a> {
    /// Collects the names of files; one that is defined twice is complained of where it comes second.
    pub(super) fn collect<'h>(
        homes: impl IntoIterator<Item = &'h Home<'a>>,
        elsewhere: Option<&'a Elsewhere<'a>>,
    ) -> (Self, Vec<Placed<'a>>)
    where
        'a: 'h,
    {
        let mut names = Self { elsewhere, ..Self::default() };
        let mut complaints = Vec::new();
        for home in homes {
            for (name, raw) in home.raw.source.iter() {
                let definition = SourceDefinition {
                    name: &name.value.0,
                    name_span: name.span,
                    raw: &raw.value,
                    file: home.file,
                };
                if let Some(first) = names.sources.insert(definition.name, definition) {
                    complaints.push(twice("source", definition.name, name.span, home.file, first.file));
                }
            }
            for (name, raw) in home.raw.figure.iter() {
                let definition = FigureDefinition {
                    name: &name.value.0,
                    name_span: name.span,
                    raw: &raw.value,
                    file: home.file,
                };
                if let Some(first) = names.figures.insert(definition.name, definition) {
                    complaints.push(twice("figure", definition.name, name.span, home.file, first.file));
                }
            }
        }
        (names, complaints)
    }

    pub(super) fn source(&self, name: &str) -> Option<SourceDefinition<'a>> {
        self.sources.get(name).copied()
    }

    pub(super) fn figure(&self, name: &str) -> Option<FigureDefinition<'a>> {
        self.figures.get(name).copied()
    }

    pub(super) fn unknown_source(&self, name: &str) -> Unknown {
        if self.figures.contains_key(name) {
            let message = format!("`{name}` is a figure, and has no rows and columns");
            return Unknown { message, help: Some(format!("write `{name}` alone")) };
        }
        self.of_another_story("source", name)
            .unwrap_or_else(|| unknown("source", name, self.sources.keys().copied()))
    }

    pub(super) fn unknown_figure(&self, name: &str) -> Unknown {
        if self.sources.contains_key(name) {
            let message = format!("`{name}` is a source, not a figure");
            return Unknown {
                message,
                help: Some(format!("name a cell of it: `{name}.row.column`, or define a figure")),
            };
        }
        self.of_another_story("figure", name)
            .unwrap_or_else(|| unknown("figure", name, self.figures.keys().copied()))
    }

    fn of_another_story(&self, what: &str, name: &str) -> Option<Unknown> {
        let story = self.elsewhere?.defines(name)?;
        let help = format!(
            "it is defined in {story}, and a story's names are its own; move it to a library, a file without a draft"
        );
        Some(Unknown { message: format!("unknown {what} `{name}`"), help: Some(help) })
    }
}

fn twice<'a>(what: &str, name: &str, span: Span, file: &'a FileText<'a>, first: &FileText<'_>) -> Placed<'a> {
    let complaint = Complaint::new(span, format!("the {what} `{name}` is defined twice"));
    (
        file,
        complaint
            .help(format!("it is defined in {} too; rename or remove one of the two", first.path.display())),
    )
}

/// The facets that files declare together.
pub(super) fn facets<'a>(homes: &[&Home<'a>]) -> (Facets, Vec<Placed<'a>>) {
    let mut complaints = Vec::new();
    let mut declarations: Vec<FacetDeclaration> = Vec::new();
    let mut places: Vec<(&'a FileText<'a>, &'a Members<'a>)> = Vec::new();
    for home in homes {
        for (name, members) in home.raw.scope.iter() {
            if let Some(at) = declarations.iter().position(|facet| facet.name == *name.value.0) {
                if let Some((first, _)) = places.get(at) {
                    complaints.push(twice("facet", &name.value, name.span, home.file, first));
                }
                continue;
            }
            declarations.push(FacetDeclaration { name: name.value.to_string(), members: declared(members) });
            places.push((home.file, members));
        }
    }
    let (facets, errors) = Facets::declare(&declarations);
    complaints.extend(errors.iter().filter_map(|error| {
        let (facet, member) = about(error);
        let at = declarations.iter().position(|declaration| declaration.name == facet)?;
        let (file, members) = places.get(at)?;
        let span = members.iter().find(|(name, _)| *name.value.0 == *member).map(|(name, _)| name.span)?;
        Some((*file, Complaint::new(span, error.to_string())))
    }));
    (facets, complaints)
}

type Members<'a> = RawMap<'a, Spanned<RawMember<'a>>>;

fn declared(members: &Members<'_>) -> Vec<MemberDeclaration> {
    let member =
        |(name, member): &(Spanned<crate::claim::RawText<'_>>, Spanned<RawMember<'_>>)| MemberDeclaration {
            name: name.value.to_string(),
            includes: member.includes.iter().map(|part| part.value.to_string()).collect(),
            aliases: member.aliases.iter().map(|alias| alias.value.to_string()).collect(),
            complete: member.complete,
        };
    members.iter().map(member).collect()
}

/// The facet and the member that an error is about.
fn about(error: &DeclarationError) -> (&str, &str) {
    match error {
        DeclarationError::Cycle { facet, member }
        | DeclarationError::Ambiguous { facet, member, .. }
        | DeclarationError::CompleteWithoutParts { facet, member }
        | DeclarationError::Unknown { facet, member, .. } => (facet, member),
    }
}
