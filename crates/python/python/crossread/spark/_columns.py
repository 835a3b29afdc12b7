"""Columns. In: a data frame of Spark. Out: the same with the columns that a function works with, or an error that names
the column and says what to do, before anything runs; and the columns of our own tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pyarrow
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import (
    ArrayType,
    ByteType,
    DataType,
    DateType,
    IntegerType,
    LongType,
    ShortType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
)

from .._crossread import InputError
from .._reading import engine
from .._table import Table

#: Types of columns by what they are called where they are wrong.
Types = tuple[DataType, ...]

TEXT: Types = (StringType(),)
TEXTS: Types = (ArrayType(StringType()),)
ID: Types = (StringType(), ByteType(), ShortType(), IntegerType(), LongType())
DAY: Types = (DateType(), TimestampType(), TimestampNTZType(), StringType())

_SECONDS_A_DAY = 86_400

#: What an article is known by.
_ARTICLE: Mapping[str, Types] = {
    "article_id": TEXT,
    "text": TEXT,
    "outlet": TEXT,
    "title": TEXT,
    "url": TEXT,
    "language": TEXT,
    "published": (DateType(), StringType()),
    "published_at": (TimestampType(),),
    "authors": TEXTS,
    "credits": TEXTS,
    "skipped": TEXT,
}


def declared(columns: str) -> StructType:
    """Columns from their names and types."""
    schema = StructType.fromDDL(columns)
    assert isinstance(schema, StructType)
    return schema


def fits(df: DataFrame, function: str, column: str, types: Types) -> bool:
    """Whether the frame has the column; `InputError` where it is of another type."""
    field = next((field for field in df.schema.fields if field.name == column), None)
    if field is None:
        return False
    if not any(_same(field.dataType, kind) for kind in types):
        wanted = " or ".join(kind.simpleString() for kind in types)
        raise InputError(
            f'{function}: column "{column}" is {field.dataType.simpleString()}, not {wanted}: cast it first, '
            f'as in df.withColumn("{column}", df["{column}"].cast("{types[0].simpleString()}"))'
        )
    return True


def _same(one: DataType, other: DataType) -> bool:
    if isinstance(one, ArrayType) and isinstance(other, ArrayType):
        return _same(one.elementType, other.elementType)
    # Strings of whatever collation are strings.
    return isinstance(one, type(other))


def need(df: DataFrame, function: str, columns: Mapping[str, Types], hint: str) -> None:
    """`InputError` where the frame lacks one of the columns, or has it in another type."""
    for column, types in columns.items():
        if not fits(df, function, column, types):
            has = ", ".join(f'"{name}"' for name in df.columns) or "none"
            raise InputError(f'{function}: there is no column "{column}" among {has}: {hint}')


def articles_of(df: DataFrame, function: str) -> DataFrame:
    """Articles as records: what the engine reads, under the names of records. Rows that are no article are left out."""
    hint = "give the articles that read_pages gives, or rename columns so that article_id and text are there"
    need(df, function, {"article_id": TEXT, "text": TEXT}, hint)
    has = {column for column, types in _ARTICLE.items() if fits(df, function, column, types)}
    if "skipped" in has:
        df = df.where(f.col("skipped").isNull())
    columns = [f.col("article_id").alias("id"), f.col("text")]
    columns += [f.col(name) for name in ("url", "outlet", "title", "language") if name in has]
    if when := _published(df, has):
        columns.append(f.concat_ws("", *when).alias("published") if len(when) > 1 else when[0].alias("published"))
    lists = [f.coalesce(f.col(name), f.array().cast("array<string>")) for name in ("authors", "credits") if name in has]
    if lists:
        # A credit is found again in the line that names it.
        columns.append(f.concat(*lists).alias("authors"))
    return df.select(*columns)


def _published(df: DataFrame, has: set[str]) -> list[Column]:
    """When an article was published, as words: the moment in an offset by which it falls on the day that its page gives,
    else the day."""
    day = f.col("published").cast("string") if "published" in has else None
    if "published_at" not in has:
        return [] if day is None else [day]
    # By numbers alone, so that the time zone of the session changes nothing.
    moment = f.floor(f.unix_micros("published_at") / 1_000_000)
    into_day = f.pmod(moment, f.lit(_SECONDS_A_DAY))
    days = f.floor(moment / _SECONDS_A_DAY)
    own = f.unix_date(f.to_date("published")) if "published" in has else days
    later = f.least(f.ceil((_SECONDS_A_DAY - into_day) / 3600), f.lit(14))
    sooner = f.greatest(-(f.floor(into_day / 3600) + 1), f.lit(-12))
    hours = f.when(own > days, later).when(own < days, sooner).otherwise(f.lit(0))
    local = moment + hours * 3600
    clock = f.pmod(local, f.lit(_SECONDS_A_DAY))
    stamp = f.format_string(
        "%sT%02d:%02d:%02d%s%02d:00",
        f.date_from_unix_date(f.floor(local / _SECONDS_A_DAY).cast("int")).cast("string"),
        f.floor(clock / 3600),
        f.floor(f.pmod(clock, f.lit(3600)) / 60),
        f.pmod(clock, f.lit(60)),
        f.when(hours < 0, f.lit("-")).otherwise(f.lit("+")),
        f.abs(hours),
    )
    known = f.when(f.col("published_at").isNotNull(), stamp)
    return [known if day is None else f.coalesce(known, day)]


@lru_cache(maxsize=None)
def columns_of(table: str) -> StructType:
    """The columns of one of our tables; `KeyError` where there is none of that name."""
    made = engine(threads=1)
    if table == "marks":
        return _nullable(Table(table, made.annotate([], None).table()))
    if table == "articles":
        return _nullable(Table(table, made.extract([], None).table()))
    return _nullable(Table(table, made.read([], None).table(table)))


def _nullable(table: Table) -> StructType:
    """Every column may be null: rows that are no article have none of them."""
    schema = from_arrow_schema(pyarrow.schema(table))
    kinds = ((field.name, field.dataType) for field in schema.fields)
    plain = ((name, ArrayType(StringType()) if isinstance(kind, ArrayType) else kind) for name, kind in kinds)
    return StructType([StructField(name, kind, True) for name, kind in plain])
