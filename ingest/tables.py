"""The native tables: which header means which field of the register. `tables/*.yaml` holds the data.

A file gives a table its Chinese name and, per register field, the header and its synonyms; `required` must say
what the register says; `example` is a made-up row for the documentation. The columns that every table accepts
stand once, in `common.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from cypher.yamlloader import LOADER
from graph.register import TABLES, Table
from ingest.errors import InvalidTables
from ingest.headers import read_header

INTERNAL = {"person_key": None, "own_number": None, "timeliness": "petitions", "due_on": "petitions"}
"""Register fields without a header: filled by mappings only. The value names the only table it holds for."""

_COMMON = "common"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One native table: its headers by field, the field by folded header name, and the fields of `one_of`, of which
    at least one must be in the file and filled in every row."""

    table: Table
    zh: str
    headers: dict[str, tuple[str, ...]]
    names: dict[str, str]
    one_of: tuple[str, ...] = ()
    example: tuple[tuple[str, str], ...] = ()

    def field_of(self, name: str) -> str | None:
        """The field a folded header name means, or None."""
        return self.names.get(name)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.table.fields if f.required)

    def header(self, field: str) -> str:
        """The usual header of a field; the field's own name for one that has no header."""
        return self.headers[field][0] if field in self.headers else field


@cache
def table_specs() -> dict[str, TableSpec]:
    """Every native table by name; raises InvalidTables when a file contradicts the register."""
    return {name: build_spec(name, _read(name), _read(_COMMON)) for name in TABLES}


def build_spec(name: str, raw: dict[str, Any], common: dict[str, Any]) -> TableSpec:
    """One table from the content of its file and of the common file, checked against the register."""
    table = TABLES[name]
    own: dict[str, dict[str, Any]] = raw["fields"]
    known = {f.name for f in table.fields}
    shared = {k: v for k, v in common["fields"].items() if k in known and k not in own}
    headers: dict[str, tuple[str, ...]] = {}
    for field, entry in {**own, **shared}.items():
        if field not in known:
            raise _invalid(name, f"字段 {field} 不在登记表里", f"{field} is no field of the register")
        if bool(entry.get("required")) != table.field(field).required:
            raise _invalid(name, f"字段 {field} 的 required 与登记表不同", f"required of {field} differs from the register")
        headers[field] = tuple(entry["headers"])
    _check_complete(table, headers)
    spec = TableSpec(
        table, raw["title"], headers, _names(name, headers), tuple(raw.get("one_of", ())), tuple(raw.get("example", {}).items())
    )
    for told in (*spec.one_of, *(field for field, _ in spec.example)):
        if told not in headers:
            raise _invalid(name, f"one_of 或 example 里的 {told} 没有表头", f"{told} in one_of or example has no header")
    return spec


def _check_complete(table: Table, headers: dict[str, tuple[str, ...]]) -> None:
    for field in _with_header(table):
        if not headers.get(field):
            raise _invalid(table.name, f"字段 {field} 没有表头", f"{field} has no header")


def _with_header(table: Table) -> Iterator[str]:
    for field in table.fields:
        only = INTERNAL.get(field.name, "")
        if only == "" or only not in (None, table.name):
            yield field.name


def _names(name: str, headers: dict[str, tuple[str, ...]]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for field, texts in headers.items():
        for text in texts:
            other = seen.setdefault(read_header(text).name, field)
            if other != field:
                raise _invalid(name, f"表头“{text}”既指 {other} 又指 {field}", f"a header means both {other} and {field}")
    return seen


def _invalid(name: str, zh: str, en: str) -> InvalidTables:
    return InvalidTables(f"tables/{name}.yaml：{zh}", f"tables/{name}.yaml: {en}")


def _read(name: str) -> dict[str, Any]:
    text = files("ingest").joinpath("tables", f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=LOADER)
    return content
