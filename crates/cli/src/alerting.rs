//! Who is told of what came. In: flags, settings, a file or the environment for what is secret. Out: who posts and mails;
//! what is kept of a hook; lines for people.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use crossread::report::{self, one_line};
use fetch::{Alert, AlertOptions, Alerts, ClientOptions, MailOptions, Mailer, Secret};
use store::Writer;

use crate::args::{Alerting, Hooked};
use crate::inputs;

/// Articles of a search that are named on the terminal; the rest are counted.
const NAMED: usize = 20;
/// The environment's name for the password of mail; it is no setting, so that `config` shows none.
const PASSWORD: &str = "CROSSREAD_MAIL_PASSWORD";

/// Whom a search or a follower tells.
pub struct Hook {
    pub hook: Option<String>,
    pub form: Option<String>,
    pub secret: Option<String>,
    pub every: i64,
}

/// The same, as the command line has it.
pub fn hook(given: &Hooked) -> anyhow::Result<Hook> {
    let mail = given.mail.as_deref().map(fetch::of_mail);
    let hook = given.hook.clone().or(mail);
    let form = given
        .form
        .map(|form| fetch::Form::from(form).name().to_owned());
    let fault = hook.as_deref();
    if let Some(fault) = fault.and_then(|hook| fetch::hook_fault(hook, form.as_deref())) {
        anyhow::bail!(fault);
    }
    let mut secret = given.secret_file.as_deref().map(first_line).transpose()?;
    let signs = |hook: &String| fetch::is_signed(hook, form.as_deref());
    if secret.is_none() && hook.as_ref().is_some_and(signs) {
        let made = fetch::secret().map_err(anyhow::Error::msg)?;
        say!(
            "crossread: what is posted is signed ({}); the secret is {made}",
            fetch::SIGNATURE
        );
        secret = Some(made);
    }
    Ok(Hook {
        hook,
        form,
        secret,
        every: i64::try_from(given.every).unwrap_or(i64::MAX),
    })
}

/// The first line of a file, which says something.
fn first_line(file: &Path) -> anyhow::Result<String> {
    let name = inputs::printable(&file.display().to_string());
    let words = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    let line = words.lines().next().unwrap_or_default().trim();
    anyhow::ensure!(!line.is_empty(), "{name} has no first line");
    Ok(line.to_owned())
}

/// Who tells, with these settings.
pub fn alerts(given: &Alerting, client: ClientOptions) -> anyhow::Result<Arc<Alerts>> {
    let desk = match &given.desk {
        None => None,
        Some(desk) => {
            if let Some(fault) = fetch::address_fault(desk) {
                anyhow::bail!("the desk's public address: {fault}");
            }
            Some(desk.trim_end_matches('/').to_owned())
        }
    };
    let mail = match (&given.mail_server, &given.mail_from) {
        (Some(server), Some(from)) => {
            let file = given.mail_password_file.as_deref();
            let password = match (file, std::env::var(PASSWORD)) {
                (Some(file), _) => Some(first_line(file)?),
                (None, Ok(password)) if !password.is_empty() => Some(password),
                _ => None,
            };
            let options = MailOptions {
                server: server.clone(),
                from: from.clone(),
                user: given.mail_user.clone(),
                password: password.map(Secret),
            };
            let mailer = Mailer::new(&options, fetch::PATIENCE).map_err(anyhow::Error::msg)?;
            Some(Arc::new(mailer))
        }
        (Some(_), None) => anyhow::bail!("who sends mail is not set: give mail.from"),
        (None, _) => None,
    };
    Ok(Arc::new(Alerts::new(&AlertOptions { client, desk, mail })))
}

/// Tells what saved searches find of what came, and what is new in stories that are followed.
pub fn tell(store: &Writer, alerts: &Alerts) -> anyhow::Result<()> {
    fetch::notice(store, fetch::now())?;
    alerts.tell(store, fetch::now(), &mut |alert| say(&alert))?;
    alerts.finish(store, fetch::now(), fetch::PATIENCE, &mut |alert| {
        say(&alert);
    })?;
    Ok(())
}

/// Says an alert to people.
pub fn say(alert: &Alert<'_>) {
    match alert {
        Alert::Came(search, rows) => {
            for row in rows.iter().take(NAMED) {
                let title = row.title.as_deref().unwrap_or(&row.id);
                let by = row.outlet.as_deref().or(row.url.as_deref());
                let by = by.map_or_else(String::new, |by| format!(" ({})", one_line(by)));
                say!("{}: {}{by}", search.name, one_line(title));
            }
            if rows.len() > NAMED {
                let more = report::count(rows.len() - NAMED, "more article");
                say!("{}: and {more}", search.name);
            }
        }
        Alert::News(row, news) => {
            say!("{}: {}", row.story, news.label());
            for passage in &news.passages {
                say!("  {} — {}", passage.words(), passage.by());
            }
            if news.more > 0 {
                say!("  … and {}", report::count(news.more, "more passage"));
            }
        }
        Alert::Refused(hook, why) => {
            let (hook, why) = (
                inputs::printable(&fetch::short(hook)),
                inputs::printable(why),
            );
            say!("{hook}: {why}; it is tried again, and what it was to be posted waits");
        }
    }
}
