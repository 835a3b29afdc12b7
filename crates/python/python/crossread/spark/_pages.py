"""Pages to articles. In: files with their bytes, or a table of texts. Out: the articles, and what gave none with the
reason: a file that is corrupt or a row without a text is listed, and ends no job."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pyarrow
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import BinaryType, StringType, StructField, StructType

from .. import _crossread
from .._crossread import Error, InputError
from .._reading import engine_with, words_of
from .._sources import Given, Path
from ._batches import gathered, table_of
from ._columns import DAY, ID, TEXT, TEXTS, Types, columns_of, fits, need

#: What a table of texts may have.
_FIELDS: Mapping[str, Types] = {
    "text": TEXT,
    "html": TEXT,
    "id": ID,
    "url": TEXT,
    "outlet": TEXT,
    "title": TEXT,
    "published": DAY,
    "language": TEXT,
    "authors": TEXTS + TEXT,
}


def read_pages(
    df: DataFrame, *, fields: Mapping[str, str] | None = None, owners: Path | None = None
) -> DataFrame:
    """Pages to articles: the columns of the table ``articles``, and ``skipped``: null for an article, else why the page
    of that ``path`` gave none.

    ``df`` is one of two. Files, as ``spark.read.format("binaryFile")`` gives them (``path`` string, ``content`` binary):
    pages, PDFs, mails, JSON lines, and archives of these (WARC, WACZ, ZIP, gzip, feeds), of which every page is read. Or
    texts: ``text`` or ``html``, and what is known of ``id, url, outlet, title, published, language, authors``;
    ``fields`` says where a column has another name, as in ``{"text": "body"}``; a column ``path`` names the rows,
    otherwise their id or address does. ``owners``: a list of houses, read where this is called.

    Of articles with one id the one whose path sorts first stays and the others are listed as its duplicates, whatever
    the partitions. What recurs on an outlet's pages is learnt within one file: how rows lie in partitions changes
    nothing. All columns are shuffled once, by id.

    Raises `InputError` where a column is missing or of a wrong type. A file is in memory as a whole: an executor needs
    some four times the largest file.
    """
    schema = StructType([*columns_of("articles").fields, StructField("skipped", StringType(), True)])
    arrow = to_arrow_schema(schema, timezone="UTC")
    houses = words_of(owners)
    named = dict(fields or {})
    if "content" in df.columns and not named:
        need(df, "read_pages", {"path": TEXT, "content": (BinaryType(),)}, "binaryFile gives path and content")
        taken = df.select("path", "content")
        given = _files
    else:
        taken = _texts(df, named)
        given = _rows

    def read(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        made = engine_with("words", 1, (), False, True, houses, "")
        each = (one for batch in batches for one in given(table_of(batch)))
        return gathered((_read(made, path, one, arrow) for path, one in each), arrow)

    return _once(taken.mapInArrow(read, schema))


def _texts(df: DataFrame, named: Mapping[str, str]) -> DataFrame:
    """A table of texts under the names of records."""
    for field in named:
        if field not in _FIELDS:
            raise InputError(f'read_pages: there is no field "{field}": fields has some of {", ".join(_FIELDS)}')
    columns: list[Column] = []
    for field, types in _FIELDS.items():
        name = named.get(field, field)
        if fits(df, "read_pages", name, types):
            columns.append(f.col(name).alias(field))
        elif field in named:
            need(df, "read_pages", {name: types}, f'fields says that it is the {field}')
    if not any(column in df.columns for column in (named.get("text", "text"), named.get("html", "html"))):
        has = ", ".join(f'"{name}"' for name in df.columns) or "none"
        raise InputError(
            f'read_pages: there is no column "text", "html" or "content" among {has}: '
            'fields={"text": NAME} says what the texts are called; binaryFile gives files with their content'
        )
    if fits(df, "read_pages", "path", TEXT):
        columns.append(f.col("path"))
    return df.select(*columns)


def _files(table: pyarrow.Table) -> Iterator[tuple[str | None, Given | None]]:
    """Files one by one, so that what one has in memory goes before the next. The path that its articles have is made by
    the engine."""
    for path, content in zip(table.column("path"), table.column("content"), strict=True):
        name = path.as_py() or "a row without a path"
        yield (name, None) if not content.is_valid else (None, (name, content.as_py()))


def _rows(table: pyarrow.Table) -> Iterator[tuple[str | None, Given | None]]:
    """Rows one by one: what one outlet's rows have in common is not learnt from those that happen to lie together."""
    names = [table.column(name).to_pylist() for name in ("path", "id", "url") if name in table.column_names]
    records = table.drop_columns("path") if "path" in table.column_names else table
    lines = b"".join(piece for _, piece in _crossread.records(records, {}, True)).splitlines()
    for at, line in enumerate(lines):
        name = next((str(of[at]) for of in names if of[at] is not None), "")
        yield name, ("row", 0, line)


def _read(
    made: _crossread.Engine, path: str | None, given: Given | None, schema: pyarrow.Schema
) -> pyarrow.Table:
    """The articles of one file or row, and what gave none. ``path`` is what a row is called."""
    if given is None:
        return _skipped([(path or "", "its content is null")], schema)
    try:
        lines = made.extract([given], None)
    except Error as error:
        return _skipped([(path if path is not None else str(given[0]), str(error))], schema)
    table = pyarrow.table(lines.table())
    table = table.append_column("skipped", pyarrow.nulls(table.num_rows, pyarrow.string()))
    skipped = [(one["path"], one["reason"]) for one in json.loads(lines.skipped())]
    if path is not None:
        # A row that nothing names is called by what it says.
        names = [path or one for one in table.column("article_id").to_pylist()]
        table = table.set_column(table.schema.get_field_index("path"), "path", pyarrow.array(names, pyarrow.string()))
        skipped = [(path or "a row without id, address and text", reason) for _, reason in skipped]
    return pyarrow.concat_tables([table.select(schema.names).cast(schema), _skipped(skipped, schema)])


def _skipped(reasons: list[tuple[str, str]], schema: pyarrow.Schema) -> pyarrow.Table:
    none: dict[str, list[object]] = {name: [None] * len(reasons) for name in schema.names}
    none["path"] = [path for path, _ in reasons]
    none["skipped"] = [reason for _, reason in reasons]
    return pyarrow.table(none, schema=schema)


def _once(articles: DataFrame) -> DataFrame:
    """Each id once: of several the article whose path sorts first; the others are listed."""
    # What is no article is alone, so that no partition has all of them.
    key = f.coalesce(f.concat(f.lit("a"), f.col("article_id")), f.concat(f.lit("s"), f.col("path")))
    order = Window.partitionBy(key).orderBy("path", "sha256", "text")
    first = {name: f.first(name).over(order) for name in ("path", "url", "outlet", "text")}
    same = f.lit(True)
    for name in ("url", "outlet", "text"):
        same = same & f.col(name).eqNullSafe(first[name])
    why = f.when(same, f.concat(f.lit("the same article as "), first["path"], f.lit(", and no other address or outlet")))
    why = why.otherwise(f.concat(f.lit("its id is that of "), first["path"]))
    again = f.col("article_id").isNotNull() & (f.row_number().over(order) > 1)
    marked = articles.withColumn("skipped", f.when(again, why).otherwise(f.col("skipped")))
    kept = [
        f.col(name) if name in ("path", "skipped") else f.when(f.col("skipped").isNull(), f.col(name)).alias(name)
        for name in articles.columns
    ]
    return marked.select(*kept)
