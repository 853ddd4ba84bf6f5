"""The register: the typed tables that every load brings, whatever shape the department's files had.

A load is one immutable folder `loads/<load id>/` with one Parquet file per table, the columns of which are
declared here: the fields of the table and the address of the row (`part`, `row`). `part` numbers the sheets and files
of the load. Loading fills it; building reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a value is; `graph.values` has the rule that cleans each kind."""

    TEXT = "text"  # trimmed, otherwise as written
    NAME = "name"  # a person's name
    KEY = "key"  # a department's own number of a case, an organ, a household
    ID_NUMBER = "id_number"  # GB 11643
    PHONE = "phone"
    DATE = "date"  # ISO text with honest precision, with the time where it is known
    AREA = "area"  # 12-digit division code or a longer code that begins with one
    CODE = "code"  # a value of a table in codes.yaml
    INT = "int"
    NUMBER = "number"
    SIZE = "size"  # an area of land, stored in square metres


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register table. `refers` names the table whose key the value is."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    codes: str = ""
    refers: str = ""
    required: bool = False

    @property
    def has_token(self) -> bool:
        """Whether the graph knows it by its keyed hash (`graph.tokens`), never as it is."""
        return self.kind in (FieldKind.ID_NUMBER, FieldKind.PHONE)

    @property
    def personal(self) -> bool:
        return self.has_token or self.kind is FieldKind.NAME or self.name in _PERSONAL_TEXT

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the stored column."""
        return {FieldKind.INT: "BIGINT", FieldKind.NUMBER: "DOUBLE", FieldKind.SIZE: "DOUBLE"}.get(self.kind, "VARCHAR")


_PERSONAL_TEXT = frozenset({"address", "registered_address", "live_address", "text", "title", "head_name"})


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the register; `key` is what makes two rows speak of the same thing."""

    name: str
    zh: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field with this name; KeyError if the table has none."""
        for found in self.fields:
            if found.name == name:
                return found
        raise KeyError(name)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(column, DuckDB type) of the stored table, row address last."""
        return (*((field.name, field.sql_type) for field in self.fields), ("part", "INTEGER"), ("row", "BIGINT"))


def _f(name: str, kind: FieldKind = FieldKind.TEXT, *, required: bool = False, refers: str = "") -> Field:
    return Field(name, kind, refers=refers, required=required)


def _c(name: str, codes: str, *, required: bool = False) -> Field:
    return Field(name, FieldKind.CODE, codes=codes, required=required)


_T, _N, _K, _ID, _PH, _D, _A = (
    FieldKind.TEXT, FieldKind.NAME, FieldKind.KEY, FieldKind.ID_NUMBER, FieldKind.PHONE, FieldKind.DATE, FieldKind.AREA,
)
_COMMON = (_f("grid"), _f("area", _A, refers="areas"), _f("provider"), _f("remark"))

AREAS = Table("areas", "行政区划", ("code",), (
    _f("code", _A, required=True), _f("name", required=True), _f("parent", _A, refers="areas"),
    _c("level", "area_level"), _f("provider"), _f("remark"),
))
GRIDS = Table("grids", "网格", ("code",), (
    _f("code", _K, required=True), _f("name", required=True), _f("village"), _f("keeper", _N), *_COMMON[1:],
))
RESIDENTS = Table("residents", "居民", ("id_number",), (
    _f("id_number", _ID), _f("name", _N, required=True), _f("former_name", _N), _c("gender", "gender"),
    _f("born_on", _D), _f("ethnic"), _f("phone", _PH), _f("registered_place"), _f("registered_address"),
    _f("live_place"), _f("live_address"), _c("same_place", "same_place"), _f("household_no", _K, refers="households"),
    _f("head_id_number", _ID), _f("head_name", _N), _c("relation", "relation"), _f("died_on", _D),
    _f("moved_in_on", _D), _f("moved_out_on", _D), _f("person_key", _K), *_COMMON,
))
HOUSEHOLDS = Table("households", "户", ("household_no",), (
    _f("household_no", _K, required=True), _f("head_name", _N), _f("head_id_number", _ID), _f("address"),
    _c("kind", "household_kind"), *_COMMON,
))
PARCELS = Table("parcels", "地块", ("code",), (
    _f("code", _K, required=True), _f("unit_code", _K), _f("name"), _f("size", FieldKind.SIZE),
    _c("size_unit", "area_unit"), _f("use"), _c("right", "right"), _f("nature"), _f("holder", _N),
    _f("holder_id_number", _ID), _f("household_no", _K, refers="households"), _f("contractor_no", _K),
    _f("contract_no", _K), _f("since", _D), _f("until", _D), _f("east"), _f("south"), _f("west"), _f("north"), *_COMMON,
))
ORGANS = Table("organs", "机构", ("code",), (
    _f("code", _K, required=True), _f("name", required=True), _c("level", "organ_level"),
    _f("parent", _K, refers="organs"), *_COMMON,
))
OFFICIALS = Table("officials", "干部", ("code", "organ", "post", "since"), (
    _f("code", _K, required=True), _f("name", _N, required=True), _f("id_number", _ID), _f("phone", _PH),
    _f("organ", _K, refers="organs"), _f("post"), _f("since", _D), _f("until", _D),
    _f("leader", _K, refers="officials"), *_COMMON,
))
PETITIONS = Table("petitions", "信访件", ("number",), (
    _f("number", _K, required=True), _f("own_number", _K), _f("petitioner", _N), _f("id_number", _ID), _f("phone", _PH),
    _f("address"), _c("channel", "channel"), _f("petitioned_on", _D, required=True), _f("registered_on", _D),
    _f("accepted_on", _D), _f("title"), _f("text"), _f("category"), _c("purpose", "purpose"), _f("place"),
    _f("parcel", _K, refers="parcels"), _f("organ_complained_of"), _f("person_complained_of", _N),
    _f("people", FieldKind.INT), _f("origin", _K, refers="cases"), _c("route", "route"), _f("status"),
    _f("replied_on", _D), _f("reply"), _c("conclusion", "conclusion"), _f("closed_on", _D), _f("extended_to", _D),
    _f("rating"), _f("timeliness"), _f("due_on", _D), _f("person_key", _K), *_COMMON,
))
DISPUTES = Table("disputes", "矛盾纠纷", ("number",), (
    _f("number", _K, required=True), _f("own_number", _K), _f("title"), _f("happened_on", _D, required=True), _f("place"),
    _c("scale", "scale"), _f("category"), _f("people", FieldKind.INT), _f("amount", FieldKind.NUMBER), _f("text"),
    _f("organ_concerned"), _f("parcel", _K, refers="parcels"), _f("party", _N), _f("party_id_number", _ID),
    _f("due_on", _D), _f("method"), _f("mediating_body"), _f("mediator", _N), _f("mediator_code", _K, refers="officials"),
    _f("mediator_phone", _PH), _c("success", "success"), _f("outcome_text"), _f("resolved_on", _D),
    _f("origin", _K, refers="cases"), *_COMMON,
))
PARTIES = Table("parties", "当事人", ("case_number", "role", "name", "id_number", "organ"), (
    _f("case_number", _K, required=True, refers="cases"), _f("name", _N, required=True), _f("id_number", _ID),
    _f("phone", _PH), _f("address"), _c("role", "party_role", required=True), _f("organ", _K, refers="organs"),
    _f("person_key", _K), *_COMMON,
))
STEPS = Table("steps", "办理流程", ("case_number", "seq", "step", "on"), (
    _f("case_number", _K, required=True, refers="cases"), _f("seq", FieldKind.INT), _c("step", "step", required=True),
    _f("from_organ", _K, refers="organs"), _f("to_organ", _K, refers="organs"), _f("official", _K, refers="officials"),
    _f("on", _D, required=True), _f("due_on", _D), _f("opinion"), *_COMMON,
))
DUTIES = Table("responsibilities", "责任落实", ("case_number", "duty", "organ", "official", "since"), (
    _f("case_number", _K, required=True, refers="cases"), _c("duty", "duty", required=True),
    _f("organ", _K, refers="organs"), _f("official", _K, refers="officials"), _f("since", _D), _f("until", _D), *_COMMON,
))
AGREEMENTS = Table("agreements", "调解协议", ("number",), (
    _f("number", _K, required=True), _f("case_number", _K, required=True, refers="cases"), _f("mediating_body"),
    _f("mediator_code", _K, refers="officials"), _f("mediator", _N), _f("signed_on", _D, required=True),
    _f("due_on", _D), _f("performed_on", _D), _c("performed", "performed"), _f("confirmed_on", _D), _f("text"), *_COMMON,
))

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        AREAS, GRIDS, RESIDENTS, HOUSEHOLDS, PARCELS, ORGANS, OFFICIALS,
        PETITIONS, DISPUTES, PARTIES, STEPS, DUTIES, AGREEMENTS,
    )
}
"""Every table of the register by name. `cases` in `refers` means petitions or disputes."""
