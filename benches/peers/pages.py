"""News pages read by trafilatura and newspaper4k, for comparison with Crossread's reading.

In: the folder of the evaluation sets, and names of sets in its folder `extraction`. Out: a JSON object
a line: {"peer", "set", "file", "text", "title", "authors", "date"} for a page, and at a set's end
{"peer", "set", "cpu_seconds"} for all of its pages, unpacked before.

Both read each page alone and with their defaults. newspaper4k takes text, so it is given what the
bytes are as UTF-8; nothing is fetched.
"""

import gzip
import json
import os
import sys
import time


def trafilatura_reader():
    import trafilatura

    def read(page):
        found = trafilatura.bare_extraction(page, with_metadata=True)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";")]
        return {"text": found.text, "title": found.title, "authors": authors, "date": found.date}

    return read


def newspaper_reader():
    from newspaper import Article

    def read(page):
        article = Article("", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "authors": article.authors,
            "date": str(date)[:10] if date else None,
        }

    return read


def main():
    folder, sets = sys.argv[1], sys.argv[2:]
    for peer, make in (("trafilatura", trafilatura_reader), ("newspaper4k", newspaper_reader)):
        read = make()
        for name in sets:
            base = os.path.join(folder, "extraction", name)
            with open(os.path.join(base, "truth.jsonl"), encoding="utf-8") as lines:
                files = [json.loads(line)["file"] for line in lines]
            seconds = 0.0
            for file in files:
                with gzip.open(os.path.join(base, file)) as packed:
                    page = packed.read()
                before = time.process_time()
                try:
                    found = read(page)
                except Exception as error:  # a page that a peer cannot read is a page without an article
                    print(f"{peer}: {file}: {error}", file=sys.stderr)
                    found = {}
                seconds += time.process_time() - before
                print(json.dumps({"peer": peer, "set": name, "file": file, **found}))
            print(json.dumps({"peer": peer, "set": name, "cpu_seconds": seconds}))


if __name__ == "__main__":
    main()
