#!/usr/bin/env bash
# Measures the whole program on a synthetic newsroom, next to ripgrep on the same drafts.
#
# usage: benches/newsroom.sh [ARTICLES [CLAIMS]]        (10,000 articles of 20 claims, where nothing is said)
#
# Every verdict is checked, once for each newsroom. Printed are CPU time (user and system) against ripgrep's, peak memory, one core against
# two, one article against the start of a process, and how cost grows with claims, drafts and rows of a source. Files
# are warm: each measurement is the least of several rounds, in which the programs take turns.
#
#   FACTCHECK=PATH   measure this binary, not a fresh release build
#   OUT=FOLDER       write the newsrooms there and keep them
#   ROUNDS=N         rounds of each measurement (3)
set -euo pipefail
cd "$(dirname "$0")/.."

articles=${1:-10000} claims=${2:-20} rounds=${ROUNDS:-3}
pattern='\$?[0-9][0-9,.]*%?'

fail() { printf 'newsroom.sh: %s\n' "$*" >&2; exit 2; }
command -v rg >/dev/null || fail "ripgrep (rg) is missing; it is what the program is measured against"
/usr/bin/time -f %U true 2>/dev/null || fail "GNU time is missing (/usr/bin/time -f); install the package \`time\`"

target=${CARGO_TARGET_DIR:-target}
if [[ -n ${FACTCHECK:-} ]]; then
  factcheck=$(realpath "$FACTCHECK")
else
  cargo build --quiet --release --locked
  factcheck=$(realpath "$target/release/factcheck")
fi
newsroom() { cargo bench --quiet --locked --bench newsroom -- "$@"; }

out=${OUT:-}
if [[ -z $out ]]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi
mkdir -p "$out"
out=$(realpath "$out")

# once LOG COMMAND...: runs it and notes CPU milliseconds, real milliseconds and peak KiB. Findings (exit 1) are no failure.
once() {
  local log=$1 code=0; shift
  /usr/bin/time --quiet -o "$log.last" -f '%U %S %e %M' "$@" >"$log.out" || code=$?
  (( code <= 1 )) || fail "$* exited with $code"
  awk '{ printf "%d %d %d\n", ($1 + $2) * 1000 + 0.5, $3 * 1000 + 0.5, $4 }' "$log.last" >>"$log"
}
# least LOG COLUMN: the smallest number of a column; most: the largest.
least() { sort -n -k"$2,$2" "$1" | awk -v column="$2" 'NR == 1 { print $column }'; }
most() { sort -rn -k"$2,$2" "$1" | awk -v column="$2" 'NR == 1 { print $column }'; }
# over A B: A / B with two decimals.
over() { awk -v a="$1" -v b="$2" 'BEGIN { if (b == 0) print "-"; else printf "%.2f", a / b }'; }

# check ROOM JOBS: the room's rules, checked into a file.
check() {
  local room=$1 jobs=$2
  once "$room/cpu.$jobs" "$factcheck" "$room/claims" --isolated --jobs "$jobs" --format json --output "$room/report.json"
}
# room NAME ARTICLES CLAIMS [OPTION...]: writes a newsroom, checks it once, and holds every verdict against the expected one.
room() {
  local room=$out/$1; shift
  rm -rf "$room"
  newsroom write "$room" "$@"
  check "$room" 1
  local told
  told=$(newsroom check "$room" "$room/report.json") || fail "$room: wrong verdicts: $told"
  rm "$room"/cpu.*
}

printf 'The newsroom: %s articles of %s claims\n' "$articles" "$claims"
main=$out/main
room main "$articles" "$claims"
printf '  drafts %s, files %s\n' "$(du -sh --apparent-size "$main/drafts" | cut -f1)" "$(find "$main" -type f | wc -l)"
for (( round = 0; round < rounds; round++ )); do
  check "$main" 1
  check "$main" 2
  once "$main/rg" rg -j1 -c "$pattern" "$main/drafts"
done
ours=$(least "$main/cpu.1" 1) theirs=$(least "$main/rg" 1)
printf '  every verdict as expected\n'
printf '  CPU    factcheck %d ms, ripgrep %d ms: %s times\n' "$ours" "$theirs" "$(over "$ours" "$theirs")"
one=$(least "$main/cpu.1" 2) two=$(least "$main/cpu.2" 2)
printf '  real   one core %d ms, two %d ms: %s times as fast\n' "$one" "$two" "$(over "$one" "$two")"
printf '  memory at most %d KiB on one core, %d KiB on two\n' "$(most "$main/cpu.1" 3)" "$(most "$main/cpu.2" 3)"

printf '\nWith an area and a period declared for every figure and claim\n'
room scopes "$articles" "$claims" --scopes
for (( round = 0; round < rounds; round++ )); do check "$out/scopes" 1; done
with=$(least "$out/scopes/cpu.1" 1)
printf '  CPU    %d ms: %s times as much\n' "$with" "$(over "$with" "$ours")"

# starts COMMAND...: microseconds of one run, from many. Bash's own clock: a process of ours between would cost more.
starts() {
  local runs=200 begin end
  begin=${EPOCHREALTIME/./}
  for (( run = 0; run < runs; run++ )); do "$@" >/dev/null 2>&1 || [[ $? == 1 ]]; done
  end=${EPOCHREALTIME/./}
  echo $(( (end - begin) / runs ))
}
printf '\nOne article of 20 claims, against the start of /bin/true\n'
room one 1 20
starts /bin/true >/dev/null
true_us=999999999 ours_us=999999999
for (( round = 0; round < rounds; round++ )); do
  us=$(starts /bin/true); (( us < true_us )) && true_us=$us
  us=$(starts "$factcheck" "$out/one/claims" --isolated); (( us < ours_us )) && ours_us=$us
done
printf '  factcheck %d us, /bin/true %d us: %d us more\n' "$ours_us" "$true_us" $(( ours_us - true_us ))

# growth WHAT UNIT STEPS: measures rooms grow-STEP that `grow STEP` writes; cost is printed for one UNIT of each.
growth() {
  local what=$1 unit=$2 units; shift 2
  printf '\nGrowth with %s\n' "$what"
  for step in "$@"; do
    local name="$what-$step"
    case $what in
      claims) room "$name" 500 "$step"; units=$(( 500 * step )) ;;
      drafts) room "$name" "$step" 20; units=$step ;;
      rows) room "$name" 20 20 --rows "$step"; units=$(( 20 * (step + 20) )) ;;
    esac
    for (( round = 0; round < rounds; round++ )); do check "$out/$name" 1; done
    local cpu
    cpu=$(least "$out/$name/cpu.1" 1)
    printf '  %8d  %6d ms  %s us a %s, %d KiB\n' "$step" "$cpu" "$(over $(( cpu * 1000 )) "$units")" "$unit" "$(most "$out/$name/cpu.1" 3)"
    [[ -n ${OUT:-} ]] || rm -rf "${out:?}/$name"
  done
}
growth claims claim 5 20 80 320
growth drafts draft 500 2000 8000
growth rows row 100 1000 10000 100000
