"""Splink's part: the weight of every pair, from the shipped model, in the connection of the build."""

from __future__ import annotations

import duckdb

from graph.resolve.comparisons import FREQUENCY, splink_settings
from graph.resolve.model import ResolveModel


def score(connection: duckdb.DuckDBPyConnection, model: ResolveModel) -> None:
    """Create `identity_predicted`, one row a pair of `identity_pairs`: its weight and which levels spoke, when it
    is at least possible.

    Raises what DuckDB raised when disk or memory ran out; Splink's own error holds a text of SQL, no data.
    """
    from splink.internals.exceptions import SplinkException

    try:
        predicted = _predict(connection, model)
    except SplinkException as error:
        if isinstance(error.__cause__, duckdb.Error):
            raise error.__cause__ from None
        raise
    connection.execute(f"CREATE TABLE identity_predicted AS SELECT * FROM {predicted}")


def _predict(connection: duckdb.DuckDBPyConnection, model: ResolveModel) -> str:
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection)
    linker = Linker(
        api.register("identity_records"), splink_settings(model.weights, model.prior), log_level=None,
        validate_settings=False,
    )
    tables = linker.table_management
    tables.register_term_frequency_lookup(api.register("identity_frequency"), FREQUENCY)
    tables.register_blocked_pairs_for_predict(api.register("identity_pairs"))
    return str(linker.inference.predict(threshold_match_weight=model.possible, warning_mode="never").physical_name)
