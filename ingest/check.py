"""One sheet checked: its data rows told from the rest, its targets cleaned, every refusal written down.

Everything goes into tables of the scratch database: `t_<table>` (rows of the register with their fingerprint),
`refused` (rows that do not load, one rule each), `issues` (cells that do not load), `prints` (one fingerprint per
source row, for finding identical rows).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.machine import open_duckdb
from graph.register import TABLES, Field, FieldKind
from graph.values import M2_PER_UNIT
from ingest import rules
from ingest.cells import Cleaned, Sentences, prepare
from ingest.limits import Limits
from ingest.pace import Pace
from ingest.plan import FieldPlan, SheetPlan, TargetPlan
from ingest.rows import PartRows, lay_out
from ingest.sql import literal, name
from ingest.tokens import define_tokens

DEFAULT_SIZE_UNIT = "m2"
"""The unit of a land area when neither a column nor the header says one."""

_READ, _CLEANED = 0.3, 0.85
"""How much of the work on a sheet is done when it is read, and when all its cells are clean."""

_UNIT_WORDS = (("mu", "亩"), ("ha", "公顷"), ("m2", "平方米|㎡|m2|m²"))


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks sheets into one scratch database."""

    con: duckdb.DuckDBPyConnection
    scratch: Path
    limits: Limits
    provider: str
    sentences: Sentences

    @classmethod
    def open(cls, scratch: Path, limits: Limits, provider: str, id_key: str) -> Checker:
        """A checker over a new database in `scratch`; `id_key` makes the tokens of id numbers and phones."""
        con = open_duckdb()
        con.execute(f"SET memory_limit = {literal(limits.memory)}")
        con.execute(f"SET temp_directory = {literal(str(scratch / 'spill'))}")
        con.execute("SET preserve_insertion_order = true")
        con.execute("SET enable_progress_bar = false")
        define_tokens(con, id_key)
        con.execute("CREATE TABLE refused (part INTEGER, row BIGINT, source_column VARCHAR, rule VARCHAR)")
        con.execute("CREATE TABLE issues (part INTEGER, row BIGINT, source_column VARCHAR, rule VARCHAR)")
        con.execute("CREATE TABLE prints (grp VARCHAR, part INTEGER, row BIGINT, print UHUGEINT)")
        for table in TABLES.values():
            columns = ", ".join(f"{name(column)} {kind}" for column, kind in table.columns)
            con.execute(f"CREATE TABLE {name('t_' + table.name)} ({columns}, once BOOLEAN, print UHUGEINT)")
        return cls(con, scratch, limits, provider, Sentences())

    def check(self, part: int, plan: SheetPlan, pace: Pace) -> PartRows:
        """Check one sheet as part number `part`; returns what was read. The raw rows are dropped again."""
        rows = lay_out(self.con, part, plan, self.scratch, self.limits)
        pace.read(rows.read)
        pace.reached(_READ)
        made: list[str] = []
        for number, target in enumerate(plan.targets, start=1):
            made.append(self._stage(part, number - 1, plan, target, rows))
            pace.reached(_READ + (_CLEANED - _READ) * number / len(plan.targets))
        self._refuse_unused(part, rows, made)
        self._fingerprint(part, plan.group, made)
        self._second_values(part, plan, rows)
        for number, target in enumerate(plan.targets):
            self._keep(target, made[number])
        rows.set_aside_refused(self.con, part)
        for staged in made:
            self.con.execute(f"DROP TABLE {name(staged)}")
        rows.drop(self.con)
        pace.reached(1.0)
        return rows

    def _stage(self, part: int, number: int, plan: SheetPlan, target: TargetPlan, rows: PartRows) -> str:
        """Clean one target into `s_<part>_<number>`: register columns, then `print`, and its refusals and issues."""
        fields = {column.name: column for column in target.table.fields if column.name in target.fields}
        values = rows.values_relation(self.con, number, target)
        cleaned = {n: prepare(self.con, values, f, target.fields[n].unit, self.sentences) for n, f in fields.items()}
        _convert_size(fields, cleaned, target.fields)
        staged = f"s_{part}_{number}"
        columns = [f"{_column(c, fields, cleaned, self.provider)} AS {name(c)}" for c, _ in target.table.columns[:-2]]
        checks = [f"{cleaned[n].rule} AS {name('rule_' + n)}" for n in fields]
        joins = " ".join(c.join for c in cleaned.values())
        self.con.execute(
            f"CREATE TABLE {name(staged)} AS SELECT {', '.join(columns)}, {part} AS part, v.row,"
            f" {target.distinct} AS once, {_print(fields, cleaned)} AS print,"
            f" {_refusal(target, fields, cleaned)} AS refusal, {', '.join(checks)}"
            f" FROM {name(values)} v {joins}"
        )
        self.con.execute(f"DROP TABLE {name(values)}")
        self._write_refusals(part, staged, target)
        for field_name in fields:
            if cleaned[field_name].join:
                self._write_issues(staged, field_name, target.fields[field_name].column)
        return staged

    def _write_refusals(self, part: int, staged: str, target: TargetPlan) -> None:
        found = f"SELECT {part}, row, refusal.source_column, refusal.rule FROM {name(staged)} WHERE refusal IS NOT NULL"
        if target.optional:
            self.con.execute(f"INSERT INTO issues {found}")
            self.con.execute(f"DELETE FROM {name(staged)} WHERE refusal IS NOT NULL")
        else:
            known = f"SELECT row FROM refused WHERE part = {part}"
            self.con.execute(f"INSERT INTO refused {found} AND row NOT IN ({known})")

    def _write_issues(self, staged: str, field_name: str, column: str) -> None:
        self.con.execute(
            f"INSERT INTO issues SELECT part, row, {literal(column)}, {name('rule_' + field_name)}"
            f" FROM {name(staged)} WHERE {name('rule_' + field_name)} IS NOT NULL"
        )

    def _refuse_unused(self, part: int, rows: PartRows, made: list[str]) -> None:
        used = " UNION ALL ".join(f"SELECT row FROM {name(staged)}" for staged in made)
        if rows.may_be_unused:
            self.con.execute(
                f"INSERT INTO refused SELECT {part}, row, '', {literal(rules.UNUSED)} FROM {name(rows.data)}"
                f" WHERE row NOT IN ({used}) AND row NOT IN (SELECT row FROM refused WHERE part = {part})"
            )

    def _fingerprint(self, part: int, group: str, made: list[str]) -> None:
        """One fingerprint a source row: of its only target, or of all its targets in order."""
        accepted = f"row NOT IN (SELECT row FROM refused WHERE part = {part})"
        if len(made) == 1:
            self.con.execute(
                f"INSERT INTO prints SELECT {literal(group)}, part, row, print FROM {name(made[0])} WHERE {accepted}"
            )
            return
        every = " UNION ALL ".join(f"SELECT {n} AS n, row, print FROM {name(staged)}" for n, staged in enumerate(made))
        self.con.execute(
            f"INSERT INTO prints SELECT {literal(group)}, {part}, row,"
            f" (bit_xor(hash(n, print))::UHUGEINT << 64) + bit_xor(hash(print, n)) FROM ({every}) WHERE {accepted} GROUP BY row"
        )

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

    def _keep(self, target: TargetPlan, staged: str) -> None:
        columns = ", ".join(name(column) for column, _ in target.table.columns)
        self.con.execute(
            f"INSERT INTO {name('t_' + target.table.name)} SELECT {columns}, once, print FROM {name(staged)}"
        )


def _column(column: str, fields: dict[str, Field], cleaned: dict[str, Cleaned], provider: str) -> str:
    base = column.removesuffix("_token")
    if base != column and base in fields and fields[base].has_token:
        return f"token_of({cleaned[base].value})"
    value = cleaned[column].value if column in cleaned else "NULL"
    return f"coalesce({value}, {literal(provider)})" if column == "provider" and provider else value


def _print(fields: dict[str, Field], cleaned: dict[str, Cleaned]) -> str:
    """A 128-bit fingerprint of what a row says: its clean values, and the raw text of what was refused."""
    parts = []
    for field_name in fields:
        value, rule = cleaned[field_name].value, cleaned[field_name].rule
        raw = f", CASE WHEN {rule} IS NOT NULL THEN '!' || v.{name('v_' + field_name)} END" if cleaned[field_name].join else ""
        parts.append(f"coalesce({literal(field_name + '=')} || CAST({value} AS VARCHAR){raw}, '')")
    return f"md5_number(concat_ws(chr(31), {', '.join(parts)}))"


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
        cleaned[column.name] = Cleaned(value, rule, size.join)


def _unit_in(cell: str) -> str:
    """SQL of the unit that stands behind the number in a cell of land area, NULL where there is none."""
    endings = ((unit, literal(f"(?i)({words})[[:space:]　]*$")) for unit, words in _UNIT_WORDS)
    cases = " ".join(f"WHEN regexp_matches({cell}, {ending}) THEN {literal(unit)}" for unit, ending in endings)
    return f"(CASE {cases} END)"
