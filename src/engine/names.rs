//! The names that a story knows: its own, and those of the libraries in its folder and above.

use std::collections::HashMap;

use super::complaints::{Unknown, unknown};
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

/// What a name stands for, and where it is defined.
#[derive(Debug)]
pub(super) struct Definition<'a, T> {
    pub(super) name: &'a str,
    pub(super) name_span: Span,
    pub(super) raw: &'a T,
    pub(super) file: &'a FileText<'a>,
}

/// A source, and where it is defined.
pub(super) type SourceDefinition<'a> = Definition<'a, RawSource<'a>>;

/// A figure, and where it is defined.
pub(super) type FigureDefinition<'a> = Definition<'a, RawFigure<'a>>;

// Derived, these would ask the same of `T`.
impl<T> Clone for Definition<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Definition<'_, T> {}

/// Sources and figures by name.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    sources: ByName<'a, RawSource<'a>>,
    figures: ByName<'a, RawFigure<'a>>,
    /// Those of the libraries that a story knows besides its own.
    shared: Option<&'a Names<'a>>,
    /// What other stories define, which this one cannot use.
    elsewhere: Option<&'a Elsewhere<'a>>,
}

/// Definitions of one kind, sorted by name; of several of one name the last counts.
#[derive(Debug)]
struct ByName<'a, T>(Vec<Definition<'a, T>>);

impl<T> Default for ByName<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A complaint and the file that it is about.
pub(super) type Placed<'a> = (&'a FileText<'a>, Complaint);

impl<'a> Names<'a> {
    /// Collects the names of libraries; one that is defined twice is complained of where it comes second.
    pub(super) fn of_libraries(homes: &[Home<'a>]) -> (Self, Vec<Placed<'a>>) {
        Self::default().with(homes)
    }

    /// Collects the names of a story, which come before those of libraries.
    pub(super) fn of_story(
        home: &Home<'a>,
        shared: &'a Self,
        elsewhere: &'a Elsewhere<'a>,
    ) -> (Self, Vec<Placed<'a>>) {
        let names = Self { shared: Some(shared), elsewhere: Some(elsewhere), ..Self::default() };
        names.with(std::slice::from_ref(home))
    }

    fn with(mut self, homes: &[Home<'a>]) -> (Self, Vec<Placed<'a>>) {
        let (sources, of_sources) = ByName::collect(
            homes.iter().map(|home| (home.file, &home.raw.source)),
            "source",
            self.shared.map(|shared| &shared.sources),
        );
        let (figures, of_figures) = ByName::collect(
            homes.iter().map(|home| (home.file, &home.raw.figure)),
            "figure",
            self.shared.map(|shared| &shared.figures),
        );
        (self.sources, self.figures) = (sources, figures);
        (self, of_sources.into_iter().chain(of_figures).collect())
    }

    pub(super) fn source(&self, name: &str) -> Option<SourceDefinition<'a>> {
        self.sources.get(name).or_else(|| self.shared?.sources.get(name))
    }

    pub(super) fn figure(&self, name: &str) -> Option<FigureDefinition<'a>> {
        self.figures.get(name).or_else(|| self.shared?.figures.get(name))
    }

    pub(super) fn unknown_source(&self, name: &str) -> Unknown {
        if self.figure(name).is_some() {
            let message = format!("`{name}` is a figure, and has no rows and columns");
            return Unknown { message, help: Some(format!("write `{name}` alone")) };
        }
        let shared = self.shared.iter().flat_map(|shared| shared.sources.names());
        self.of_another_story("source", name)
            .unwrap_or_else(|| unknown("source", name, self.sources.names().chain(shared)))
    }

    pub(super) fn unknown_figure(&self, name: &str) -> Unknown {
        if self.source(name).is_some() {
            let message = format!("`{name}` is a source, not a figure");
            return Unknown {
                message,
                help: Some(format!("name a cell of it: `{name}.row.column`, or define a figure")),
            };
        }
        let shared = self.shared.iter().flat_map(|shared| shared.figures.names());
        self.of_another_story("figure", name)
            .unwrap_or_else(|| unknown("figure", name, self.figures.names().chain(shared)))
    }

    fn of_another_story(&self, what: &str, name: &str) -> Option<Unknown> {
        let story = self.elsewhere?.defines(name)?;
        let help = format!(
            "it is defined in {story}, and a story's names are its own; move it to a library, a file without a draft"
        );
        Some(Unknown { message: format!("unknown {what} `{name}`"), help: Some(help) })
    }
}

impl<'a, T> ByName<'a, T> {
    /// Collects the definitions of files; `shared` are those that none of them may define again.
    fn collect(
        files: impl Iterator<Item = (&'a FileText<'a>, &'a RawMap<'a, Spanned<T>>)>,
        what: &str,
        shared: Option<&Self>,
    ) -> (Self, Vec<Placed<'a>>) {
        let definitions = files.flat_map(|(file, entries)| {
            entries.iter().map(move |(name, raw)| Definition {
                name: &name.value.0,
                name_span: name.span,
                raw: &raw.value,
                file,
            })
        });
        let mut definitions: Vec<Definition<'a, T>> = definitions.collect();
        let mut seen: HashMap<&str, &FileText<'_>> = HashMap::with_capacity(definitions.len());
        let mut complaints = Vec::new();
        for Definition { name, name_span, file, .. } in definitions.iter().copied() {
            let shared = || shared.and_then(|shared| shared.get(name)).map(|shared| shared.file);
            if let Some(first) = seen.insert(name, file).or_else(shared) {
                complaints.push(twice(what, name, name_span, file, first));
            }
        }
        definitions.sort_by_key(|definition| definition.name);
        (Self(definitions), complaints)
    }

    fn get(&self, name: &str) -> Option<Definition<'a, T>> {
        let after = self.0.partition_point(|definition| definition.name <= name);
        let last = self.0.get(after.checked_sub(1)?)?;
        (last.name == name).then_some(*last)
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|definition| definition.name)
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::claim::{Parser, decode};
    use crate::system::Memory;

    fn file(name: &str, text: &'static str) -> FileText<'static> {
        FileText::new(Path::new(name).into(), text)
    }

    #[test]
    fn a_story_s_names_come_before_those_of_libraries() {
        let mut parser = Parser::new();
        let library = file("library.toml", "[figure.b]\nvalue = 1\n[figure.a]\nvalue = 1\n[source.s]\n");
        let story = file("story.toml", "[figure.c]\nvalue = 2\n[figure.a]\nvalue = 2\n");
        let (in_library, in_story) = (decode(&mut parser, &library.text), decode(&mut parser, &story.text));
        let (shared, twice) = Names::of_libraries(&[Home { file: &library, raw: &in_library.file }]);
        assert!(twice.is_empty());
        let system = Memory::default();
        let elsewhere = Elsewhere::new(&system, &[]);
        let (names, twice) =
            Names::of_story(&Home { file: &story, raw: &in_story.file }, &shared, &elsewhere);
        let defined_in = |name: &str| names.figure(name).map(|figure| figure.file.path.display().to_string());
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| defined_in(name).unwrap_or_default()),
            ["story.toml", "library.toml", "story.toml", ""]
        );
        assert_eq!(names.source("s").unwrap().name_span.of(&library.text), "s");
        let [(file, complaint)] = &twice[..] else { panic!("{twice:?}") };
        assert_eq!((&*file.text, complaint.span.of(&story.text)), (&*story.text, "a"));
        assert_eq!(names.unknown_figure("bb").help.as_deref(), Some("did you mean `b`?"));
    }
}
