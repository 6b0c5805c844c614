//! The language server as editors meet it: the program over pipes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]
#![expect(clippy::needless_pass_by_value, reason = "`json!` makes values that nobody else wants")]

mod actions;
mod client;
mod diagnostics;
mod features;
mod positions;
mod protocol;

/// A draft with what goes wrong in drafts.
const DRAFT: &str = "# Libraries\n\nThe budget rose by a little more than 5%, from $9 million to $9.5 million. \
It counts 40 branches.\n";

/// Its rules. The branches have no claim.
const RULES: &str = "draft = \"../draft.md\"

[source.budget]
title = \"Budget\"
publisher = \"City\"
url = \"https://city.example/\"
retrieved = 2026-03-02
file = \"../budget.csv\"
key = \"year\"

[figure.before]
source = \"budget\"
where = { year = \"2025\" }
column = \"amount\"
unit = \"USD\"

[figure.after]
source = \"budget\"
where = { year = \"2026\" }
column = \"amount\"
unit = \"USD\"

[[claim]]
id = \"rise\"
quote = \"rose by a little more than 5%, from $9 million to $9.5 million\"
says = \"a little more than 5%\"
formula = \"change(before, after)\"
";

const TABLE: &str = "year,amount\n2025,9000000\n2026,9500000\n";

const FILES: [(&str, &str); 3] = [("draft.md", DRAFT), ("claims/budget.toml", RULES), ("budget.csv", TABLE)];

const RULES_FILE: &str = "claims/budget.toml";
