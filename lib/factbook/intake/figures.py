"""Numbers, amounts, rates and ranges as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

EDGES = " \t\r\n\u3000\xa0"
POWER = {"": 0, "千": 3, "k": 3, "万": 4, "w": 4, "百万": 6, "m": 6, "千万": 7, "亿": 8, "b": 9, "%": -2, "‰": -3}
YUAN = "CNY"
# Signs of money and the currency they mean; a bare dollar may be that of several countries and stays itself.
CURRENCY = {
    **dict.fromkeys(("¥", "元", "块", "rmb", "cny", "人民币"), YUAN),
    **dict.fromkeys(("mx$", "mxn"), "MXN"),
    **dict.fromkeys(("us$", "usd"), "USD"),
    **dict.fromkeys(("s$", "sgd"), "SGD"),
    **dict.fromkeys(("₫", "đ", "vnd"), "VND"),
    **dict.fromkeys(("rp", "rp.", "idr"), "IDR"),
    **dict.fromkeys(("rm", "myr"), "MYR"),
    **dict.fromkeys(("฿", "thb"), "THB"),
    **dict.fromkeys(("₱", "php"), "PHP"),
    "hk$": "HKD",
    "€": "EUR",
    "£": "GBP",
    "$": "$",
}
NO_CENTS = frozenset({"IDR", "VND"})  # where 264.786 is two hundred and sixty-four thousand

_SIGN = "|".join(sorted(map(re.escape, CURRENCY), key=len, reverse=True))
_POWERS = "|".join(sorted((power for power in POWER if power.isalpha()), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<before>[+-]?)(?P<sign>{_SIGN})?(?P<after>[+-]?)(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)?"
    rf"(?P<rest>\.\d+)?(?P<power>{_POWERS})?(?P<tail>{_SIGN}|次|人|件|单|个|场|条)?(?P<close>\))?"
)
_DOTTED = re.compile(rf"(?P<before>[+-]?)(?P<sign>{_SIGN})?(?P<whole>\d{{1,3}}(?:\.\d{{3}})+)(?P<tail>{_SIGN})?")
_PERCENT = re.compile(r"([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+))([%‰])")
_BETWEEN = re.compile(r"(?P<low>.+?)(?:~|至|到|—|–|-)(?P<high>[^-~].*)")
_FROM = re.compile(r"(?:≥|>=?|大于|超过)(?P<mark>.+)|(?P<tail>.+?)(?:以上|及以上|\+)")
_UPTO = re.compile(r"(?:≤|<=?|小于|不足|低于)(?P<mark>.+)|(?P<tail>.+?)(?:以下|以内|及以下)")
_SHARED = re.compile(rf"(?:{_POWERS}|[%‰])?(?:{_SIGN})?$")


@dataclass(frozen=True)
class Amount:
    """A figure, and the currency its sign names; empty where it has none."""

    value: float
    currency: str = ""


def plain(cell: Any) -> str:
    """A cell as figures are compared: without width, case and blanks."""
    return unicodedata.normalize("NFKC", str(cell)).casefold().replace(" ", "").replace("−", "-").strip(EDGES)


def amount(cell: Any) -> Amount | None:
    """A number with its currency (`1,234.56`, `¥1,741.24`, `1.16万`, `99,000₫`, `(12)`); None when it is none."""
    text = plain(cell)
    dotted = _DOTTED.fullmatch(text)
    if dotted and _currency(dotted) in NO_CENTS:
        size = float(dotted["whole"].replace(".", ""))
        return Amount(-size if "-" in dotted["before"] else size, _currency(dotted))
    found = _NUMBER.fullmatch(text)
    if not found or not (found["whole"] or found["rest"]) or bool(found["open"]) != bool(found["close"]):
        return None
    if found["before"] and found["after"]:
        return None  # two signs: nobody knows what was meant
    # The exponent is read with the digits, so that 1.16万 is the same float as 11600.
    digits = f"{(found['whole'] or '0').replace(',', '')}{found['rest'] or ''}e{POWER[found['power'] or '']}"
    negative = "-" in found["before"] + found["after"] or found["open"]
    return Amount(-float(digits) if negative else float(digits), _currency(found))


def _currency(found: re.Match[str]) -> str:
    return CURRENCY.get(found["sign"] or "", "") or CURRENCY.get(found["tail"] or "", "")


def number(cell: Any) -> float | None:
    """The figure of an amount, whatever its currency; None when it is none."""
    found = amount(cell)
    return found.value if found else None


def percent(cell: Any) -> float | None:
    """A percent as a fraction: `5.95%` is 0.0595; None without the sign."""
    found = _PERCENT.fullmatch(plain(cell))
    return float(f"{found[1].replace(',', '')}e{POWER[found[2]]}") if found else None


def ends(cell: Any) -> tuple[Any, Any]:
    """The two ends of a range (`50万-100万`, `10%~15%`); a single figure is both, `130以上` has no upper one."""
    if not isinstance(cell, str):
        return cell, cell
    text = plain(cell)
    if amount(text) or percent(text) is not None:
        return text, text
    if found := _FROM.fullmatch(text):
        return found["mark"] or found["tail"], None
    if found := _UPTO.fullmatch(text):
        return None, found["mark"] or found["tail"]
    between = _BETWEEN.fullmatch(text)
    return _same_unit(between["low"], between["high"]) if between else (cell, cell)


def _same_unit(low: str, high: str) -> tuple[str, str]:
    # 5-10万 means from 50,000: the unit at the end stands for both. 5000-1万 has one unit too many for that.
    unit = _SHARED.search(high)
    bare, top = amount(low), amount(high[: unit.start()]) if unit else None
    if unit and unit[0] and bare and low.replace(",", "").replace(".", "").isdigit():
        return (low if top and bare.value > top.value else f"{low}{unit[0]}"), high
    return low, high
