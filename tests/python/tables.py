"""The program's tables, opened by pyarrow, Polars and DuckDB.

In: --program PATH. Out: a line for each check, exit code 1 where one failed.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import polars
import pyarrow
import pyarrow.csv
import pyarrow.parquet
from checks import check

ROOT = Path(__file__).resolve().parents[2]

# A type of docs/tables.md, as the three have it in Parquet.
PARQUET = {
    "text": (pyarrow.string(), polars.String(), "VARCHAR"),
    "integer": (pyarrow.int64(), polars.Int64(), "BIGINT"),
    "number": (pyarrow.float64(), polars.Float64(), "DOUBLE"),
    "boolean": (pyarrow.bool_(), polars.Boolean(), "BOOLEAN"),
    "day": (pyarrow.date32(), polars.Date(), "DATE"),
    "moment": (
        pyarrow.timestamp("us", "UTC"),
        polars.Datetime("us", "UTC"),
        "TIMESTAMP WITH TIME ZONE",
    ),
    "list of text": (pyarrow.list_(pyarrow.string()), polars.List(polars.String()), "VARCHAR[]"),
}
# As DuckDB is told to read them from CSV, where lists are joined text.
CSV = {kind: "VARCHAR" if kind == "list of text" else of[2] for kind, of in PARQUET.items()}


def declared():
    """The columns of each table, as docs/tables.md has them: name, type, whether null."""
    tables, name = {}, None
    for line in (ROOT / "docs/tables.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
            tables[name] = []
        elif name and (column := re.match(r"\| `(\w+)` \| ([\w ]+) \| (yes)? ?\|", line)):
            tables[name].append((column[1], column[2], bool(column[3])))
    return tables


def counted(report):
    """How many rows each table has to have."""

    def all_of(*keys):
        things = report["stories"]
        for key in keys:
            things = [inner for thing in things for inner in thing[key]]
        return len(things)

    return {
        "articles": len(report["articles"]),
        "stories": len(report["stories"]),
        "claims": all_of("claims"),
        "readings": all_of("claims", "readings"),
        "disputes": all_of("disputes"),
        "sides": all_of("disputes", "sides", "mentions"),
        "quotes": all_of("quotes", "readings"),
        "copies": all_of("copies"),
        "names": all_of("names"),
        "mentions": all_of("names", "mentions"),
        "timeline": all_of("timeline", "mentions"),
    }


def run(program, *arguments, given=None, code=0):
    done = subprocess.run(
        [program, *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != code:
        raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def same(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


def same_types(columns, path, csv):
    """The types of one table's two files."""
    names = [name for name, _, _ in columns]
    schema = pyarrow.parquet.read_schema(path)
    frame = polars.read_parquet(path)
    query = duckdb.sql(f"FROM read_parquet('{path}')")
    same(schema.names, names, "pyarrow's names")
    same(frame.columns, names, "Polars' names")
    same(query.columns, names, "DuckDB's names")
    for (name, kind, nullable), duck in zip(columns, query.types):
        arrow, pole, duck_wanted = PARQUET[kind]
        field = schema.field(name)
        if kind == "list of text":
            same(field.type.value_type, arrow.value_type, f"{name} in pyarrow")
        else:
            same(field.type, arrow, f"{name} in pyarrow")
        same(field.nullable, nullable, f"whether {name} may be null")
        same(frame.schema[name], pole, f"{name} in Polars")
        same(str(duck), duck_wanted, f"{name} in DuckDB")
    # CSV says no types: they must be readable as declared, and as dates and booleans unasked where there are any.
    types = {name: CSV[kind] for name, kind, _ in columns}
    whole = duckdb.sql(f"FROM read_csv('{csv}', header = true, columns = {types}, auto_detect = false, "
                       "delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', max_line_size = 10000000)")
    rows = frame.height
    same(len(whole.fetchall()), rows, "rows of the CSV in DuckDB")
    same(polars.read_csv(csv, infer_schema_length=None).height, rows, "rows of the CSV in Polars")
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    table = pyarrow.csv.read_csv(csv, parse_options=options)
    same(table.num_rows, rows, "rows of the CSV in pyarrow")
    for name, kind, nullable in columns if rows else []:
        if kind in ("boolean", "day", "integer") and not nullable:
            same(str(table.schema.field(name).type), {"boolean": "bool", "day": "date32[day]", "integer": "int64"}[kind],
                 f"{name} of the CSV, unasked")
    return rows


def joins(folder):
    """Ids lead from one table to another; passages stand where they say."""
    duck = duckdb.connect()
    for path in folder.glob("*.parquet"):
        duck.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet('{path}')")

    def count(query):
        return duck.execute(query).fetchone()[0]

    for table in ("articles", "claims", "readings", "disputes", "sides", "quotes", "copies", "names", "mentions", "timeline"):
        rows = count(f"SELECT count(*) FROM {table}")
        same(count(f"SELECT count(*) FROM {table} JOIN stories USING (story_id)"), rows, f"{table} with their stories")
    for table, keys in {
        "readings": "claims story_id claim_id",
        "sides": "disputes story_id dispute_id",
        "mentions": "names story_id name_id",
    }.items():
        other, *keys = keys.split()
        rows = count(f"SELECT count(*) FROM {table}")
        found = count(f"SELECT count(*) FROM {table} JOIN {other} USING ({', '.join(keys)})")
        same(found, rows, f"{table} with their {other}")
    for table in ("readings", "sides", "quotes", "mentions", "timeline"):
        wrong = f"""SELECT count(*) FROM {table} t LEFT JOIN articles a USING (article_id)
            WHERE a.text IS NULL OR array_to_string(list_slice(string_split(a.text, ''), t.start + 1, t."end"), '') <> t.text"""
        same(count(wrong), 0, f"passages of {table} that do not stand where they say")
    lists = {
        "readings": ("attributed_to_ids", "names", "name_id"),
        "sides": ("claim_ids", "claims", "claim_id"),
        "timeline": ("claim_ids", "claims", "claim_id"),
        "claims": ("dispute_ids", "disputes", "dispute_id"),
    }
    for table, (ids, other, key) in lists.items():
        unnested = f"(SELECT story_id, unnest({ids}) AS {key} FROM {table})"
        rows = count(f"SELECT count(*) FROM {unnested}")
        assert rows > 0, f"no {ids} in {table}"
        same(count(f"SELECT count(*) FROM {unnested} JOIN {other} USING (story_id, {key})"), rows, f"{ids} of {table}")
    same(
        count("SELECT count(*) FROM claims WHERE outlets > 0 AND len(stated_by) <> outlets"),
        0,
        "claims whose outlets are not those that state it",
    )
    grouped = """SELECT count(*) FROM (SELECT story_id, claim_id, count(*) FILTER (NOT near) AS n FROM readings
        GROUP BY ALL) JOIN claims USING (story_id, claim_id) WHERE n <> claims.readings"""
    same(count(grouped), 0, "claims with another number of readings")
    assert count("SELECT count(*) FROM articles WHERE published IS NOT NULL") > 0, "no day of publication"
    assert count("SELECT count(*) FROM articles WHERE published_at IS NOT NULL") > 0, "no moment of publication"
    late = "SELECT count(*) FROM articles WHERE abs(date_diff('day', published, published_at::TIMESTAMP::DATE)) > 1"
    same(count(late), 0, "moments far from their days")


def write_all(program, folder, *from_where):
    for table in declared():
        for form in ("csv", "parquet"):
            out = folder / f"{table}.{form}"
            run(program, *from_where, "--format", form, "--table", table, "-o", out, "--quiet")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", type=Path, required=True)
    program = arguments.parse_args().program.resolve()
    tables = declared()
    held = [check("docs/tables.md lists eleven tables", lambda: same(len(tables), 11, "tables"))]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        read, kept, bare = (scratch / name for name in ("read", "store", "bare"))
        for folder in (read, kept, bare):
            folder.mkdir()
        # Words line claims up faster; what a table is does not hang on it.
        samples = ("read", "samples", "--align", "words")
        report = json.loads(run(program, *samples, "--format", "json", "--quiet"))
        write_all(program, read, *samples)
        db = scratch / "samples.db"
        run(program, "add", "samples", "--db", db, "--quiet")
        write_all(program, kept, "export", "--db", db)
        page = scratch / "page.txt"
        page.write_text("A lone report\n\nThe bridge at Ordin was closed on Monday. Nobody said why.\n", encoding="utf-8")
        write_all(program, bare, "read", page, "--align", "words")

        def typed(folder, table, rows=None):
            found = same_types(tables[table], folder / f"{table}.parquet", folder / f"{table}.csv")
            if rows is not None:
                same(found, rows, "rows")

        wanted = counted(report)
        for table in tables:
            assert table in wanted, table
            held.append(check(f"{table} of the samples", lambda: typed(read, table, wanted[table])))
            held.append(check(f"{table} of a store", lambda: typed(kept, table)))
            held.append(check(f"{table} of a lone page", lambda: typed(bare, table)))
        held.append(check("joins of the samples", lambda: joins(read)))
        held.append(check("joins of a store", lambda: joins(kept)))
    print(f"{sum(held)} of {len(held)} hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
