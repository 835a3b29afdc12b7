//! Tables: CSV and TSV in the encodings of spreadsheets, Parquet.

use std::sync::Arc;

use container::Limits;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::made::{gzip, read, read_within, spoilt};

const ROWS: &str = "url,title,text\nhttps://a.example/1,Lock reopens,\"It opened, at noon.\"\n\
                    https://a.example/2,Café,\"One line.\nAnother.\"\n";

#[test]
fn a_row_is_a_record_in_any_encoding() {
    let wide = |text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter()
            .copied()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    };
    let cases = [
        ROWS.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", ROWS.as_bytes()].concat(),
        wide(ROWS, b"\xff\xfe", u16::to_le_bytes),
        wide(ROWS, b"\xfe\xff", u16::to_be_bytes),
        gzip(ROWS.as_bytes()),
        ROWS.replace("url,title,text", "url;title;text")
            .replace(",Lock", ";Lock")
            .replace(",Café", ";Café")
            .replace(",\"", ";\"")
            .into_bytes(),
    ];
    for table in cases {
        let read = read("t.csv", table);
        let records = read.records();
        assert_eq!(records.len(), 2, "{read:?}");
        assert_eq!(
            (&records[0]["url"], &records[1]["title"]),
            (&"https://a.example/1".into(), &"Café".into())
        );
        assert_eq!(
            (&records[0]["text"], &records[1]["text"]),
            (&"It opened, at noon.".into(), &"One line.\nAnother.".into())
        );
    }
}

#[test]
fn a_header_alone_is_said_to_be_one() {
    for table in ["url,title,text\n", "url,title,text"] {
        let read = read("t.csv", table.as_bytes().to_vec());
        assert!(
            read.pages.is_empty() && read.says("a header and no rows"),
            "{read:?}"
        );
    }
}

#[test]
fn a_quotation_that_nobody_closed_is_bounded() {
    let limits = Limits {
        row: 1 << 20,
        ..Limits::default()
    };
    let table = format!(
        "{ROWS}https://a.example/3,Three,\"{}",
        "words and words\n".repeat(400_000)
    );
    let read = read_within("t.csv", table.into_bytes(), limits);
    assert_eq!(read.records().len(), 2);
    assert!(
        read.says("quotation mark") && read.skipped[0].0 == "t.csv:3",
        "{:?}",
        read.skipped
    );
}

/// A table of groups of rows with a title and a text.
fn parquet(groups: &[&[(&str, &str)]]) -> Vec<u8> {
    let schema = parse_message_type(
        "message rows { required binary title (UTF8); required binary text (UTF8); }",
    )
    .expect("a schema");
    let settings = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(settings))
        .expect("memory");
    for rows in groups {
        let mut group = writer.next_row_group().expect("memory");
        for at in 0..2 {
            let values: Vec<ByteArray> = rows
                .iter()
                .map(|(title, text)| [*title, *text][at].into())
                .collect();
            let mut column = group.next_column().expect("memory").expect("a column");
            column
                .typed::<ByteArrayType>()
                .write_batch(&values, None, None)
                .expect("memory");
            column.close().expect("memory");
        }
        group.close().expect("memory");
    }
    writer.into_inner().expect("memory")
}

#[test]
fn a_table_in_columns_gives_its_rows() {
    let table = parquet(&[&[("A", "One."), ("B", "Two.")], &[("C", "Three.")]]);
    let read = read("t.parquet", table);
    let titles: Vec<_> = read
        .records()
        .iter()
        .map(|record| record["title"].clone())
        .collect();
    assert_eq!(titles, ["A", "B", "C"]);
}

#[test]
fn a_damaged_group_costs_no_other() {
    let mut table = parquet(&[&[("A", "One.")], &[("B", "Two.")]]);
    // The head of the first page of the first column.
    table[4..12].fill(0xff);
    let read = read("t.parquet", table);
    let records = read.records();
    assert!(records.len() == 1 && records[0]["title"] == "B", "{read:?}");
    assert!(read.says("damaged Parquet file"));
}

#[test]
fn spoilt_tables_never_break_the_reader() {
    let table = parquet(&[&[("A", "One."), ("B", "Two.")], &[("C", "Three.")]]);
    for bytes in spoilt(&table, 3_000) {
        let read = read("t.parquet", bytes);
        assert!(!read.pages.is_empty() || !read.skipped.is_empty());
    }
    for bytes in spoilt(ROWS.as_bytes(), 1_000) {
        read("t.csv", bytes);
    }
}
