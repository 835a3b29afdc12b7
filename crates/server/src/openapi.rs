//! What the API has, in OpenAPI 3.1. Made of one table; the report's own types bring their schema.

use serde_json::{Map, Value, json};

/// An address with what it takes and gives.
struct Path {
    address: &'static str,
    method: &'static str,
    summary: &'static str,
    /// Name, where it stands, what it is.
    takes: &'static [(&'static str, &'static str, &'static str)],
    /// The schema of what it gives.
    gives: &'static str,
}

const ID: (&str, &str, &str) = ("id", "path", "Its id");

const PATHS: [Path; 6] = [
    Path {
        address: "/api/v1/stories",
        method: "get",
        summary: "Stories, the latest first",
        takes: &[
            ("outlet", "query", "Only with an article of this outlet"),
            ("name", "query", "Only where this name (an id) stands"),
            ("from", "query", "Only from this day on, 2023-03-18"),
            ("to", "query", "Only up to this day"),
            ("disputed", "query", "true: only with a dispute"),
            ("articles", "query", "At least so many articles"),
            (
                "after",
                "query",
                "The next of another answer: what comes behind it",
            ),
            ("limit", "query", "So many at most, 500 and fewer"),
        ],
        gives: "Stories",
    },
    Path {
        address: "/api/v1/stories/{id}",
        method: "get",
        summary: "A story: one of the stories of the JSON report",
        takes: &[ID],
        gives: "Story",
    },
    Path {
        address: "/api/v1/articles/{id}",
        method: "get",
        summary: "An article with its versions and annotations",
        takes: &[
            ID,
            (
                "version",
                "query",
                "Which version; the newest where not given",
            ),
        ],
        gives: "Article",
    },
    Path {
        address: "/api/v1/articles",
        method: "post",
        summary: "Adds pages: HTML, text or JSONL; needs the token",
        takes: &[],
        gives: "Added",
    },
    Path {
        address: "/api/v1/names/{id}",
        method: "get",
        summary: "A name across stories, with everything it said",
        takes: &[ID],
        gives: "Name",
    },
    Path {
        address: "/api/v1/search",
        method: "get",
        summary: "Articles that have all these words, the last added first",
        takes: &[
            (
                "q",
                "query",
                "The words; \"two words\" side by side, word* for its beginning",
            ),
            ("outlet", "query", "Only of this outlet"),
            ("from", "query", "Only from this day on"),
            ("to", "query", "Only up to this day"),
            ("before", "query", "The next of another answer"),
        ],
        gives: "Found",
    },
];

/// The document.
pub fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for path in &PATHS {
        let parameters: Vec<Value> = path
            .takes
            .iter()
            .map(|(name, place, about)| {
                json!({
                    "name": name,
                    "in": place,
                    "description": about,
                    "required": *place == "path" || *name == "q",
                    "schema": { "type": "string" },
                })
            })
            .collect();
        let answer = |about: &str, schema: &str| {
            json!({
                "description": about,
                "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
            })
        };
        let mut operation = json!({
            "summary": path.summary,
            "parameters": parameters,
            "responses": {
                "200": answer("It", path.gives),
                "400": answer("It makes no sense", "Error"),
                "404": answer("There is no such thing", "Error"),
            },
        });
        if path.method == "post" {
            operation["security"] = json!([{ "token": [] }]);
            operation["requestBody"] = json!({
                "required": true,
                "content": {
                    "application/jsonl": { "schema": { "type": "string" } },
                    "text/html": { "schema": { "type": "string" } },
                    "text/plain": { "schema": { "type": "string" } },
                },
            });
            operation["responses"]["201"] = answer("Something was new", path.gives);
            operation["responses"]["403"] = answer("The token is missing or wrong", "Error");
        }
        paths.insert(path.address.to_owned(), json!({ path.method: operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Crossread",
            "version": "1",
            "description": "What many news pages say together and apart. Every word given as fact is a passage of a stored page.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let number = json!({ "type": "integer" });
    let list = |of: Value| json!({ "type": "array", "items": of });
    let story = json!({
        "type": "object",
        "required": ["id", "title", "articles", "outlets", "disputes"],
        "properties": {
            "id": text, "title": maybe, "first": maybe, "last": maybe,
            "articles": number, "outlets": number, "corroborated": number, "disputes": number,
            "origins": { "type": ["object", "null"] },
            "earlier": maybe, "changed": text, "fresh": { "type": "boolean" },
        },
    });
    let (mut report, whole) = (json!({}), engine::report::report_schema());
    if let Ok(whole) = serde_json::from_str::<Value>(&whole) {
        report = whole;
    }
    let mut schemas = json!({
        "Error": { "type": "object", "required": ["error"], "properties": { "error": text } },
        "Listed": story,
        "Stories": {
            "type": "object",
            "required": ["stories", "next"],
            "properties": { "stories": list(json!({ "$ref": "#/components/schemas/Listed" })), "next": maybe },
        },
        "Added": {
            "type": "object",
            "required": ["new", "changed", "known", "skipped"],
            "properties": { "new": list(text.clone()), "changed": list(text.clone()), "known": list(text.clone()), "skipped": list(json!({ "type": "object" })) },
        },
        "Name": {
            "type": "object",
            "required": ["id", "kind", "name", "stories", "quotes"],
            "properties": { "id": text, "kind": text, "name": text, "stories": list(json!({ "$ref": "#/components/schemas/Listed" })), "quotes": list(json!({ "type": "object" })) },
        },
        "Found": {
            "type": "object",
            "required": ["articles", "next"],
            "properties": { "articles": list(json!({ "type": "object" })), "next": { "type": ["integer", "null"] } },
        },
    });
    // The report's definitions, with their references led to where they stand here.
    if let (Some(all), Some(own)) = (schemas.as_object_mut(), report["$defs"].as_object()) {
        for (name, schema) in own {
            let schema = schema
                .to_string()
                .replace("#/$defs/", "#/components/schemas/");
            let schema = serde_json::from_str(&schema).unwrap_or_default();
            all.entry(name.clone()).or_insert(schema);
        }
    }
    schemas
}
