#!/usr/bin/env bash
# Builds an archive of a release: the program, its man page, completions and licences, and the archive's checksum.
#
# usage: .github/package.sh TARGET VERSION OUT
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1 version=$2 out=$3
name=factcheck-$version-$target
stated=v$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
[[ $version == "$stated" ]] || { echo "Cargo.toml says $stated, not $version" >&2; exit 2; }

cargo build --release --locked --target "$target"
mkdir -p "$out"
out=$(cd "$out" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/$name/completions"

program=${CARGO_TARGET_DIR:-target}/$target/release/factcheck
[[ $target != *windows* ]] || program+=.exe
cp "$program" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$stage/$name/"
# The completions and the page come from the program itself, which only its own machine can run.
"$program" man >"$stage/$name/factcheck.1"
for shell in bash elvish fish powershell zsh; do
  "$program" completions "$shell" >"$stage/$name/completions/factcheck.$shell"
done

tar -czf "$out/$name.tar.gz" -C "$stage" "$name"
cd "$out"
if command -v sha256sum >/dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi >"$name.tar.gz.sha256"
echo "$out/$name.tar.gz"
