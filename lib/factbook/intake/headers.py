"""Headers as the files spell them, matched to canonical columns; the nearest known name where none fits."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import cache, lru_cache

from factbook.knowledge.exports import exports

# Dashes, arrows, spaces and separators differ between editions of one report and carry no meaning.
_NOISE = dict.fromkeys(map(ord, "-–—−→➜>~ \t\r\n\u200b\ufeff·、,:_'\"*"))
_BRACKETS = str.maketrans("【】[]〔〕{}", "()()()()")
_UNIT = re.compile(r"\((元|万元|分|分钟|秒|小时|%|¥|\$|₫|mx\$|rp|cny|rmb|人|次|件|单|天|场)\)$")
_CUT = 2  # characters a platform cuts off the end of a long header
_SHORTEST = 5  # a shorter beginning fits too many names


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """A header without width, case, spaces, dashes and kinds of brackets; its unit stays."""
    return unicodedata.normalize("NFKC", header).casefold().translate(_BRACKETS).translate(_NOISE)


def normal(header: str) -> str:
    """A header as headers are compared: folded, without its unit."""
    return _UNIT.sub("", folded(header))


def unit(header: str) -> str:
    """The unit a header carries at its end (`元`, `秒`, `%`); empty when none."""
    found = _UNIT.search(folded(header))
    return found[1] if found else ""


@cache
def vocabulary() -> dict[str, str]:
    """Every known header, as compared, to its canonical column."""
    return {normal(header): name for name, column in exports().columns.items() for header in column.headers}


@cache
def _silent() -> frozenset[str]:
    known = exports()
    return frozenset(map(normal, (*known.private.headers, *known.ignored.headers)))


def is_silent(header: str) -> bool:
    """Whether a header is known to say nothing the workbook uses."""
    return normal(header) in _silent()


@lru_cache(maxsize=4096)
def canonical(header: str) -> str | None:
    """The canonical column of a header, also of one whose end was cut off; None when it is not known."""
    key = normal(header)
    if key in _silent():
        return None
    return vocabulary().get(key) or _uncut(key)


def is_cut(header: str) -> bool:
    """Whether a header is known only because its lost end could be restored."""
    return canonical(header) is not None and normal(header) not in vocabulary()


def _uncut(key: str) -> str | None:
    # Only an end that leads to one single column is restored: 人数 and 次数 must never be confused.
    known = vocabulary()
    base, bracket, fragment = key.rpartition("(")
    opened = bool(bracket) and ")" not in fragment
    if len(key) < _SHORTEST:
        return None
    found = {known[name] for name in known if name.startswith(key) and (opened or len(name) - len(key) <= _CUT)}
    if opened and base in known and any(name.startswith(fragment) for name in ("元", "分钟")):
        found.add(known[base])
    return found.pop() if len(found) == 1 else None


def nearest(header: str, among: tuple[str, ...] = ()) -> str:
    """The known header most like an unknown one, of the columns `among` or of all; "" when none is."""
    columns = exports().columns
    pool = {normal(name): name for column in (among or tuple(columns)) for name in columns[column].headers}
    found = get_close_matches(normal(header), pool, n=1, cutoff=0.5)
    return pool[found[0]] if found else ""


def spelled(column: str) -> str:
    """The header a canonical column usually has."""
    return exports().columns[column].headers[0]
