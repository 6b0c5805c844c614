//! Parts of a package as other parts name them.

/// A target as seen from a folder of the package, or from its root if it begins with a slash.
pub fn joined(folder: &str, target: &str) -> String {
    let from_root = target.strip_prefix('/');
    let start = if from_root.is_some() { "" } else { folder };
    let mut segments: Vec<&str> = start.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in from_root.unwrap_or(target).split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(joined("word", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(joined("word", "../notes/./a.xml"), "notes/a.xml");
        assert_eq!(joined("", "/word/document2.xml"), "word/document2.xml");
        assert_eq!(joined("word", "../../../a.xml"), "a.xml");
    }
}
