//! `factcheck export --claimreview`: what it writes is what schema.org defines, it says of a claim no more than was found,
//! and it says what it leaves out.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use program::{code, err, factcheck, out};

/// A name, a draft and a place on the web that try to end the script that they stand in.
const HOSTILE: &str = "</script><!-- & \u{2028}\\\"";

const SETTINGS: &str = "[review]\nauthor = \"Courier\"\nurl = \"https://courier.example/{story}#{claim}\"\n";

const RULES: &str = "draft = \"../draft.md\"\npublished = 2025-04-08\n\
    [scope.agency]\nDHS = { includes = [\"ICE\"], aliases = [\"Department of Homeland Security\"] }\nICE = {}\n\
    [scope.candidate]\n\"A. Brandt\" = {}\n\
    [figure.all]\nvalue = 105\nexact = true\nscope = { agency = \"DHS\" }\n[figure.before]\nvalue = 100\nexact = true\n\
    [figure.ice]\nvalue = 105\nexact = true\nscope = { agency = \"ICE\" }\n";

/// A project of its own for a test: a draft, rules below those above, settings.
fn project(name: &str, draft: &str, claims: &str, settings: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("claimreview").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("claims")).unwrap();
    fs::write(folder.join("draft.md"), draft).unwrap();
    fs::write(folder.join("claims/story.toml"), format!("{RULES}{claims}")).unwrap();
    fs::write(folder.join("factcheck.toml"), settings).unwrap();
    folder
}

fn claim(id: &str, quote: &str, formula: &str, more: &str) -> String {
    format!("[[claim]]\nid = \"{id}\"\nquote = \"{quote}\"\nformula = \"{formula}\"\n{more}\n")
}

/// What is exported, the code, and what is said on standard error.
fn exported(folder: &Path, arguments: &[&str]) -> (Vec<Value>, i32, String) {
    let output = factcheck(folder, &[&["export", "--claimreview"], arguments].concat());
    let document: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(document["@context"], "https://schema.org");
    (document["@graph"].as_array().unwrap().clone(), code(&output), err(&output))
}

/// The reviews of the shipped statements, of every kind of verdict and speaker.
fn statements() -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (reviews, code, said) = exported(root, &["fixtures/harbor-statements/claims"]);
    assert_eq!((code, said.as_str()), (0, ""));
    reviews
}

/// The review of a claim, by the end of its address.
fn of<'r>(reviews: &'r [Value], id: &str) -> &'r Value {
    let is_it = |review: &&Value| review["url"].as_str().unwrap().ends_with(&format!("#{id}"));
    reviews.iter().find(is_it).unwrap_or_else(|| panic!("{id}: {reviews:#?}"))
}

fn word(review: &Value) -> &str {
    review["reviewRating"]["alternateName"].as_str().unwrap()
}

/// What schema.org says of the types.
fn types() -> Map<String, Value> {
    serde_json::from_str(&fs::read_to_string("tests/schemas/claimreview.json").unwrap()).unwrap()
}

/// A type and what it is a kind of.
fn kinds<'t>(types: &'t Map<String, Value>, name: &'t str) -> Vec<&'t str> {
    std::iter::successors(Some(name), |name| types[*name]["is"].as_str()).collect()
}

/// All in which an item is not as schema.org defines it.
fn violations(types: &Map<String, Value>, item: &Value) -> Vec<String> {
    let Some(name) = item["@type"].as_str().filter(|name| types.contains_key(*name)) else {
        return vec![format!("no known type: {item}")];
    };
    let mut wrong = Vec::new();
    for (property, value) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "@type") {
        let defined = kinds(types, name).into_iter().find_map(|kind| types[kind].get(property));
        let Some(ranges) = defined.filter(|_| property != "is") else {
            wrong.push(format!("{name} has no {property}"));
            continue;
        };
        let fits = |range: &Value| match (range.as_str().unwrap(), value) {
            ("Text", Value::String(text)) => !text.trim().is_empty(),
            ("URL", Value::String(text)) => text.starts_with("https://") && !text.contains([' ', '<', '"']),
            ("Date", Value::String(text)) => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
            ("Number", Value::Number(_)) => true,
            (range, Value::Object(_)) => kinds(types, value["@type"].as_str().unwrap()).contains(&range),
            _ => false,
        };
        if !ranges.as_array().unwrap().iter().any(fits) {
            wrong.push(format!("{name}.{property} is none of {ranges}: {value}"));
        }
        if value.is_object() {
            wrong.extend(violations(types, value));
        }
    }
    wrong
}

#[test]
fn reviews_are_what_schema_org_defines() {
    let types = types();
    let reviews = statements();
    assert_eq!(reviews.len(), 6);
    for review in &reviews {
        assert_eq!(violations(&types, review), [""; 0], "{review:#}");
        assert_eq!(review["@type"], "ClaimReview");
        for key in
            ["author", "claimReviewed", "datePublished", "itemReviewed", "reviewBody", "reviewRating", "url"]
        {
            assert!(!review[key].is_null(), "{key}: {review:#}");
        }
        assert_eq!(review["itemReviewed"]["@type"], "Claim");
        let author = &review["itemReviewed"]["author"];
        assert!(!author["name"].is_null() && !review["author"]["name"].is_null());
        let rating = &review["reviewRating"];
        let number = |key: &str| rating[key].as_u64().unwrap();
        assert!((number("worstRating")..=number("bestRating")).contains(&number("ratingValue")), "{rating}");
    }
}

#[test]
fn the_definition_lets_not_anything_pass() {
    let types = types();
    let review = statements().swap_remove(0);
    let changed = |pointer: &str, value: Value| {
        let mut review = review.clone();
        *review.pointer_mut(pointer).unwrap() = value;
        violations(&types, &review)
    };
    assert!(changed("/reviewRating/@type", "Claim".into())[0].contains("reviewRating"));
    assert!(changed("/itemReviewed/author", "somebody".into())[0].contains("author"));
    assert!(changed("/url", "courier.example".into())[0].contains("url"));
    assert!(changed("/datePublished", "2025-02-30".into())[0].contains("datePublished"));
    assert!(changed("/author/@type", "Rating".into())[0].contains("author"));
    let mut unheard_of = review.clone();
    unheard_of["claimedBy"] = "somebody".into();
    assert_eq!(violations(&types, &unheard_of), ["ClaimReview has no claimedBy"]);
}

#[test]
fn each_verdict_has_its_rating_and_each_speaker_a_type() {
    let reviews = statements();
    let told = |id: &str| {
        let review = of(&reviews, id);
        let author = &review["itemReviewed"]["author"];
        (
            word(review),
            review["reviewRating"]["ratingValue"].as_u64().unwrap(),
            author["@type"].as_str().unwrap(),
        )
    };
    assert_eq!(told("island-line-passengers"), ("Needs context", 2, "Organization"));
    assert_eq!(told("island-line-crossings"), ("Supported", 5, "Person"));
    assert_eq!(told("pier-traffic"), ("Refuted", 1, "Organization"));
    assert_eq!(told("signatures"), ("Undecided", 3, "Organization"));
    assert_eq!(told("night-passengers"), ("Supported", 5, "Organization"));
    assert_eq!(of(&reviews, "pier-traffic")["itemReviewed"]["author"]["name"], "Sallow Harbor Authority");
    let says = |id: &str, what: &str| {
        let body = of(&reviews, id)["reviewBody"].as_str().unwrap();
        assert!(body.contains(what), "{body}");
    };
    says("island-line-passengers", "also counts Bay Line. The story does not tell its readers.");
    says(
        "island-line-crossings",
        "also counts Bay Line. The story tells its readers: “takes in the night boats”.",
    );
    says("pier-traffic", "allow from 11.5% to below 13%. The figures give 7.875458%");
    let reviewed = &of(&reviews, "signatures")["claimReviewed"];
    assert_eq!(reviewed, "About 5,000 islanders, they say, have signed for a boat after midnight.");
}

#[test]
fn what_is_in_doubt_is_left_out_and_said() {
    let draft = "It rose 5%, officials said. It fell 3%. It rose 7 percentage points. DHS had 205. The DHS held 105 in all. It stood at 40.\n";
    let claims = [
        claim("whoever", "It rose 5%", "change(before, all)", "by = \"a DHS spokesperson\""),
        claim("candidate", "It stood at 40", "40", "by = \"A. Brandt\""),
        claim("gone", "It fell 4%", "4%", "by = { person = \"B\" }"),
        claim("fails", "It fell 3%", "1 / 0", "by = { person = \"B\" }"),
        claim("units", "It rose 7 percentage points", "change(before, all)", "by = { person = \"B\" }"),
        claim("twice", "had 205", "all + before + 0 * all", "by = \"DHS\""),
        claim("right", "held 105 in all", "ice", "by = { person = \"B\" }\nscope = { agency = \"ICE\" }"),
    ];
    let folder = project("doubt", draft, &claims.concat(), SETTINGS);
    let (reviews, code, said) = exported(&folder, &[]);
    assert_eq!(code, 2, "{said}");
    let whole = factcheck(&folder, &["--format", "concise"]);
    for (id, why) in [
        ("whoever", "nothing says whether \"a DHS spokesperson\" is a person or an organization"),
        ("candidate", "nothing says whether \"A. Brandt\" is a person or an organization"),
        ("gone", "it could not be checked: the quote is not in the draft"),
        ("fails", "it could not be checked: "),
        ("units", "words and figures have two units"),
        ("right", "(scope-wording)"),
    ] {
        let line = said.lines().find(|line| line.starts_with(&format!("error: `{id}` is not exported")));
        assert!(line.is_some_and(|line| line.contains(why)), "{id}: {said}\n{}", out(&whole));
    }
    assert!(
        said.contains("by = { person = \"A. Brandt\" }, or by = { organization = \"A. Brandt\" }"),
        "{said}"
    );
    assert!(said.contains("--> claims/story.toml:"), "{said}");
    assert_eq!(reviews.len(), 1, "{reviews:#?}");
    assert_eq!(word(of(&reviews, "twice")), "Supported");
}

#[test]
fn errors_of_the_formula_are_doubts() {
    let claims = claim("twice", "had 210", "all + all", "by = \"DHS\"");
    let folder = project("twice", "DHS had 210.\n", &claims, SETTINGS);
    let (reviews, code, said) = exported(&folder, &[]);
    assert_eq!((reviews.len(), code), (0, 2));
    assert!(said.contains("`twice` is not exported: ") && said.contains("(double-counting)"), "{said}");
    // What is known of a difference does not depend on which checks are run.
    let claims = claim("other", "had 105", "all", "by = \"DHS\"\nscope = { agency = \"ICE\" }");
    let settings = format!("{SETTINGS}[checks]\nscope-differs = \"off\"\nscope-wording = \"off\"\n");
    let folder = project("off", "They had 105.\n", &claims, &settings);
    let (reviews, code, _) = exported(&folder, &[]);
    assert_eq!((word(&reviews[0]), code), ("Needs context", 0));
}

#[test]
fn settings_that_are_missing_are_named_and_nothing_is_written() {
    let attributed = claim("right", "had 105", "all", "by = \"DHS\"");
    let refused = |name: &str, settings: &str, arguments: &[&str], parts: &[&str]| {
        let folder = project(name, "They had 105.\n", &attributed, settings);
        let rules = fs::read_to_string(folder.join("claims/story.toml")).unwrap();
        fs::write(folder.join("claims/story.toml"), rules.replace("published = 2025-04-08\n", "")).unwrap();
        let arguments = [&["export", "--claimreview", "--output", "reviews.json"], arguments].concat();
        let output = factcheck(&folder, &arguments);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{name}");
        assert!(!folder.join("reviews.json").exists(), "{name}");
        for part in parts {
            assert!(err(&output).contains(part), "{name}: {part}: {}", err(&output));
        }
    };
    refused("nobody", "", &[], &["nobody/factcheck.toml\n", "`author` under `[review]`", "author = \"…\""]);
    refused("isolated", SETTINGS, &["--isolated"], &["`author` under `[review]`", "leave out `--isolated`"]);
    refused(
        "undated",
        SETTINGS,
        &[],
        &["--> claims/story.toml", "published = 2025-04-08", "`[review]`", "`--published`"],
    );
    refused("wrong", "[review]\nauthr = \"x\"\n", &[], &["factcheck.toml:2:1", "did you mean `author`?"]);
}

#[test]
fn the_day_is_the_storys_or_the_arguments_or_the_settings() {
    let attributed = claim("right", "had 105", "all", "by = \"DHS\"");
    let settings = format!("{SETTINGS}published = 2025-12-01\n[review.rating]\nsupported = \"True\"\n");
    let folder = project("dated", "They had 105.\n", &attributed, &settings);
    let day = |arguments: &[&str]| exported(&folder, arguments).0[0]["datePublished"].clone();
    assert_eq!(day(&["--published", "2025-12-24"]), "2025-04-08");
    let rules = fs::read_to_string(folder.join("claims/story.toml")).unwrap();
    fs::write(folder.join("claims/story.toml"), rules.replace("published = 2025-04-08\n", "")).unwrap();
    assert_eq!(day(&["--published", "2025-12-24"]), "2025-12-24");
    assert_eq!(day(&[]), "2025-12-01");
    assert_eq!(word(&exported(&folder, &[]).0[0]), "True");
}

#[test]
fn where_nobody_is_quoted_nothing_is_reviewed() {
    let own = claim("own", "had 105", "all", "") + &claim("fails", "They had", "1 / 0", "");
    let folder = project("own", "They had 105.\n", &own, SETTINGS);
    let (reviews, code, said) = exported(&folder, &[]);
    assert_eq!((reviews.len(), code), (0, 0), "{said}");
    assert!(
        said.starts_with("note: no claim is attributed to anybody") && said.lines().count() == 1,
        "{said}"
    );
    let folder = project(
        "addressless",
        "They had 105.\n",
        &claim("a", "had 105", "all", "by = \"DHS\""),
        "[review]\nauthor = \"C\"\n",
    );
    let (reviews, code, said) = exported(&folder, &[]);
    assert_eq!((reviews[0]["url"].is_null(), code), (true, 0));
    assert!(said.contains("warning: there is no `url` under `[review]`"), "{said}");
}

#[test]
fn nothing_ends_the_script_that_it_stands_in() {
    let name = Value::from(HOSTILE).to_string();
    let draft = format!("# {HOSTILE}\n\nThey had 105 </script> &amp; `<!--` in all, as it said.\n");
    let claims = claim("right", "had 105", "all", &format!("by = {{ organization = {name} }}"));
    let settings = format!("{SETTINGS}[review.rating]\nsupported = {name}\n").replace("\"Courier\"", &name);
    let folder = project("hostile", &draft, &claims, &settings);
    fs::rename(folder.join("claims/story.toml"), folder.join("claims/a b%{claim}<é>.toml")).unwrap();
    let output = factcheck(&folder, &["export", "--claimreview"]);
    let text = out(&output);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
    let (reviews, ..) = exported(&folder, &[]);
    assert_eq!(reviews[0]["itemReviewed"]["author"]["name"], HOSTILE);
    assert_eq!((&reviews[0]["author"]["name"], word(&reviews[0])), (&HOSTILE.into(), HOSTILE));
    assert_eq!(reviews[0]["url"], "https://courier.example/a%20b%25%7Bclaim%7D%3C%C3%A9%3E#right");
    assert_eq!(violations(&types(), &reviews[0]), [""; 0]);
    let again = factcheck(&folder, &["export", "--claimreview", "--output", "reviews.json"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(folder.join("reviews.json")).unwrap(), text);
}

#[test]
fn a_speaker_is_a_person_or_an_organization() {
    let wrong = [
        ("by = {}", "`by` names nobody"),
        ("by = { person = \"A\", organization = \"B\" }", "`by` is a person or an organization, not both"),
        ("by = { persn = \"A\" }", "did you mean `person`?"),
        ("by = { person = \" \" }", "`person` is empty"),
        ("by = { person = \"A\", url = \"a.example\" }", "`a.example` is no address on the web"),
        ("by = 3", "expected a name, or { person"),
    ];
    for (by, why) in wrong {
        let folder = project("speaker", "They had 105.\n", &claim("a", "had 105", "all", by), SETTINGS);
        let output = factcheck(&folder, &[]);
        assert_eq!(code(&output), 2, "{by}");
        assert!(err(&output).contains(why), "{by}: {}", err(&output));
    }
    let by = "by = { person = \"Ada Brandt\" }";
    let folder = project("shown", "They had 105.\n", &claim("a", "had 105", "all", by), SETTINGS);
    let report: Value = serde_json::from_str(&out(&factcheck(&folder, &["--format", "json"]))).unwrap();
    assert_eq!(report["claims"][0]["by"], "Ada Brandt");
}
