"""Headers as the files spell them, matched to canonical columns; the nearest known name where none fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from factbook.knowledge.exports import exports

# Dashes, arrows, spaces and separators differ between editions of one report and carry no meaning.
_NOISE = dict.fromkeys(map(ord, "-–—−→➜>~= \t\r\n\u200b\ufeff·、,:_'\"*"))
_BRACKETS = str.maketrans("【】[]〔〕{}", "()()()()")
_UNIT = re.compile(
    r"\((元|万元|亿元|分|分钟|秒|小时|min|mins|s|sec|h|%|¥|\$|mx\$|us\$|₫|€|£|฿|₱|rp|rm|idr|vnd|usd|mxn|myr|php|thb|sgd|cny|rmb"
    r"|w|万|万人|万次|天|人|次|件|单|个|场)\)$"
)
_LABEL = re.compile(r"^\(([^()]+)\)(?=[^()])")  # 【直播间】观看人数 is 直播间观看人数
_COUNTED = frozenset("人次件单个场")  # a unit only behind a number of something; behind a rate it says which rate
_COUNTS = tuple("数量次人")
_CUT = 2  # characters a platform cuts off the end of a long header
_SHORTEST = 5  # a shorter beginning fits too many names
# Words that part two quantities; a header with one is never taken for a header with the other.
OPPOSED = (
    ("人数", "次数"), ("支付时间", "退款时间"), ("被投", "绑定"), ("曝光", "观看"), ("直接", "整体"),
    ("直接", "综合"), ("整体", "综合"), ("用户支付", "成交金额"), ("客单", "件单"), ("客单", "笔单"), ("件单", "笔单"),
    ("件数", "订单数"),
    ("件数", "人数"), ("人数", "订单数"), ("次数", "订单数"), ("购物团", "直播团"), ("金额", "率"), ("金额", "数"),
    ("退款", "支付金额"), ("新增", "取关"), ("进入", "离开"), ("开始", "结束"), ("首购", "复购"), ("新客", "老客"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """A header without width, case, accents, spaces, dashes and kinds of brackets; its unit stays."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFD", plain)
        plain = "".join(char for char in apart if not unicodedata.combining(char))
    return _LABEL.sub(r"\1", plain.translate(_BRACKETS).translate(_NOISE))


def normal(header: str) -> str:
    """A header as headers are compared: folded, without its unit."""
    key = folded(header)
    found = _unit(key)
    return key[: found.start()] if found else key


def unit(header: str) -> str:
    """The unit a header carries at its end (`元`, `秒`, `%`); empty when none."""
    found = _unit(folded(header))
    return found[1] if found else ""


def _unit(key: str) -> re.Match[str] | None:
    found = _UNIT.search(key)
    if not found or not found.start():
        return None
    return found if found[1] not in _COUNTED or key[: found.start()].endswith(_COUNTS) else None


@cache
def vocabulary() -> dict[str, str]:
    """Every known header, as compared, to its canonical column."""
    return {normal(header): name for name, column in exports().columns.items() for header in column.headers}


@cache
def words_of_sheets() -> frozenset[str]:
    """Headers that mean a column in one sheet only, as compared."""
    sheets = (sheet for report in exports().reports.values() for sheet in report.sheets)
    return frozenset(normal(header) for sheet in sheets for header in sheet.headers)


@cache
def spellings() -> frozenset[str]:
    """Every known header as it is usually written."""
    sheets = (sheet for report in exports().reports.values() for sheet in report.sheets)
    own = (header for sheet in sheets for header in sheet.headers)
    return frozenset([*(header for column in exports().columns.values() for header in column.headers), *own])


@cache
def _silent() -> frozenset[str]:
    known = exports()
    return frozenset(map(normal, (*known.private.headers, *known.ignored.headers)))


@cache
def private() -> frozenset[str]:
    """The headers of personal data, as compared."""
    return frozenset(map(normal, exports().private.headers))


def is_silent(header: str) -> bool:
    """Whether a header is known to say nothing the workbook uses."""
    return normal(header) in _silent()


def canonical(header: str) -> str | None:
    """The canonical column of a header, also of one whose end was cut off; None when it is not known."""
    return column_of(normal(header))


@lru_cache(maxsize=8192)
def column_of(key: str) -> str | None:
    """As `canonical`, of a header as headers are compared."""
    if key in _silent():
        return None
    return vocabulary().get(key) or _uncut(key, vocabulary())


def is_cut(header: str) -> bool:
    """Whether a header is known only because its lost end could be restored."""
    return canonical(header) is not None and normal(header) not in vocabulary()


def own_column(key: str, own: Mapping[str, str]) -> str | None:
    """The column of a header that means one in this sheet only; `own` by header as compared."""
    return own.get(key) or (_uncut(key, own) if own else None)


def _uncut(key: str, known: Mapping[str, str]) -> str | None:
    # Only an end that leads to one single column is restored: 人数 and 次数 must never be confused.
    base, bracket, fragment = key.rpartition("(")
    opened = bool(bracket) and ")" not in fragment
    if len(key) < _SHORTEST:
        return None
    found = {known[name] for name in known if name.startswith(key) and (opened or len(name) - len(key) <= _CUT)}
    if opened and base in known and any(name.startswith(fragment) for name in ("元", "分钟")):
        found.add(known[base])
    return found.pop() if len(found) == 1 else None


def opposed(one: str, other: str) -> bool:
    """Whether two headers differ in a word that parts quantities which must never be merged."""
    return any(
        (a in one and a not in other and b in other and b not in one)
        or (b in one and b not in other and a in other and a not in one)
        for a, b in OPPOSED
    )


@lru_cache(maxsize=2048)
def nearest(header: str, among: tuple[str, ...] = ()) -> str:
    """The known header most like an unknown one, of the columns `among` or of all; "" when none is."""
    key = normal(header)
    pool = {name: spelled for name, spelled in _pool(among).items() if not opposed(key, name)}
    found = get_close_matches(key, pool, n=1, cutoff=0.5)
    return pool[found[0]] if found else ""


def _pool(among: Iterable[str]) -> dict[str, str]:
    columns = exports().columns
    return {normal(name): name for column in (among or columns) for name in columns[column].headers}


def likeness(one: str, other: str) -> float:
    """How alike two headers are, 0 to 1."""
    return SequenceMatcher(None, normal(one), normal(other)).ratio()


@cache
def spelled(column: str) -> str:
    """The header a canonical column usually has."""
    columns = exports().columns
    source = next((name for name, other in columns.items() if column in other.into), column)
    return next(iter(columns[column].headers or columns[source].headers), column)
