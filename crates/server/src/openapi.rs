//! What the API has, in OpenAPI 3.1. Made of one table; the report's own types bring their schema.

use crossread::report::cite::Style;
use crossread::report::draft::FORMAT;
use serde_json::{Map, Value, json};

use crate::orders;

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

const QUERY: (&str, &str, &str) = (
    "q",
    "query",
    "The words; \"two words\" side by side, word* for its beginning",
);
const OUTLET: (&str, &str, &str) = ("outlet", "query", "Only of this outlet");
const FROM: (&str, &str, &str) = ("from", "query", "Only from this day on, 2023-03-18");
const TO: (&str, &str, &str) = ("to", "query", "Only up to this day");
const NAME: (&str, &str, &str) = ("name", "path", "Its name");
const KIND: (&str, &str, &str) = ("kind", "path", "atom or json");

/// What a feed gives, and what has no body.
const FEED: &str = "feed";
const NOTHING: &str = "nothing";
const CITED: &str = "cited";

const PATHS: [Path; 23] = [
    Path {
        address: "/api/v1/stories",
        method: "get",
        summary: "Stories, the latest first, or in another order",
        takes: &[
            ("outlet", "query", "Only with an article of this outlet"),
            ("name", "query", "Only where this name (an id) stands"),
            (
                "called",
                "query",
                "Only where somebody or something called by these words stands",
            ),
            FROM,
            TO,
            ("disputed", "query", "true: only with a dispute"),
            ("articles", "query", "At least so many articles"),
            (
                "sort",
                "query",
                "Which come first: the latest, what last changed in the store, those with most disputes (others are left out), those whose best attested claim has most origins",
            ),
            (
                "after",
                "query",
                "The next of another answer of the same sort: what comes behind it",
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
        gives: "StoredArticle",
    },
    Path {
        address: "/api/v1/articles",
        method: "post",
        summary: "Adds pages: HTML, mail, text, PDF, DOCX, ODT, records (JSON, CSV, Parquet, a feed) or an archive of them (ZIP, WARC, gzip); needs the token",
        takes: &[(
            "url",
            "query",
            "The address that the page is from, where the body does not say",
        )],
        gives: "Added",
    },
    Path {
        address: "/api/v1/names/{id}",
        method: "get",
        summary: "A name across stories, with everything it said",
        takes: &[ID],
        gives: "NameAcross",
    },
    Path {
        address: "/api/v1/search",
        method: "get",
        summary: "Articles that have all these words, the last added first; or claims or quotations that have them in one passage",
        takes: &[
            QUERY,
            ("of", "query", "What is searched: articles where not given"),
            OUTLET,
            FROM,
            TO,
            ("before", "query", "The next of another answer"),
        ],
        gives: "Found",
    },
    Path {
        address: "/api/v1/ask",
        method: "get",
        summary: "Who states a sentence, who comes near it, who contradicts it, each by a passage; nothing found is not a sign that it is false",
        takes: &[
            (
                "says",
                "query",
                "The sentence, as it could stand in a report",
            ),
            (
                "language",
                "query",
                "Its language (ISO 639-1); English where not given",
            ),
        ],
        gives: "Answer",
    },
    Path {
        address: "/api/v1/cite",
        method: "get",
        summary: "Passages of a story or of an article, cited; their articles where none is chosen; drafts of checks (ClaimReview) of a story's disputes, whose rating is left to a person",
        takes: &[
            ("story", "query", "Of this story"),
            (
                "key",
                "query",
                "The key of a claim, quotation or dispute of the story; as many as are cited together",
            ),
            ("article", "query", "Of this article, in place of a story"),
            (
                "exact",
                "query",
                "Words of the article, as they stand there; as many as are cited together",
            ),
            ("format", "query", "How"),
        ],
        gives: CITED,
    },
    Path {
        address: "/api/v1/searches",
        method: "get",
        summary: "The searches that are kept",
        takes: &[],
        gives: "Searches",
    },
    Path {
        address: "/api/v1/searches/{name}",
        method: "put",
        summary: "Keeps a search, in place of one of that name; needs the token",
        takes: &[NAME],
        gives: NOTHING,
    },
    Path {
        address: "/api/v1/searches/{name}",
        method: "delete",
        summary: "Lets a search go; needs the token",
        takes: &[NAME],
        gives: NOTHING,
    },
    Path {
        address: "/api/v1/followed",
        method: "get",
        summary: "Who follows which story",
        takes: &[],
        gives: "AllFollowed",
    },
    Path {
        address: "/api/v1/followed",
        method: "post",
        summary: "Follows a story: what is new in it is told to a hook or by mail, and in its feed; needs the token",
        takes: &[],
        gives: "Followed",
    },
    Path {
        address: "/api/v1/followed/{id}",
        method: "delete",
        summary: "Follows a story no more; needs the token",
        takes: &[ID],
        gives: NOTHING,
    },
    Path {
        address: "/api/v1/marks",
        method: "get",
        summary: "What readers decided and noted, as W3C annotations, in the order in which it came",
        takes: &[("story", "query", "Only of this story's articles")],
        gives: "Marks",
    },
    Path {
        address: "/api/v1/marks",
        method: "post",
        summary: "Decides or notes something of what stands in a story now; needs the right to mark",
        takes: &[],
        gives: "Mark",
    },
    Path {
        address: "/api/v1/marks/{id}",
        method: "delete",
        summary: "Takes a mark back; needs the right to mark",
        takes: &[
            ID,
            (
                "by",
                "query",
                "Who takes it back, where the token stands for nobody",
            ),
        ],
        gives: NOTHING,
    },
    Path {
        address: "/feeds/stories.{kind}",
        method: "get",
        summary: "A feed of stories, the latest first",
        takes: &[
            KIND,
            OUTLET,
            ("name", "query", "Only where this name (an id) stands"),
            ("articles", "query", "At least so many articles"),
        ],
        gives: FEED,
    },
    Path {
        address: "/feeds/disputes.{kind}",
        method: "get",
        summary: "A feed of stories with a dispute",
        takes: &[KIND, OUTLET],
        gives: FEED,
    },
    Path {
        address: "/feeds/search.{kind}",
        method: "get",
        summary: "A feed of what a search finds",
        takes: &[KIND, QUERY, OUTLET, FROM, TO],
        gives: FEED,
    },
    Path {
        address: "/feeds/searches/{name}.{kind}",
        method: "get",
        summary: "A feed of what a search that is kept finds",
        takes: &[NAME, KIND],
        gives: FEED,
    },
    Path {
        address: "/feeds/stories/{id}.{kind}",
        method: "get",
        summary: "A feed of what is new in a story that is followed",
        takes: &[ID, KIND],
        gives: FEED,
    },
    Path {
        address: "/feeds/names/{id}.{kind}",
        method: "get",
        summary: "A feed of what somebody says",
        takes: &[ID, KIND],
        gives: FEED,
    },
];

/// What a parameter's value is.
fn kind(name: &str) -> Value {
    match name {
        "disputed" => json!({ "type": "boolean" }),
        "articles" | "version" | "before" => json!({ "type": "integer" }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": 500 }),
        "from" | "to" => json!({ "type": "string", "format": "date" }),
        "url" => json!({ "type": "string", "format": "uri" }),
        "sort" => json!({ "enum": orders::NAMES, "default": orders::NAMES[0] }),
        "key" | "exact" => json!({ "type": "array", "items": { "type": "string" } }),
        "format" => {
            let names = Style::ALL.map(Style::name).into_iter();
            let names: Vec<&str> = names.chain([FORMAT]).collect();
            json!({ "enum": names, "default": Style::Csl.name() })
        }
        "kind" => json!({ "enum": ["atom", "json"] }),
        "of" => json!({ "enum": ["articles", "claims", "quotes"] }),
        _ => json!({ "type": "string" }),
    }
}

/// What programs that are made of the document call an operation: the method and the address in words, and so no other's.
fn operation_id(method: &str, address: &str) -> String {
    let words = address
        .split(['/', '.'])
        .filter(|part| !matches!(*part, "" | "api" | "v1"))
        .map(|part| match part.strip_prefix('{') {
            Some(name) => format!("by_{}", name.trim_end_matches('}')),
            None => part.to_owned(),
        });
    let mut id = method.to_owned();
    for word in words {
        id.push('_');
        id.push_str(&word);
    }
    id
}

/// The document. `base`: where the site lies on its host.
pub fn document(base: &str) -> Value {
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
                    "required": *place == "path" || matches!(*name, "q" | "says"),
                    "schema": kind(name),
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
            "operationId": operation_id(path.method, path.address),
            "summary": path.summary,
            "parameters": parameters,
            "responses": {
                "400": answer("It makes no sense", "Error"),
                "404": answer("There is no such thing", "Error"),
            },
        });
        match path.gives {
            CITED => {
                let types = Style::ALL.map(|style| (style.media_type().to_owned(), json!({})));
                let draft = ("application/ld+json".to_owned(), json!({}));
                let content: Map<String, Value> = types.into_iter().chain([draft]).collect();
                operation["responses"]["200"] = json!({
                    "description": "The citations, or the drafts",
                    "content": content,
                });
            }
            NOTHING => operation["responses"]["204"] = json!({ "description": "It is done" }),
            FEED => {
                operation["responses"] = json!({
                    "200": {
                        "description": "It, in Atom (RFC 4287) or JSON Feed 1.1",
                        "content": { "application/atom+xml": {}, "application/feed+json": {} },
                    },
                    "404": { "description": "There is no such thing" },
                });
            }
            schema => operation["responses"]["200"] = answer("It", schema),
        }
        if path.method != "get" {
            operation["security"] = json!([{ "token": [] }]);
            operation["responses"]["401"] = answer("The token is missing", "Error");
            operation["responses"]["403"] =
                answer("The token is wrong, or has not the right", "Error");
        }
        if path.method == "put" {
            operation["requestBody"] = json!({
                "required": true,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ToKeep" } } },
            });
        }
        let takes = match path.gives {
            "Mark" => Some("#/components/schemas/ToMark"),
            "Followed" => Some("#/components/schemas/ToFollow"),
            _ => None,
        };
        if let Some(takes) = takes {
            operation["requestBody"] = json!({
                "required": true,
                "content": { "application/json": { "schema": { "$ref": takes } } },
            });
            operation["responses"]["201"] = answer("It is kept", path.gives);
        } else if path.method == "post" {
            operation["requestBody"] = json!({
                "required": true,
                "content": {
                    "application/jsonl": { "schema": { "type": "string" } },
                    "text/html": { "schema": { "type": "string" } },
                    "text/plain": { "schema": { "type": "string" } },
                    "multipart/form-data": { "schema": {
                        "type": "object",
                        "properties": {
                            "file": { "type": "array", "items": { "type": "string", "format": "binary" } },
                            "url": { "type": "string" },
                            "text": { "type": "string" },
                            "title": { "type": "string" },
                            "outlet": { "type": "string" },
                        },
                    } },
                },
            });
            operation["responses"]["201"] = answer(
                "Something was new; its story is compared a moment later",
                path.gives,
            );
            operation["responses"]["413"] = answer("It is too large", "Error");
            operation["responses"]["415"] = answer("Nothing of that kind can be read", "Error");
            operation["responses"]["503"] = answer("Another program writes to the store", "Error");
        }
        let at = paths.entry(path.address).or_insert_with(|| json!({}));
        at[path.method] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Crossread",
            "version": "1",
            "description": "What many news pages say together and apart. Every word given as fact is a passage of a stored page.",
        },
        "servers": [{ "url": if base.is_empty() { "/" } else { base } }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

/// A schema whose references lead to where they stand here.
fn led_here(schema: &Value) -> Value {
    let schema = schema
        .to_string()
        .replace("#/$defs/", "#/components/schemas/");
    serde_json::from_str(&schema).unwrap_or_default()
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let number = json!({ "type": "integer" });
    let list = |of: Value| json!({ "type": "array", "items": of });
    // A claim or a quotation that a search finds.
    let found = |more: &[&str]| {
        let known = [
            "story", "id", "key", "article", "outlet", "passage", "words",
        ];
        let required = [&known[..], more].concat();
        json!({ "type": "object", "required": required })
    };
    let form = json!({ "enum": ["slack", "mattermost", "discord", "teams", "ntfy", "json", null] });
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
    let (mut report, whole) = (json!({}), crossread::report::report_schema());
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
        "StoredArticle": {
            "allOf": [
                { "$ref": "#/components/schemas/Article" },
                {
                    "type": "object",
                    "required": ["story", "version", "versions", "layers"],
                    "properties": {
                        "story": maybe, "version": number, "layers": { "type": "object" },
                        "versions": list(json!({
                            "type": "object",
                            "properties": { "version": number, "fetched": text, "sha256": text, "source": text },
                        })),
                    },
                },
            ],
        },
        "Added": {
            "type": "object",
            "required": ["new", "changed", "known", "skipped"],
            "properties": { "new": list(text.clone()), "changed": list(text.clone()), "known": list(text.clone()), "skipped": list(json!({ "type": "object" })) },
        },
        "NameAcross": {
            "type": "object",
            "required": ["id", "kind", "name", "stories", "quotes"],
            "properties": { "id": text, "kind": text, "name": text, "stories": list(json!({ "$ref": "#/components/schemas/Listed" })), "quotes": list(json!({ "type": "object" })) },
        },
        "Searches": {
            "type": "object",
            "required": ["searches"],
            "properties": { "searches": list(json!({
                "type": "object",
                "required": ["name", "words", "outlet", "hooked", "feed"],
                "properties": { "name": text, "words": text, "outlet": maybe, "hooked": { "type": "boolean" }, "feed": text },
            })) },
        },
        "Mark": {
            "type": "object",
            "required": ["id", "type", "motivation", "creator", "created", "body", "target"],
            "description": "A W3C Web Annotation: https://www.w3.org/TR/annotation-model/",
        },
        "Marks": {
            "type": "object",
            "required": ["marks"],
            "properties": { "marks": { "type": "array", "items": { "$ref": "#/components/schemas/Mark" } } },
        },
        "ToMark": {
            "type": "object",
            "required": ["kind", "story"],
            "properties": {
                "kind": { "enum": ["checked", "wrong-match", "one-claim", "wrong-speaker", "not-this-story", "note"] },
                "story": text,
                "key": { "type": "string", "description": "The key of the claim, quotation or dispute; none for an article" },
                "passage": { "type": "string", "description": "An article's id, a comma, the code point at which its passage begins; of not-this-story the id alone" },
                "other": { "type": "string", "description": "The key of the other claim, of one-claim" },
                "note": text,
                "by": { "type": "string", "description": "Who marks, where the token stands for nobody" },
            },
        },
        "ToKeep": {
            "type": "object",
            "required": ["words"],
            "properties": {
                "words": text, "outlet": maybe, "hook": maybe,
                "as": form, "secret": maybe, "mail": maybe, "every": number,
            },
        },
        "ToFollow": {
            "type": "object",
            "required": ["story"],
            "properties": {
                "story": text, "hook": maybe, "as": form,
                "secret": { "type": ["string", "null"], "description": "What the bodies of a json hook are signed with; made where there is none" },
                "mail": { "type": ["string", "null"], "description": "An address of mail, in place of a hook" },
                "every": { "type": "integer", "description": "Seconds between two messages, at least" },
                "by": { "type": "string", "description": "Who follows, where the token stands for nobody" },
            },
        },
        "Followed": {
            "type": "object",
            "required": ["id", "story", "by", "since", "as", "every", "feed"],
            "properties": {
                "id": text, "story": text, "by": text, "since": text, "as": maybe, "every": number, "feed": text,
                "secret": { "type": ["string", "null"], "description": "Told once, where it was begun: X-Crossread-Signature is sha256= and the HMAC-SHA-256 of the body with it" },
            },
        },
        "AllFollowed": {
            "type": "object",
            "required": ["followed"],
            "properties": { "followed": list(json!({ "$ref": "#/components/schemas/Followed" })) },
        },
        "Found": {
            "type": "object",
            "required": ["names", "articles", "next"],
            "properties": { "names": list(json!({ "type": "object" })), "articles": list(json!({ "type": "object" })), "claims": list(found(&["verdict", "outlets", "origins"])), "quotes": list(found(&["speaker", "name", "form"])), "looked_at": number, "next": { "type": ["integer", "null"] } },
        },
    });
    let answer = crossread::report::answer_schema();
    for (name, schema) in answer["$defs"].as_object().into_iter().flatten() {
        schemas[name] = led_here(schema);
    }
    schemas["Answer"] = led_here(&answer);
    if let Some(own) = schemas["Answer"].as_object_mut() {
        own.retain(|key, _| !key.starts_with('$'));
    }
    // The report's definitions, with their references led to where they stand here.
    if let (Some(all), Some(own)) = (schemas.as_object_mut(), report["$defs"].as_object()) {
        for (name, schema) in own {
            let schema = led_here(schema);
            all.entry(name.clone()).or_insert(schema);
        }
    }
    schemas
}
