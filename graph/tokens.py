"""The keyed hash of id numbers and phones in SQL: millions of them need no Python."""

from __future__ import annotations

import hashlib

import duckdb

_BLOCK = 64
"""Bytes of a block of SHA-256 (RFC 2104)."""


def define_tokens(con: duckdb.DuckDBPyConnection, id_key: str) -> None:
    """`token_of(text)` in SQL, equal to `graph.values.token`; the key is in no text of a statement."""
    key = id_key.encode()
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    for variable, pad in (("token_inner", 0x36), ("token_outer", 0x5C)):
        con.execute(f"SET VARIABLE {variable} = $1", [bytes(byte ^ pad for byte in block)])
    inner = "unhex(sha256(getvariable('token_inner') || encode(text)))"
    con.execute(f"CREATE MACRO token_of(text) AS left(sha256(getvariable('token_outer') || {inner}), 16)")
