//! The store for assistants, by the Model Context Protocol: on standard input and output, and at `/mcp` over HTTP.
//!
//! In: requests of a client. Out: what a few tools, which only read, find in the store; stories as resources. Every word
//! of a page comes as a quotation and is named so, in each answer and where the server introduces itself: a page cannot
//! speak as a tool. Over HTTP it keeps no sessions, has the guard of all addresses before it (`guard`), and refuses what
//! a page of another site, or of this one, sends: no browser is a client of it.

mod answers;
mod quoted;
mod tools;

use std::sync::Arc;

use axum::Router;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ErrorData, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer, ServiceExt};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use store::StoryFilter;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::app::App;
use crate::refusal::Refusal;
use crate::{Error, Options};
use answers::Answers;
use quoted::{ABOUT, decoded};

/// Bytes of a request, at most: the longest holds a sentence.
const REQUEST: usize = 64 << 10;
/// Stories that are listed as resources, the latest.
const LISTED: u32 = 50;
/// Before a story's id in its address.
const STORIES: &str = "crossread://stories/";
/// What a story is read as.
const JSON: &str = "application/json";

/// A store as assistants meet it.
#[derive(Clone)]
struct Assistant {
    app: Arc<App>,
}

/// The address for assistants.
pub fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let assistant = Assistant {
        app: Arc::clone(app),
    };
    // Hosts are the guard's matter.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(REQUEST)
        .disable_allowed_hosts()
        .enforce_origin_validation();
    let made = move || Ok(assistant.clone());
    let service =
        StreamableHttpService::new(made, Arc::new(NeverSessionManager::default()), config);
    Router::new().route_service("/mcp", service)
}

/// Serves one client on standard input and output, until it ends or `stop` is done.
///
/// # Errors
/// [`Error`], before anything is served but for [`Error::Io`]: what is answered cannot be written.
pub fn serve(
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (input, output) = rmcp::transport::stdio();
    converse(options, input, output, stop)
}

/// The same with a client that is heard and answered elsewhere.
///
/// # Errors
/// As [`serve`].
pub fn converse(
    options: Options,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let address = options.listen;
        let app = Arc::new(App::open(options, address)?);
        let (output, failed) = Answers::to(output);
        let transport = AsyncRwTransport::new_server(input, output).with_max_line_length(REQUEST);
        let serving = async {
            // A client that goes away before it has said who it is was none.
            if let Ok(running) = (Assistant { app }).serve(transport).await {
                let _ = running.waiting().await;
            }
        };
        tokio::select! {
            () = serving => {}
            () = stop => {}
        }
        failed.why().map_or(Ok(()), |why| Err(Error::Io(why)))
    });
    // A read of standard input cannot be given up.
    runtime.shutdown_background();
    served
}

/// A refusal of what is no tool.
fn refused(refusal: &Refusal) -> ErrorData {
    match refusal {
        Refusal::NotFound(_) => ErrorData::resource_not_found(refusal.words(), None),
        Refusal::Bad(_) => ErrorData::invalid_params(refusal.words(), None),
        _ => ErrorData::internal_error(refusal.words(), None),
    }
}

impl ServerHandler for Assistant {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let mut info = ServerConfig::new(capabilities);
        info.server_info =
            Implementation::new("crossread", env!("CARGO_PKG_VERSION")).with_title("Crossread");
        info.instructions = Some(ABOUT.to_owned());
        info
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::all().into_iter().find(|tool| tool.name == name)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        tools::call(&self.app, &request.name, arguments)
            .await
            .map(CallToolResponse::from)
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let rows = self
            .app
            .read(|store| Ok(store.stories(&StoryFilter::default(), LISTED)?))
            .await
            .map_err(|refusal| refused(&refusal))?;
        let resource = |row: &store::StoryRow| {
            let uri = format!("{STORIES}{}", crossread::report::site::escape(&row.id));
            // A headline is a page's word, and a title would stand where the server itself speaks.
            Resource::new(uri, format!("Story {}", row.id)).with_mime_type(JSON)
        };
        Ok(ListResourcesResult::with_all_items(
            rows.iter().map(resource).collect(),
        ))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let story = ResourceTemplate::new(format!("{STORIES}{{id}}"), "story")
            .with_description(
                "A story: its claims, disputes, quotations and copies, each by its passages",
            )
            .with_mime_type(JSON);
        Ok(ListResourceTemplatesResult::with_all_items(vec![story]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let id = request.uri.strip_prefix(STORIES).and_then(decoded);
        let Some(id) = id else {
            let refusal = Refusal::NotFound("resource");
            return Err(refused(&refusal));
        };
        let story = self
            .app
            .read(move |store| tools::story(store, &id))
            .await
            .map_err(|refusal| refused(&refusal))?;
        let contents =
            ResourceContents::text(quoted::json(story), request.uri).with_mime_type(JSON);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
