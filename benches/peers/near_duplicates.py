"""Near-duplicates by rensa and datasketch, for comparison with Crossread's.

In: a JSONL file of {"id", "text", "of"} ("of": the earlier record that it was copied from, or null).
Out: one JSON object a peer: articles, CPU seconds from text to pairs (shingling included), and the
part of the copies found by the way that they were made ("way").

Both get the same shingles, sets of five lower-case words, as Crossread does, and a Jaccard threshold
of 0.5 by 128 permutations; shingling is counted on every side.
"""

import json
import sys
import time

PERMUTATIONS = 128
THRESHOLD = 0.5


def shingles(text):
    words = text.lower().split()
    return {" ".join(words[at : at + 5]) for at in range(max(len(words) - 4, 1))}


def rensa(records):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    hashes, pairs = {}, set()
    for number, record in enumerate(records):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(shingles(record["text"])))
        for other in index.query(sketch):
            if sketch.jaccard(hashes[other]) >= THRESHOLD:
                pairs.add((records[other]["id"], record["id"]))
        index.insert(number, sketch)
        hashes[number] = sketch
    return pairs


def datasketch(records):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = set()
    for record in records:
        sketch = MinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update_batch([shingle.encode() for shingle in shingles(record["text"])])
        for other in index.query(sketch):
            pairs.add((other, record["id"]))
        index.insert(record["id"], sketch)
    return pairs


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for name, find in (("rensa", rensa), ("datasketch", datasketch)):
        before = time.process_time()
        pairs = find(records)
        seconds = time.process_time() - before
        ways = {}
        for record in records:
            if record["of"]:
                row = ways.setdefault(record["way"], [0, 0])
                row[0] += 1
                row[1] += (record["of"], record["id"]) in pairs
        found = {way: hit / count for way, (count, hit) in ways.items()}
        print(json.dumps({"peer": name, "articles": len(records), "cpu_seconds": seconds, "found": found}))


if __name__ == "__main__":
    main()
