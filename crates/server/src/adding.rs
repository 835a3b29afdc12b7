//! Pages that readers and programs add: a body or a form for programs (`POST /api/v1/articles`, as SingleFile's "REST
//! form API" posts it too), and a page on which addresses and text are pasted and files dropped (`/add`), which tells
//! how far it is. In: bytes, addresses. Out: pages for the desk, and what came of each. What is sent is never a path here.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use axum::{Json, Router};
use crossread::report::{site, wire};
use crossread::{Input, Limits, Source};
use desk::Added;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Reader;

use crate::api::Trouble;
use crate::app::{App, Asked, READS, asked};
use crate::jobs::Job;
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;

/// Bytes that may be posted at once.
const POSTED: usize = 64 << 20;
/// Pages that may be posted in one archive.
const MOST_POSTED: usize = 10_000;
/// Addresses that are fetched for one form.
const ADDRESSES: usize = 50;
/// Pages that are kept between two looks at how far it is.
const TOGETHER: usize = 64;

/// Their addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/add",
            get(form).post(fill).layer(DefaultBodyLimit::max(POSTED)),
        )
        .route("/add/{job}", get(progress))
        .route(
            "/api/v1/articles",
            post(add).layer(DefaultBodyLimit::max(POSTED)),
        )
}

/// Pages, and what gives none.
type Unpacked = (Vec<Input>, Vec<wire::Skipped>);

/// What a form brings.
#[derive(Debug, Default)]
struct Form {
    token: String,
    /// Addresses, one a line.
    addresses: String,
    /// Text that was pasted, with its headline and outlet.
    text: String,
    title: String,
    outlet: String,
    files: Vec<Bytes>,
}

/// Reads a form. A part with a file's name is a page, whatever it is called; so is one that programs name as pages are
/// named.
async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Form, Refusal> {
    let bad = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge(POSTED),
        _ => Refusal::Bad(error.body_text()),
    };
    let mut form = form.map_err(|error| Refusal::Bad(error.body_text()))?;
    let mut read = Form::default();
    while let Some(field) = form.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some()
            || matches!(name.as_str(), "file" | "data" | "content" | "html");
        let bytes = field.bytes().await.map_err(bad)?;
        if is_file {
            if !bytes.is_empty() {
                read.files.push(bytes);
            }
            if read.files.len() > MOST_POSTED {
                return Err(Refusal::Bad(format!(
                    "a form has at most {MOST_POSTED} files"
                )));
            }
            continue;
        }
        let words = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "token" => read.token = words,
            "url" | "address" | "addresses" => read.addresses = words,
            "text" => read.text = words,
            "title" => read.title = words,
            "outlet" => read.outlet = words,
            _ => {}
        }
    }
    Ok(read)
}

impl Form {
    fn lines(&self) -> Vec<String> {
        let lines = self.addresses.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The address that its one page or text is from.
    fn url(&self) -> Result<Option<String>, Refusal> {
        match self.lines().as_slice() {
            [] => Ok(None),
            [url] => match fetch::address_fault(url) {
                Some(fault) => Err(Refusal::Bad(format!("the address: {fault}"))),
                None => Ok(Some(url.clone())),
            },
            _ => Err(Refusal::Bad(
                "a page or text has one address; send pages and a list of addresses in two forms"
                    .to_owned(),
            )),
        }
    }

    /// Its pages and text, unpacked, and the addresses that are to be fetched.
    fn unpacked(self) -> Result<(Unpacked, Vec<String>), Refusal> {
        let (mut inputs, mut skipped) = (Vec::new(), Vec::new());
        let alone = self.files.is_empty() && self.text.trim().is_empty();
        let fetched = if alone { self.lines() } else { Vec::new() };
        if fetched.len() > ADDRESSES {
            return Err(Refusal::Bad(format!(
                "at most {ADDRESSES} addresses are fetched for one form"
            )));
        }
        if alone {
            return Ok(((inputs, skipped), fetched));
        }
        let url = self.url()?;
        if !self.text.trim().is_empty() {
            let given =
                |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
            let record = json!({
                "url": url, "title": given(&self.title), "outlet": given(&self.outlet), "text": self.text,
            });
            inputs.push(Input {
                path: crossread::POSTED.to_owned(),
                bytes: record.to_string().into_bytes(),
                ..Input::default()
            });
        }
        let path = url.unwrap_or_else(|| crossread::POSTED.to_owned());
        for file in self.files {
            let (more, others) = unpacked(&path, file)?;
            inputs.extend(more);
            skipped.extend(others);
        }
        Ok(((inputs, skipped), fetched))
    }
}

/// What the page is opened with: by a bookmark of the browser, the address of the page before it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Opened {
    address: String,
}

async fn form(State(app): State<Arc<App>>, opened: Asked<Opened>) -> Result<Html<String>, Refusal> {
    let opened = asked(opened)?;
    Ok(Html(site::add(&site::AddPage {
        address: opened.address,
        taken_here: app.taking.is_some(),
    })))
}

async fn fill(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Refusal> {
    let form = read(form).await?;
    app.who_by(Some(&form.token), &headers, peer, Right::Add)?;
    let unpacking = tokio::task::spawn_blocking(move || form.unpacked()).await;
    let ((inputs, skipped), addresses) = unpacking.map_err(|_| unpacking_failed())??;
    if inputs.is_empty() && skipped.is_empty() && addresses.is_empty() {
        return Err(Refusal::Bad("give addresses, text or files".to_owned()));
    }
    let job = Job {
        left: inputs.len() + addresses.len(),
        over: false,
        added: Added {
            skipped,
            ..Added::default()
        },
    };
    let number = app.jobs.begin(job);
    tokio::spawn(work(Arc::clone(&app), number, inputs, addresses));
    Ok(Redirect::to(&format!("/add/{number}")))
}

/// Fetches and keeps what a form brought, and notes how far it is.
async fn work(app: Arc<App>, job: u64, mut inputs: Vec<Input>, addresses: Vec<String>) {
    for address in addresses {
        let client = Arc::clone(&app.client);
        let fetched = tokio::task::spawn_blocking(move || match client.page(&address) {
            Ok(page) => unpacked(&page.path, page.bytes.into()),
            Err(skip) => Ok((Vec::new(), vec![told(&skip)])),
        });
        match fetched.await {
            Ok(Ok((pages, skipped))) => {
                inputs.extend(pages);
                app.jobs
                    .change(job, |job| job.added.skipped.extend(skipped));
            }
            Ok(Err(refusal)) => failed(&app, job, &refusal),
            Err(_) => failed(&app, job, &unpacking_failed()),
        }
    }
    app.jobs.change(job, |job| job.left = inputs.len());
    let mut inputs = inputs.into_iter();
    loop {
        let some: Vec<Input> = inputs.by_ref().take(TOGETHER).collect();
        let Some(taking) = app.taking.as_ref().filter(|_| !some.is_empty()) else {
            break;
        };
        let count = some.len();
        match taking.take(some).await {
            Ok(added) => app.jobs.change(job, |job| {
                job.left = job.left.saturating_sub(count);
                job.added.join(added);
            }),
            Err(refusal) => {
                failed(&app, job, &refusal);
                break;
            }
        }
    }
    app.jobs.change(job, |job| job.over = true);
}

fn failed(app: &App, job: u64, refusal: &Refusal) {
    let skip = wire::Skipped {
        path: "what was sent".to_owned(),
        reason: refusal.words(),
    };
    app.jobs.change(job, |job| job.added.skipped.push(skip));
}

fn told(skip: &crossread::model::Skipped) -> wire::Skipped {
    wire::Skipped {
        path: skip.path.clone(),
        reason: skip.reason.to_string(),
    }
}

fn unpacking_failed() -> Refusal {
    Refusal::Inside("the body could not be unpacked".to_owned())
}

async fn progress(
    State(app): State<Arc<App>>,
    Path(number): Path<u64>,
) -> Result<Html<String>, Refusal> {
    let job = app.jobs.get(number);
    let job = job.ok_or(Refusal::NotFound("form that was sent a short while ago"))?;
    let page = app
        .read(move |store| {
            let rows = |ids: &[String]| -> Result<Vec<site::Came>, Refusal> {
                ids.iter().map(|id| came(store, id)).collect()
            };
            Ok(site::added(&site::AddedPage {
                number,
                left: job.left,
                over: job.over,
                new: rows(&job.added.new)?,
                changed: rows(&job.added.changed)?,
                known: rows(&job.added.known)?,
                skipped: job
                    .added
                    .skipped
                    .into_iter()
                    .map(|s| (s.path, s.reason))
                    .collect(),
            }))
        })
        .await?;
    Ok(Html(page))
}

fn came(store: &Reader, id: &str) -> Result<site::Came, Refusal> {
    let row = store.article(id)?;
    let (title, outlet, story) = row
        .map(|row| (row.title, row.outlet, row.story))
        .unwrap_or_default();
    Ok(site::Came {
        id: id.to_owned(),
        title: title.unwrap_or_else(|| "(no headline)".to_owned()),
        outlet: outlet.unwrap_or_default(),
        story,
    })
}

/// Where a posted page is from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Origin {
    url: Option<String>,
}

/// Whether news comes in such a body: text of any kind, documents, records, archives, or what nobody has named.
fn takes(kind: &str) -> bool {
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    const TAKEN: [&str; 23] = [
        "",
        // A mail, and a page that was saved as one.
        "message/rfc822",
        "multipart/related",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rss+xml",
        "application/atom+xml",
        "application/xml",
        "application/feed+json",
        "application/gzip",
        "application/x-gzip",
        "application/zip",
        "application/wacz",
        "application/warc",
        "application/vnd.apache.parquet",
        "application/csv",
        "application/json",
        "application/jsonl",
        "application/octet-stream",
        "application/x-ndjson",
        // What curl says of anything.
        "application/x-www-form-urlencoded",
        "application/xhtml+xml",
    ];
    kind.starts_with("text/") || TAKEN.contains(&kind.as_str())
}

/// What is in a body: the page itself, or the pages of an archive, up to [`POSTED`] bytes together.
fn unpacked(path: &str, body: Bytes) -> Result<Unpacked, Refusal> {
    let most = POSTED as u64;
    let limits = Limits {
        file: most,
        held: most,
        ..Limits::default()
    };
    let (mut inputs, mut skipped, mut bytes) = (Vec::new(), Vec::new(), 0);
    for input in crossread::inputs(path, Source::from(body), limits) {
        match input {
            Ok(mut input) => {
                // What a posted archive calls its files says nothing: another one calls them so too.
                let named = input.path.strip_prefix(crossread::POSTED);
                if path == crossread::POSTED && named.is_some_and(|name| name.starts_with('/')) {
                    input.path = path.to_owned();
                }
                bytes += input.bytes.len();
                if bytes > POSTED || inputs.len() == MOST_POSTED {
                    let why = format!(
                        "the body unpacks to more than {} MiB or {MOST_POSTED} pages; post it in parts",
                        POSTED >> 20
                    );
                    return Err(Refusal::Bad(why));
                }
                inputs.push(input);
            }
            Err(skip) => skipped.push(wire::Skipped {
                path: skip.path,
                reason: skip.reason.to_string(),
            }),
        }
    }
    Ok((inputs, skipped))
}

async fn add(
    State(app): State<Arc<App>>,
    peer: Peer,
    origin: Asked<Origin>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Trouble> {
    app.who(request.headers(), peer, Right::Add)?;
    let taking = app.taking.as_ref().ok_or(Refusal::Forbidden(READS))?;
    let url = asked(origin)?.url.filter(|url| !url.trim().is_empty());
    let (inputs, mut skipped) = match is_form(request.headers()) {
        true => {
            let form = Multipart::from_request(request, &app).await;
            let form = read(form).await?;
            if form.files.is_empty() && form.text.trim().is_empty() {
                return Err(Refusal::Bad("the form has no file".to_owned()).into());
            }
            let unpacking = tokio::task::spawn_blocking(move || form.unpacked()).await;
            let (pages, _) = unpacking.map_err(|_| unpacking_failed())??;
            pages
        }
        false => body(url, request, &app).await?,
    };
    let mut added = taking.take(inputs).await?;
    added.skipped.append(&mut skipped);
    let status = match added.new.is_empty() && added.changed.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    Ok((
        status,
        Json(serde_json::to_value(added).unwrap_or_default()),
    ))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start()
        .to_ascii_lowercase()
        .starts_with("multipart/form-data")
}

/// The pages of a body that is one page, or an archive of them.
async fn body(url: Option<String>, request: Request, app: &Arc<App>) -> Result<Unpacked, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.to_owned();
    if !takes(&kind) {
        let what =
            format!("{kind} is none of HTML, mail, text, PDF, DOCX, ODT, records and archives");
        return Err(Refusal::Unsupported(what));
    }
    let body = Bytes::from_request(request, app).await;
    let body = body.map_err(|_| Refusal::TooLarge(POSTED))?;
    let records = ["json", "ndjson"].iter().any(|end| kind.contains(end));
    let opening = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if records && !matches!(opening, Some(b'{' | b'[')) {
        return Err(Refusal::Bad(
            "the body is no JSON object a line, nor an array".to_owned(),
        ));
    }
    if let Some(fault) = url.as_deref().and_then(fetch::address_fault) {
        return Err(Refusal::Bad(format!("url: {fault}")));
    }
    let path = url.unwrap_or_else(|| crossread::POSTED.to_owned());
    let unpacked = tokio::task::spawn_blocking(move || unpacked(&path, body)).await;
    unpacked.map_err(|_| unpacking_failed())?
}
