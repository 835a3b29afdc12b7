# The program alone, without a root user. The store lives in the volume /data.
#
#   docker build -t crossread .
#   docker run -v crossread:/data -p 127.0.0.1:7319:7319 crossread
#   docker run -v crossread:/data -v "$PWD/pages:/pages:ro" crossread add /pages --db /data/news.db
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --locked --profile dist -p crossread-cli && cargo xtask licences --texts target/THIRD-PARTY-LICENCES.txt

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data crossread
COPY --from=build /src/target/dist/crossread /usr/local/bin/crossread
COPY LICENSE-APACHE LICENSE-MIT THIRD-PARTY.md /usr/share/doc/crossread/
COPY --from=build /src/target/THIRD-PARTY-LICENCES.txt /usr/share/doc/crossread/
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 7319
# Readers reach it under the names that --host allows; inside a container all addresses are its own.
HEALTHCHECK --interval=30s --timeout=5s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7319 && printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["crossread"]
CMD ["serve", "--db", "/data/news.db", "--listen", "0.0.0.0:7319"]
