//! Invented news for attacks. In: a number. Out: an article about an event of that number's, with a word that stands in
//! no other, by which it is found again. Three of a row tell of one event.

use super::chance::Chance;

/// Articles of an event.
const TOGETHER: u64 = 3;

const SYLLABLES: [&str; 32] = [
    "ga", "pri", "lo", "nes", "ul", "tar", "bre", "sik", "ne", "dra", "pol", "hem", "vi", "gast",
    "ur", "quo", "or", "vel", "sar", "mun", "tha", "lin", "dor", "kes", "ba", "ril", "fen", "zo",
    "ma", "wex", "hal", "tro",
];

/// What something can happen to.
const PLACES: &str = "bridge ferry hospital reservoir railway mine school theatre airport tunnel harbour lighthouse  \
    orchard quarry glacier museum library stadium factory brewery dam canal market prison monastery  \
    observatory vineyard sawmill tannery bakery windmill aqueduct cathedral barracks shipyard  \
    refinery greenhouse nursery kennel stable pier jetty viaduct cinema casino lido gymnasium  \
    laboratory clinic pharmacy laundry foundry smelter warehouse silo granary depot garage hangar  \
    runway marina fishery hatchery ranch meadow marsh lagoon estuary fjord peninsula plateau canyon  \
    ravine waterfall geyser volcano crater moraine embankment causeway roundabout flyover tramway  \
    funicular cableway chapel abbey synagogue mosque convent cemetery crematorium morgue archive  \
    registry embassy consulate customhouse tollgate courthouse guildhall belfry fountain statue  \
    obelisk arcade pavilion conservatory aquarium menagerie arboretum allotment playground campsite  \
    hostel tavern inn distillery creamery abattoir piggery dovecote apiary";
/// What can happen to it.
const HAPPENED: &str = "closed flooded collapsed reopened burned sank shook froze leaked jammed cracked tilted rusted  \
    shifted halted expanded shrank moved emptied darkened overheated settled drifted split rotted  \
    buckled swayed stalled thawed swelled crumbled tipped slipped vanished recovered doubled  \
    faltered steadied hardened narrowed";
/// What it can be about besides.
const THINGS: &str = "asbestos ammonia gravel timber copper wool barley lanterns pumps turbines cranes barges ladders  \
    cables rails sluices bells organs tapestries telescopes beehives saplings trawlers ploughs  \
    looms kilns boilers elevators escalators generators transformers antennas sirens sprinklers  \
    detectors harnesses parachutes sledges kayaks bicycles tractors wagons carriages locomotives  \
    helicopters gliders balloons rockets satellites microscopes violins trumpets manuscripts coins  \
    stamps mosaics frescoes fossils meteorites orchids falcons salmon otters lynxes storks  \
    cormorants";
/// Who can have to do with it.
const TRADES: &str = "welders nurses divers bakers miners pilots teachers carpenters plumbers surgeons botanists  \
    geologists archivists beekeepers shepherds foresters brewers printers glaziers roofers masons  \
    sailors dockers porters clerks auditors lawyers surveyors chemists weavers tailors cobblers  \
    butchers gardeners florists jewellers potters dancers conductors librarians";

const OUTLETS: [&str; 7] = [
    "Courier", "Herald", "Observer", "Gazette", "Echo", "Post", "Tribune",
];

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Where it stands at its host.
    pub path: String,
    /// Its outlet's name.
    pub outlet: &'static str,
    /// Its headline.
    pub title: String,
    /// Its text, a paragraph each.
    pub paragraphs: Vec<String>,
    /// The word that stands in this version of it alone.
    pub mark: String,
}

fn name(chance: &mut Chance, parts: u64) -> String {
    let mut name = String::new();
    for _ in 0..parts {
        name.push_str(SYLLABLES[chance.below(SYLLABLES.len() as u64) as usize]);
    }
    name[..1].to_uppercase() + &name[1..]
}

/// The word of a version of an article, from a source of articles that has a letter of its own.
pub fn mark(source: char, number: u64, version: u64) -> String {
    format!("{source}k{number}v{version}z")
}

/// One of the words of a list.
fn word(list: &'static str, chance: &mut Chance) -> &'static str {
    let words: Vec<&str> = list.split_whitespace().collect();
    words
        .get(chance.below(words.len() as u64) as usize)
        .copied()
        .unwrap_or_default()
}

/// A sentence that an event has of its own.
fn detail(chance: &mut Chance) -> String {
    let (who, what, place) = (word(TRADES, chance), word(THINGS, chance), name(chance, 3));
    let (other, happened) = (word(PLACES, chance), word(HAPPENED, chance));
    let number = 2 + chance.below(900);
    match chance.below(5) {
        0 => format!(
            "In {place}, {number} {who} looked after {what} beside the {other} until it {happened}."
        ),
        1 => format!(
            "{number} {what} went by lorry to {place}, where {who} wait for them in a {other}."
        ),
        2 => format!(
            "The {other} of {place} {happened} in the year {}, and {who} remember the {what}.",
            1_900 + number % 120
        ),
        3 => format!("Among the {what} that {who} of {place} carried out, {number} were broken."),
        _ => format!(
            "{} from {place} sold {what} to the {other} for {number} crowns apiece.",
            name(chance, 2)
        ),
    }
}

/// An article of a source, and a version of it.
pub fn article(source: char, number: u64, version: u64) -> Article {
    let event = number / TOGETHER;
    let mut chance = Chance::new(event ^ (u64::from(source) << 40));
    let (what, happened) = (word(PLACES, &mut chance), word(HAPPENED, &mut chance));
    let place = name(&mut chance, 3);
    let person = format!("{} {}", name(&mut chance, 2), name(&mut chance, 3));
    let day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    let day = *chance.of(&day);
    let cost = 2 + chance.below(90);
    let details: Vec<String> = (0..5).map(|_| detail(&mut chance)).collect();
    // One in four tells another figure, so that there is something to dispute.
    let told = match number % 4 {
        3 => cost + 1 + number % 7,
        _ => cost,
    };
    let outlet = OUTLETS[(number % 7) as usize];
    let mark = mark(source, number, version);
    let mut paragraphs = vec![
        format!(
            "The {what} of {place} {happened} on {day}, {person} told reporters in paper {mark}."
        ),
        format!("To mend the {what} will cost {told} million crowns, {place} said in a statement."),
    ];
    // Each tells some of what is known.
    paragraphs.extend(
        details
            .into_iter()
            .enumerate()
            .filter_map(|(at, detail)| (!(at as u64 + number).is_multiple_of(3)).then_some(detail)),
    );
    if version > 0 {
        paragraphs.push(format!(
            "{place} added in its statement of hour {version} that an inquiry is to begin."
        ));
    }
    Article {
        path: format!("/a/{source}{number}"),
        outlet,
        title: format!("The {what} of {place} {happened}"),
        paragraphs,
        mark,
    }
}

impl Article {
    /// It as a page of a site.
    pub fn html(&self) -> String {
        let Self {
            outlet,
            title,
            paragraphs,
            ..
        } = self;
        let text: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - {outlet}</title>\
             <meta property=\"og:site_name\" content=\"{outlet}\"></head><body><nav><a href=\"/\">Front</a></nav>\
             <article><h1>{title}</h1>\n{text}</article></body></html>"
        )
    }

    /// It as a record, from a host.
    pub fn record(&self, host: &str) -> String {
        let day = 1 + self.path.len() % 27;
        serde_json::json!({
            "url": format!("https://{host}{}", self.path), "outlet": self.outlet, "title": self.title,
            "language": "en", "published": format!("2023-03-{day:02}"), "text": self.paragraphs.join("\n"),
        })
        .to_string()
    }
}

/// All words of this source that stand somewhere.
pub fn marks_in(text: &str, source: char) -> std::collections::HashSet<String> {
    let word = |c: char| !c.is_ascii_alphanumeric();
    let is = |word: &&str| {
        let rest = word
            .strip_prefix(source)
            .and_then(|rest| rest.strip_prefix('k'));
        rest.and_then(|rest| rest.strip_suffix('z'))
            .and_then(|rest| rest.split_once('v'))
            .is_some_and(|(number, version)| {
                number.parse::<u64>().is_ok() && version.parse::<u64>().is_ok()
            })
    };
    text.split(word).filter(is).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_by_its_word_alone() {
        let (one, other) = (article('s', 12, 0), article('s', 12, 3));
        assert_ne!(one.mark, other.mark);
        assert_eq!(one.html(), article('s', 12, 0).html());
        let marks = marks_in(
            &format!("{} {}", one.html(), other.record("a.example")),
            's',
        );
        assert_eq!(marks.len(), 2);
        assert!(marks.contains("sk12v0z") && marks.contains("sk12v3z"));
        assert!(marks_in(&one.html(), 'p').is_empty());
    }
}
