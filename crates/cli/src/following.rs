//! Stories that are followed. In: a story, whom it is told. Out: the follower in the store; the list of them.

use std::process::ExitCode;

use crossread::report::{self, one_line};
use serde_json::json;
use store::{Follower, Reader};

use crate::args::{self, Plain};
use crate::output::Output;
use crate::{alerting, inputs};

/// Where a story's address on a desk has its id.
const STORIES: &str = "/stories/";
/// News that are counted as waiting, at most.
const WAITING: u32 = 1_000;

/// The id of a story, of its address too.
fn id(given: &str) -> &str {
    let id = given.rsplit_once(STORIES).map_or(given, |(_, id)| id);
    id.split(['/', '?', '#']).next().unwrap_or(id)
}

/// `follow`.
pub fn follow(args: &args::Follow) -> anyhow::Result<ExitCode> {
    let store = Reader::open(&args.db.db)?;
    let story = id(&args.story);
    let name = inputs::printable(story);
    let Some(now) = desk::follow::begin(&store, story)? else {
        anyhow::bail!(
            "there is no story {name}; `crossread export --format csv --table stories` lists them"
        );
    };
    let hook = alerting::hook(&args.hooked)?;
    let follower = Follower {
        story: now.story.clone(),
        hook: hook.hook,
        form: hook.form,
        secret: hook.secret,
        every: hook.every,
        by: "the command line".to_owned(),
        since: fetch::now(),
        ..Follower::default()
    };
    store::follow(&args.db.db, &follower, now.drawn, now.told.as_deref())?;
    let title = store.story(&now.story)?.and_then(|row| row.title);
    say!(
        "crossread: followed: {} ({}); what is new from now on is named by watch and add, shown at /followed, and in the feed /feeds/stories/{}.atom",
        one_line(title.as_deref().unwrap_or(&now.story)),
        now.story,
        report::site::escape(&now.story)
    );
    Ok(ExitCode::SUCCESS)
}

/// `unfollow`.
pub fn unfollow(args: &args::Unfollow) -> anyhow::Result<ExitCode> {
    let store = Reader::open(&args.db.db)?;
    let story = id(&args.story);
    // A story that was merged is followed under the id that it has now.
    let now = store.story(story)?.map(|row| row.id);
    let own = |one: &&Follower| one.story == story || now.as_ref() == Some(&one.story);
    let hooked = |one: &&Follower| args.hook.is_none() || one.hook == args.hook;
    let followers = store.followers()?;
    let mut gone = 0;
    for one in followers.iter().filter(own).filter(hooked) {
        gone += usize::from(store::unfollow(&args.db.db, one.n)?);
    }
    if gone == 0 {
        say!("crossread: nobody follows {} so", inputs::printable(story));
        return Ok(ExitCode::FAILURE);
    }
    say!("crossread: {} let go", report::count(gone, "follower"));
    Ok(ExitCode::SUCCESS)
}

/// `followed`.
pub fn followed(args: &args::Followed) -> anyhow::Result<ExitCode> {
    let store = Reader::open(&args.db.db)?;
    let followers = store.followers()?;
    let mut output = Output::new(None)?;
    for one in &followers {
        let title = store.story(&one.story)?.and_then(|row| row.title);
        let waiting = match one.hook {
            Some(_) => store.news_after(&one.story, one.posted, WAITING)?.len(),
            None => 0,
        };
        output.write(&match args.format {
            Plain::Json => report::line(&json!({
                "story": one.story, "title": title, "hook": one.hook, "as": one.form, "secret": one.secret,
                "every": one.every, "by": one.by, "waiting": waiting, "failures": one.failures,
            })),
            Plain::Text => line(one, title.as_deref(), waiting),
        })?;
    }
    output.finish()?;
    if followers.is_empty() {
        say!("crossread: no story is followed; `crossread follow STORY` follows one");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(one: &Follower, title: Option<&str>, waiting: usize) -> String {
    let mut line = format!("{}: {}", one.story, one_line(title.unwrap_or_default()));
    if let Some(hook) = &one.hook {
        line.push_str(&format!(" · told to {}", one_line(hook)));
    }
    if one.every > 0 {
        line.push_str(&format!(" · every {} s at most", one.every));
    }
    if waiting > 0 {
        line.push_str(&format!(
            " · {} to be told",
            report::count(waiting, "piece")
        ));
    }
    if one.failures > 0 {
        let times = report::count(one.failures, "time");
        line.push_str(&format!(" · its hook failed {times} in a row"));
    }
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_known_by_its_address_too() {
        assert_eq!(id("s-1"), "s-1");
        assert_eq!(id("https://desk.example/news/stories/s-1/c12?x#y"), "s-1");
    }
}
