//! Before and after every request. Refuses a host that is not this machine's name (another site's script
//! that had its name point here, DNS rebinding); says to the browser that nothing but this site's style and
//! script may run or be fetched.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;

/// A request that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(60);

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Guards a request.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let posted = request.method() == Method::POST;
    let mut response = if is_ours(&app, request.headers()) {
        match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            // What was being added is kept or not as a whole; the sender asks again.
            Err(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "it takes too long; try again\n",
            )
                .into_response(),
        }
    } else {
        let words = "this name is not one of this server's; add it with --host NAME\n";
        (StatusCode::MISDIRECTED_REQUEST, words).into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    app.metrics
        .request(response.status(), posted, began.elapsed());
    response
}

/// Whether a request names this machine.
fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let Some(host) = host else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let plain = name.trim_start_matches('[').trim_end_matches(']');
    let own = app.address.ip();
    plain.eq_ignore_ascii_case("localhost")
        || plain
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip == own || ip.is_loopback())
        || own.is_unspecified() && plain.parse::<std::net::IpAddr>().is_ok()
        || app
            .options
            .hosts
            .iter()
            .any(|host| host.eq_ignore_ascii_case(plain))
}
