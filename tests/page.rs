//! The HTML report: the files that the command line writes, and what a browser makes of them. The tests in a browser need
//! Chromium, and say so where there is none.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests make files, fail by panicking, and say why they are skipped"
)]

#[path = "page/browser.rs"]
mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use browser::Browser;
use serde_json::json;

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn factcheck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factcheck")).args(arguments).output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The page of a story of the fixtures.
fn page(folder: &Path, rules: &str) -> PathBuf {
    let page = folder.join("page.html");
    let output = factcheck(&[rules, "--format", "html", "--output", page.to_str().unwrap()]);
    assert!(page.exists(), "{}", told(&output.stderr));
    page
}

/// A browser, or the reason why there is none.
fn browser(folder: &Path) -> Option<Browser> {
    let browser = Browser::start(folder);
    if browser.is_none() {
        println!("skipped: no Chromium is installed");
    }
    browser
}

#[test]
fn a_folder_gets_a_page_a_story_and_an_index() {
    let folder = folder("folder").join("new/report");
    let output = &["claims", "--format", "html", "--output", folder.to_str().unwrap()];
    for _ in 0..2 {
        let run = factcheck(output);
        assert_eq!(run.status.code(), Some(0), "{}", told(&run.stderr));
        assert!(told(&run.stdout).starts_with("37 claims: 37 supported"), "{}", told(&run.stdout));
        assert_eq!(names(&folder), ["deportations.html", "index.html", "readme.html"]);
    }
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(index.contains("href=\"deportations.html\"") && index.contains("href=\"readme.html\""));
    let first = fs::read(folder.join("deportations.html")).unwrap();
    factcheck(output);
    assert_eq!(first, fs::read(folder.join("deportations.html")).unwrap());
}

#[test]
fn what_cannot_be_written_is_said_with_its_remedy() {
    let run = factcheck(&["claims", "--format", "html"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(told(&run.stderr).contains("`--output FOLDER`"), "{}", told(&run.stderr));
    let folder = folder("remedy");
    let file = folder.join("all.html");
    let run = factcheck(&["claims", "--format", "html", "--output", file.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(told(&run.stderr).contains("there are 2 stories: name a folder"), "{}", told(&run.stderr));
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn exit_codes_are_those_of_other_formats() {
    let folder = folder("exit");
    for (rules, code) in [("fixtures/budget-up-7/claims", 1), ("claims", 0)] {
        let run = factcheck(&[rules, "--format", "html", "--output", folder.to_str().unwrap()]);
        assert_eq!(run.status.code(), Some(code));
    }
    let draft = folder.join("draft.md");
    fs::write(&draft, "Up 5%, from $9 million to $12 million.\n").unwrap();
    let run = factcheck(&[
        draft.to_str().unwrap(),
        "--format",
        "html",
        "--output",
        folder.join("x.HTML").to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(1), "{}", told(&run.stderr));
    assert!(fs::read_to_string(folder.join("x.HTML")).unwrap().contains("arithmetic-inconsistent"));
}

#[test]
fn keys_lead_from_number_to_number_and_back() {
    let folder = folder("keys");
    let page = page(&folder, "fixtures/budget-up-7/claims");
    let Some(mut browser) = browser(&folder) else { return };
    browser.open(&page, "");
    let hash = "location.hash";
    let shown = "[...document.querySelectorAll('#_details > *')].filter((it) => it.checkVisibility()).map((it) => it.id).join()";
    assert_eq!(browser.text(shown), "_overview");
    let ids = "[...document.querySelectorAll('.m:not(.excluded):not(.used)')].map((it) => it.getAttribute('href')).join()";
    let ids: Vec<String> = browser.text(ids).split(',').map(str::to_owned).collect();
    assert_eq!(ids.len(), 7);
    for id in &ids {
        browser.press("j");
        assert_eq!(browser.text(hash), *id);
        assert_eq!(browser.text(shown).split(',').next(), id.get(1..));
        assert_eq!(browser.text("document.activeElement.getAttribute('href')"), *id);
        assert_eq!(browser.value("document.querySelectorAll('.m.on').length"), 1);
    }
    browser.press("j");
    assert_eq!(browser.text(hash), ids[6]);
    browser.press("k");
    assert_eq!(browser.text(hash), ids[5]);
    browser.press("Escape");
    assert_eq!(browser.text(shown), "_overview");
    assert_eq!(browser.value("history.length <= 3"), true);
}

#[test]
fn a_link_leads_to_a_claim_and_to_its_number() {
    let folder = folder("link");
    let page = page(&folder, "claims/deportations.toml");
    let Some(mut browser) = browser(&folder) else { return };
    browser.open(&page, "#budget-rise");
    let seen = "(() => { const it = document.querySelector('.m.on').getBoundingClientRect(); return it.top > 0 && it.bottom < innerHeight })()";
    assert_eq!(browser.value(seen), true);
    assert_eq!(browser.text("document.querySelector('.m.on').getAttribute('href')"), "#budget-rise");
    assert_eq!(browser.value("document.getElementById('budget-rise').checkVisibility()"), true);
    // The page itself does not scroll when details are chosen.
    browser.open(&page, "");
    browser.value("document.querySelector('.o a[href=\"#ice-march\"]').click()");
    browser.press("Shift");
    assert_eq!(browser.value("document.getElementById('ice-march').getBoundingClientRect().top"), 0);
}

#[test]
fn a_filter_mutes_all_else_and_keys_pass_it_over() {
    let folder = folder("filter");
    let page = page(&folder, "fixtures/budget-up-7/claims");
    let Some(mut browser) = browser(&folder) else { return };
    browser.open(&page, "");
    let line =
        |status: &str| format!("getComputedStyle(document.querySelector('.m.{status}')).textDecorationColor");
    let before = browser.text(&line("supported"));
    let listed = "[...document.querySelectorAll('.o.all li')].filter((it) => it.checkVisibility()).length";
    assert_eq!(browser.value(listed), 5);
    browser.value("document.getElementById('_f-refuted').click()");
    assert_ne!(browser.text(&line("supported")), before);
    assert_eq!(browser.value(listed), 1);
    browser.press("j");
    browser.press("j");
    assert_eq!(browser.text("location.hash"), "#transit-change");
    browser.value("document.getElementById('_f-refuted').click()");
    assert_eq!(browser.text(&line("supported")), before);
    browser.press("Escape");
    assert_eq!(browser.value(listed), 5);
    browser.value("document.getElementById('_f-found').click()");
    assert_eq!(browser.value(listed), 1);
}

#[test]
fn everything_can_be_read_without_a_script() {
    let folder = folder("plain");
    let page = page(&folder, "fixtures/budget-up-7/claims");
    let Some(mut browser) = browser(&folder) else { return };
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.open(&page, "#transit-change");
    let shown = |id: &str| format!("document.getElementById('{id}').checkVisibility()");
    assert_eq!(browser.value(&shown("transit-change")), true);
    assert_eq!(browser.value(&shown("_overview")), false);
    browser.value("document.querySelector('#transit-change .ways a:last-child').click()");
    assert_eq!(browser.value(&shown("transit-change")), false);
    browser.value("document.getElementById('_f-refuted').click()");
    let listed = "[...document.querySelectorAll('.o.all li')].filter((it) => it.checkVisibility()).length";
    browser.open(&page, "");
    browser.value("document.getElementById('_f-refuted').click()");
    assert_eq!(browser.value(listed), 1);
    assert_eq!(browser.value("document.querySelectorAll('.m.on').length"), 0);
}

#[test]
fn what_a_draft_and_a_table_hold_is_shown_and_never_run() {
    let folder = folder("hostile");
    fs::create_dir_all(folder.join("claims")).unwrap();
    let run = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    let draft = format!("# One {run}\n\n\u{202e}It rose 5% {run} \"to\" 'all' \u{5d0} `{run}`.\n\n{run}\n");
    fs::write(folder.join("draft.md"), draft).unwrap();
    let quoted = run.replace('"', "\"\"");
    fs::write(folder.join("t.csv"), format!("k,v,w\na,20,\"{quoted}\"\nb,21,\"</table>{quoted}\"\n"))
        .unwrap();
    let rules = format!(
        "draft = \"../draft.md\"\n[source.t]\ntitle = '''{run}'''\nurl = '''javascript:document.title=\"run\"'''\nfile = \"../t.csv\"\n\
         key = \"k\"\n[[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"change(t.a.v, t.b.v)\"\nnote = '''{run}'''\n"
    );
    fs::write(folder.join("claims/story.toml"), rules).unwrap();
    let page = page(&folder, folder.join("claims").to_str().unwrap());
    let Some(mut browser) = browser(&folder) else { return };
    browser.call("Log.enable", &json!({}));
    browser.open(&page, "#rise");
    assert!(browser.text("document.title").ends_with("fact-check file"));
    assert_eq!(browser.value("document.scripts.length"), 1);
    assert_eq!(browser.value("document.images.length"), 0);
    assert_eq!(browser.value("performance.getEntriesByType('resource').length"), 0);
    let text = browser.text("document.body.innerText");
    assert!(text.contains("</table><script>document.title='run'</script>"), "{text}");
    // A script that comes in all the same is refused by the page's policy.
    browser.value(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: \"document.title='run'\" }))",
    );
    assert_ne!(browser.text("document.title"), "run");
    let fetched = "fetch('https://example.com/').then(() => 'fetched', () => 'refused')";
    assert_eq!(browser.awaited(fetched), "refused");
}

#[test]
fn paper_has_every_claim_and_lines_to_sign() {
    let folder = folder("paper");
    let page = page(&folder, "claims/deportations.toml");
    let Some(mut browser) = browser(&folder) else { return };
    browser.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    browser.open(&page, "#budget-rise");
    let shown = |select: &str| {
        format!("[...document.querySelectorAll('{select}')].filter((it) => it.checkVisibility()).length")
    };
    assert_eq!(browser.value(&shown("article:not(.brief)")), 18);
    assert_eq!(browser.value(&shown(".sign p")), 2);
    assert_eq!(browser.value(&shown(".filters, .ways, .hint, .back")), 0);
    let wide = "[...document.querySelectorAll('body *')].filter((it) => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX === 'hidden' && !it.matches('.h')).length";
    assert_eq!(browser.value(wide), 0);
}

#[test]
fn a_telephone_shows_the_whole_width() {
    let folder = folder("telephone");
    let page = page(&folder, "fixtures/disclosure-cut/claims");
    let Some(mut browser) = browser(&folder) else { return };
    let size = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    browser.call("Emulation.setDeviceMetricsOverride", &size);
    for address in ["", "#first-70-days"] {
        browser.open(&page, address);
        assert_eq!(browser.value("document.documentElement.scrollWidth"), 360, "{address}");
    }
    browser.press("Shift");
    let apart = "document.querySelector('.m.on').getBoundingClientRect().bottom <= document.getElementById('first-70-days').getBoundingClientRect().top";
    assert_eq!(browser.value(apart), true, "the number is hidden by its details");
}

/// With `AXE=path/to/axe.min.js` (from the package `axe-core`).
#[test]
fn a_checker_of_accessibility_has_nothing_to_say() {
    let Some(axe) = std::env::var_os("AXE") else {
        println!("skipped: AXE does not name the file axe.min.js of the package axe-core");
        return;
    };
    let folder = folder("accessible");
    let Some(mut browser) = browser(&folder) else { return };
    let axe = fs::read_to_string(axe).unwrap();
    let report = folder.join("report");
    factcheck(&[
        "claims",
        "fixtures/budget-up-7/claims",
        "fixtures/disclosure-cut/claims",
        "--format",
        "html",
        "--output",
        report.to_str().unwrap(),
    ]);
    let pages = [
        ("deportations.html", "#budget-rise"),
        ("story.html", "#transit-change"),
        ("deportations-2.html", "#first-70-days"),
        ("readme.html", ""),
        ("index.html", ""),
    ];
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.call("Emulation.setEmulatedMedia", &features);
        for (name, address) in pages {
            browser.open(&report.join(name), address);
            browser.value(&format!("{axe};0"));
            let found = browser.awaited(
                "axe.run().then((it) => it.violations.map((it) => it.id + ': ' + it.nodes.map((it) => it.html.slice(0, 200)).join(' | ')).join('\\n'))");
            assert_eq!(found, "", "{scheme} {name}{address}");
        }
    }
}
