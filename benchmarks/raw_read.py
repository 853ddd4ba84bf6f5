"""The peer of `loading`: DuckDB reads the same text files and writes them as Parquet, and nothing else.

    python -m benchmarks.raw_read FOLDER_OF_CSV EMPTY_FOLDER

Every cell is text, as it is for the application when it reads. No check, no key, no account of rows.
"""

from __future__ import annotations

import sys
from pathlib import Path

from graph.machine import open_duckdb
from ingest.sql import literal


def raw_read(files: Path, out: Path) -> int:
    """Write each `*.csv` of a folder as Parquet; the number of rows."""
    rows = 0
    with open_duckdb() as connection:
        for path in sorted(files.glob("*.csv")):
            source, target = literal(str(path)), literal(str(out / f"{path.stem}.parquet"))
            told = connection.execute(
                f"COPY (FROM read_csv({source}, all_varchar=true)) TO {target} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
            rows += told[0] if told else 0
    return rows


if __name__ == "__main__":
    print(raw_read(Path(sys.argv[1]), Path(sys.argv[2])))
