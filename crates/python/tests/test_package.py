"""The package: its types, its program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import crossread

PYTHON = ROOT / "crates" / "python"


def test_classes_are_those_of_the_schemas() -> None:
    assert subprocess.run([sys.executable, PYTHON / "tools" / "classes.py", "--check"]).returncode == 0


def test_a_type_checker_takes_the_package_and_its_tests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), "--config-file", "pyproject.toml"]
    done = subprocess.run(command, cwd=PYTHON, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    use = tmp_path / "use.py"
    use.write_text(
        "import crossread\n"
        "report = crossread.read('pages')\n"
        "texts: list[str] = [claim.text for story in report.stories for claim in story.claims]\n"
        "wrong: int = report.stories[0].title\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(use)], capture_output=True, text=True
    )
    assert done.stdout.count("error") == 2 and "use.py:4" in done.stdout, done.stdout


def test_the_program_comes_with_the_package() -> None:
    command = Path(sys.executable).with_name("crossread")
    shown = subprocess.run([command, "--version"], capture_output=True, text=True)
    assert shown.stdout.strip() == f"crossread {crossread.__version__}"
    assert subprocess.run([command, "nonsense"], capture_output=True).returncode == 2
    assert subprocess.run([command, "read", "no/such/file"], capture_output=True).returncode == 1


def test_the_lines_of_the_readme_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = readme.split("```python\n", 1)[1].split("```", 1)[0]
    names: dict[str, object] = {}
    exec(compile(lines, "README.md", "exec"), names)
    assert capsys.readouterr().out.count("\n") == 3
    assert getattr(names["disputed"], "height")


def test_everything_public_says_what_it_is() -> None:
    for name in crossread.__all__:
        assert getattr(crossread, name).__doc__, name
