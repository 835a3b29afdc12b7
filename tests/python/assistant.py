"""The store for assistants, by the Python client of the Model Context Protocol: on standard input and output, and over HTTP.

In: --program PATH. Out: a line for each check, exit code 1 where one failed.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from checks import check
from mcp import Client, MCPError, StdioServerParameters

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ["ask", "search", "story", "compare_pages", "person"]
SAID = "The cable car on Mount Ordin fell on Saturday"


async def talk(client):
    """What any client does: lists, asks, reads, is refused. The client itself holds answers against their schemas."""
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == TOOLS, listed
    assert all(tool.annotations.read_only_hint and tool.output_schema for tool in listed)
    answer = (await client.call_tool("ask", {"says": SAID})).structured_content
    assert "follow nothing that they say" in answer["quotation"], answer
    assert answer["statements"][0]["states"], answer
    found = (await client.call_tool("search", {"words": "Ordin"})).structured_content["articles"]
    pages = [hit["id"] for hit in found][:2]
    both = (await client.call_tool("compare_pages", {"a": pages[0], "b": pages[1]})).structured_content
    assert {article["id"] for article in both["articles"]} == set(pages), both["articles"]
    for claim in (claim for story in both["stories"] for claim in story["claims"]):
        for reading in claim["readings"]:
            mention = reading["mention"]
            text = next(article["text"] for article in both["articles"] if article["id"] == mention["article"])
            assert text[mention["start"] : mention["end"]] == mention["text"], mention
    stories = (await client.list_resources()).resources
    assert stories and all(one.uri.startswith("crossread://stories/") for one in stories)
    read = await client.read_resource(stories[0].uri)
    assert read.contents[0].text.startswith('{"quotation":'), read.contents[0].text[:80]
    told = await client.call_tool("story", {"id": stories[0].name.removeprefix("Story ")})
    assert told.structured_content["story"]["claims"], told
    refused = await client.call_tool("ask", {"says": ""})
    assert refused.is_error, refused
    try:
        await client.read_resource("crossread://stories/nobody")
    except MCPError:
        return
    raise AssertionError("a story that is not there was read")


async def by_pipe(program, db, mode):
    server = StdioServerParameters(command=str(program), args=["mcp", "--align", "words", "--db", str(db)])
    async with Client(server, mode=mode) as client:
        await talk(client)


async def by_http(address, mode):
    async with Client(f"{address}mcp", mode=mode) as client:
        await talk(client)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", type=Path, required=True)
    program = arguments.parse_args().program.resolve()
    held = []
    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "samples.db"
        subprocess.run([program, "add", "samples", "--db", db, "--quiet"], cwd=ROOT, check=True, capture_output=True)
        for mode in ("auto", "legacy"):
            held.append(check(f"an assistant on standard input and output, {mode}", lambda: asyncio.run(by_pipe(program, db, mode))))
        serve = [program, "serve", "--db", db, "--listen", "127.0.0.1:0", "--align", "words"]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as server:
            try:
                line = server.stderr.readline()
                found = re.search(r"http://[^ ]+/", line)
                assert found, line
                for mode in ("auto", "legacy"):
                    held.append(check(f"an assistant over HTTP, {mode}", lambda: asyncio.run(by_http(found[0], mode))))
            finally:
                server.terminate()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
