#!/usr/bin/env bash
# The steps of action.yml, which sets what they read from the environment.
#
#   install   puts the program on the path: a released one, or one built from the action's own source
#   check     checks, annotates, and writes the code that the job ends with to the step's outputs
set -euo pipefail

fail() { printf '::error title=factcheck::%s\n' "$*"; exit 2; }

# The name of this machine in the names of archives; nothing where there is no archive for it.
target() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64) echo aarch64-unknown-linux-musl ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
  esac
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# A release, if there is one; a download that is not what was released ends the job.
released() {
  local version=$1 archive url
  [[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+ && -n $(target) ]] || return 1
  archive=factcheck-$version-$(target).tar.gz
  url=$FACTCHECK_RELEASES/$version/$archive
  curl --fail --silent --show-error --location --retry 3 --output "$home/$archive" "$url" || return 1
  curl --fail --silent --show-error --location --retry 3 --output "$home/$archive.sha256" "$url.sha256" \
    || fail "$url has no checksum beside it"
  (cd "$home" && sum --check "$archive.sha256" >/dev/null) || fail "$url is not what was released: its checksum differs"
  tar -xzf "$home/$archive" -C "$home" --strip-components 1
}

install() {
  home=${RUNNER_TEMP:?}/factcheck
  mkdir -p "$home"
  if released "$FACTCHECK_VERSION"; then
    echo "$home" >>"$GITHUB_PATH"
  elif [[ $FACTCHECK_IS_ASKED == true ]]; then
    fail "there is no release $FACTCHECK_VERSION for this machine"
  else
    command -v cargo >/dev/null || fail "no release for this machine, and no Rust toolchain to build one: https://rustup.rs"
    cargo install --locked --path "$GITHUB_ACTION_PATH" --root "$home"
    echo "$home/bin" >>"$GITHUB_PATH"
  fi
}

check() {
  local paths=() arguments=() line code=0 again=0
  while IFS= read -r line; do [[ -z $line ]] || paths+=("$line"); done <<<"$FACTCHECK_PATHS"
  while IFS= read -r line; do [[ -z $line ]] || arguments+=("$line"); done <<<"$FACTCHECK_ARGUMENTS"
  (( ${#paths[@]} )) || fail "no paths to check"
  # An empty array is unset to bash 3, which macOS has.
  factcheck --format github --fail-on "$FACTCHECK_FAIL_ON" ${arguments[@]+"${arguments[@]}"} -- "${paths[@]}" || code=$?
  if [[ -n $FACTCHECK_SARIF ]]; then
    factcheck --format sarif --output "$FACTCHECK_SARIF" --fail-on never ${arguments[@]+"${arguments[@]}"} \
      -- "${paths[@]}" 2>/dev/null || again=$?
    (( again <= code )) || code=$again
  fi
  echo "exit-code=$code" >>"$GITHUB_OUTPUT"
}

case ${1:-} in
  install | check) "$1" ;;
  *) fail "usage: action.sh install|check" ;;
esac
