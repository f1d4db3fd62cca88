"""Zipped folders to the files in them; names in the encodings that Windows and macOS pack them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from factbook.intake.files import is_export
from factbook.intake.limits import UnreadableError
from factbook.intake.read_books import BROKEN, weigh_members

UTF8_NAME = 0x800  # the flag of a name that says it is UTF-8
OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file of an archive that may be an export, by the name it had where it was packed.

    Raises UnreadableError for an archive that is locked, damaged or unfolds beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            weigh_members(archive.infolist())
            for member in archive.infolist():
                name = _spelled(member)
                if not member.is_dir() and _wanted(name):
                    yield name, archive.read(member)
    except BROKEN as error:
        raise UnreadableError("archive_damaged") from error


def _wanted(name: str) -> bool:
    parts = name.split("/")
    return not any(part.startswith(".") or part == "__MACOSX" for part in parts) and is_export(parts[-1])


def _spelled(member: zipfile.ZipInfo) -> str:
    name = member.filename.replace("\\", "/")
    if member.flag_bits & UTF8_NAME or name.isascii():
        return name
    # Without the flag the name was read as DOS letters; its bytes are UTF-8 or the GB18030 of a Chinese Windows.
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
