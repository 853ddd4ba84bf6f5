"""The command `sample`: a made-up county."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Json
from api.console import fail, out, print_json, print_rows, progress
from ingest.sample import FolderNotEmpty, write_messy, write_sample


def sample(
    folder: Annotated[Path, typer.Argument(help="写到哪个新文件夹 / a new folder to write")] = Path("county"),
    residents: Annotated[int, typer.Option(min=300, max=5_000_000, help="居民人数 / number of residents")] = 20_000,
    seed: Annotated[int, typer.Option(help="随机种子，相同则文件逐字节相同 / same seed, same bytes")] = 19_631_120,
    messy: Annotated[
        bool, typer.Option("--messy", help="按部门实际报送的样子写乱；messy.json 写明哪些行必须拒收 / as departments hand it over")
    ] = False,
    overwrite: Annotated[bool, typer.Option(help="覆盖已有文件夹 / write over an existing folder")] = False,
    json: Json = False,
) -> None:
    """写出一个虚构的样例县（全部十二类表）。 / Write a made-up sample county, all tables.

    例 example: [bold]fengqiao sample county --residents 20000[/bold]
    """
    with progress(quiet=json) as report:
        try:
            write = write_messy if messy else write_sample
            summary = write(folder, residents=residents, seed=seed, overwrite=overwrite, progress=report)
        except ValueError as error:
            fail(f"{error}。 / The number of residents is out of range.")
        except FolderNotEmpty:
            fail(f"文件夹 {folder} 里已有文件。请换一个，或加 --overwrite。 / The folder is not empty; choose another.")
    if json:
        print_json({"folder": str(folder), "rows": summary.rows})
    else:
        print_rows(f"样例县 sample county → {folder}", ["表 table", "行 rows"], [[k, v] for k, v in summary.rows.items()])
        out.print(f"下一步 next: fengqiao load {folder}", markup=False)
