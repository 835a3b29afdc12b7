//! Out: the JSON Schema of the report, made from the wire types. It is kept in the repository as
//! `schemas/report-1.schema.json`, so that others can read it without building anything.

use schemars::generate::SchemaSettings;

use crate::{answer, json, lines, wire};

/// The address that names the schema; nothing is ever fetched from it.
const ID: &str = "urn:crossread:report:1";

/// The schema of the whole report, as kept in the repository.
pub fn report_schema() -> String {
    let mut value = generate::<wire::Report>();
    if let Some(object) = value.as_object_mut() {
        object.insert("$id".into(), ID.into());
    }
    if let Some(schema) = value.pointer_mut("/properties/schema") {
        schema["const"] = wire::SCHEMA.into();
    }
    json::pretty(&value)
}

/// The schemas of the lines of `extract`, `annotate` and `group`, by command.
pub fn line_schemas() -> [(&'static str, serde_json::Value); 3] {
    [
        ("extract", generate::<wire::Article>()),
        ("annotate", generate::<lines::Annotated>()),
        ("group", generate::<lines::Grouped>()),
    ]
}

/// The schema of an answer to `crossread ask`, as kept in the repository.
pub fn answer_schema() -> serde_json::Value {
    let mut value = generate::<answer::Answer>();
    if let Some(schema) = value.pointer_mut("/properties/schema") {
        schema["const"] = answer::SCHEMA.into();
    }
    value
}

fn generate<T: schemars::JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}
