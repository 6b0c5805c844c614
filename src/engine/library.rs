//! Libraries: rule files without a draft, whose names serve the stories in their folder and below.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::names::{Home, Names, Placed, SourceDefinition, facets};
use super::outcome::Problem;
use crate::assessment::FileText;
use crate::claim::{Decoded, Parser, RawFile, decode, utf8};
use crate::scope::Facets;
use crate::system::System;

/// A library's file, read.
pub(super) struct Volume {
    file: FileText<'static>,
    /// Whether it lies in a parent of what was asked for, and so may be none of ours.
    is_guess: bool,
}

/// A library, decoded.
pub(super) struct Library<'a> {
    volume: &'a Volume,
    decoded: Decoded<'a>,
}

/// The libraries that stories of one folder know.
pub(super) struct Shelf<'a> {
    pub(super) homes: Vec<Home<'a>>,
    pub(super) facets: Facets,
    pub(super) names: Names<'a>,
}

/// Reads library files.
pub(super) fn read(
    system: &dyn System,
    libraries: &[PathBuf],
    parents: &[PathBuf],
) -> (Vec<Volume>, Vec<Problem>) {
    let mut volumes = Vec::new();
    let mut problems = Vec::new();
    let all = libraries.iter().map(|path| (path, false)).chain(parents.iter().map(|path| (path, true)));
    for (path, is_guess) in all {
        let path: Arc<Path> = path.as_path().into();
        let mut bytes = Vec::new();
        if let Err(error) = system.read(&path, &mut bytes) {
            problems.push(Problem::of_file(&path, &error));
            continue;
        }
        match utf8(&bytes) {
            Ok(text) => volumes.push(Volume { file: FileText::new(path, text.to_owned()), is_guess }),
            Err(complaint) if !is_guess => {
                problems.push(Problem::at(&FileText::new(path, String::from_utf8_lossy(&bytes)), complaint));
            }
            Err(_) => {}
        }
    }
    (volumes, problems)
}

/// Decodes libraries. What lies in a parent folder and is none is passed over.
pub(super) fn decode_all(volumes: &[Volume]) -> (Vec<Library<'_>>, Vec<Problem>) {
    let mut parser = Parser::new();
    let mut problems = Vec::new();
    let mut libraries = Vec::new();
    for volume in volumes {
        let decoded = decode(&mut parser, &volume.file.text);
        if volume.is_guess && (!decoded.complaints.is_empty() || is_empty(&decoded.file)) {
            continue;
        }
        problems
            .extend(decoded.complaints.iter().map(|complaint| Problem::at(&volume.file, complaint.clone())));
        if let Some(claim) = decoded.file.claim.first() {
            let complaint = crate::claim::Complaint::new(claim.span, "a claim in a file that names no draft");
            problems.push(Problem::at(
                &volume.file,
                complaint.help("name the draft at the top of the file: draft = \"../draft.md\""),
            ));
        }
        libraries.push(Library { volume, decoded });
    }
    (libraries, problems)
}

impl<'a> Library<'a> {
    /// The sources that it defines.
    pub(super) fn sources(&'a self) -> impl Iterator<Item = SourceDefinition<'a>> {
        self.decoded.file.source.iter().map(|(name, raw)| SourceDefinition {
            name: &name.value.0,
            name_span: name.span,
            raw: &raw.value,
            file: &self.volume.file,
        })
    }
}

fn is_empty(file: &RawFile<'_>) -> bool {
    file.scope.is_empty() && file.source.is_empty() && file.figure.is_empty()
}

/// The shelves of all folders that have stories.
pub(super) struct Shelves<'a> {
    shelves: Vec<Shelf<'a>>,
    /// Which of them serves each story, in the order of the stories.
    of_story: Vec<usize>,
}

impl<'a> Shelves<'a> {
    /// Every story with its shelf.
    pub(super) fn with<'s>(
        &'s self,
        stories: &'s [PathBuf],
    ) -> impl Iterator<Item = (&'s Path, &'s Shelf<'a>)> {
        let shelves = self.of_story.iter().filter_map(|shelf| self.shelves.get(*shelf));
        stories.iter().map(PathBuf::as_path).zip(shelves)
    }
}

/// The shelf of each folder that has stories.
pub(super) fn shelves<'a>(libraries: &'a [Library<'a>], stories: &[PathBuf]) -> (Shelves<'a>, Vec<Problem>) {
    let mut shelves = Vec::new();
    let mut of_story = Vec::with_capacity(stories.len());
    let mut of_folder: HashMap<&OsStr, usize> = HashMap::new();
    let mut problems: Vec<Problem> = Vec::new();
    for story in stories {
        let folder = story.parent().unwrap_or(Path::new(""));
        if let Some(known) = of_folder.get(folder.as_os_str()) {
            of_story.push(*known);
            continue;
        }
        let serves = |library: &&Library<'_>| {
            let of = library.volume.file.path.parent().unwrap_or(Path::new(""));
            library.volume.is_guess || folder.starts_with(of)
        };
        let homes: Vec<Home<'a>> = libraries
            .iter()
            .filter(serves)
            .map(|library| Home { file: &library.volume.file, raw: &library.decoded.file })
            .collect();
        let (facets, complaints) = facets(&homes.iter().collect::<Vec<_>>());
        let (names, twice) = Names::of_libraries(&homes);
        let place = |(file, complaint): Placed<'_>| Problem::at(file, complaint);
        for problem in complaints.into_iter().chain(twice).map(place) {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        of_folder.insert(folder.as_os_str(), shelves.len());
        of_story.push(shelves.len());
        shelves.push(Shelf { homes, facets, names });
    }
    (Shelves { shelves, of_story }, problems)
}

/// The names that stories define for themselves, collected when a name is found nowhere else.
pub(super) struct Elsewhere<'a> {
    system: &'a dyn System,
    stories: &'a [PathBuf],
    defined: OnceLock<HashMap<String, String>>,
}

impl std::fmt::Debug for Elsewhere<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Elsewhere").field("stories", &self.stories.len()).finish_non_exhaustive()
    }
}

impl<'a> Elsewhere<'a> {
    pub(super) fn new(system: &'a dyn System, stories: &'a [PathBuf]) -> Self {
        Self { system, stories, defined: OnceLock::new() }
    }

    /// The story that defines a name.
    pub(super) fn defines(&self, name: &str) -> Option<&str> {
        let defined = self.defined.get_or_init(|| {
            let mut defined = HashMap::new();
            let mut parser = Parser::new();
            let mut bytes = Vec::new();
            for story in self.stories {
                let Ok(()) = self.system.read(story, &mut bytes) else { continue };
                let Ok(text) = utf8(&bytes) else { continue };
                let decoded = decode(&mut parser, text);
                let figures = decoded.file.figure.iter().map(|(name, _)| name);
                let sources = decoded.file.source.iter().map(|(name, _)| name);
                for name in figures.chain(sources) {
                    defined.entry(name.value.to_string()).or_insert_with(|| story.display().to_string());
                }
            }
            defined
        });
        defined.get(name).map(String::as_str)
    }
}
