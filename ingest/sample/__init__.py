"""The sample county: synthetic files in the native tables, with planted stories whose truth is written down."""

from ingest.sample.county import SampleSummary, write_sample
from ingest.sample.messy_files import write_messy
from ingest.sample.write import FolderNotEmpty

__all__ = ["FolderNotEmpty", "SampleSummary", "write_messy", "write_sample"]
