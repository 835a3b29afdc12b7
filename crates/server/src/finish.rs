//! The last hand at an answer. In: what a handler gives, with links from the site's root. Out: the same with its links and
//! redirects under the base, told apart by an `ETag`, with how long it may be kept; nothing but that where the asker has
//! it already (RFC 9110, 13.1.2).

use std::sync::{Arc, LazyLock};

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use crossread::report::site;
use xxhash_rust::xxh3::xxh3_64;

use crate::app::App;
use crate::refusal::Refusal;

/// Pages and answers are asked for each time, and given again where they changed. They may be one reader's alone.
const ASK: &str = "private, no-cache";
/// What has its hash in its address never changes.
const KEEP: &str = "public, max-age=31536000, immutable";
/// Counts and health are of the moment.
const NEVER: &str = "no-store";

/// Before the hash in an asset's address.
const HASHED: &str = "v=";

/// The hash of the files that every page needs: they are this program's.
static ASSETS: LazyLock<String> = LazyLock::new(|| {
    let all = [site::STYLE, site::SCRIPT, site::ICON].concat();
    format!("{:016x}", xxh3_64(all.as_bytes()))
});

/// Reads where the site lies on its host: nothing, or `/name` and more of them.
///
/// # Errors
/// What is wrong with it, in words.
pub fn base(given: &str) -> Result<String, String> {
    let base = given.trim_end_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    let mut parts = base.split('/').skip(1);
    let fits = parts.all(|part| part.chars().all(plain) && !part.trim_matches('.').is_empty());
    match base.is_empty() || base.starts_with('/') && fits {
        true => Ok(base.to_owned()),
        false => Err("a path like /crossread, of letters, digits and - _ . ~".to_owned()),
    }
}

/// Takes the base off a request's address, before it is looked where it leads; an answer where it is the base without its
/// slash. A proxy may have taken it off already.
pub fn enter<B>(base: &str, request: &mut axum::http::Request<B>) -> Option<Response> {
    let whole = request.uri().path_and_query()?.as_str();
    let rest = whole.strip_prefix(base).filter(|_| !base.is_empty())?;
    if rest.is_empty() || rest.starts_with('?') {
        let to = HeaderValue::try_from(format!("{base}/{rest}")).ok()?;
        let mut answer = StatusCode::PERMANENT_REDIRECT.into_response();
        answer.headers_mut().insert(header::LOCATION, to);
        return Some(answer);
    }
    if rest.starts_with('/') {
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(rest.parse().ok()?);
        *request.uri_mut() = parts.try_into().ok()?;
    }
    None
}

/// Finishes an answer.
pub async fn finish(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let asked = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let path = request.uri().path();
    let moment = matches!(path, "/healthz" | "/metrics");
    let hashed = path.starts_with("/assets/")
        && request.uri().query().and_then(|q| q.strip_prefix(HASHED)) == Some(ASSETS.as_str());
    let response = next.run(request).await;
    let (mut parts, body) = response.into_parts();
    let base = app.options.base.as_str();
    under(base, &mut parts.headers);
    let kept = match (moment, hashed) {
        (true, _) => NEVER,
        (_, true) => KEEP,
        _ => ASK,
    };
    parts
        .headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(kept));
    // What is still being made as it is sent is left alone.
    if body.size_hint().exact().is_none() {
        return Response::from_parts(parts, body);
    }
    let Ok(mut bytes) = to_bytes(body, usize::MAX).await else {
        return Refusal::Inside("the answer could not be made".to_owned()).into_response();
    };
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
        && let Ok(page) = std::str::from_utf8(&bytes)
    {
        let assets = format!("?{HASHED}{}", *ASSETS);
        bytes = Bytes::from(site::under(base, &assets, page));
        parts.headers.remove(header::CONTENT_LENGTH);
    }
    if asked && !moment && parts.status == StatusCode::OK {
        // Weak: the same words may come packed.
        let tag = format!("W/\"{:016x}\"", xxh3_64(&bytes));
        let has = known.is_some_and(|known| has(&known, &tag));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            parts.headers.insert(header::ETAG, tag);
        }
        if has {
            parts.status = StatusCode::NOT_MODIFIED;
            parts.headers.remove(header::CONTENT_LENGTH);
            parts.headers.remove(header::CONTENT_TYPE);
            return Response::from_parts(parts, Body::empty());
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Redirects under the base.
fn under(base: &str, headers: &mut HeaderMap) {
    let place = headers
        .get(header::LOCATION)
        .and_then(|at| at.to_str().ok());
    let own = place.filter(|at| at.starts_with('/') && !at.starts_with("//"));
    if let Some(Ok(at)) = own.map(|at| HeaderValue::try_from(format!("{base}{at}"))) {
        headers.insert(header::LOCATION, at);
    }
}

/// Whether a list of tags has one; weak ones are compared as strong ones are.
fn has(known: &HeaderValue, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tags = known.to_str().unwrap_or_default();
    tags.trim() == "*" || tags.split(',').any(|one| opaque(one) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_plain_path() {
        assert_eq!(base("/crossread/").as_deref(), Ok("/crossread"));
        assert_eq!(base("/a/b-1").as_deref(), Ok("/a/b-1"));
        assert_eq!(base("/").as_deref(), Ok(""));
        for bad in [
            "crossread",
            "/a//b",
            "/a/..",
            "/a b",
            "//host",
            "/a?b",
            "/\"><x",
        ] {
            assert!(base(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_lose_their_base() {
        let led = |path: &str| {
            let mut request = axum::http::Request::get(path).body(()).expect("a request");
            let answer = enter("/crossread", &mut request);
            let at = answer.and_then(|a| a.headers().get(header::LOCATION).cloned());
            let at = at.map(|at| format!("→ {}", at.to_str().expect("words")));
            at.unwrap_or_else(|| request.uri().to_string())
        };
        assert_eq!(led("/crossread/stories/s-1?x=1"), "/stories/s-1?x=1");
        assert_eq!(led("/crossread/"), "/");
        assert_eq!(led("/crossread"), "→ /crossread/");
        assert_eq!(led("/crossread?from=x"), "→ /crossread/?from=x");
        assert_eq!(led("/crossreader/x"), "/crossreader/x");
        assert_eq!(led("/crossread//evil.example"), "//evil.example");
        assert_eq!(led("/stories/s-1"), "/stories/s-1");
    }

    #[test]
    fn tags_are_lists() {
        let has = |list: &'static str| has(&HeaderValue::from_static(list), "W/\"a\"");
        assert!(has("\"a\"") && has("W/\"b\", W/\"a\"") && has("*"));
        assert!(!has("W/\"b\"") && !has(""));
    }
}
