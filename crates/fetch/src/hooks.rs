//! How hooks are written to. In: the address of a hook, the form that was asked for, what is told. Out: the request that
//! such a hook takes, signed where it is our own form. Each form escapes news text in its own way, and none lets it
//! address anybody.

mod bodies;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

use crate::bulletin::Bulletin;

/// Bytes of a secret that the program makes.
const SECRET: usize = 32;
/// The scheme of hooks that are people's mail.
const MAIL: &str = "mailto:";

/// How a hook is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Slack's incoming webhooks.
    Slack,
    /// Mattermost's incoming webhooks.
    Mattermost,
    /// Discord's webhooks.
    Discord,
    /// Workflows of Microsoft Teams.
    Teams,
    /// A topic of ntfy.
    Ntfy,
    /// An object for programs, signed.
    Json,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Slack,
        Self::Mattermost,
        Self::Discord,
        Self::Teams,
        Self::Ntfy,
        Self::Json,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Mattermost => "mattermost",
            Self::Discord => "discord",
            Self::Teams => "teams",
            Self::Ntfy => "ntfy",
            Self::Json => "json",
        }
    }

    /// The form of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The form that an address takes, where it is plain; JSON otherwise.
    pub fn of_address(address: &str) -> Self {
        let Ok(url) = Url::parse(address) else {
            return Self::Json;
        };
        let (host, path) = (url.host_str().unwrap_or_default(), url.path());
        let below = |domain: &str| {
            let rest = host.strip_suffix(domain);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let key = path.strip_prefix("/hooks/").unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if host == "hooks.slack.com" {
            Self::Slack
        } else if (below("discord.com") || below("discordapp.com"))
            && path.starts_with("/api/webhooks/")
        {
            Self::Discord
        } else if below("webhook.office.com")
            || below("logic.azure.com")
            || below("api.powerplatform.com")
        {
            Self::Teams
        } else if host == "ntfy.sh" {
            Self::Ntfy
        } else if key.len() == 26 && key.chars().all(plain) {
            Self::Mattermost
        } else {
            Self::Json
        }
    }
}

/// What is sent to a hook.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Where to.
    pub url: String,
    /// JSON.
    pub body: String,
    /// The body's signature, where it has one.
    pub signature: Option<String>,
}

/// What a hook is sent: `form` as it was asked for, else as its address tells.
pub fn letter(hook: &str, form: Option<&str>, secret: Option<&str>, told: &Bulletin) -> Letter {
    let form = form.and_then(Form::named);
    let form = form.unwrap_or_else(|| Form::of_address(hook));
    let (url, body) = match form {
        Form::Slack => (hook.to_owned(), bodies::slack(told)),
        Form::Mattermost => (hook.to_owned(), bodies::mattermost(told)),
        Form::Discord => (hook.to_owned(), bodies::discord(told)),
        Form::Teams => (hook.to_owned(), bodies::teams(told)),
        Form::Ntfy => bodies::ntfy(hook, told),
        Form::Json => (hook.to_owned(), told.value.clone()),
    };
    let body = body.to_string();
    let signature = secret
        .filter(|_| form == Form::Json)
        .map(|secret| sign(secret, &body));
    Letter {
        url,
        body,
        signature,
    }
}

/// Whether what a hook is sent is signed, where it has a secret.
pub fn is_signed(hook: &str, form: Option<&str>) -> bool {
    let form = form.and_then(Form::named);
    mail_of(hook).is_none() && form.unwrap_or_else(|| Form::of_address(hook)) == Form::Json
}

/// The signature of a body: `sha256=` and the HMAC-SHA-256 (RFC 2104) of its bytes, in hexadecimal.
pub fn sign(secret: &str, body: &str) -> String {
    // A key of any length is one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body.as_bytes());
    format!(
        "sha256={}",
        HEXLOWER.encode(&mac.finalize().into_bytes()[..])
    )
}

/// A secret that nobody can guess, of the system's own.
///
/// # Errors
/// Where the system gives none, in words.
pub fn secret() -> Result<String, String> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no secret: {error}"))?;
    Ok(HEXLOWER.encode(&bytes))
}

/// Where a hook leads to people's mail: their address.
pub fn mail_of(hook: &str) -> Option<&str> {
    hook.strip_prefix(MAIL)
}

/// The hook of people's mail.
pub fn of_mail(address: &str) -> String {
    format!("{MAIL}{}", address.trim())
}

/// Why a hook cannot be one, for people; nothing where it can.
pub fn hook_fault(hook: &str, form: Option<&str>) -> Option<String> {
    if let Some(form) = form
        && Form::named(form).is_none()
    {
        let names: Vec<&str> = Form::ALL.iter().map(|form| form.name()).collect();
        return Some(format!("the form of a hook is one of {}", names.join(", ")));
    }
    match mail_of(hook) {
        Some(address) => crate::mail::address_fault(address),
        None => crate::client::address_fault(hook).map(|fault| format!("the hook: {fault}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_addresses() {
        for (address, form) in [
            ("https://hooks.slack.com/services/T0/B0/x", "slack"),
            ("https://discord.com/api/webhooks/1/x", "discord"),
            ("https://ptb.discord.com/api/webhooks/1/x", "discord"),
            ("https://evildiscord.com/api/webhooks/1/x", "json"),
            ("https://a.webhook.office.com/webhookb2/x", "teams"),
            (
                "https://prod-1.westeurope.logic.azure.com:443/workflows/x",
                "teams",
            ),
            ("https://ntfy.sh/bridges", "ntfy"),
            (
                "https://chat.example/hooks/abcdefghijklmnopqrstuvwxy1",
                "mattermost",
            ),
            ("https://chat.example/hooks/short", "json"),
            ("http://127.0.0.1:9000/news", "json"),
        ] {
            assert_eq!(Form::of_address(address).name(), form, "{address}");
        }
    }

    #[test]
    fn a_signature_is_the_hmac_of_the_body() {
        // RFC 4231, test case 2.
        let signed = sign("Jefe", "what do ya want for nothing?");
        assert_eq!(
            signed,
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_ne!(secret().expect("a secret"), secret().expect("another"));
    }

    #[test]
    fn hooks_that_cannot_be_are_refused() {
        assert_eq!(hook_fault("https://a.example/x", Some("json")), None);
        assert_eq!(hook_fault("mailto:anna@news.example", None), None);
        for (hook, form) in [
            ("ftp://a.example/", None),
            ("https://a.example/", Some("fax")),
            ("mailto:nobody", None),
            ("mailto:a@b.example\r\nBcc: c@d.example", None),
        ] {
            assert!(hook_fault(hook, form).is_some(), "{hook}");
        }
    }
}
