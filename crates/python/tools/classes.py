"""Writes `python/crossread/_types.py` from the JSON Schemas of what the program says.

    python tools/classes.py           write it
    python tools/classes.py --check   1 if it is not what the schemas give

One class for each object of the schemas, with their words as documentation: frozen dataclasses, so that what was read
stays as it is.
"""

from __future__ import annotations

import json
import keyword
import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

HERE = Path(__file__).resolve().parent.parent
SCHEMAS = HERE.parent.parent / "schemas"
OUT = HERE / "python" / "crossread" / "_types.py"

# Each schema with the name of its outermost object; none where it has no class, because the package has a richer one.
ROOTS = {"report-1": None, "annotate-1": "Annotated", "group-1": "Grouped"}

HEAD = '''"""What Crossread says, as classes: one for each object of its JSON. Made by `tools/classes.py`; not to be edited.

Offsets are code points, half-open, so that ``article.text[mention.start:mention.end] == mention.text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from typing_extensions import Self

'''


def doc(text: str, indent: str) -> list[str]:
    lines = [line for part in text.split("\n\n") for line in [*wrap(" ".join(part.split()), 110 - len(indent)), ""]][:-1]
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [f'{indent}"""{lines[0]}', *[f"{indent}{line}".rstrip() for line in lines[1:]], f'{indent}"""']


def target(ref: str) -> str:
    return ref.rsplit("/", 1)[1]


def listed(schema: dict[str, Any]) -> dict[str, Any]:
    """Words that the schema describes one by one, as one that only lists them."""
    each = schema.get("oneOf", [])
    if not each or not all("const" in one for one in each):
        return schema
    return {"enum": [one["const"] for one in each], "description": schema.get("description", "")}


class Writer:
    def __init__(self) -> None:
        self.defs: dict[str, Any] = {}

    def kind(self, schema: dict[str, Any]) -> tuple[str, str]:
        """The type of a value, and the expression that makes it of a JSON value called ``v``."""
        if "$ref" in schema:
            name = target(schema["$ref"])
            return name, ("v" if "enum" in self.defs[name] else f"{name}.of(v)")
        if "anyOf" in schema:
            inner, made = self.kind(next(one for one in schema["anyOf"] if one.get("type") != "null"))
            return f"{inner} | None", (made if made == "v" else f"None if v is None else {made}")
        of = schema["type"]
        if isinstance(of, list):
            inner, made = self.kind({**schema, "type": next(one for one in of if one != "null")})
            return f"{inner} | None", made
        if of == "array":
            inner, made = self.kind(schema["items"])
            if schema.get("minItems") and schema["minItems"] == schema.get("maxItems"):
                return f"tuple[{', '.join([inner] * schema['minItems'])}]", "tuple(v)"
            return f"tuple[{inner}, ...]", ("tuple(v)" if made == "v" else f"tuple({made} for v in v)")
        if of == "object" and isinstance(schema.get("additionalProperties"), dict):
            inner, _ = self.kind(schema["additionalProperties"])
            return f"Mapping[str, {inner}]", "dict(v)"
        return {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}[of], "v"

    def of_class(self, name: str, schema: dict[str, Any]) -> list[str]:
        if "enum" in schema:
            values = ", ".join(json.dumps(value) for value in schema["enum"])
            words = " ".join(schema.get("description", "").split())
            comment = [f"# {line}" for line in wrap(words, 110)]
            return [*comment, f"{name} = Literal[{values}]", "", ""]
        required = schema.get("required", [])
        properties = schema["properties"]
        order = [*required, *[field for field in properties if field not in required]]
        lines = ["@dataclass(frozen=True, slots=True)", f"class {name}:"]
        lines += doc(schema.get("description", name), "    ")
        made = []
        for field in order:
            assert not keyword.iskeyword(field), field
            of = properties[field]
            kind, value = self.kind(of)
            # What is absent from the JSON is null, or an empty list.
            missing = "" if field in required else " = " + self.default(kind)
            if not missing == "" and "|" not in kind and not kind.startswith(("tuple", "Mapping")):
                kind += " | None"
            lines.append("")
            lines.append(f"    {field}: {kind}{self.factory(missing)}")
            lines += doc(of.get("description", field), "    ")
            got = f'd["{field}"]' if field in required else f'd.get("{field}")'
            if value == "v":
                made.append(f"            {field}={got},")
            elif field in required:
                made.append(f"            {field}={self.inline(value, got)},")
            else:
                if kind.startswith(("tuple", "Mapping")):
                    got += " or " + ("()" if kind.startswith("tuple") else "{}")
                    made.append(f"            {field}={self.inline(value, got)},")
                else:
                    made.append(f'            {field}=None if {got} is None else {self.inline(value, got)},')
        lines += ["", "    @classmethod", f"    def of(cls, d: Mapping[str, Any]) -> Self:"]
        lines += ['        """From the object of the JSON."""', "        return cls(", *made, "        )", "", ""]
        return lines

    @staticmethod
    def default(kind: str) -> str:
        return "()" if kind.startswith("tuple") else "{}" if kind.startswith("Mapping") else "None"

    @staticmethod
    def factory(missing: str) -> str:
        return " = field(default_factory=dict)" if missing == " = {}" else missing

    @staticmethod
    def inline(made: str, got: str) -> str:
        if " for v in v" in made:
            return made.replace(" for v in v", f" for v in {got}")
        if made.startswith("None if v is None else "):
            rest = made.removeprefix("None if v is None else ")
            return f"None if {got} is None else {rest.replace('(v)', f'({got})')}"
        return made.replace("(v)", f"({got})")

    def write(self) -> str:
        classes: dict[str, dict[str, Any]] = {}
        for file, root in ROOTS.items():
            schema = json.loads((SCHEMAS / f"{file}.schema.json").read_text(encoding="utf-8"))
            self.defs |= {name: listed(of) for name, of in schema.get("$defs", {}).items()}
            if root:
                self.defs[root] = {key: value for key, value in schema.items() if key != "$defs"}
        enums = {name: of for name, of in self.defs.items() if "enum" in of}
        classes = {name: of for name, of in self.defs.items() if "enum" not in of}
        # `Story` is extended by hand, by what shows it.
        lines: list[str] = []
        for name, of in [*sorted(enums.items()), *sorted(classes.items())]:
            lines += self.of_class(name, of)
        body = "\n".join(lines).rstrip() + "\n"
        head = HEAD
        if "field(default_factory" in body:
            head = head.replace("import dataclass\n", "import dataclass, field\n")
        names = [*sorted(enums), *sorted(classes)]
        exported = "\n__all__ = [\n" + "".join(f'    "{name}",\n' for name in names) + "]\n"
        return head + body + exported


def main() -> int:
    made = Writer().write()
    if "--check" in sys.argv[1:]:
        kept = OUT.read_text(encoding="utf-8") if OUT.exists() else ""
        if kept != made:
            print(f"{OUT.name} is stale: run `python {Path(__file__).name}`", file=sys.stderr)
            return 1
        return 0
    OUT.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
