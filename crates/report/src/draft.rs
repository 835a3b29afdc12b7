//! In: a story's report, and what of it is to be checked. Out: drafts of ClaimReview (schema.org, JSON-LD), one for each
//! side of a dispute: the passage as it stands, who holds it and where, what the other sides say. Refuses to rate:
//! `reviewRating`, `author`, `datePublished` and `url` are a person's to add, and a draft says so.

use serde_json::{Map, Value, json};

use crate::choice::ChoiceError;
use crate::cite::at_words;
use crate::lasting;
use crate::view::{self, View};
use crate::wire::{Article, Claim, Dispute, Mention, Name, NameKind, Report, Side, Story};

/// What programs call such a draft.
pub const FORMAT: &str = "claimreview";

/// What stands in a draft where a person's work is to come.
const STATUS: &str = "Draft: reviewRating, author, datePublished and url are for the person who checks the claim to add";

/// What a draft is of: a claim with who holds it, and what is said against it.
struct Held<'r> {
    passage: &'r Mention,
    mentions: Vec<&'r Mention>,
    by: Vec<&'r Name>,
    against: Vec<&'r Side>,
}

/// Drafts of what these keys lead to in the report's only story: of a dispute one for each side, of a claim one; of every
/// dispute where no key is given. One draft is an object, several are a graph.
///
/// # Errors
/// [`ChoiceError::Key`] where a key leads to no claim and no dispute, [`ChoiceError::NoDispute`] where none is given and
/// there is no dispute.
pub fn drafts(report: &Report, keys: &[String]) -> Result<String, ChoiceError> {
    let view = View::new(report);
    let Some(story) = report.stories.first() else {
        return Err(ChoiceError::NoDispute);
    };
    let mut held = Vec::new();
    for key in keys {
        let own = held_by_key(story, key.trim());
        if own.is_empty() {
            return Err(ChoiceError::key(key));
        }
        held.extend(own);
    }
    if keys.is_empty() {
        held.extend(story.disputes.iter().flat_map(|one| sides(story, one)));
    }
    let mut drafts: Vec<Value> = held.iter().map(|held| draft(&view, story, held)).collect();
    let whole = match (drafts.pop(), drafts.is_empty()) {
        (None, _) => return Err(ChoiceError::NoDispute),
        (Some(mut one), true) => {
            one["@context"] = json!("https://schema.org");
            one
        }
        (Some(last), false) => {
            drafts.push(last);
            json!({ "@context": "https://schema.org", "@graph": drafts })
        }
    };
    // It may be put into a page as it is: nothing in it ends a script.
    let whole = serde_json::to_string_pretty(&whole).unwrap_or_default();
    Ok(whole.replace('<', "\\u003c") + "\n")
}

fn held_by_key<'r>(story: &'r Story, key: &str) -> Vec<Held<'r>> {
    let id = lasting::find(story, key).unwrap_or(key);
    let claim = story.claims.iter().find(|one| one.id == id);
    let claim = claim.and_then(|claim| of_claim(story, claim));
    let dispute = story.disputes.iter().filter(|one| one.id == id);
    let sides = dispute.flat_map(|one| self::sides(story, one));
    claim.into_iter().chain(sides).collect()
}

fn sides<'r>(story: &'r Story, dispute: &'r Dispute) -> Vec<Held<'r>> {
    let sides = dispute.sides.iter().enumerate();
    let held = sides.filter_map(|(at, side)| {
        let others = dispute.sides.iter().enumerate();
        Some(Held {
            passage: side.mentions.first()?,
            mentions: side.mentions.iter().collect(),
            by: names(story, &side.held_by),
            against: others
                .filter(|(other, _)| *other != at)
                .map(|(_, side)| side)
                .collect(),
        })
    });
    held.collect()
}

fn of_claim<'r>(story: &'r Story, claim: &'r Claim) -> Option<Held<'r>> {
    let clearest = claim.readings.get(claim.clearest as usize)?;
    let mut against = Vec::new();
    for dispute in &story.disputes {
        let own = |side: &&Side| side.claims.contains(&claim.id);
        if dispute.sides.iter().any(|side| own(&side)) {
            against.extend(dispute.sides.iter().filter(|side| !own(side)));
        }
    }
    Some(Held {
        passage: &clearest.mention,
        mentions: view::stated(claim).collect(),
        by: names(story, &clearest.attributed_to),
        against,
    })
}

fn names<'r>(story: &'r Story, ids: &[String]) -> Vec<&'r Name> {
    let of = |id: &String| story.names.iter().find(|name| name.id == *id);
    ids.iter().filter_map(of).collect()
}

fn draft(view: &View<'_>, story: &Story, held: &Held<'_>) -> Value {
    let articles = articles(view, held.mentions.iter().copied());
    let mut author: Vec<Value> = held.by.iter().map(|name| somebody(name)).collect();
    if author.is_empty() {
        // Nobody is named: the outlets say it in their own voice.
        let ids = held.mentions.iter().map(|mention| mention.article.as_str());
        let outlets = view.outlets_of(ids);
        author.extend(outlets.iter().map(|name| organisation(name)));
    }
    let first = articles.iter().filter_map(|article| day(article)).min();
    let mut item = Map::new();
    item.insert("@type".to_owned(), json!("Claim"));
    item.insert("author".to_owned(), json!(author));
    if let Some(day) = first {
        item.insert("datePublished".to_owned(), json!(day));
    }
    let appearance: Vec<Value> = articles.iter().map(|article| page(article)).collect();
    item.insert("appearance".to_owned(), json!(appearance));
    let citation = held.against.iter().flat_map(|side| {
        let by: Vec<Value> = names(story, &side.held_by)
            .into_iter()
            .map(somebody)
            .collect();
        side.mentions
            .iter()
            .map(move |mention| quotation(view, mention, &by))
    });
    json!({
        "@type": "ClaimReview",
        "claimReviewed": held.passage.text,
        "itemReviewed": item,
        "citation": citation.collect::<Vec<_>>(),
        "creativeWorkStatus": STATUS,
    })
}

/// The articles of some passages, each once.
fn articles<'r>(view: &View<'r>, mentions: impl Iterator<Item = &'r Mention>) -> Vec<&'r Article> {
    let mut kept: Vec<&Article> = Vec::new();
    for article in mentions.filter_map(|mention| view.article(&mention.article)) {
        if !kept.iter().any(|known| known.id == article.id) {
            kept.push(article);
        }
    }
    kept
}

/// A passage of another side, with where it stands.
fn quotation(view: &View<'_>, mention: &Mention, by: &[Value]) -> Value {
    let mut said = Map::new();
    said.insert("@type".to_owned(), json!("Quotation"));
    said.insert("text".to_owned(), json!(mention.text));
    if !by.is_empty() {
        said.insert("spokenByCharacter".to_owned(), json!(by));
    }
    if let Some(article) = view.article(&mention.article) {
        let url = article.url.as_deref();
        if let Some(url) = url.and_then(|url| at_words(url, &mention.text)) {
            said.insert("url".to_owned(), json!(url));
        }
        said.insert("isPartOf".to_owned(), page(article));
    }
    Value::Object(said)
}

fn page(article: &Article) -> Value {
    let mut page = Map::new();
    page.insert("@type".to_owned(), json!("NewsArticle"));
    let url = article.url.as_deref().and_then(|url| at_words(url, ""));
    let said = [
        ("url", url),
        ("headline", article.title.clone()),
        ("datePublished", article.published.clone()),
    ];
    for (key, value) in said {
        if let Some(value) = value {
            page.insert(key.to_owned(), json!(value));
        }
    }
    if let Some(outlet) = &article.outlet {
        page.insert("publisher".to_owned(), organisation(outlet));
    }
    let hash = format!("sha256:{}", article.sha256);
    page.insert("identifier".to_owned(), json!(hash));
    Value::Object(page)
}

fn day(article: &Article) -> Option<&str> {
    article.published.as_deref()?.get(..10)
}

fn somebody(name: &Name) -> Value {
    match name.kind {
        NameKind::Person => json!({ "@type": "Person", "name": name.name }),
        _ => organisation(&name.name),
    }
}

fn organisation(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}
