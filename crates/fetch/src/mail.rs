//! Digests by mail. In: a server of mail and who sends, what is told. Out: one message to one person, as plain text and as
//! HTML. A password goes to the server alone, and only where the way there is encrypted or ends on this machine.

use std::fmt;
use std::time::Duration;

use crossread::report::{one_line, shorten, site};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message, SmtpTransport, Transport};
use url::{Host, Url};

use crate::bulletin::Bulletin;

/// Letters of a subject.
const SUBJECT: usize = 120;
/// Pieces of news of one story or search in one message; the rest are counted.
const ITEMS: usize = 100;

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailOptions {
    /// The server: `smtps://HOST[:465]`, encrypted from the first byte, or `smtp://HOST[:587]`, encrypted by STARTTLS.
    pub server: String,
    /// Who sends: an address, or `Name <address>`.
    pub from: String,
    /// The name that the server knows.
    pub user: Option<String>,
    /// Its password.
    pub password: Option<Secret>,
}

/// Words that are shown to nobody.
#[derive(Clone)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Sends mail.
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

impl Mailer {
    /// With these settings; nothing is sent yet.
    ///
    /// # Errors
    /// Which setting makes no sense, in words.
    pub fn new(options: &MailOptions, patience: Duration) -> Result<Self, String> {
        let from: Mailbox = options
            .from
            .parse()
            .map_err(|_| "the sender of mail is no address: give anna@news.example, or Anna <anna@news.example>".to_owned())?;
        let wrong =
            || "the server of mail is no address: give smtps://HOST or smtp://HOST:587".to_owned();
        let url = Url::parse(&options.server).map_err(|_| wrong())?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a name or password stands in the address of the mail server: set mail.user, and the password in a file or in CROSSREAD_MAIL_PASSWORD".to_owned());
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or_else(wrong)?;
        let parameters = || {
            TlsParameters::new(host.to_owned())
                .map_err(|error| format!("the server of mail: {error}"))
        };
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(parameters()?), 465),
            "smtp" if is_here(host) => (Tls::None, 25),
            // Who tells a password does so behind TLS alone; a relay that wants none may know none.
            "smtp" if options.user.is_none() => (Tls::Opportunistic(parameters()?), 587),
            "smtp" => (Tls::Required(parameters()?), 587),
            _ => return Err(wrong()),
        };
        let mut builder = SmtpTransport::builder_dangerous(host)
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(patience))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some(user) = &options.user {
            let password = options
                .password
                .clone()
                .map_or_else(String::new, |secret| secret.0);
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    /// Sends what is told to one person.
    ///
    /// # Errors
    /// What went wrong, for people.
    pub fn send(&self, to: &str, told: &[Bulletin]) -> Result<(), String> {
        let address: Address = to
            .parse()
            .map_err(|_| "it is no address of mail".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(subject(told))
            .multipart(MultiPart::alternative_plain_html(plain(told), html(told)))
            .map_err(|error| format!("the message cannot be written: {error}"))?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("the server of mail does not take it ({error})")),
        }
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    match Host::parse(host.trim_matches(['[', ']'])) {
        Ok(Host::Ipv4(ip)) => ip.is_loopback(),
        Ok(Host::Ipv6(ip)) => ip.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => host.trim_matches(['[', ']']) == "::1",
    }
}

/// Why an address of mail is none, for people; nothing where it is one.
pub fn address_fault(address: &str) -> Option<String> {
    match address.parse::<Address>() {
        Ok(_) => None,
        Err(_) => Some("an address of mail is like anna@news.example".to_owned()),
    }
}

fn subject(told: &[Bulletin]) -> String {
    let names: Vec<_> = told.iter().map(|one| one_line(&one.name)).collect();
    let names = names.join(" · ");
    format!("Crossread: {}", shorten(&names, SUBJECT))
}

fn plain(told: &[Bulletin]) -> String {
    let mut out = String::new();
    for one in told {
        out.push_str(&format!("{}: {}\n", one.of, one_line(&one.name)));
        out.extend(one.link.iter().map(|link| format!("{link}\n")));
        for item in one.items.iter().take(ITEMS) {
            out.push_str(&format!("\n{}\n", item.news.label()));
            for passage in &item.news.passages {
                out.push_str(&format!("  {} — {}\n", passage.words(), passage.by()));
                let url = passage.url.as_deref().map(one_line);
                out.extend(url.map(|url| format!("  {url}\n")));
            }
            if item.news.more > 0 {
                out.push_str(&format!("  … and {} more\n", item.news.more));
            }
            out.extend(item.link.iter().map(|link| format!("  {link}\n")));
        }
        if one.items.len() > ITEMS {
            out.push_str(&format!("\n… and {} more\n", one.items.len() - ITEMS));
        }
        out.push('\n');
    }
    out
}

fn html(told: &[Bulletin]) -> String {
    let parts = told.iter().map(|one| site::DigestPart {
        of: one.of,
        name: &one.name,
        link: one.link.as_deref(),
        news: one
            .items
            .iter()
            .take(ITEMS)
            .map(|item| (&item.news, item.link.as_deref()))
            .collect(),
        more: one.items.len().saturating_sub(ITEMS),
    });
    site::digest(&parts.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(server: &str, user: Option<&str>) -> MailOptions {
        MailOptions {
            server: server.to_owned(),
            from: "Crossread <desk@news.example>".to_owned(),
            user: user.map(str::to_owned),
            password: Some(Secret("a secret".to_owned())),
        }
    }

    #[test]
    fn settings_that_make_no_sense_are_refused_and_no_password_is_shown() {
        let new = |server| Mailer::new(&options(server, Some("desk")), Duration::from_secs(1));
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://me:word@mail.example",
            "smtp:",
        ] {
            let fault = new(wrong).expect_err(wrong);
            assert!(!fault.contains("word@"), "{fault}");
        }
        for right in [
            "smtps://mail.example",
            "smtp://mail.example:2525",
            "smtp://127.0.0.1:25",
        ] {
            let mailer = new(right).expect(right);
            assert!(!format!("{mailer:?}").contains("secret"));
        }
        let shown = format!("{:?}", options("smtps://mail.example", None));
        assert!(!shown.contains("a secret"), "{shown}");
    }

    #[test]
    fn this_machine_is_known() {
        assert!(is_here("localhost") && is_here("127.0.0.1") && is_here("[::1]"));
        assert!(!is_here("localhost.example") && !is_here("10.0.0.1"));
    }
}
