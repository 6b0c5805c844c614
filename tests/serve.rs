//! `factcheck serve`: what it answers, to whom, and when.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests write files and fail by panicking"
)]

#[path = "page/browser.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod browser;
#[path = "serve/desk.rs"]
mod desk;

use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use browser::Browser;
use desk::{DRAFT, Desk, PATIENCE, RULES, answer};

#[test]
fn pages_are_those_that_would_be_written_and_what_keeps_them_current() {
    let desk = Desk::start("pages");
    let files = desk.folder.join("report");
    let written = Command::new(env!("CARGO_BIN_EXE_factcheck"))
        .args(["--format", "html", "--output", "report"])
        .current_dir(&desk.folder)
        .output()
        .unwrap();
    assert_eq!(written.status.code(), Some(0));
    for name in ["index.html", "other.html", "story.html"] {
        let answer = desk.get(&format!("/{name}"));
        assert_eq!(answer.status, 200);
        let file = fs::read_to_string(files.join(name)).unwrap();
        let body = |page: &str| page.split_once("</svg>").unwrap().1.to_owned();
        let own = body(&file);
        let own = own.strip_suffix("</body></html>").unwrap();
        let rest = body(&answer.body).strip_prefix(own).unwrap().to_owned();
        assert!(rest.contains("EventSource") && !file.contains("EventSource"), "{name}");
        assert!(answer.body.contains("connect-src 'self'") && !file.contains("connect-src"), "{name}");
        let head = desk.request(&format!("HEAD /{name}?query HTTP/1.1"));
        assert_eq!((head.head, head.body.as_str()), (answer.head.clone(), ""));
        assert!(answer.head.contains(&format!("Content-Length: {}\r\n", answer.body.len())));
        assert!(answer.head.contains("Cache-Control: no-store\r\n"), "{}", answer.head);
    }
    assert_eq!(desk.get("/").body, desk.get("/index.html").body);
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        let port = desk.port;
        let request =
            format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\n\r\n");
        assert_eq!(desk.ask(request.as_bytes()).status, 200, "{host}");
    }
}

#[test]
fn only_a_page_of_the_report_is_answered_and_only_to_a_page_of_the_report() {
    let desk = Desk::start("refused");
    let port = desk.port;
    let refused = |request: &str, status: u16| {
        let answer = desk.ask(request.as_bytes());
        assert_eq!(answer.status, status, "{request}");
        assert!(answer.head.contains("\r\nContent-Type: text/plain; charset=utf-8"), "{}", answer.head);
        assert!(answer.body.lines().count() == 1 && !answer.body.contains("council"), "{}", answer.body);
        answer
    };
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "localhost".to_owned(),
        "127.0.0.1:1".to_owned(),
    ] {
        refused(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"), 403);
    }
    for origin in ["null", "http://evil.example", "http://localhost:1", "https://localhost"] {
        let lines = format!("Host: localhost:{port}\r\nOrigin: {origin}\r\n\r\n");
        refused(&format!("GET / HTTP/1.1\r\n{lines}"), 403);
        refused(&format!("GET /changes?page=story.html&version=0 HTTP/1.1\r\n{lines}"), 403);
    }
    refused("GET / HTTP/1.1\r\n\r\n", 400);
    refused("What is this?\r\n\r\n", 400);
    let host = format!("Host: localhost:{port}\r\n");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let body =
            format!("{method} / HTTP/1.1\r\n{host}Content-Length: 90000\r\n\r\n{}", "x".repeat(90_000));
        let answer = refused(&body, 405);
        assert!(answer.head.contains("\r\nAllow: GET, HEAD\r\n"), "{}", answer.head);
    }
    for path in [
        "/draft.md",
        "/claims/story.toml",
        "/../draft.md",
        "/%2e%2e/draft.md",
        "/..%2fdraft.md",
        "/..%5cdraft.md",
        "//draft.md",
        "/./story.html",
        "/story.html/",
        "/story.html%00",
        "/story%2ehtml",
        "/%73tory.html",
        "/STORY.html",
        "/story",
        "//",
        "/*",
        "/index.html/../draft.md",
        "/favicon.ico",
        "/file:///etc/passwd",
        "/etc/passwd",
        "draft.md",
        "*",
        "http://localhost/story.html",
    ] {
        refused(&format!("GET {path} HTTP/1.1\r\n{host}\r\n"), 404);
    }
    refused(&format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(100_000)), 431);
    refused(&format!("GET / HTTP/1.1\r\n{host}Cookie: {}\r\n\r\n", "a".repeat(1_000_000)), 431);
    refused(&format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(1000)), 431);
    assert_eq!(desk.get("/story.html").status, 200);
}

#[test]
fn a_client_that_stalls_keeps_nobody_waiting_and_is_let_go() {
    let desk = Desk::start("stalled");
    let mut stalled: Vec<_> = (0..20).map(|_| desk.connect()).collect();
    for stream in &mut stalled {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    }
    let began = Instant::now();
    assert_eq!(desk.get("/story.html").status, 200);
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    // One that sends a little all the time has no more time than the others.
    let mut slow = stalled.pop().unwrap();
    while began.elapsed() < Duration::from_secs(20) && slow.write_all(b"h").is_ok() {
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(began.elapsed() < Duration::from_secs(20));
    for stream in stalled {
        assert_eq!(answer(stream).unwrap().status, 408);
    }
}

#[test]
fn more_clients_than_there_is_room_for_are_told_so() {
    let desk = Desk::start("many");
    let idle: Vec<_> = (0..64).map(|_| desk.connect()).collect();
    let full = desk.get("/");
    assert_eq!((full.status, full.said()), (503, "too many requests at once\n"));
    drop(idle);
    desk.until("/", |answer| answer.status == 200);
}

#[test]
fn a_saved_draft_changes_its_page_and_tells_whoever_has_it_open() {
    let desk = Desk::start("saved");
    let (mut story, mut other) = (desk.events("story.html"), desk.events("other.html"));
    assert_eq!([story.next().unwrap(), other.next().unwrap()], ["current", "current"]);
    desk.save("draft.md", "# The council\n\nThe council spent $7 million.\n");
    let told: Vec<String> = story.collect();
    assert_eq!(told.last().unwrap(), "changed");
    assert!(told.iter().rev().skip(1).all(|told| told == "checking"), "{told:?}");
    let page = desk.get("/story.html");
    assert!(page.body.contains("$7 million") && page.body.contains("quote-not-found"), "{}", page.said());
    // The other story is as it was, and its page is let be.
    assert_eq!([other.next().unwrap(), other.next().unwrap()], ["checking", "current"]);
    desk.save("spent.csv", "year,amount\n2025,9000000\n");
    desk.save("draft.md", DRAFT);
    desk.until("/story.html", |answer| answer.body.contains("value-refuted"));
    desk.until("/", |answer| answer.body.contains("1 error"));
}

#[test]
fn a_story_that_comes_and_one_that_goes_are_noticed_in_folders_that_are_replaced_too() {
    let desk = Desk::start("comes");
    let mut other = desk.events("other.html");
    assert_eq!(other.next().unwrap(), "current");
    fs::remove_file(desk.folder.join("claims/other.toml")).unwrap();
    assert_eq!(other.find(|told| told != "checking").unwrap(), "gone");
    desk.until("/other.html", |answer| answer.status == 404);
    fs::rename(desk.folder.join("claims"), desk.folder.join("old")).unwrap();
    desk.until("/story.html", |answer| answer.status == 503);
    fs::create_dir(desk.folder.join("claims")).unwrap();
    fs::copy(desk.folder.join("old/story.toml"), desk.folder.join("claims/story.toml")).unwrap();
    desk.until("/story.html", |answer| answer.status == 200);
    desk.save("claims/third.toml", &RULES.replace("spent $5", "spend $5"));
    desk.until("/third.html", |answer| answer.body.contains("quote-not-found"));
    assert!(desk.get("/").body.contains("third.html"));
}

#[test]
fn what_keeps_a_story_from_being_checked_is_on_its_page_and_what_keeps_all_on_every_page() {
    let desk = Desk::start("broken");
    let mut story = desk.events("story.html");
    desk.save("claims/story.toml", &RULES.replace("quote =", "quot ="));
    assert!(story.any(|told| told == "changed"));
    let page = desk.get("/story.html");
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("unknown key <code>") || page.body.contains("unknown key `quot`"),
        "{}",
        page.said()
    );
    assert!(desk.get("/").body.contains("could not be checked"));
    // No settings, no report: no old one either.
    let mut story = desk.events("story.html");
    desk.save("factcheck.toml", "[coverag]\n");
    assert!(story.any(|told| told == "changed"));
    for path in ["/", "/story.html", "/other.html"] {
        let page = desk.get(path);
        assert_eq!(page.status, 503, "{path}");
        assert!(
            page.body.contains("Nothing could be checked") && page.body.contains("coverag"),
            "{}",
            page.said()
        );
        assert!(page.body.contains("factcheck.toml:1:"), "{}", page.said());
        assert!(!page.body.contains("council") && !page.body.contains("bridge"), "{}", page.said());
    }
    assert_eq!(desk.get("/none.html").status, 404);
    let mut story = desk.events("story.html");
    desk.save("factcheck.toml", "");
    desk.save("claims/story.toml", RULES);
    assert!(story.any(|told| told == "changed"));
    desk.until("/story.html", |answer| answer.status == 200 && !answer.body.contains("quot`"));
}

#[test]
fn a_program_that_begins_without_a_report_is_there_when_there_is_one() {
    let desk = Desk::start_with("begins", &["--baseline", "accepted.toml", "--strict"]);
    let page = desk.get("/");
    assert_eq!(page.status, 503);
    assert!(page.said().contains("the baseline could not be read"), "{}", page.said());
    assert!(page.said().contains("accepted.toml"), "{}", page.said());
    let mut index = desk.events("index.html");
    desk.save("accepted.toml", "");
    assert!(index.any(|told| told == "changed"));
    assert_eq!(desk.get("/story.html").status, 200);
}

#[test]
fn what_cannot_be_served_is_said_with_its_remedy_and_an_interruption_ends_it() {
    let mut desk = Desk::start("ends");
    let serve = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_factcheck")).arg("serve").args(arguments).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    let told = serve(&["claims", "--port", &desk.port.to_string()]);
    assert!(told.contains(&format!("port {} cannot be used: choose another", desk.port)), "{told}");
    assert!(serve(&["-"]).contains("name a file"));
    assert!(!desk.interrupt().success());
    assert!(std::net::TcpStream::connect(("127.0.0.1", desk.port)).is_err());
}

#[test]
fn an_open_page_reloads_by_itself_and_its_reader_stays_where_they_were() {
    let desk = Desk::start("browser");
    let paragraphs = |first: &str| {
        let filler =
            "Nothing of note was said by anybody at all in the long hours of that meeting.\n\n".repeat(60);
        format!(
            "# The council\n\n{first}{filler}The council spent $5 million.\n\n{filler}In all 12 people came.\n"
        )
    };
    desk.save("draft.md", &paragraphs(""));
    desk.until("/story.html", |answer| answer.body.contains("12 people"));
    let Some(mut browser) = Browser::start(&desk.folder) else {
        println!("skipped: no Chromium is installed");
        return;
    };
    browser.visit(&format!("http://localhost:{}/story.html#spent", desk.port));
    let top = "document.querySelector('.m.on').getBoundingClientRect().top";
    browser.value("document.getElementById('_f-supported').click()");
    browser.value("scrollBy({ top: 120, behavior: 'instant' })");
    let before = browser.value(top).to_string();
    assert_eq!(browser.value("document.getElementById('_live').hidden"), true);
    browser.value("window.isOld = true");
    desk.save("draft.md", &paragraphs("A new beginning.\n\nIt is a long one.\n\n"));
    until(&mut browser, "!window.isOld && document.body.innerText.includes('A new beginning.')");
    until(&mut browser, "document.readyState === 'complete'");
    browser.press("Shift");
    browser.press("Shift");
    assert_eq!(browser.text("location.hash"), "#spent");
    assert_eq!(browser.text("document.querySelector('.m.on').getAttribute('href')"), "#spent");
    assert_eq!(browser.value("document.getElementById('spent').checkVisibility()"), true);
    assert_eq!(browser.value("document.querySelectorAll('.filters :checked').length"), 1);
    assert_eq!(browser.value("document.getElementById('_f-supported').checked"), true);
    // Pages scroll by whole pixels.
    let stays = format!("Math.abs({top} - {before}) <= 1 && {top} > 0 && {top} < innerHeight");
    assert_eq!(browser.value(&stays), true, "the number was at {before}, and is at {}", browser.value(top));
    // Away from any number, the page stays where it was.
    browser.press("Escape");
    browser.value("scrollTo({ top: 700, behavior: 'instant' }); window.isOld = true");
    desk.save("spent.csv", "year,amount\n2025,9000000\n");
    until(&mut browser, "!window.isOld && !!document.querySelector('.m.refuted')");
    until(&mut browser, "document.readyState === 'complete'");
    browser.press("Shift");
    assert_eq!(browser.value("scrollY"), 700);
    // Without a report, the page says so; with the next, it is there again.
    desk.save("factcheck.toml", "[coverag]\n");
    until(&mut browser, "document.body.innerText.includes('Nothing could be checked')");
    desk.save("factcheck.toml", "");
    until(&mut browser, "!!document.querySelector('.m.refuted') && document.readyState === 'complete'");
    // It may ask its own server, and asks it for nothing but changes; it may ask nobody else.
    let others = "performance.getEntriesByType('resource').filter((it) => !it.name.startsWith(location.origin + '/changes?'))";
    assert_eq!(browser.value(&format!("{others}.length")), 0);
    let refused = "new Promise((done) => {
        addEventListener('securitypolicyviolation', (it) => done(it.effectiveDirective));
        fetch('http://127.0.0.1:1/').catch(() => {}) })";
    assert_eq!(browser.awaited(refused), "connect-src");
    // A story that has gone, and a server that has, are said.
    fs::remove_file(desk.folder.join("claims/story.toml")).unwrap();
    let notice =
        "document.getElementById('_live').checkVisibility() && document.getElementById('_live').innerText";
    until(&mut browser, &format!("({notice} || '').includes('no longer among')"));
    drop(desk);
    until(&mut browser, &format!("({notice} || '').includes('does not answer')"));
}

/// Waits until an expression on the page is true.
fn until(browser: &mut Browser, expression: &str) {
    let end = Instant::now() + PATIENCE;
    while !browser.holds(expression) {
        assert!(Instant::now() < end, "never: {expression}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
