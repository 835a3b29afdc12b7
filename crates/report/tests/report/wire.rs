//! The JSON: it fits its schema, and every mention is the slice that it says it is.

use model::Findings;
use serde_json::Value;

use crate::fixture::{self, findings};

fn validate(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

pub fn schema() -> Value {
    serde_json::from_str(&report::report_schema()).unwrap()
}

/// Every mention anywhere in a value, checked against the texts of the articles.
fn mentions_hold(value: &Value, texts: &dyn Fn(&str) -> Vec<char>) -> usize {
    match value {
        Value::Object(fields) => {
            let mut count = 0;
            if let (Some(article), Some(start), Some(end), Some(text)) = (
                fields.get("article").and_then(Value::as_str),
                fields.get("start").and_then(Value::as_u64),
                fields.get("end").and_then(Value::as_u64),
                fields.get("text").and_then(Value::as_str),
            ) {
                let slice: String = texts(article)[start as usize..end as usize]
                    .iter()
                    .collect();
                assert_eq!(slice, text);
                count = 1;
            }
            count
                + fields
                    .values()
                    .map(|value| mentions_hold(value, texts))
                    .sum::<usize>()
        }
        Value::Array(items) => items.iter().map(|value| mentions_hold(value, texts)).sum(),
        _ => 0,
    }
}

fn texts_of(report: &Value) -> impl Fn(&str) -> Vec<char> + '_ {
    |id| {
        let articles = report["articles"].as_array().unwrap();
        let article = articles.iter().find(|a| a["id"] == id).unwrap();
        article["text"].as_str().unwrap().chars().collect()
    }
}

#[test]
fn the_report_fits_its_schema_and_its_mentions_are_slices() {
    let json = report::json(&report::assemble(&findings()));
    assert!(json.ends_with("}\n") && json.lines().count() == 1);
    let value: Value = serde_json::from_str(&json).unwrap();
    validate(&schema(), &value);
    assert!(mentions_hold(&value["stories"], &texts_of(&value)) > 60);
    assert_eq!(mentions_hold(&value["articles"], &texts_of(&value)), 3);
    let empty =
        serde_json::from_str(&report::json(&report::assemble(&Findings::default()))).unwrap();
    validate(&schema(), &empty);
}

#[test]
fn the_schema_refuses_what_is_not_a_report() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let good: Value = serde_json::from_str(&report::json(&report::assemble(&findings()))).unwrap();
    assert!(validator.is_valid(&good));
    for (place, bad) in [
        ("/schema", Value::from("crossread.report/2")),
        ("/stories/0/claims/0/verdict", Value::from("true")),
        (
            "/stories/0/quotes/0/readings/0/mention/start",
            Value::from(-1),
        ),
        ("/stories/0/disputes/0/sides", Value::Null),
        ("/articles/0/text", Value::Null),
    ] {
        let mut value = good.clone();
        *value.pointer_mut(place).unwrap() = bad;
        assert!(!validator.is_valid(&value), "{place}");
    }
}

#[test]
fn wire_types_read_what_they_write() {
    let json = report::json(&report::assemble(&findings()));
    let report: report::wire::Report = serde_json::from_str(&json).unwrap();
    let again: Value = serde_json::to_value(&report).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(&json).unwrap());
}

#[test]
fn facts_arrive_in_the_contracts_words() {
    let value: Value = serde_json::from_str(&report::json(&report::assemble(&findings()))).unwrap();
    let says = |place: &str| value.pointer(place).unwrap().clone();
    for (place, expected) in [
        ("/articles/0/published", "2031-05-06T09:05:00+02:00"),
        ("/articles/1/published", "2031-05-06T10:00:00Z"),
        ("/articles/2/published", "2031-05-07"),
        ("/articles/3/warnings/1", "3 damaged words"),
        ("/articles/4/genre", "live-blog"),
        ("/stories/0/id", "s-post-1"),
        ("/stories/0/first", "2031-05-06"),
        ("/stories/0/last", "2031-05-07"),
        ("/stories/0/names/0/id", "n1"),
        ("/stories/0/names/0/variants/0", "Brandvold"),
        ("/stories/0/copies/0/direction", "b-from-a"),
        ("/stories/0/copies/2/kind", "shared-source"),
        (
            "/stories/0/copies/0/because/1",
            "Tidewater Daily credits “Coastal News Agency”",
        ),
        (
            "/stories/0/copies/2/because/0",
            "two outlets quote the same statement",
        ),
        (
            "/stories/0/quotes/0/differences/1/text",
            " and could not be stopped ↔ —",
        ),
        (
            "/stories/0/quotes/0/readings/2/parts/1/text",
            "It simply would not stop.",
        ),
        ("/stories/0/claims/0/verdict", "single-origin"),
        (
            "/stories/0/claims/1/text",
            "The catastrophe on the pier hurt 14 people.",
        ),
        ("/stories/0/claims/1/absent_from/0", "post-1"),
        (
            "/stories/0/disputes/0/question",
            "Inspectors · brakes · March",
        ),
        ("/stories/0/disputes/0/sides/1/held_by/0", "n2"),
        ("/stories/0/timeline/1/when", "2031-05-06T06:40"),
        ("/stories/0/timeline/3/until", "2031-05-11"),
        ("/stories/0/wording/0/about", "c1"),
        ("/stories/0/rewrites/0/article", "mill-1"),
        ("/stories/1/title", "Fair opens"),
        ("/stories/2/title", "lone.txt"),
    ] {
        assert_eq!(says(place), Value::from(expected), "{place}");
    }
    assert_eq!(says("/stories/0/copies/0/share_a"), Value::from(0.5234));
    assert_eq!(says("/stories/0/copies/2/share_b"), Value::from(0.0));
    assert_eq!(says("/stories/2/first"), Value::Null);
}

#[test]
fn lines_fit_their_schemas_and_count_code_points() {
    let findings = findings();
    let stories: Vec<_> = findings.stories.iter().map(|s| s.story.clone()).collect();
    let lines = |name: &str| -> Vec<Value> {
        let lines = match name {
            "extract" => findings
                .documents
                .iter()
                .map(|d| report::article_line(&d.article))
                .collect(),
            "annotate" => findings
                .documents
                .iter()
                .map(report::document_line)
                .collect(),
            _ => report::group_lines(&findings.documents, &stories, &[], report::Level::Story),
        };
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    for (name, schema) in report::line_schemas() {
        let values = lines(name);
        assert_eq!(values.len(), findings.documents.len(), "{name}");
        values.iter().for_each(|value| validate(&schema, value));
    }
    let annotated = &lines("annotate")[0];
    let text: Vec<char> = fixture::TEXTS[0].chars().collect();
    mentions_hold(annotated, &|_| text.clone());
    for list in ["names", "dates"] {
        for one in annotated[list].as_array().unwrap() {
            let range =
                one["start"].as_u64().unwrap() as usize..one["end"].as_u64().unwrap() as usize;
            assert_eq!(
                one["text"],
                Value::from(text[range].iter().collect::<String>())
            );
        }
    }
    assert_eq!(annotated["quotes"][0]["speaker"]["text"], "Ilse Brandvold");
    assert_eq!(annotated["dates"][0]["value"], "2031-05-06TMO");
    let copies: Vec<Value> = lines("group")
        .iter()
        .map(|line| line["copy_of"].clone())
        .collect();
    assert_eq!(
        copies[..4],
        [Value::Null, "post-1".into(), Value::Null, "tide-1".into()]
    );
}
