# Everything a contributor runs. `just` lists it.

default:
    @just --list

# All that CI runs
ci:
    .ci/run

# The tests
test:
    cargo test

# Review changed snapshots, one by one
review:
    cargo insta review

# Whole-process timing on a generated newsroom, against ripgrep
bench:
    benches/newsroom.sh

# Whole-process timing of queries, beside DuckDB, Polars and SQLite
bench-queries:
    cargo build --profile engine --features sql
    benches/queries.py

# Timing of the parts
bench-parts:
    cargo bench

# Licences, advisories and sources of the dependencies
deny:
    cargo deny check

# Five minutes on each fuzz target (needs cargo-fuzz)
fuzz:
    for target in rules formula numbers csv spreadsheets drafts quotes; do RUSTC_BOOTSTRAP=1 cargo fuzz run $target -- -max_total_time=300 || exit 1; done
