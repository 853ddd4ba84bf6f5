"""A mapping laid on the files of a load: which sheet is which file of it, and whether every column is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.text import fold
from ingest.corrections import CorrectedSheet
from ingest.headers import read_header
from ingest.mapping import Condition, FileShape, Mapping, Target
from ingest.plan import FieldPlan, JoinedSheet, JoinPlan, SheetPlan, TargetPlan
from ingest.recognise import HEADER_SEARCH_ROWS, NearMiss, Unrecognised
from ingest.sources import Sheet
from ingest.sql import literal, name
from ingest.tables import table_specs
from ingest.yamlnodes import Place


@dataclass(frozen=True, slots=True)
class _Bound:
    """A sheet taken for a file of the mapping."""

    sheet: Sheet
    shape: FileShape
    header_row: int
    columns: dict[str, int]

    @property
    def label(self) -> str:
        return f"{self.sheet.file.name} {self.sheet.name}".strip()


def bind(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[list[SheetPlan], list[tuple[Sheet, Unrecognised]]]:
    """Plans for the sheets that rows come from, and the sheets the mapping does not know; raises MappingError.

    Every column is looked up now, before the first row is read. A file that is only joined has no plan of its own; beside
    corrected sheets no other has.
    """
    bound: list[_Bound] = []
    strange: list[tuple[Sheet, Unrecognised]] = []
    for sheet in sheets:
        found = _shape_of(mapping, sheet)
        if found:
            bound.append(found)
        else:
            strange.append((sheet, _near(mapping, sheet)))
    mending = any(isinstance(one.sheet, CorrectedSheet) for one in bound)
    plans = [
        _plan(mapping, one, bound) for one in bound
        if mapping.targets_of(one.shape.name) and (isinstance(one.sheet, CorrectedSheet) or not mending)
    ]
    return plans, strange


def file_of(mapping: Mapping, sheet: Sheet) -> str:
    """Which file of the mapping a sheet is, '' when none."""
    found = _shape_of(mapping, sheet)
    return found.shape.name if found else ""


def joined_files(mapping: Mapping, plans: Sequence[SheetPlan]) -> tuple[str, ...]:
    """The files of the mapping whose sheets were joined to others."""
    return tuple(sorted({mapping.files[plan.group].joins[join.alias].file for plan in plans for join in plan.joins if join.sheets}))


def _shape_of(mapping: Mapping, sheet: Sheet) -> _Bound | None:
    for shape in sorted(mapping.files.values(), key=lambda s: -len(s.when)):
        wanted = {fold(text) for text in shape.when}
        for number, row in enumerate(sheet.head[:HEADER_SEARCH_ROWS]):
            columns: dict[str, int] = {}
            for index, text in enumerate(row):
                if fold(text):
                    columns.setdefault(fold(text), index)
            if wanted <= columns.keys():
                return _Bound(sheet, shape, number, columns)
    return None


def _near(mapping: Mapping, sheet: Sheet) -> Unrecognised:
    """The file of the mapping that some row of a sheet comes nearest to, with the headers it lacks; none where no header is met."""
    best = NearMiss("", (), ())
    headers: tuple[str, ...] = ()
    for row in sheet.head[:HEADER_SEARCH_ROWS]:
        there = {fold(text): text for text in row if fold(text)}
        for shape in mapping.files.values():
            matched = tuple(text for text in shape.when if fold(text) in there)
            if len(matched) > len(best.matched):
                best = NearMiss(shape.name, matched, tuple(text for text in shape.when if text not in matched))
                headers = tuple(there.values())
    return Unrecognised(headers, (best,) if headers else ())


class _SheetScope:
    """The columns of a bound sheet, those of the files joined to it, and the targets of its rows."""

    def __init__(self, bound: _Bound, targets: Sequence[Target]) -> None:
        self._bound = bound
        self._targets = {target.name: target for target in targets}
        self.used: set[int] = set()
        self.joined: dict[str, dict[str, Place]] = {}

    def column(self, column: str, place: Place) -> str:
        index = self._bound.columns.get(fold(column))
        if index is not None:
            self.used.add(index)
            return f"s.c{index}"
        alias, dot, joined = column.partition(".")
        if dot and alias in self._bound.shape.joins:
            self.joined.setdefault(alias, {}).setdefault(joined, place)
            position = list(self.joined[alias]).index(joined)
            return f"{name('j_' + alias)}.v{position}"
        if column in self._bound.shape.optional:
            return "NULL::VARCHAR"
        raise place.error(f"文件 {self._bound.label} 没有列“{column}”", f"file {self._bound.label} has no such column")

    def key_of(self, target: str, place: Place) -> str:
        found = self._targets[target]
        key = found.fields[found.table.key[0]].sql(self)
        return f"(CASE WHEN {_condition(found.only_if, self)} THEN {key} END)" if found.only_if else key


def _condition(condition: Condition, scope: _SheetScope) -> str:
    value = condition.value.sql(scope)
    if not condition.among:
        return f"{value} IS NULL" if condition.among == () else f"{value} IS NOT NULL"
    return f"coalesce({value} IN ({', '.join(literal(text) for text in condition.among)}), false)"


def _plan(mapping: Mapping, bound: _Bound, everything: Sequence[_Bound]) -> SheetPlan:
    targets = mapping.targets_of(bound.shape.name)
    scope = _SheetScope(bound, targets)
    planned = tuple(_target_plan(target, scope) for target in targets)
    joins = tuple(_join_plan(alias, bound, everything, scope) for alias in _aliases(bound, scope))
    headers = tuple(read_header(text) for text in bound.sheet.head[bound.header_row])
    told = {fold(text) for text in (*bound.shape.when, *bound.shape.optional)}
    unknown = tuple(
        header.text for index, header in enumerate(headers)
        if header.name and index not in scope.used and fold(header.text) not in told
    )
    table = "+".join(dict.fromkeys(target.table.name for target in targets))
    return SheetPlan(
        bound.sheet, bound.header_row, headers, planned, unknown, bound.shape.name, table, joins, tuple(sorted(scope.used))
    )


def _aliases(bound: _Bound, scope: _SheetScope) -> list[str]:
    """The joins in use in the order of the mapping; a key that needs another join brings that one in too."""
    joins = bound.shape.joins
    for alias in reversed(joins):
        if alias in scope.joined:
            joins[alias].key.sql(scope)
    return [alias for alias in joins if alias in scope.joined]


def _target_plan(target: Target, scope: _SheetScope) -> TargetPlan:
    spec = table_specs()[target.table.name]
    fields = {
        field: FieldPlan(expression.sql(scope), "、".join(dict.fromkeys(expression.columns())) or spec.header(field))
        for field, expression in target.fields.items()
    }
    one_of = (*spec.one_of, "person_key") if spec.one_of and "person_key" in fields else spec.one_of
    only_if = _condition(target.only_if, scope) if target.only_if else ""
    return TargetPlan(target.table, fields, one_of, only_if, target.distinct, target.optional)


def _join_plan(alias: str, bound: _Bound, everything: Sequence[_Bound], scope: _SheetScope) -> JoinPlan:
    join = bound.shape.joins[alias]
    others = [one for one in everything if one.shape.name == join.file]
    if not others and not join.optional:
        raise join.place.error(f"缺少要连接的文件“{join.file}”", f"the file {join.file} to be joined is missing")
    wanted = scope.joined[alias]
    joined = tuple(
        JoinedSheet(
            one.sheet, _joined_column(one, join.equals, join.place),
            tuple(_wanted_column(one, text, place) for text, place in wanted.items()),
        )
        for one in others
    )
    return JoinPlan(alias, join.key.sql(scope), len(wanted), joined)


def _wanted_column(bound: _Bound, text: str, place: Place) -> int | None:
    return None if text in bound.shape.optional and fold(text) not in bound.columns else _joined_column(bound, text, place)


def _joined_column(bound: _Bound, text: str, place: Place) -> int:
    index = bound.columns.get(fold(text))
    if index is None:
        raise place.error(f"文件 {bound.label} 没有列“{text}”", f"file {bound.label} has no such column")
    return index
