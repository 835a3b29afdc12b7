"""One check after another, each with a line of its own."""

import traceback


def check(name, what):
    """Runs one check; whether it holds."""
    try:
        what()
    except Exception:  # whatever is wrong with one, the others are looked at too
        print(f"FAIL {name}\n{traceback.format_exc()}")
        return False
    print(f"ok {name}")
    return True
