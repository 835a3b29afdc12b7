//! Reports of events, as records.

use serde_json::json;

/// A word that belongs to one event.
pub fn word(event: usize, nth: usize) -> String {
    const PARTS: [&str; 9] = [
        "bor", "del", "fam", "gul", "kin", "lor", "mas", "pel", "tur",
    ];
    let mut number = event * 7919 + nth * 104_729 + 13;
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(PARTS[number % 9]);
        number /= 9;
    }
    word
}

/// A report of one of several events, in an outlet's own words.
pub fn record(event: usize, outlet: usize, version: usize) -> String {
    let w: Vec<String> = (0..9).map(|nth| word(event, nth)).collect();
    let place = w[0][..1].to_uppercase() + &w[0][1..];
    let (thing, what) = (&w[1], &w[2]);
    let verb = ["said", "confirmed", "announced"][outlet % 3];
    let count = 3 + event * 7 + version;
    let text = format!(
        "The {thing} of {place} {what} on Monday night, the mayor of {place} {verb}.\n\
         Some {count} people were near the {thing} and its {} when it {what}, Ada Lorne told reporters.\n\
         \"Nobody in {place} had expected that the {} {what} the {},\" Lorne said on Tuesday.\n\
         Outlet {outlet} asked the owners of the {} why it {what} a {} in {place}.\n",
        w[3], w[4], w[5], w[6], w[7]
    );
    json!({
        "url": format!("https://outlet{outlet}.example/{event}"),
        "outlet": format!("Outlet {outlet}"),
        "title": format!("The {thing} of {place} {what}"),
        "published": format!("2023-03-{:02}", 1 + event % 27),
        "text": text,
    })
    .to_string()
}
