//! Names of files, from the paths of stories.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::system::tidy;

/// The longest name, without its ending: file systems allow 255 bytes.
const LONGEST: usize = 120;

/// A file name for the page of each story, none twice, by which ever letters file systems tell names apart: the story's path
/// below the folder that was checked, without its ending, in small letters, digits and hyphens.
pub fn file_names<'p>(stories: impl IntoIterator<Item = &'p Path>, folders: &[PathBuf]) -> Vec<String> {
    let folders: Vec<PathBuf> = folders.iter().map(|folder| tidy(folder)).collect();
    let mut taken = BTreeSet::from(["index".to_owned()]);
    let name = |story: &Path| {
        let story = tidy(story);
        let is_here = |folder: &Path| folder == Path::new(".") && story.is_relative();
        let below = folders.iter().filter_map(|folder| {
            if is_here(folder) { Some(story.as_path()) } else { story.strip_prefix(folder).ok() }
        });
        let below =
            below.filter(|below| !below.as_os_str().is_empty()).min_by_key(|below| below.as_os_str().len());
        let below = below.or_else(|| story.file_name().map(Path::new)).unwrap_or(&story);
        let plain = slug(&below.with_extension("").to_string_lossy());
        let mut name = plain.clone();
        let mut nth = 1;
        while !taken.insert(name.clone()) {
            nth += 1;
            name = format!("{plain}-{nth}");
        }
        format!("{name}.html")
    };
    stories.into_iter().map(name).collect()
}

fn slug(path: &str) -> String {
    let mut slug = String::new();
    for character in path.chars() {
        match character.to_ascii_lowercase() {
            plain @ ('a'..='z' | '0'..='9') => slug.push(plain),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "story".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(stories: &[&str], folders: &[&str]) -> Vec<String> {
        let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
        file_names(stories.iter().map(Path::new), &folders)
    }

    #[test]
    fn names_are_those_of_the_stories() {
        let stories = ["claims/a.toml", "./claims/2025/March Budget.toml", "elsewhere/b.toml"];
        assert_eq!(names(&stories, &["claims/"]), ["a.html", "2025-march-budget.html", "b.html"]);
    }

    #[test]
    fn no_name_is_given_twice() {
        let stories = ["a-b.toml", "a/b.toml", "A/B.toml", "index.toml", "日本.toml", "…"];
        let expected = ["a-b.html", "a-b-2.html", "a-b-3.html", "index-2.html", "story.html", "story-2.html"];
        assert_eq!(names(&stories, &["."]), expected);
        let long = "x".repeat(300);
        assert!(names(&[&long], &[])[0].len() < 200);
    }
}
