"""Mappings: tables of a foreign shape described as data. A mapping is checked whole when it is read.

    name: wenzheng
    title: 问政留言
    provider: 问政留言
    files:
      messages:
        when: [留言编号, 留言用户]        the headers that tell the file
        optional: [答复时间]              headers it may have; empty where it has not
        join:
          units: {file: units, key: 单位编号, equals: id, optional: true}    then {units.name} is a column
    rows:
      - table: petitions                 a table of the register
        from: messages                   may be left out when there is one file
        as: petition                     its name for `ref`; the table's name by default
        only_if: 留言编号                a value that must not be empty, or {column: …, equals: … / in: […] / empty: true}
        distinct: true                   a thing many rows speak of: written once
        optional: true                   where it lacks something required, only it is left out, not the row
        fields: {number: 留言编号}       see ingest/expressions.py

One source row is loaded when at least one target came of it and none of its targets (but optional ones) was refused.
Of a joined file, each column gives its first non-empty value for the key. Every provider counts its cases from 1, so a
mapping gives `number` a prefix of its own ("wenzheng-{留言编号}") and the number as written to `own_number`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path

from graph.codes import known
from graph.register import TABLES, FieldKind, Table
from graph.values import BadValue, clean
from ingest.errors import MappingError
from ingest.expressions import Expression, read_expression
from ingest.tables import table_specs
from ingest.yamlnodes import Item, Place, compose

_NAME_HINT = "名称只用字母、数字和下划线"
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Join:
    """Another file of the mapping, found by a key."""

    file: str
    key: Expression
    equals: str
    optional: bool
    place: Place


@dataclass(frozen=True, slots=True)
class FileShape:
    """One kind of file: the headers that tell it, those it may lack, and the files joined to it."""

    name: str
    when: tuple[str, ...]
    optional: frozenset[str]
    joins: dict[str, Join]
    place: Place


@dataclass(frozen=True, slots=True)
class Condition:
    """When a row makes a target: the value is not empty, or one of `among`; an empty `among` wants it empty."""

    value: Expression
    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One table row made of a source row."""

    name: str
    table: Table
    source: str
    fields: dict[str, Expression]
    only_if: Condition | None
    distinct: bool
    optional: bool
    place: Place

    @property
    def expressions(self) -> Iterator[Expression]:
        yield from self.fields.values()
        if self.only_if:
            yield self.only_if.value


@dataclass(frozen=True, slots=True)
class Mapping:
    """A checked mapping; `content` is its text, which is part of a load's identity."""

    name: str
    title: str
    provider: str
    files: dict[str, FileShape]
    targets: tuple[Target, ...]
    content: str

    def targets_of(self, file: str) -> tuple[Target, ...]:
        return tuple(target for target in self.targets if target.source == file)


def available_mappings() -> dict[str, str]:
    """The mappings that come with the program: name to title."""
    folder = package_files("ingest").joinpath("mappings")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    read = [read_mapping(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in names]
    return {mapping.name: mapping.title for mapping in read}


def load_mapping(name: str | Path) -> Mapping:
    """A mapping by its name, or from a YAML file; raises MappingError."""
    path = Path(name)
    shipped = package_files("ingest").joinpath("mappings", f"{path.name}.yaml")
    if path.suffix not in (".yaml", ".yml") and path.name == str(name) and shipped.is_file():
        return read_mapping(shipped.read_text(encoding="utf-8"), f"{name}.yaml")
    try:
        return read_mapping(path.read_text(encoding="utf-8"), path.name)
    except OSError:
        known = "、".join(available_mappings())
        raise MappingError(
            f"找不到映射 {name}。自带的映射：{known}；或给出 YAML 文件的路径。", f"no mapping {name}; use one of {known} or a YAML file"
        ) from None
    except UnicodeDecodeError:
        raise MappingError(f"映射 {path.name} 不是 UTF-8 文本。", f"mapping {path.name} is not UTF-8 text") from None


def read_mapping(text: str, file: str) -> Mapping:
    """A mapping from its YAML text; raises MappingError that names `file` and the line."""
    root = compose(text, file)
    top = root.entries("name", "title", "provider", "files", "rows")
    shapes = {n: _read_shape(n, item) for n, item in root.need("files", top).entries().items()}
    targets = tuple(_read_target(item, shapes) for item in root.need("rows", top).items())
    name = root.need("name", top).text()
    mapping = Mapping(
        name, top["title"].text() if "title" in top else name,
        top["provider"].text() if "provider" in top else "", shapes, targets, text,
    )
    _check(mapping, root.place)
    return mapping


def _read_shape(name: str, item: Item) -> FileShape:
    if not name.isidentifier():
        raise item.place.error(_NAME_HINT, "a name is letters, digits and underscores")
    entries = item.entries("when", "optional", "join")
    when = item.need("when", entries)
    if not when.texts():
        raise when.place.error("when 至少写一个表头", "when needs at least one header")
    joins = entries["join"].entries() if "join" in entries else {}
    optional = frozenset(entries["optional"].texts()) if "optional" in entries else frozenset()
    return FileShape(name, when.texts(), optional, {a: _read_join(j) for a, j in joins.items()}, item.place)


def _read_join(item: Item) -> Join:
    entries = item.entries("file", "key", "equals", "optional")
    return Join(
        item.need("file", entries).text(), read_expression(item.need("key", entries)),
        item.need("equals", entries).text(), "optional" in entries and entries["optional"].flag(), item.place,
    )


def _read_target(item: Item, shapes: dict[str, FileShape]) -> Target:
    entries = item.entries("table", "from", "as", "only_if", "distinct", "optional", "fields")
    table_item = item.need("table", entries)
    if table_item.text() not in TABLES:
        raise table_item.place.error(f"没有“{table_item.text()}”这张表，可用：{'、'.join(TABLES)}", "no such table")
    table = TABLES[table_item.text()]
    if "from" not in entries and len(shapes) != 1:
        raise item.place.error("有多种文件时要写明 from", "from is needed when there are several files")
    source = entries["from"].text() if "from" in entries else next(iter(shapes))
    if source not in shapes:
        raise entries["from"].place.error(f"files 里没有“{source}”", "from names no entry of files")
    return Target(
        entries["as"].text() if "as" in entries else table.name, table, source,
        _read_fields(item.need("fields", entries), table),
        _read_condition(entries["only_if"]) if "only_if" in entries else None,
        "distinct" in entries and entries["distinct"].flag(),
        "optional" in entries and entries["optional"].flag(), item.place,
    )


def _read_fields(item: Item, table: Table) -> dict[str, Expression]:
    known = {field.name: field for field in table.fields}
    fields: dict[str, Expression] = {}
    places = item.keys()
    for name, value in item.entries().items():
        if name not in known:
            raise places[name].error(f"表 {table.name} 没有字段“{name}”，可用：{'、'.join(known)}", f"{table.name} has no such field")
        fields[name] = read_expression(value)
        for outcome in fields[name].outcomes():
            if known[name].kind is FieldKind.CODE:
                _check_code(value.place, table, name, outcome)
    for field in table.fields:
        if field.required and field.name not in fields:
            raise item.place.error(f"表 {table.name} 的必填字段 {field.name} 没有取值", f"required field {field.name} has no value")
    one_of = table_specs()[table.name].one_of
    if one_of and not any(name in fields for name in (*one_of, "person_key")):
        raise item.place.error(f"表 {table.name} 还要有其中之一：{'、'.join(one_of)}", f"one of {one_of} is needed as well")
    return fields


def _check_code(place: Place, table: Table, name: str, text: str) -> None:
    try:
        clean(table.field(name), text)
    except BadValue:
        codes = table.field(name).codes
        raise place.error(
            f"“{text}”不在代码表 {codes} 中，可写 {'、'.join(known(codes)[:_LISTED])}", f"not in code table {codes}"
        ) from None


def _read_condition(item: Item) -> Condition:
    if not item.is_block:
        return Condition(read_expression(item))
    entries = item.entries()
    tests = [key for key in ("equals", "in", "empty") if key in entries]
    if not tests:
        return Condition(read_expression(item))
    value = entries.get("column")
    if value is None or len(entries) != 2:
        raise item.place.error(
            "写成 {column: 列, equals: 值}、{column: 列, in: [值]} 或 {column: 列, empty: true}", "write {column: …, equals: …}"
        )
    return Condition(Expression("column", item.place, value.text()), _among(tests[0], entries[tests[0]]))


def _among(test: str, item: Item) -> tuple[str, ...] | None:
    if test == "empty":
        return () if item.flag() else None
    return item.texts() if test == "in" else (item.text(),)


def _check(mapping: Mapping, place: Place) -> None:
    if not mapping.targets:
        raise place.error("rows 至少要有一项", "rows needs at least one entry")
    for shape in mapping.files.values():
        for join in shape.joins.values():
            if join.file not in mapping.files or join.file == shape.name:
                raise join.place.error(f"join 的 file“{join.file}”不是另一种文件", "file of a join must be another entry of files")
    for source in mapping.files:
        _check_refs(mapping.targets_of(source))


def _check_refs(targets: tuple[Target, ...]) -> None:
    named: dict[str, Target] = {}
    for target in targets:
        if target.name in named:
            raise target.place.error(f"目标名“{target.name}”重复，请用 as 另起名", "two targets have one name; use as")
        named[target.name] = target
    for target in targets:
        for name, expression in target.fields.items():
            for ref in expression.refs():
                _check_ref(ref, target.table.field(name).refers, target, named)


def _check_ref(ref: Expression, refers: str, owner: Target, named: dict[str, Target]) -> None:
    if ref.text not in named or named[ref.text] is owner:
        raise ref.place.error(f"ref 指向的“{ref.text}”不是同一行的另一个目标", "ref names no other target of the row")
    found = named[ref.text].table.name
    accepted = ("petitions", "disputes") if refers == "cases" else (refers,)
    if found not in accepted:
        wanted = "、".join(accepted) if refers else "（不是引用字段）"
        raise ref.place.error(f"接错了一端：这里应指向 {wanted}，而“{ref.text}”是 {found}", f"wrong end: {found} is not {accepted}")
    for inner in named[ref.text].fields[named[ref.text].table.key[0]].refs():
        raise inner.place.error("被 ref 指向的编号本身不能再是 ref", "a key that is referred to must not be a ref itself")
