use super::*;
use crate::text::Span;

fn text(html: &str) -> String {
    fold(html).text
}

#[test]
fn markup_goes_and_words_stay() {
    assert_eq!(
        text(
            "<h1>Up <i>5</i>%</h1><p>A <b>9</b> <a href='/12'>link 7</a>\n  and <del>old</del> text.<p>More"
        ),
        "Up 5%\nA 9 link 7 and old text.\nMore"
    );
    assert_eq!(
        text("<ul><li>one<li>two<ul><li>three</ul></ul><blockquote>four</blockquote>five"),
        "one\ntwo\nthree\nfour\nfive"
    );
    assert_eq!(text("a<br>b<wbr>c<hr>d<x-y>e</x-y>f"), "a bc\ndef");
    assert_eq!(
        text("<figure><img src=3.png alt='12 sites'><figcaption>13 sites</figcaption></figure>"),
        "13 sites"
    );
    assert_eq!(text("1\0x<!DOCTYPE html>3"), "1x3");
    assert_eq!(text("5<img src=x>6 <del>7</del>8"), "5 6 78");
}

#[test]
fn what_is_not_shown_is_no_prose() {
    let page = "<!DOCTYPE html><html><head><title>1</title><style>p { top: 2px }</style><script>3 < 4</script>\
        <meta name=description content=5><noscript>6</noscript></head><body>A<!-- 7 --><template><p>8</p></template>\
        <p hidden>9<div style='color: red; DISPLAY: none !important'>10<div>11</div></div>\
        <span style='visibility:hidden'>12</span><dialog>13</dialog><dialog open>14</dialog>\
        <svg><text>15</text></svg><math><mn>16</mn></math><select><option>17</select><textarea>18</textarea>\
        <button>19</button><video>20</video><iframe>21</iframe><object>22</object>B</body></html>";
    assert_eq!(text(page), "A\n14\nB");
}

#[test]
fn code_is_no_prose_and_its_place_is_known() {
    let page = "Run <code>x --n 7</code> 5 times.<pre>8\n<b>9</b></pre>a<kbd>10</kbd>b <samp>11</samp>";
    let folded = fold(page);
    assert_eq!(folded.text, "Run 5 times.\na b");
    let code: Vec<&str> = folded.code.iter().map(|span| span.of(page)).collect();
    assert_eq!(code, ["<code>x --n 7</code>", "<pre>8\n<b>9</b></pre>", "<kbd>10</kbd>", "<samp>11</samp>"]);
    assert_eq!(fold("a <code>5").code, [Span::new(2, 9)]);
}

#[test]
fn raised_marks_go_and_ordinals_stay() {
    assert_eq!(
        text("12,300<sup>1</sup> people, the 21<sup>st</sup>, m<sup>2</sup>, A<sup>th</sup>"),
        "12,300 people, the 21st, m, A"
    );
}

#[test]
fn entities_are_read_and_lead_back() {
    let page = "AT&amp;T&nbsp;&#36;5 &mdash; 7&#x2013;8 &notit; &amp 9&euro;<p title=\"&quot;\">&lt;b&gt;";
    let folded = fold(page);
    assert_eq!(folded.text, "AT&T $5 — 7–8 ¬it; & 9€\n<b>");
    for (seen, written) in [
        ("&T", "&amp;T"),
        ("T $5", "T&nbsp;&#36;5"),
        ("7–8", "7&#x2013;8"),
        ("¬it", "&notit"),
        ("& 9", "&amp 9"),
        ("€", "&euro;"),
        ("<b>", "&lt;b&gt;"),
    ] {
        let at = folded.text.find(seen).unwrap();
        assert_eq!(folded.map.origin(Span::new(at, at + seen.len())).of(page), written);
    }
}

#[test]
fn a_table_row_is_a_block_of_cells() {
    assert_eq!(
        text(
            "<table><caption>By year</caption><thead><tr><th>Year<th>Count<tbody><tr><td>2024</td><td>12,700</td></tr>\
              <tr><td>2025<td></table>End."
        ),
        "By year\nYear\tCount\n2024\t12,700\n2025\nEnd."
    );
    // As word processors write them.
    assert_eq!(
        text("<table>\n<tr>\n<td><p>March</p></td>\n<td><p>12,300</p>\n</td></tr></table>"),
        "March\t12,300"
    );
    assert_eq!(text("<table><tr><td><p>a<p>b<td>c<td>d</table>"), "a\nb\nc\td");
    assert_eq!(text("<table><tr><td><table><tr><td>a<td>b</table><td>c<td>d</table>"), "a\tb\nc\td");
    assert_eq!(text("<table><td>a<td>b</table>"), "a\tb");
}

#[test]
fn what_is_hidden_ends_where_a_browser_ends_it() {
    for (page, shown) in [
        ("<p hidden>1<p>2", "2"),
        ("<p hidden>1<div>2</div>", "2"),
        ("<div><span hidden>1</div>2", "2"),
        ("<ul><li hidden>1<li>2</ul>", "2"),
        ("<table><tr><td hidden>1<td>2</table>", "2"),
        ("<div hidden>1</span></p></x>3</div>2", "2"),
        ("<div hidden><span>1</div>2", "2"),
        ("<span hidden><div>1</span>3</div>2", ""),
        ("<b><code>1</b>3</code>2", "2"),
        ("<svg><g><p>2", "2"),
        ("<svg/>2", "2"),
        ("<svg><title/><path/></svg>2", "2"),
        ("<svg><style></svg>2", "2"),
        ("<svg><![CDATA[</svg>]]></svg>2", "2"),
        ("<h1 hidden>1</h2>2", "2"),
        ("<button>1<button>3</button>2", "2"),
        ("</body></html>2", "2"),
        ("<body style='visibility:hidden'>2", "2"),
        ("2 < 3 </ p> & <b", "2 < 3 &"),
        ("<plaintext>1</plaintext>", ""),
        ("2<script>'</scr' + 'ipt>'</script>", "2"),
    ] {
        assert_eq!(text(page), shown, "{page}");
    }
}

#[test]
fn comments_are_kept_with_their_places() {
    let page = "<p>One<!-- a --> two.<p>Three. <!--b--!>\n</p><!-- c --><p>Four</p><!-- d --><?e?><!f>";
    let folded = fold(page);
    assert_eq!(folded.text, "One two.\nThree.\nFour");
    let at = |words: &str| u32::try_from(folded.text.find(words).unwrap()).unwrap();
    let comments: Vec<_> = folded.comments.iter().map(|it| (it.words(page), it.at)).collect();
    let end = u32::try_from(folded.text.len()).unwrap();
    assert_eq!(comments, [("a", at(" two")), ("b", at("\nFour")), ("c", at("Four")), ("d", end)]);
}

#[test]
fn nesting_costs_nothing() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b hidden>", "</b>"),
        ("<code>", "</i>"),
        ("<x>", "</y>"),
        ("<y><div>", "</y>"),
        ("<table><tr><td>", "</table>"),
        ("<svg>", "</svg>"),
        ("<svg><desc>", "<p>"),
        ("<p hidden><button>", "</p>"),
        ("<ul><li hidden>", "<li>"),
        ("<a hidden><object>", "</a>"),
        ("<select>", "<input>"),
        ("<ruby><rt>", "<rp>"),
        ("<i", "<!--"),
        ("&", "&amp"),
    ] {
        let page = format!("{}5%{}", open.repeat(100_000), close.repeat(100_000));
        fold(&page);
    }
    assert_eq!(text(&format!("{}5%{}6%", "<div>".repeat(100_000), "</div>".repeat(100_000))), "5%\n6%");
}

/// Held against a browser's parser: on any tangle of tags, the same words are seen.
mod browser {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use super::super::*;

    /// What a page is tangled from. Text stands between any two; each word is there once.
    const TAGS: &[&str] = &[
        "<p>",
        "<p hidden>",
        "</p>",
        "<div>",
        "<div hidden>",
        "</div>",
        "<span>",
        "<span hidden>",
        "</span>",
        "<b>",
        "<b hidden>",
        "</b>",
        "<a href=x>",
        "<a hidden>",
        "</a>",
        "<code>",
        "</code>",
        "<ul>",
        "</ul>",
        "<li>",
        "<li hidden>",
        "</li>",
        "<dl>",
        "</dl>",
        "<dt>",
        "<dd hidden>",
        "</dd>",
        "<h1>",
        "<h2 hidden>",
        "</h1>",
        "<section hidden>",
        "</section>",
        "<address>",
        "</address>",
        "<form>",
        "</form>",
        "<x-y>",
        "<x-y hidden>",
        "</x-y>",
        "<kbd>",
        "</kbd>",
        "<br>",
        "</br>",
        "<img>",
        "<hr>",
        "<svg>",
        "</svg>",
        "<g>",
        "</g>",
        "<math>",
        "</math>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<video>",
        "</video>",
        "<object>",
        "</object>",
        "<pre>",
        "</pre>",
        "</body>",
        "</html>",
        "<!-- c -->",
        "<details>",
        "</details>",
        "<label>",
        "</label>",
        "<dialog>",
        "</dialog>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<small hidden>",
        "</small>",
    ];

    /// What a page with tables is tangled from.
    const TABLES: &[&str] = &[
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td hidden>",
        "</td>",
        "<th>",
        "</th>",
        "<tbody>",
        "</tbody>",
        "<thead>",
        "<caption hidden>",
        "</caption>",
        "<p hidden>",
        "</p>",
        "<div>",
        "<div hidden>",
        "</div>",
        "<span>",
        "</span>",
        "<ul>",
        "<li hidden>",
        "</ul>",
        "<h1 hidden>",
        "</h1>",
        "<b>",
        "<code>",
        "</code>",
        "</b>",
        "<button>",
        "</button>",
    ];

    /// Elements that formatting is crossed with: those inside of which it would move what has been read are left out.
    fn is_moving(tag: &str) -> bool {
        let inline = ["<span hidden", "<x-y hidden", "<kbd", "<rt", "<svg", "<math", "<video", "<dialog"];
        inline.iter().any(|start| tag.starts_with(start))
    }

    fn is_formatting(tag: &str) -> bool {
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split([' ', '>']).next().unwrap_or_default();
        Name::find(name.as_bytes()).is_some_and(|name| name.traits().has(Traits::FORMATTING))
    }

    /// The words of a page that a browser would show, from its tree.
    fn shown(page: &str) -> Vec<String> {
        let parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
        let dom = parser.one(page);
        let mut words = Vec::new();
        walk(&dom.document, &mut words);
        words.sort();
        words
    }

    fn seen(page: &str) -> Vec<String> {
        let mut words: Vec<String> = fold(page).text.split_ascii_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    }

    fn walk(node: &Handle, words: &mut Vec<String>) {
        match &node.data {
            NodeData::Text { contents } => {
                words.extend(contents.borrow().split_ascii_whitespace().map(str::to_owned));
            }
            NodeData::Element { name, attrs, .. } => {
                let is =
                    |wanted: &str| attrs.borrow().iter().any(|attribute| &*attribute.name.local == wanted);
                let mut open = OpenElements::default();
                let name = open.name(name.local.as_bytes());
                let unseen = name.traits().has(Traits::HIDDEN.and(Traits::CODE).and(Traits::RAISED));
                if unseen || is("hidden") || (name == Name::DIALOG && !is("open")) {
                    return;
                }
                node.children.borrow().iter().for_each(|child| walk(child, words));
            }
            _ => node.children.borrow().iter().for_each(|child| walk(child, words)),
        }
    }

    fn page(tags: &[&str]) -> String {
        let mut page = "<!DOCTYPE html><body>".to_owned();
        for (number, tag) in tags.iter().enumerate() {
            page.push_str(tag);
            // A browser puts text that stands between the cells of a table before it.
            let is_between = ["table", "tr", "td", "th", "tbody", "thead", "caption"].iter().any(|part| {
                tag.strip_prefix("</")
                    .or(tag.strip_prefix('<'))
                    .and_then(|tag| tag.strip_prefix(part))
                    .is_some_and(|rest| {
                        rest == ">" && (!matches!(*part, "td" | "th") || tag.starts_with("</"))
                    })
            });
            if !is_between {
                page.push_str(" w");
                page.push_str(&number.to_string());
                page.push(' ');
            }
        }
        page
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn broken_pages_show_what_a_browser_shows(
            tags in prop::collection::vec(prop::sample::select(TAGS), 0..16),
            with_formatting: bool,
        ) {
            let kept = |tag: &&str| if with_formatting { !is_moving(tag) } else { !is_formatting(tag) };
            let tags: Vec<&str> = tags.into_iter().filter(kept).collect();
            let page = page(&tags);
            prop_assert_eq!(seen(&page), shown(&page), "{}", page);
        }

        #[test]
        fn broken_tables_show_what_a_browser_shows(tags in prop::collection::vec(prop::sample::select(TABLES), 0..16)) {
            let page = page(&tags);
            prop_assert_eq!(seen(&page), shown(&page), "{}", page);
        }
    }
}
