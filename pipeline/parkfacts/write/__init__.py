"""The record to files, and back, checked both ways."""

from parkfacts.files import write_together
from parkfacts.write.record import dump, dump_line, load_report, load_with_text, text_beside, write_report
from parkfacts.write.schema import schema

__all__ = [
    "dump",
    "dump_line",
    "load_report",
    "load_with_text",
    "schema",
    "text_beside",
    "write_report",
    "write_together",
]
