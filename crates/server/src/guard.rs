//! Before and after every request. Refuses a host that is not this machine's name (another site's script
//! that had its name point here, DNS rebinding), what pages of other sites send, and readers without the right where the
//! server is closed; says to the browser that nothing but this site’s style and
//! script may run or be fetched.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;

/// A request that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(60);

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why who asks may not read, where not everybody may. What changes something asks for its own right; assistants post what
/// they read, and health is told to all.
fn shut(app: &App, request: &Request, peer: Peer) -> Option<Refusal> {
    let reads =
        matches!(*request.method(), Method::GET | Method::HEAD) || request.uri().path() == "/mcp";
    if !app.options.closed || !reads || request.uri().path() == "/healthz" {
        return None;
    }
    app.who(request.headers(), peer, Right::Read).err()
}

/// Guards a request.
pub async fn guard(
    State(app): State<Arc<App>>,
    peer: Peer,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let posted = request.method() == Method::POST;
    let in_progress = app.in_progress(request.headers(), peer);
    let mut response = if in_progress.is_err() {
        let words = "too many requests of yours are in progress; try again\n";
        (StatusCode::TOO_MANY_REQUESTS, words).into_response()
    } else if !app.is_ours(request.headers(), peer) {
        let words = "this name is not one of this server's; add it with --host NAME\n";
        (StatusCode::MISDIRECTED_REQUEST, words).into_response()
    } else if app.is_foreign(request.method(), request.headers(), peer) {
        let words = "a page of another site sent this; use the forms of this site\n";
        (StatusCode::FORBIDDEN, words).into_response()
    } else if let Some(refused) = shut(&app, &request, peer) {
        refused.into_response()
    } else {
        match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            // What was being added is kept or not as a whole; the sender asks again.
            Err(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "it takes too long; try again\n",
            )
                .into_response(),
        }
    };
    let unknown = response.status() == StatusCode::UNAUTHORIZED;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // To other sites nothing; without it browsers would not say of this site's own forms that they are its own.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if unknown {
        // What a program that gave no token is asked for (RFC 9110, 11.6.1).
        let asked = HeaderValue::from_static("Bearer realm=\"crossread\"");
        headers.insert(header::WWW_AUTHENTICATE, asked);
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    app.metrics
        .request(response.status(), posted, began.elapsed());
    response
}
