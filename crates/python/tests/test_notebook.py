"""The notebook of the documentation runs, and shows what it says."""

from __future__ import annotations

import nbclient
import nbformat
from conftest import ROOT


def test_the_notebook_runs_from_a_folder_to_a_picture() -> None:
    notebook = nbformat.read(ROOT / "docs" / "folder-to-disputes.ipynb", as_version=4)
    resources = {"metadata": {"path": str(ROOT / "docs")}}
    nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert all(output.output_type != "error" for output in outputs)
    shown = [output.data for output in outputs if "data" in output]
    assert any("image/png" in data for data in shown)
    assert any("disputed" in data.get("text/html", "") or "claim_id" in data.get("text/plain", "") for data in shown)
