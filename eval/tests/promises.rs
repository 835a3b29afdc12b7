//! What a stream of news promises, on generated news of some days: the same stories in any order, ids that last but for
//! repairs that say why, one story for what tells of several events, memory that does not grow with what is over.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crossread::model::{Article, Genre};
use crossread::{Engine, Grouper, Options, Repair, Settings, Silent, story_id};
use eval::bench::of_page;
use eval::documents::scatter;
use eval::generate::Stream;

/// Articles of a day, and at once.
const A_DAY: usize = 500;
const AT_ONCE: usize = 125;
/// Days of silence after which a story closes.
const SILENCE: i32 = 2;

fn articles(count: usize) -> Vec<Article> {
    Stream::new(11, A_DAY).take(count).map(of_page).collect()
}

fn engine(threads: usize) -> Engine {
    Engine::new(Options {
        threads: Some(threads),
        ..Options::default()
    })
    .expect("an engine")
}

#[test]
fn any_order_gives_the_same_stories() {
    let stories = |articles: Vec<Article>, threads: usize| -> Vec<(String, Vec<String>)> {
        let grouped = engine(threads).sort_out(articles, &Silent);
        let ids =
            |story: &crossread::model::Story| story.ids.iter().map(ToString::to_string).collect();
        let stories = grouped.stories.iter();
        stories
            .map(|story| (story.id.clone(), ids(story)))
            .collect()
    };
    let mut news = articles(1500);
    let first = stories(news.clone(), 1);
    assert!(first.len() > 50 && first[0].1.len() > 10);
    news.sort_by_cached_key(|article| scatter(article.id.as_str()));
    assert_eq!(first, stories(news, 2));
}

#[test]
fn ids_last_but_for_repairs_that_say_why() {
    let (engine, news) = (engine(2), articles(10 * A_DAY));
    let mut stream = Grouper::new(Settings::default());
    let mut known: Vec<u32> = Vec::new();
    let (mut states, mut repaired) = (Vec::new(), 0);
    for batch in news.chunks(AT_ONCE) {
        let (placed, repairs) = engine.place(&mut stream, batch, &[]);
        repaired += repairs.len();
        // Each story that an article may leave, with where it may then be.
        let mut ways: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        for repair in repairs {
            let (from, to, alike) = match repair {
                Repair::Merged { from, into, alike } => (from, into, alike),
                Repair::Left {
                    from, to, alike, ..
                }
                | Repair::Split { from, to, alike } => (from, to, alike),
            };
            assert!(alike.is_finite());
            ways.entry(from).or_default().insert(to);
        }
        known.extend(placed.iter().map(|placed| placed.story));
        for (article, story) in (0..).zip(&mut known) {
            let now = stream.story_of(article).expect("every article has a story");
            let (mut reached, mut open) = (BTreeSet::from([*story]), vec![*story]);
            while let Some(at) = open.pop() {
                let next = ways.get(&at).into_iter().flatten();
                open.extend(next.filter(|to| reached.insert(**to)));
            }
            assert!(
                reached.contains(&now),
                "article {article}: {story} is {now} without a repair"
            );
            *story = now;
        }
        stream.close(SILENCE, 0);
        // The state goes on where it was saved.
        let state = stream.save().expect("a state");
        states.push(state.len());
        stream = Grouper::restore(&state).expect("the same state");
    }
    assert!(repaired > 20, "{repaired} repairs");

    // No two stories have one id.
    let mut named: BTreeMap<String, u32> = BTreeMap::new();
    for story in known.iter().copied().collect::<BTreeSet<u32>>() {
        let (founder, nth) = stream.name_of(story).expect("a name");
        let id = story_id(&news[founder as usize].id, nth);
        assert_eq!(named.insert(id, story), None);
    }

    // What tells of several events is in a story with nothing else.
    let round_up = |article: usize| news[article].is(Genre::RoundUp);
    let apart: BTreeSet<u32> = (0..news.len())
        .filter(|article| round_up(*article))
        .map(|article| known[article])
        .collect();
    assert!(apart.len() > 20);
    assert!((0..news.len()).all(|article| round_up(article) || !apart.contains(&known[article])));

    // Once stories close a day's state is much like another's.
    let (middle, last) = (states[states.len() / 2], states[states.len() - 1]);
    assert!(last < middle * 3 / 2, "{middle} bytes, then {last}");
}
