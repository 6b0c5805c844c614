//! What a page has: claims and numbers, each with its place, its address on the page and its findings.

use std::collections::{BTreeMap, BTreeSet};

use super::status::Status;
use crate::engine::{ClaimFile, ClaimOutcome, Dossier, NumberFate, NumberFile, StoryOutcome};
use crate::finding::{Finding, Role, Severity};

/// Everything that has an article on the page, in the order of the draft; and every mark in the draft.
pub(super) struct Items<'s> {
    /// In the order of the draft; what has no place in it comes last.
    pub(super) articles: Vec<Article<'s>>,
    /// In the order of the draft.
    pub(super) marks: Vec<Mark<'s>>,
    /// Findings that belong to no article.
    pub(super) elsewhere: Vec<&'s Finding>,
}

/// A claim, or a number without one.
pub(super) struct Article<'s> {
    /// Its address on the page.
    pub(super) id: String,
    /// Its number among the claims, from 1; none for what is no claim.
    pub(super) ordinal: Option<usize>,
    /// What became of it.
    pub(super) status: Status,
    /// What is found about it.
    pub(super) findings: Vec<&'s Finding>,
    /// What it is about.
    pub(super) subject: Subject<'s>,
    /// The marks that lead to it, by their places in [`Items::marks`].
    pub(super) marks: Vec<usize>,
}

/// What an article is about.
pub(super) enum Subject<'s> {
    /// A claim; one whose rule is malformed has no file.
    Claim(&'s ClaimOutcome<'s>, Option<&'s ClaimFile>),
    /// A number that no claim is about.
    Number(&'s NumberFile),
    /// The numbers that are no quantities, by a rule of this name.
    Rule(&'static str, Vec<&'s NumberFile>),
}

/// A mark in the draft.
pub(super) struct Mark<'s> {
    /// Its address on the page.
    pub(super) id: String,
    /// What it marks.
    pub(super) number: &'s NumberFile,
    /// What became of it.
    pub(super) status: Status,
    /// The article that it leads to, by its place in [`Items::articles`].
    pub(super) article: usize,
    /// Whether formulas use it, in whose quotes it stands, and no claim is about it by itself.
    pub(super) is_used: bool,
    /// Other articles that are about it.
    pub(super) others: Vec<usize>,
}

impl<'s> Article<'s> {
    fn of_number(id: String, status: Status, subject: Subject<'s>) -> Self {
        Self { id, ordinal: None, status, findings: Vec::new(), subject, marks: Vec::new() }
    }

    /// The gravest of its findings.
    pub(super) fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The names of its style.
    pub(super) fn class(&self) -> String {
        let found = if self.gravest() > Some(Severity::Note) { " found" } else { "" };
        format!("{}{found}", self.status.name())
    }
}

/// Which article is about which claim and which number, by their places in the dossier.
#[derive(Default)]
struct Homes {
    of_claim: BTreeMap<usize, usize>,
    of_number: BTreeMap<usize, usize>,
}

impl<'s> Items<'s> {
    pub(super) fn of(story: &'s StoryOutcome<'s>, dossier: &'s Dossier) -> Self {
        let mut of_claim: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        let mut others: Vec<&Finding> = Vec::new();
        for finding in &story.findings {
            match &finding.claim {
                Some(id) => of_claim.entry(id).or_default().push(finding),
                None => others.push(finding),
            }
        }
        let mut homes = Homes::default();
        let mut items = Self { articles: Vec::new(), marks: Vec::new(), elsewhere: Vec::new() };
        items.write_claims_and_numbers(story, dossier, &mut of_claim, &mut homes);
        items.write_rules(dossier, &mut homes);
        items.mark(dossier, &homes);
        items.place(others);
        items.elsewhere.extend(of_claim.into_values().flatten());
        items
    }

    /// An article for each claim, and for each number that is a quantity and has none, in the order of the draft.
    fn write_claims_and_numbers(
        &mut self,
        story: &'s StoryOutcome<'s>,
        dossier: &'s Dossier,
        findings: &mut BTreeMap<&str, Vec<&'s Finding>>,
        homes: &mut Homes,
    ) {
        let places = first_places(dossier);
        let claims = story.claims.iter().enumerate();
        let claims = claims.map(|(at, claim)| (places.get(&at).copied(), Drafted::Claim(at, claim)));
        let numbers = dossier.numbers.iter().enumerate();
        let numbers =
            numbers.filter(|(_, it)| !is_claimed(it) && !matches!(it.fate, NumberFate::Excluded(_)));
        let numbers = numbers.map(|(at, number)| (Some(number.number.start), Drafted::Number(at, number)));
        let mut drafted: Vec<(Option<u32>, Drafted<'_>)> = claims.chain(numbers).collect();
        drafted.sort_by_key(|(place, _)| (place.is_none(), *place));
        let mut taken = BTreeSet::new();
        let mut ordinals = 1..;
        for (_, drafted) in drafted {
            let article = match drafted {
                Drafted::Claim(at, claim) => {
                    homes.of_claim.insert(at, self.articles.len());
                    Article {
                        id: address(&claim.id, &mut taken),
                        ordinal: ordinals.next(),
                        status: claim.verdict.into(),
                        findings: findings.remove(&*claim.id).unwrap_or_default(),
                        subject: Subject::Claim(claim, dossier.claims.get(at)),
                        marks: Vec::new(),
                    }
                }
                Drafted::Number(at, number) => {
                    homes.of_number.insert(at, self.articles.len());
                    let is_ignored = matches!(number.fate, NumberFate::Ignored(_));
                    let status = if is_ignored { Status::Ignored } else { Status::Unclaimed };
                    Article::of_number(format!("_n{}", at + 1), status, Subject::Number(number))
                }
            };
            self.articles.push(article);
        }
    }

    /// An article for each rule by which numbers are no quantities.
    fn write_rules(&mut self, dossier: &'s Dossier, homes: &mut Homes) {
        let mut rules: BTreeMap<&'static str, Vec<&NumberFile>> = BTreeMap::new();
        for number in &dossier.numbers {
            if let NumberFate::Excluded(rule) = number.fate {
                rules.entry(rule).or_default().push(number);
            }
        }
        let home: BTreeMap<&str, usize> = rules.keys().copied().zip(self.articles.len()..).collect();
        for (at, number) in dossier.numbers.iter().enumerate() {
            if let NumberFate::Excluded(rule) = number.fate {
                homes.of_number.extend(home.get(rule).map(|home| (at, *home)));
            }
        }
        let rules = rules.into_iter();
        self.articles.extend(rules.map(|(rule, numbers)| {
            Article::of_number(format!("_{rule}"), Status::Excluded, Subject::Rule(rule, numbers))
        }));
    }

    /// A mark for each number.
    fn mark(&mut self, dossier: &'s Dossier, homes: &Homes) {
        for (at, number) in dossier.numbers.iter().enumerate() {
            let mut about: Vec<usize> = match &number.fate {
                NumberFate::Claimed(claims) | NumberFate::Used(claims) => {
                    claims.iter().filter_map(|claim| homes.of_claim.get(claim)).copied().collect()
                }
                _ => Vec::new(),
            };
            about.extend(homes.of_number.get(&at));
            // The gravest verdict is the number's.
            about.sort_by_key(|article| self.articles.get(*article).map(|article| article.status));
            let Some((first, others)) = about.split_first() else { continue };
            let Some(status) = self.articles.get(*first).map(|article| article.status) else { continue };
            for article in &about {
                if let Some(article) = self.articles.get_mut(*article) {
                    article.marks.push(self.marks.len());
                }
            }
            self.marks.push(Mark {
                id: format!("_m{}", at + 1),
                number,
                status,
                article: *first,
                is_used: matches!(number.fate, NumberFate::Used(_)),
                others: others.to_vec(),
            });
        }
    }

    /// Hands findings that are about no claim to the number that they point at.
    fn place(&mut self, findings: Vec<&'s Finding>) {
        for finding in findings {
            let span = finding.place(Role::Draft).map(|label| label.excerpt.in_file);
            let mark = span.and_then(|span| {
                let from = self.marks.partition_point(|mark| mark.number.number.end <= span.start);
                self.marks.get(from).filter(|mark| mark.number.words.overlaps(span))
            });
            match mark.and_then(|mark| self.articles.get_mut(mark.article)) {
                Some(article) => article.findings.push(finding),
                None => self.elsewhere.push(finding),
            }
        }
    }
}

enum Drafted<'s> {
    Claim(usize, &'s ClaimOutcome<'s>),
    Number(usize, &'s NumberFile),
}

/// Where each claim stands first.
fn first_places(dossier: &Dossier) -> BTreeMap<usize, u32> {
    let mut places = BTreeMap::new();
    for number in &dossier.numbers {
        if let NumberFate::Claimed(claims) = &number.fate {
            for claim in claims {
                places.entry(*claim).or_insert(number.number.start);
            }
        }
    }
    places
}

fn is_claimed(number: &NumberFile) -> bool {
    matches!(&number.fate, NumberFate::Claimed(claims) | NumberFate::Used(claims) if !claims.is_empty())
}

/// The address of a claim: its id. Ids are in kebab-case and stand once; of rules that are malformed they may be anything.
/// Our own addresses begin with a low line, and theirs never do.
fn address(id: &str, taken: &mut BTreeSet<String>) -> String {
    let is_plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let plain = if is_plain { id.to_owned() } else { "_c".to_owned() };
    let mut address = plain.clone();
    let mut nth = 1;
    while !taken.insert(address.clone()) {
        nth += 1;
        address = format!("{plain}_{nth}");
    }
    address
}
