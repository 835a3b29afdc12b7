//! `ask`. In: a sentence, and a store or pages. Out: who states it, who comes near it, who contradicts it.

use std::process::ExitCode;

use anyhow::Context;
use crossread::report::{self, TextOptions, answer};
use crossread::{Align, Engine, Options};

use crate::args::{self, Plain};
use crate::output::Output;
use crate::{inputs, progress};

/// `ask`.
pub fn ask(args: &args::Ask) -> anyhow::Result<ExitCode> {
    let align = args.comparing.align.map_or(Align::Encoder, Align::from);
    let options: Options = crate::comparing(&args.comparing.known, align)?;
    let engine = Engine::new(options).context("cannot start")?;
    let bar = progress::Bar::new(args.quiet);
    let language = Some(args.language.as_str());
    let (answer, skipped) = match args.paths.is_empty() {
        true => {
            let store = store::Reader::open(&args.db)?;
            (
                desk::ask(&engine, &store, &args.says, language)?,
                Vec::new(),
            )
        }
        false => {
            let (articles, skipped) =
                engine.articles(inputs::walk(&args.paths, args.allow_private), &bar);
            if articles.is_empty() {
                bar.finish();
                return Ok(crate::close(0, &skipped));
            }
            let docs = engine.annotate(articles, &bar);
            (desk::ask_of(&engine, docs, &args.says, language)?, skipped)
        }
    };
    bar.finish();
    let mut output = Output::new(None)?;
    let options = TextOptions {
        width: output.width(args.width),
        colour: output.takes_colour(),
    };
    output.write(&match args.format {
        Plain::Json => report::line(&answer),
        Plain::Text => answer::text(&answer, options),
    })?;
    output.finish()?;
    Ok(crate::close(1, &skipped))
}
