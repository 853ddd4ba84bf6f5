"""One sheet checked: its data rows told from the rest, its targets cleaned, every refusal written down.

Everything goes into the scratch database: `p_<part>_<target>` (rows of the register), `t_<table>` (all
of one table), `refused` (rows that do not load, one rule each), `issues` (cells that do not load), `prints` (one
hash per source row, for finding identical rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from graph.machine import open_duckdb
from graph.register import Field, FieldKind
from graph.values import M2_PER_UNIT
from ingest import rules
from ingest.cells import Cleaned, Sentences, judge
from ingest.limits import Limits
from ingest.pace import Pace
from ingest.plan import FieldPlan, SheetPlan, TargetPlan
from ingest.rows import PartRows, lay_out
from ingest.sayings import SHAPES, Made, amiss, define_shapes, hashed, made, telling
from ingest.sql import literal, name

DEFAULT_SIZE_UNIT = "m2"
"""The unit of a land area when neither a column nor the header says one."""

_READ, _CLEANED = 0.3, 0.85
"""How much of the work on a sheet is done when it is read, and when all its cells are clean."""

_UNIT_WORDS = (("mu", "亩"), ("ha", "公顷"), ("m2", "平方米|㎡|m2|m²"))


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks sheets into one scratch database; threads may check one each at the same time."""

    con: duckdb.DuckDBPyConnection
    scratch: Path
    limits: Limits
    sentences: Sentences

    @classmethod
    def open(cls, scratch: Path, limits: Limits) -> Checker:
        """A checker over a new database in `scratch`."""
        con = open_duckdb()
        con.execute(f"SET memory_limit = {literal(limits.memory)}")
        con.execute(f"SET temp_directory = {literal(str(scratch / 'spill'))}")
        con.execute("SET preserve_insertion_order = true")
        con.execute("SET checkpoint_threshold = '1TB'")  # nothing here is to be kept
        con.execute("SET disabled_optimizers = 'build_side_probe_side'")  # a look-up never turns the order of the rows
        con.execute("CREATE TABLE refused (part INTEGER, row BIGINT, source_column VARCHAR, rule VARCHAR)")
        con.execute("CREATE TABLE issues (part INTEGER, row BIGINT, source_column VARCHAR, rule VARCHAR)")
        con.execute("CREATE TABLE prints (grp VARCHAR, part INTEGER, row BIGINT, print UBIGINT)")
        define_shapes(con)
        return cls(con, scratch, limits, Sentences())

    def check(self, part: int, plan: SheetPlan, pace: Pace, *, alone: bool) -> PartRows:
        """Check one sheet as part number `part`, `alone` when no other is of its group; returns what was read."""
        pace.begin(part, f"{plan.sheet.file.name} {plan.sheet.name}".rstrip())
        return replace(self, con=self.con.cursor())._check(part, plan, pace, alone)

    def gather(self) -> None:
        """When every sheet is checked: one relation per register table of what the sheets made, in order."""
        for one in made(self.con):
            parts = " UNION ALL ".join(f"FROM {name(relation)}" for relation in one.relations)
            self.con.execute(f"CREATE VIEW {name(one.gathered)} AS {parts}")

    def _check(self, part: int, plan: SheetPlan, pace: Pace, alone: bool) -> PartRows:
        rows = lay_out(self.con, part, plan, self.scratch, self.limits)
        pace.read(part, rows.read)
        pace.reached(part, _READ)
        prints = []
        for number in range(len(plan.targets)):
            prints.append(self._fill(part, number, plan, rows, alone))
            pace.reached(part, _READ + (_CLEANED - _READ) * (number + 1) / len(plan.targets))
        if rows.may_be_unused:
            self._refuse_unused(part, rows, plan)
        self._fingerprint(part, plan, prints)
        self._second_values(part, plan, rows)
        rows.set_aside_refused(self.con, part)
        if rows.computed:
            rows.drop(self.con)
        pace.reached(part, 1.0)
        return rows

    def _fill(self, part: int, number: int, plan: SheetPlan, rows: PartRows, alone: bool) -> str:
        """Clean one target of a sheet into rows of the register, and write down its refusals and issues; the query of the
        hash of every row.

        What a mapping computes is a table; else the rows are only looked through, and worked out when they are read.
        """
        target = plan.targets[number]
        values = rows.values_relation(self.con, number, target)
        fields = {column.name: column for column in target.table.fields if column.name in target.fields}
        units = {field: target.fields[field].unit for field in fields}
        cleaned = judge(self.con, values, fields, units, self.sentences)
        _convert_size(fields, cleaned, target.fields)
        spoilt = self._write_refusals(part, values, target, fields, cleaned)
        kept = f" WHERE v.row NOT IN (SELECT row FROM {name(spoilt)})" if spoilt and target.optional else ""
        for field_name in fields:
            if cleaned[field_name].broken:
                self._write_issues(part, values, cleaned[field_name], target.fields[field_name].column, kept)
        columns = ", ".join(
            f"CAST({cleaned[column].value if column in cleaned else 'NULL'} AS {kind}) AS {name(column)}"
            for column, kind in target.table.columns[:-2]
        )
        self.con.execute(
            f"CREATE {'TABLE' if rows.computed else 'VIEW'} {name(Made.relation(part, number))} AS SELECT {columns},"
            f" {part}::INTEGER AS part, v.row, {number}::UTINYINT AS target, {target.distinct} AS once,"
            f" {amiss(cleaned)} AS amiss FROM {name(values)} v {_joins(cleaned.values())}{kept}"
        )
        self.con.execute(
            f"INSERT INTO {SHAPES} VALUES (?, ?, ?, ?, ?)", [part, number, target.table.name, target.distinct, list(fields)]
        )
        few = telling(cleaned) if alone else list(cleaned.values())
        return f"SELECT v.row, {number} AS target, {hashed(few)} AS print FROM {name(values)} v {_joins(few)}{kept}"

    def _write_refusals(
        self, part: int, values: str, target: TargetPlan, fields: dict[str, Field], cleaned: dict[str, Cleaned]
    ) -> str:
        """Write down which rows do not load and why; the name of a relation of these rows, '' when there is none."""
        spoilt = f"{values}_spoilt"
        deciding = [cleaned[n] for n in fields if fields[n].required or n in target.one_of]
        self.con.execute(
            f"CREATE TABLE {name(spoilt)} AS SELECT row, refusal.source_column, refusal.rule FROM (SELECT v.row,"
            f" {_refusal(target, fields, cleaned)} AS refusal FROM {name(values)} v {_joins(deciding)}) WHERE refusal IS NOT NULL"
        )
        found = f"SELECT {part}, row, source_column, rule FROM {name(spoilt)}"
        if target.optional:
            self.con.execute(f"INSERT INTO issues {found}")
        else:
            known = f"SELECT row FROM refused WHERE part = {part}"
            self.con.execute(f"INSERT INTO refused {found} WHERE row NOT IN ({known})")
        return spoilt

    def _write_issues(self, part: int, values: str, one: Cleaned, column: str, kept: str) -> None:
        self.con.execute(
            f"INSERT INTO issues SELECT part, row, {literal(column)}, rule FROM (SELECT {part} AS part, v.row, {one.rule} AS rule"
            f" FROM {name(values)} v {_joins([one])}{kept}) WHERE rule IS NOT NULL"
        )

    def _refuse_unused(self, part: int, rows: PartRows, plan: SheetPlan) -> None:
        used = " UNION ALL ".join(f"SELECT row FROM {relation}" for relation in _relations(part, plan))
        self.con.execute(
            f"INSERT INTO refused SELECT {part}, row, '', {literal(rules.UNUSED)} FROM {name(rows.data)}"
            f" WHERE row NOT IN ({used}) AND row NOT IN (SELECT row FROM refused WHERE part = {part})"
        )

    def _fingerprint(self, part: int, plan: SheetPlan, prints: Sequence[str]) -> None:
        """One hash a source row: of its only target, or of all its targets, of which `prints` are the queries."""
        accepted = f"row NOT IN (SELECT row FROM refused WHERE part = {part})"
        every = " UNION ALL ".join(prints)
        query = f"SELECT row, print FROM ({every})" if len(plan.targets) == 1 else (
            f"SELECT row, bit_xor(hash(target, print)) AS print FROM ({every}) GROUP BY row"
        )
        self.con.execute(f"INSERT INTO prints SELECT {literal(plan.group)}, {part}, row, print FROM ({query}) WHERE {accepted}")

    def _second_values(self, part: int, plan: SheetPlan, rows: PartRows) -> None:
        """Where two columns mean one field and differ, say that the second was not loaded."""
        for target in plan.targets:
            for field in target.fields.values():
                for column in field.columns[1:]:
                    other = f"nullif(trim(c{column}), '')"
                    self.con.execute(
                        f"INSERT INTO issues SELECT {part}, row, {literal(plan.headers[column].text)},"
                        f" {literal(rules.SECOND)} FROM {name(rows.data)} WHERE {other} <> trim({field.sql})"
                    )


def _relations(part: int, plan: SheetPlan) -> list[str]:
    return [name(Made.relation(part, number)) for number in range(len(plan.targets))]


def _joins(cleaned: Iterable[Cleaned]) -> str:
    return " ".join(dict.fromkeys(join for one in cleaned for join in one.joins))


def _refusal(target: TargetPlan, fields: dict[str, Field], cleaned: dict[str, Cleaned]) -> str:
    """Why a row does not load: the first required field without a value, or nothing of `one_of`."""
    cases = []
    for column in fields.values():
        if column.required:
            one = cleaned[column.name]
            cases.append(
                f"WHEN {one.value} IS NULL THEN {{'source_column': {literal(target.fields[column.name].column)},"
                f" 'rule': coalesce({one.rule}, {literal(rules.MISSING)})}}"
            )
    present = [cleaned[n] for n in target.one_of if n in cleaned]
    if present:
        nothing = " AND ".join(f"{one.value} IS NULL AND {one.rule} IS NULL" for one in present)
        columns = "、".join(target.fields[n].column for n in target.one_of if n in cleaned)
        cases.append(
            f"WHEN {nothing} THEN {{'source_column': {literal(columns)}, 'rule': {literal(rules.ONE_OF)}}}"
        )
    return f"CASE {' '.join(cases)} END"


def _convert_size(fields: dict[str, Field], cleaned: dict[str, Cleaned], plans: dict[str, FieldPlan]) -> None:
    """Land areas into square metres by the unit in the cell, else the row's, the header's, or `DEFAULT_SIZE_UNIT`."""
    for column in [f for f in fields.values() if f.kind is FieldKind.SIZE]:
        size, header = cleaned[column.name], plans[column.name].unit
        fallback = header if header in M2_PER_UNIT else DEFAULT_SIZE_UNIT
        stated = cleaned.get(f"{column.name}_unit")
        said = _unit_in(f"v.{name('v_' + column.name)}")
        unit = f"coalesce({said}, {stated.value if stated else 'NULL'}, {literal(fallback)})"
        factor = " ".join(f"WHEN {literal(u)} THEN {m2!r}" for u, m2 in M2_PER_UNIT.items())
        value = f"(({size.value}) * CASE {unit} {factor} END)"
        rule = f"CASE WHEN {size.value} IS NOT NULL AND {value} IS NULL THEN {literal(rules.SIZE_UNIT)} ELSE {size.rule} END"
        joins = (*size.joins, *(stated.joins if stated else ()))
        cleaned[column.name] = Cleaned(value, rule, joins=joins, broken=size.broken or bool(stated and stated.broken))


def _unit_in(cell: str) -> str:
    """SQL of the unit that stands behind the number in a cell of land area, NULL where there is none."""
    endings = ((unit, literal(f"(?i)({words})[[:space:]　]*$")) for unit, words in _UNIT_WORDS)
    cases = " ".join(f"WHEN regexp_matches({cell}, {ending}) THEN {literal(unit)}" for unit, ending in endings)
    return f"(CASE WHEN right({cell}, 1) BETWEEN '0' AND '9' THEN NULL {cases} END)"
