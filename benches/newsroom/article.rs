//! One article: draft, rules, table, and the verdicts that must come out.

use std::fmt::Write;

use crate::Size;
use crate::claim::{Claim, EARLIER, LATER, Row};
use crate::random::Random;
use crate::words::{FILLING, OFFICES, TOWNS, town};

/// The files of one article.
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) draft: String,
    pub(crate) rules: String,
    pub(crate) table: String,
    /// A line of JSON a claim: its id and its verdict.
    pub(crate) expected: String,
}

/// Drafts are filled up to this many bytes; one with many claims grows past it.
const DRAFT_BYTES: usize = 5_800;
/// Every other draft is wrapped at so many characters, so that its quotes run over line ends.
const WIDTH: usize = 88;

impl Article {
    /// Article `number` of a newsroom of the given size.
    pub(crate) fn new(size: &Size, number: u64) -> Self {
        let mut random = Random::new(size.seed, number);
        let first = random.between(0, TOWNS as u64 - 1);
        let first = usize::try_from(first).unwrap_or(0);
        // The stride shares no factor with the number of towns, so the towns of an article are different ones.
        let claims: Vec<Claim> = (0..size.claims)
            .map(|claim| Claim::new(&mut random, claim, &town((first + claim * 2011) % TOWNS)))
            .collect();
        let name = format!("a{number:05}");
        let draft = draft(&mut random, &claims, number % 2 == 1);
        let rules = rules(&mut random, &name, &claims, size.has_scopes);
        let table = table(&mut random, &claims, size.rows);
        let mut expected = String::new();
        for (at, claim) in claims.iter().enumerate() {
            let verdict = if claim.is_right { "supported" } else { "refuted" };
            line(&mut expected, format_args!("{{\"claim\":\"{name}-c{at:02}\",\"verdict\":\"{verdict}\"}}"));
        }
        Self { name, draft, rules, table, expected }
    }
}

/// What every article of a newsroom with scopes may name.
pub(crate) const SCOPES: &str = "\
[scope.area]
county = { includes = [\"coast\", \"hills\"], complete = true }
coast = {}
hills = { aliases = [\"uplands\"] }
";

fn draft(random: &mut Random, claims: &[Claim], is_wrapped: bool) -> String {
    let mut text =
        String::from("---\ntitle: What the tables say\ndesk: county\n---\n\n# What the tables say\n\n");
    let mut claims = claims.iter();
    loop {
        let claim = claims.next();
        if claim.is_none() && text.len() >= DRAFT_BYTES {
            return text;
        }
        let mut paragraph = claim.map_or_else(String::new, |claim| {
            let sentence = claim.sentence.clone();
            // Some numbers are printed bold; a reader of the quote does not see the asterisks.
            if random.once_in(12) {
                sentence.replacen(&claim.says, &format!("**{}**", claim.says), 1)
            } else {
                sentence
            }
        });
        for _ in 0..random.between(1, 3) {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(random.pick(FILLING));
        }
        text.push_str(&if is_wrapped { wrapped(&paragraph) } else { paragraph });
        text.push_str("\n\n");
    }
}

fn wrapped(paragraph: &str) -> String {
    let mut text = String::with_capacity(paragraph.len());
    let mut width = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if width > 0 {
            let fits = width + 1 + length <= WIDTH;
            text.push(if fits { ' ' } else { '\n' });
            width = if fits { width + 1 } else { 0 };
        }
        text.push_str(word);
        width += length;
    }
    text
}

fn rules(random: &mut Random, name: &str, claims: &[Claim], has_scopes: bool) -> String {
    let mut text = String::new();
    line(&mut text, format_args!("draft = \"../drafts/{name}.md\""));
    if has_scopes {
        line(&mut text, format_args!("default_scope = {{ area = \"county\" }}"));
    }
    let publisher = random.pick(OFFICES);
    line(
        &mut text,
        format_args!("\n[source.data]\ntitle = \"Yearly tables, {name}\"\npublisher = \"{publisher}\""),
    );
    line(&mut text, format_args!("url = \"https://example.org/{name}\"\nretrieved = 2025-04-07"));
    line(&mut text, format_args!("file = \"../sources/{name}.csv\"\nkey = \"id\""));
    if has_scopes {
        line(&mut text, format_args!("scope = {{ area = [\"coast\", \"hills\"] }}\n\n[source.data.columns]"));
        line(&mut text, format_args!("before = {{ scope = {{ period = \"{EARLIER}\" }} }}"));
        line(&mut text, format_args!("after = {{ scope = {{ period = \"{LATER}\" }} }}"));
        line(&mut text, format_args!("spent = {{ unit = \"USD\", scope = {{ period = \"{LATER}\" }} }}"));
    } else {
        line(&mut text, format_args!("columns = {{ spent = {{ unit = \"USD\" }} }}"));
    }
    for (at, claim) in claims.iter().enumerate() {
        let Claim { quote, says, formula, period, .. } = claim;
        line(&mut text, format_args!("\n[[claim]]\nid = \"{name}-c{at:02}\"\nquote = \"{quote}\""));
        line(&mut text, format_args!("says = \"{says}\"\nformula = \"{formula}\""));
        if has_scopes {
            line(&mut text, format_args!("scope = {{ period = \"{period}\" }}"));
        }
    }
    text
}

/// The claims' rows, and between them as many again as are asked for, which no claim names.
fn table(random: &mut Random, claims: &[Claim], rows: usize) -> String {
    let mut text = String::from("id,before,after,spent\n");
    let mut row = |id: char, at: usize, row: &Row| {
        let Row { before, after, spent } = row;
        line(&mut text, format_args!("{id}{at},{before},{after},{spent}"));
    };
    let gap = rows.checked_div(claims.len()).unwrap_or(rows);
    let mut others = 0..rows;
    for (at, claim) in claims.iter().enumerate() {
        for other in others.by_ref().take(gap) {
            row('x', other, &Row::new(random));
        }
        row('r', at, &claim.row);
    }
    for other in others {
        row('x', other, &Row::new(random));
    }
    text
}

/// Appends a line. Writing into memory cannot fail.
fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{what}");
}
