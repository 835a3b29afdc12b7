//! In: why a request cannot be answered. Out: its status and its words, and the page that says it to people.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use crossread::report::site;

/// Why a request cannot be answered.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such thing.
    NotFound(&'static str),
    /// It makes no sense.
    Bad(String),
    /// Nothing says who asks.
    Unauthorized(&'static str),
    /// It may not.
    Forbidden(&'static str),
    /// What it brings is nothing that can be read.
    Unsupported(String),
    /// It brings more than so many bytes.
    TooLarge(usize),
    /// Something else holds the store right now.
    Busy(String),
    /// The store.
    Store(store::Error),
    /// Something else that is not the reader's fault.
    Inside(String),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<desk::Error> for Refusal {
    fn from(error: desk::Error) -> Self {
        match error {
            desk::Error::Store(error) => Self::Store(error),
            desk::Error::Asked(error) => Self::Bad(error.to_string()),
            error => Self::Inside(error.to_string()),
        }
    }
}

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(store::Error::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Inside(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::NotFound(what) => format!("there is no such {what}"),
            Self::Bad(what) | Self::Inside(what) | Self::Unsupported(what) | Self::Busy(what) => {
                what.clone()
            }
            Self::TooLarge(most) => format!("the body has more than {} MiB", most >> 20),
            Self::Unauthorized(what) | Self::Forbidden(what) => (*what).to_owned(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// As a page, for people.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let help = match self {
            Self::NotFound(_) => {
                "Addresses stay when stories grow; what was removed from the store is gone."
            }
            Self::Busy(_) | Self::Store(store::Error::Busy(_)) => {
                "Something else writes to the store right now; try again in a moment."
            }
            Self::Store(_) | Self::Inside(_) => {
                "`crossread check --db FILE` says whether the store is whole."
            }
            Self::Unauthorized(_) | Self::Forbidden(_) => {
                "Go back and write the token into the form; what was typed is still there."
            }
            _ => "",
        };
        let page = site::trouble(&self.words(), help);
        (self.status(), axum::response::Html(page)).into_response()
    }
}
