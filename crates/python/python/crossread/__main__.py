"""The program: ``python -m crossread`` is ``crossread``."""

import sys

from ._crossread import program


def main() -> int:
    """Runs the program with this process's command line; gives its exit code."""
    return program(["crossread", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
