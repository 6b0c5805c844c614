//! What tables have answered, kept from one check to the next: an editor checks a story at every pause in typing, and
//! its tables stay as they are.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::source::{Answer, Content, FigureError, Request, TableOptions};
use crate::system::{Stamp, System};

/// How many questions are kept; then those that were not asked again go.
const MOST: usize = 256;

type Answers = Vec<Result<Answer, FigureError>>;

/// Questions to tables, and their answers. A table is known by the stamps of its files, so that one that changes is read
/// again.
#[derive(Debug, Default)]
pub struct Memo {
    kept: Mutex<HashMap<Question, Kept>>,
}

/// A table as it is at the moment, and all that is asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    files: Vec<(PathBuf, Stamp)>,
    /// Options and requests, in full, so that no two questions are taken for one.
    asked: String,
}

#[derive(Debug)]
struct Kept {
    answers: Answers,
    /// What the table is known by, where that was asked for.
    content: Option<Content>,
    /// Whether it was asked again since room was made last.
    is_fresh: bool,
}

impl Memo {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The question that requests to a table are; `None` where nothing tells whether the table has changed.
    pub(super) fn question(
        system: &dyn System,
        files: &[PathBuf],
        options: &TableOptions<'_>,
        requests: &[Request<'_>],
    ) -> Option<Question> {
        let files = files.iter().map(|path| Some((path.clone(), system.stamp(path)?)));
        Some(Question { files: files.collect::<Option<_>>()?, asked: format!("{options:?}{requests:?}") })
    }

    pub(super) fn recall(&self, question: &Question) -> Option<(Answers, Option<Content>)> {
        let mut kept = self.kept();
        let known = kept.get_mut(question)?;
        known.is_fresh = true;
        Some((known.answers.clone(), known.content))
    }

    pub(super) fn remember(&self, question: Question, answers: &Answers, content: Option<Content>) {
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.retain(|_, known| std::mem::take(&mut known.is_fresh));
        }
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(question, Kept { answers: answers.clone(), content, is_fresh: false });
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Question, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(state: u64, asked: &str) -> Question {
        Question { files: vec![(PathBuf::from("a.csv"), Stamp::Edited(state))], asked: asked.to_owned() }
    }

    #[test]
    fn an_answer_is_for_one_question_to_one_state() {
        let memo = Memo::new();
        memo.remember(question(1, "sum"), &Vec::new(), None);
        assert!(memo.recall(&question(1, "sum")).is_some());
        assert!(memo.recall(&question(2, "sum")).is_none());
        assert!(memo.recall(&question(1, "mean")).is_none());
    }

    #[test]
    fn what_is_asked_again_is_kept_and_the_rest_goes() {
        let memo = Memo::new();
        for state in 0..2000 {
            memo.remember(question(state, ""), &Vec::new(), None);
            assert!(state == 0 || memo.recall(&question(0, "")).is_some(), "{state}");
        }
        assert!(memo.kept().len() <= MOST);
        assert!(memo.recall(&question(1999, "")).is_some());
    }
}
