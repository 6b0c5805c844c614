#!/usr/bin/env python3
"""Measures a figure taken by SQL next to DuckDB, Polars and SQLite, on the same CSV and the same Parquet.

usage: benches/queries.py [--rows N] [--rounds N] [--factcheck PATH] [--out FOLDER] [--scale] [--engine URL]

Each program is a whole process, from start to end, and each gives the same sum, to the cent, which is checked against one
that is kept in whole cents while the table is written. Printed are the medians of several rounds, in which the programs take
turns: wall and CPU time, and the most memory that the process held. Files are warm.

`--scale` measures factcheck alone, on Parquet of 10^4 to 10^8 rows; `--engine` on a cluster besides.

Needs `pip install duckdb polars pyarrow`, the program `sqlite3`, and a factcheck with the feature `sql`
(`cargo build --profile engine --features sql`).
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

AGENCIES = ["ICE", "CBP", "USCG"]
# A sum over a part of the rows, as figures are, with a condition on a text and one on a date.
WHERE = "agency = 'ICE' and day >= '2024-07-01'"
SQL = f"select sum(cost) from removals where {WHERE}"


def rows_of(count, seed=1):
    """Rows in batches of columns: day, agency, facility, removals, cost in cents; the same for the same seed."""
    draw = random.Random(seed)
    days = [f"{year}-{month:02}-{day:02}" for year in (2023, 2024) for month in range(1, 13) for day in range(1, 29)]
    while count > 0:
        size = min(count, 100_000)
        count -= size
        yield (
            draw.choices(days, k=size),
            draw.choices(AGENCIES, k=size),
            [f"{number:05}" for number in draw.choices(range(20_000), k=size)],
            draw.choices(range(1_000), k=size),
            [int(cents) for cents in draw.choices(range(100_000_000), k=size)],
        )


def in_cents(cents):
    return f"{cents // 100}.{cents % 100:02}"


def write(folder, rows, formats):
    """Writes the tables, and gives the sum that the query has, in cents."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [
            ("day", pa.string()),
            ("agency", pa.string()),
            ("facility", pa.string()),
            ("removals", pa.int64()),
            ("cost", pa.decimal128(12, 2)),
        ]
    )
    total = 0
    csv = open(folder / "removals.csv", "w", newline="") if "csv" in formats else None
    parquet = pq.ParquetWriter(folder / "removals.parquet", schema) if "parquet" in formats else None
    if csv:
        csv.write("day,agency,facility,removals,cost\n")
    for day, agency, facility, removals, cents in rows_of(rows):
        total += sum(c for d, a, c in zip(day, agency, cents) if a == "ICE" and d >= "2024-07-01")
        if csv:
            lines = zip(day, agency, facility, removals, map(in_cents, cents))
            csv.write("".join(f"{d},{a},{f},{n},{c}\n" for d, a, f, n, c in lines))
        if parquet:
            cost = pa.array([Decimal(c).scaleb(-2) for c in cents], pa.decimal128(12, 2))
            columns = [pa.array(day), pa.array(agency), pa.array(facility), pa.array(removals, pa.int64()), cost]
            parquet.write_table(pa.table(columns, schema=schema))
    for file in (csv, parquet):
        if file:
            file.close()
    return total


def project(folder, table, total):
    """A story whose only claim rests on the query."""
    root = folder / f"project-{table.suffix[1:]}"
    (root / "claims").mkdir(parents=True, exist_ok=True)
    cents = in_cents(total)
    (root / "draft.md").write_text(f"They cost exactly ${cents} in all.\n")
    (root / "factcheck.toml").write_text("allow_outside_root = true\n[coverage]\nseverity = \"off\"\n")
    (root / "claims/story.toml").write_text(
        f'draft = "../draft.md"\n[source.removals]\ntitle = "t"\npublisher = "p"\nurl = "https://example.org"\n'
        f'retrieved = 2025-01-01\nfile = "{os.path.relpath(table, root / "claims")}"\n'
        f'[figure.cost]\nsql = """{SQL}"""\nunit = "USD"\n'
        f'[[claim]]\nid = "cost"\nquote = "exactly ${cents}"\nformula = "cost"\n'
    )
    return root


def timed(command, cwd=None, stdin=None):
    """Wall seconds, CPU seconds, peak MiB, output of a whole process."""
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdin=stdin, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {process.returncode}:\n{text}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def programs(arguments, folder, table, total):
    """Each program's command, and how its answer is read."""
    python, path = sys.executable, str(table)
    is_csv = table.suffix == ".csv"
    duck = f"read_csv('{path}', types={{'cost': 'DECIMAL(12,2)', 'day': 'VARCHAR'}})" if is_csv else f"'{path}'"
    duck = f"import duckdb; print(duckdb.sql(\"\"\"{SQL.replace('from removals', f'from {duck}')}\"\"\").fetchone()[0])"
    scan = (
        f"pl.scan_csv('{path}', schema_overrides={{'cost': pl.Decimal(12, 2), 'day': pl.String}})"
        if is_csv
        else f"pl.scan_parquet('{path}')"
    )
    polars = (
        f"import polars as pl; print({scan}.filter((pl.col('agency') == 'ICE') & (pl.col('day') >= '2024-07-01'))"
        ".select(pl.col('cost').cast(pl.Decimal(38, 2)).sum()).collect().item())"
    )
    root = project(folder, table, total)
    check = [arguments.factcheck, "claims", "--no-cache", "--format", "json"]
    yield "factcheck", check, root, lambda text: verdict(text, total)
    if arguments.engine:
        yield "factcheck, cluster", [*check, "--engine", arguments.engine], root, lambda text: verdict(text, total)
    if arguments.scale:
        return
    number = lambda text: Decimal(text.strip()) == Decimal(total).scaleb(-2)
    yield "DuckDB", [python, "-c", duck], None, number
    yield "Polars", [python, "-c", polars], None, number
    if is_csv and shutil.which("sqlite3"):
        # It has no decimals: cents are summed as whole numbers.
        statement = f"select sum(cast(replace(cost, '.', '') as integer)) from removals where {WHERE}"
        lite = ["sqlite3", ":memory:", ".mode csv", f".import {path} removals", statement]
        yield "sqlite3", lite, None, lambda text: text.strip() == str(total)


def verdict(text, total):
    claims = json.loads(text)["claims"]
    return [claim["verdict"] for claim in claims] == ["supported"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--factcheck", default="target/engine/factcheck")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--most", type=int, default=100_000_000, help="rows of the largest table of --scale")
    parser.add_argument("--engine")
    arguments = parser.parse_args()
    arguments.factcheck = os.path.realpath(arguments.factcheck)
    if not os.path.exists(arguments.factcheck):
        sys.exit(f"{arguments.factcheck} is missing: cargo build --profile engine --features sql")
    out = arguments.out or pathlib.Path(tempfile.mkdtemp(prefix="factcheck-queries-"))
    sizes = [10**power for power in range(4, 9) if 10**power <= arguments.most] if arguments.scale else [arguments.rows]
    formats = ["parquet"] if arguments.scale else ["csv", "parquet"]
    print("rows,format,program,wall_seconds,cpu_seconds,peak_mib")
    for rows in sizes:
        folder = out / str(rows)
        known = folder / "total"
        if not known.exists():
            folder.mkdir(parents=True, exist_ok=True)
            known.write_text(str(write(folder, rows, formats)))
        total = int(known.read_text())
        for form in formats:
            runs = list(programs(arguments, folder, folder / f"removals.{form}", total))
            taken = {name: [] for name, *_ in runs}
            for _ in range(arguments.rounds):
                for name, command, cwd, is_right in runs:
                    *cost, text = timed(command, cwd)
                    if not is_right(text):
                        sys.exit(f"{name} is wrong on {form}:\n{text}")
                    taken[name].append(cost)
            for name, costs in taken.items():
                wall, cpu, peak = (statistics.median(column) for column in zip(*costs))
                print(f"{rows},{form},{name},{wall:.3f},{cpu:.3f},{peak:.0f}", flush=True)
    if not arguments.out:
        shutil.rmtree(out)


if __name__ == "__main__":
    main()
