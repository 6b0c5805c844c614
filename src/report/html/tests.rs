use std::collections::BTreeSet;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::*;
use crate::engine::{Options, Project};
use crate::system::{Disk, Memory, System};

/// A draft, a rule file and a table that would run a script, leave their place or turn the page round, if they could.
const HOSTILE: [(&str, &str); 3] = [
    (
        "draft.md",
        "# Up </title><script>alert(1)</script> 5%\n\n\u{202e}The \"budget\" rose 5%\u{202c}, from $9 <img src=x onerror=alert(1)> \
         million to <b>$9.45</b> million, 'said' [it](javascript:alert(1)) & [they](https://x.example/?a=\"b\").\n\n\
         <script>alert(2)</script>\n\n- `</style><script>7</script>`\n\n\u{5d0}\u{5d1} 12,300 \u{5d2}\n",
    ),
    (
        "claims/story.toml",
        "draft = \"../draft.md\"\n[scope.measure]\n\"<i>m</i>\" = {}\n\"n\" = {}\n\
         [source.t]\ntitle = \"<script>t</script>\"\npublisher = \"\\\" onclick=\\\"x\"\nurl = \"javascript:alert(3)\"\nnote = \"]]>\"\n\
         retrieved = 2026-01-02\nfile = \"../table.csv\"\nkey = \"k\"\nscope = { measure = \"<i>m</i>\" }\n\
         [[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = 'change(t[\"<script>a</script>\"].v, t[\"q\"].v)'\n\
         scope = { measure = \"n\" }\nby = \"<script>b</script>\"\nnote = \"<svg onload=alert(4)>\"\n\
         [[claim]]\nid = \"gone\"\nquote = \"</script> 99 not there\"\nformula = \"1\"\n\
         [[claim]]\nid = \"Bad <id> \\\" onmouseover=x\"\nquote = \"x\"\nformula = \"1\"\n\
         [[ignore]]\nquote = \"12,300\"\nreason = \"<script>r</script>\"\n",
    ),
    (
        "table.csv",
        "k,v,<script>h</script>\n<script>a</script>,9,x\nq,9.9,\"</td></table><script>c</script>\"\n",
    ),
];

/// The pages of a project, with the numbers of their drafts.
fn pages(system: &dyn System, path: &str) -> Vec<(Page, usize)> {
    let options = Options { paths: vec![path.into()], isolated: true, ..Options::default() };
    let project = Project::open(system, &options).unwrap();
    let mut pages = Vec::new();
    let render = |story: StoryOutcome<'_>| {
        let numbers = story.dossier.as_ref().map_or(0, |dossier| dossier.numbers.len());
        (page(&story, Some("index.html")), numbers)
    };
    project.check_with_dossiers(render, |page| {
        pages.push(page);
        true
    });
    pages
}

fn hostile() -> Page {
    let mut pages = pages(&Memory::new(HOSTILE), "claims");
    assert_eq!(pages.len(), 1);
    pages.pop().unwrap().0
}

/// Every story of the repository.
fn shipped() -> Vec<(Page, usize)> {
    let folders = Disk.list("fixtures".as_ref()).unwrap().into_iter().map(|entry| entry.path.join("claims"));
    let folders = folders.filter(|folder| Disk.kind(folder).is_some()).chain(["claims".into()]);
    let all: Vec<_> = folders.flat_map(|folder| pages(&Disk, folder.to_str().unwrap())).collect();
    assert!(all.len() > 10);
    all
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn has_class(&self, name: &str) -> bool {
        self.attribute("class").is_some_and(|class| class.split(' ').any(|it| it == name))
    }
}

/// The elements of a page as a browser reads it.
fn elements(html: &str) -> Vec<Element> {
    fn text(node: &Handle, into: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            into.push_str(&contents.borrow());
        }
        node.children.borrow().iter().for_each(|child| text(child, into));
    }
    fn collect(node: &Handle, into: &mut Vec<Element>) {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attributes = attrs.borrow();
            let attributes = attributes.iter().map(|it| (it.name.local.to_string(), it.value.to_string()));
            let mut words = String::new();
            text(node, &mut words);
            into.push(Element {
                name: name.local.to_string(),
                attributes: attributes.collect(),
                text: words,
            });
        }
        node.children.borrow().iter().for_each(|child| collect(child, into));
    }
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut all = Vec::new();
    collect(&dom.document, &mut all);
    all
}

/// What holds for every page: nothing runs but our script, nothing is fetched, and every link leads somewhere.
fn is_safe(html: &str, scripts: usize) {
    let elements = elements(html);
    let of = |name: &str| elements.iter().filter(|it| it.name == name).collect::<Vec<_>>();
    assert_eq!(of("script").len(), scripts);
    assert!(of("script").iter().all(|script| script.text == policy::SCRIPT && script.attributes.is_empty()));
    assert!(of("style").iter().all(|style| style.text == policy::STYLE) && of("style").len() == 1);
    for name in ["img", "iframe", "object", "embed", "link", "base", "form", "foreignObject", "animate"] {
        assert!(of(name).is_empty(), "{name}");
    }
    let ids: Vec<&str> = elements.iter().filter_map(|it| it.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
    for element in &elements {
        for (name, value) in &element.attributes {
            assert!(
                !name.starts_with("on") && name != "style" && name != "src" && name != "srcset",
                "{name}={value}"
            );
            if name == "href" {
                let leads = match value.strip_prefix('#') {
                    Some(id) => ids.contains(&id),
                    None => {
                        value.starts_with("https://")
                            || value.starts_with("http://")
                            || Path::new(value).extension().is_some_and(|ending| ending == "html")
                                && !value.contains([':', '/'])
                    }
                };
                assert!(leads, "{value} leads nowhere");
            }
        }
    }
}

#[test]
fn nothing_in_a_draft_a_rule_or_a_table_becomes_markup() {
    let page = hostile();
    is_safe(&page.html, 1);
    let elements = elements(&page.html);
    let details = elements.iter().find(|it| it.attribute("id") == Some("_details")).unwrap();
    let draft = elements.iter().find(|it| it.attribute("id") == Some("_draft")).unwrap();
    // It is shown as it is written.
    for words in [
        "<script>t</script>",
        "\" onclick=\"x",
        "javascript:alert(3)",
        "<script>a</script>",
        "<script>b</script>",
        "<svg onload=alert(4)>",
        "</td></table><script>c</script>",
        "<script>h</script>",
        "<script>r</script>",
        "<i>m</i>",
    ] {
        assert!(details.text.contains(words), "{words}");
    }
    assert!(draft.text.contains("</style><script>excluded: 7</script>") && draft.text.contains("'said'"));
    assert_eq!(page.title.matches("script").count(), 0);
    assert!(elements.iter().all(|it| !it.attribute("href").is_some_and(|href| href.contains("javascript"))));
    let web = elements
        .iter()
        .find(|it| it.attribute("href") == Some("https://x.example/?a=%22b%22") || it.text == "they")
        .unwrap();
    assert_eq!(web.text, "they");
}

#[test]
fn every_page_is_safe_and_marks_every_number() {
    for (page, numbers) in shipped() {
        is_safe(&page.html, 1);
        let elements = elements(&page.html);
        let marks = elements.iter().filter(|it| it.has_class("m") && it.attribute("id").is_some());
        assert_eq!(marks.count(), numbers, "{}", page.title);
        assert!(!page.html.contains("does not show"), "{}: a number is not shown in its place", page.title);
        let claims = elements.iter().filter(|it| it.name == "article" && !it.has_class("brief")).count();
        assert_eq!(claims, page.totals.claims());
    }
}

#[test]
fn numbers_add_up_to_the_coverage() {
    for (page, _) in shipped() {
        let elements = elements(&page.html);
        let marked =
            |status: &str| elements.iter().filter(|it| it.has_class("m") && it.has_class(status)).count();
        let counts = page.totals.coverage;
        let found = [marked("unclaimed"), marked("ignored"), marked("excluded")];
        assert_eq!(found, [counts.unclaimed, counts.ignored, counts.excluded], "{}", page.title);
        // Words that are judged against another figure have no number of their own.
        let claimed = ["supported", "refuted", "undecided", "unchecked"].map(marked).iter().sum::<usize>();
        assert!(claimed >= counts.claimed, "{}", page.title);
    }
}

#[test]
fn a_claim_shows_both_sides_and_its_row() {
    let page = pages(&Disk, "fixtures/budget-up-7/claims").pop().unwrap().0;
    let elements = elements(&page.html);
    let claim = elements.iter().find(|it| it.attribute("id") == Some("transit-change")).unwrap();
    for words in [
        "refuted",
        "“7%”",
        "from 6.5% to 7.7%",
        "5.428987%",
        "1.071013 percentage points",
        "412600000",
        "Adopted budget by department",
        "Retrieved 2026-11-24",
        "the figures would fit",
        "budget.csv, line 2",
    ] {
        assert!(claim.text.contains(words), "{words}: {}", claim.text);
    }
    let mark = elements.iter().find(|it| it.attribute("href") == Some("#transit-change")).unwrap();
    assert!(mark.has_class("refuted") && mark.text == "refuted, error: 7%1", "{}", mark.text);
}

#[test]
fn a_value_is_told_step_by_step_down_to_the_rows() {
    let system = Memory::new([
        ("draft.md", "Twice the total of the two towns is 60. It had 12 in May."),
        ("t.csv", "town,month,count\nA,May,12\nB,May,18\nA,June,3\n"),
        (
            "claims/story.toml",
            "draft = \"../draft.md\"\n[source.t]\ntitle = \"Table\"\nfile = \"../t.csv\"\n\
             [figure.may]\nsource = \"t\"\nwhere = { month = \"May\" }\ncolumn = \"count\"\ntake = \"sum\"\n\
             [figure.double]\nformula = \"may * 2\"\nnote = \"both ways\"\n\
             [[claim]]\nid = \"total\"\nquote = \"towns is 60\"\nformula = \"abs(double - 4) + 4\"\n\
             [[claim]]\nid = \"unfinished\"\nquote = \"had 12 in May\"\ntodo = \"find it\"\n",
        ),
    ]);
    let page = pages(&system, "claims").pop().unwrap().0;
    let elements = elements(&page.html);
    let text = |id: &str| &elements.iter().find(|it| it.attribute("id") == Some(id)).unwrap().text;
    let total = text("total");
    for words in [
        "abs(double - 4) + 4 = 60",
        "double - 4= 56",
        "double = 60",
        "Computed: may * 2",
        "Note: both ways",
        "may = 30",
        "sum of count, 2 rows",
        "2AMay12",
        "3BMay18",
        "Table",
    ] {
        assert!(total.contains(words), "{words}: {total}");
    }
    assert!(!total.contains("June"));
    // A claim that is left to do is found in the draft all the same.
    assert!(text("unfinished").contains("it is a stub, with this left to do: find it"));
    let mark =
        elements.iter().find(|it| it.attribute("href") == Some("#unfinished") && it.has_class("m")).unwrap();
    assert!(mark.has_class("unchecked"));
}

#[test]
fn what_differs_in_scope_is_marked() {
    let page = pages(&Disk, "fixtures/disclosure-cut/claims").pop().unwrap().0;
    let elements = elements(&page.html);
    let differing: Vec<&str> = elements
        .iter()
        .filter(|it| it.name == "tr" && it.has_class("differs"))
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(differing, ["≠ agencyICEICE, CBP, USCGalso counts CBP, USCG"]);
}

#[test]
fn the_index_leads_to_every_page_and_runs_nothing() {
    let page = hostile();
    let entries = [
        IndexEntry::new("a.html".to_owned(), "claims/<b>.toml".to_owned(), &page),
        IndexEntry {
            title: "<script>x</script>".to_owned(),
            ..IndexEntry::new("b-2.html".to_owned(), String::new(), &page)
        },
    ];
    let html = index(&entries, &[], &page.totals);
    is_safe(&html, 0);
    let elements = elements(&html);
    let links: Vec<_> =
        elements.iter().filter(|it| it.name == "a").filter_map(|it| it.attribute("href")).collect();
    assert_eq!(links, ["a.html", "b-2.html"]);
    assert!(elements.iter().any(|it| it.name == "bdi" && it.text == "<script>x</script>"));
}

#[test]
fn the_same_story_makes_the_same_bytes() {
    assert_eq!(hostile().html, hostile().html);
    let made = [1, 4].map(|jobs| {
        let jobs = std::num::NonZeroUsize::new(jobs);
        let options = Options {
            paths: vec!["claims".into(), "fixtures/night-ferry/claims".into()],
            jobs,
            ..Options::default()
        };
        let mut made = Vec::new();
        Project::open(&Disk, &options).unwrap().check_with_dossiers(
            |story| page(&story, None).html,
            |html| {
                made.push(html);
                true
            },
        );
        made
    });
    assert_eq!(made[0].len(), 4);
    assert_eq!(made[0], made[1]);
}
