//! Console blocks of the README and the documentation, run as they stand.

#[test]
fn console_blocks_print_what_they_show() {
    trycmd::TestCases::new().case("README.md").case("docs/*.md");
}
