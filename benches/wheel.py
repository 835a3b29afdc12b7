"""One piece of the program's work by the package: what `xtask/src/bench/wheel.rs` times beside the program itself."""

import sys

import crossread

work, file, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
if work == "extract":
    made = len(crossread.extract(file, threads=threads).table)
elif work == "annotate":
    made = len(crossread.annotate(file, threads=threads).table)
elif work == "group":
    made = len({of.story for of in crossread.group(file, threads=threads)})
else:
    made = len(crossread.read(file, align="words", threads=threads).readings)
sys.exit(made == 0)
