"""How much a file may hold: beyond it the file is named and left alone instead of filling the machine."""

from __future__ import annotations

FILE_BYTES = 4 << 30  # as it lies on disk
UNPACKED_BYTES = 3 << 30  # all members of a workbook or an archive together
MEMBER_BYTES = 2 << 30  # one member of them
MEMBERS = 5_000
DEFLATE = 1_032  # no deflated byte becomes more than this many
CELLS = 72_000_000  # of one sheet, empty ones among them, because the reader lays them all out
MOST_ROWS = 1_048_576  # of a sheet
TEXT_COLUMNS = 2_048  # the widest report there is has 64
HEAD_ROWS = 24  # in which headers are looked for
NAMED_HEADERS = 40  # unknown headers for which a known one is looked up
STACKED_ROWS = 200_000  # a longer sheet is one table
FACT_ROWS = 400  # a longer sheet is no list of facts
FACT_COLUMNS = 8  # nor is a wider one


class UnreadableError(Exception):
    """Carries the code of the problem from the depth of a reader, and what it has to say."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
