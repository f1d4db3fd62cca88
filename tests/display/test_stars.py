"""The chapter on stars says what its figures say: hits, lift, returning buyers, the shop without them, the next fee."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factbook.display import charts, tables, text
from factbook.records import Diagnosis, Measures
from tests.conftest import diagnosis_of, truth_of
from tests.display.conftest import rich
from tests.display.merchants import PRODUCT, full
from tests.display.test_tables import column


def changed(id: str, dx: Diagnosis | None = None, **cells: float) -> Diagnosis:
    """The full merchant with some cells of one metric replaced."""
    dx = dx or full(rich())
    frame = dx.measures.frame.copy()
    for name, value in cells.items():
        frame.loc[(frame["id"] == id) & (frame["by"] != ()), name] = value
    return replace(dx, measures=Measures(frame))


@pytest.mark.parametrize(
    ("low", "high", "title", "said"),
    [
        (0.12, 0.58, "日销高了", "站上了新台阶"),
        (-0.1, 0.15, "前后差不多", "够不上爆品"),
        (-0.1, 0.9, "前后差不多", "还说不准"),
    ],
)
def test_a_hit_is_called_one_only_where_its_interval_says_so(low: float, high: float, title: str, said: str) -> None:
    """Title and reading follow the interval, not the day that sold most."""
    dx = changed("star_product_raised", low=low, high=high)
    assert title in str(charts.star_baseline(dx).payload["title"])
    assert said in text.reading(dx, "star_baseline").plain
    assert PRODUCT in text.reading(dx, "star_baseline").plain


def test_a_level_on_one_side_only_is_no_picture_of_a_change() -> None:
    """Days after without days before would draw a level nobody can compare."""
    assert charts.star_baseline(changed("star_product_before_cny", value=float("nan"))).kind == "box"


def test_signals_whose_interval_holds_zero_are_not_said_to_have_risen() -> None:
    """With every interval across zero neither title nor reading names one."""
    dx = changed("star_lift_after", low=-0.2, high=0.3)
    assert "看不出变化" in str(charts.star_lift(dx).payload["title"])
    assert "没有一项明显高于之前" in text.reading(dx, "star_lift").plain


def test_the_samples_star_buyers_and_fee_are_told_in_both_languages() -> None:
    """2.1 % against 5.8 %, and a fee of half a million above what the next deal can bear."""
    for language, apart, above in (("zh", "不重叠", "高过范围"), ("en", "do not overlap", "above the range")):
        dx = diagnosis_of("appliances").speak(language)  # type: ignore[arg-type]
        buyers, fee = (text.reading(dx, key).plain for key in ("star_buyers", "next_fee"))
        assert "2.1%" in buyers
        assert "5.8%" in buyers
        assert apart in buyers
        assert above in fee


def test_the_shop_without_its_star_is_set_beside_the_shop() -> None:
    """Thirty million with, 14.7 without, and never called a forecast of anything."""
    made = tables.without_star(diagnosis_of("appliances").speak("en"))
    _, whole, left = made.payload["rows"][0]
    assert (round(whole), round(left)) == (30_000_000, 14_700_000)
    assert "not a forecast" in str(made.payload["subtitle"])


def test_deals_that_share_days_say_so_under_the_ledger() -> None:
    """The note carries the sentence of the reason."""
    dx = diagnosis_of("appliances")
    frame = dx.measures.frame.copy()
    mine = (frame["id"] == "deal_paid_cny") & (frame["by"] == ("deal",))
    frame.loc[mine, ["value", "reason"]] = [float("nan"), "deals_share_days"]
    assert "分不出各卖多少" in str(tables.deal_ledger(replace(dx, measures=Measures(frame))).payload["note"])


def test_the_sample_tells_a_hit_from_a_product_that_fell_back() -> None:
    """Three sessions each: one on a new level, one that did not hold; those carried once wait."""
    table = tables.star_products(diagnosis_of("appliances"))
    assert column(table, "hit") == ["made", "flat", "once", "once"]
    assert column(table, "product")[:2] == list(truth_of("appliances")["planted"]["star_products"])
    assert "商品卡" in table.html


def test_fit_shows_what_is_known_and_says_what_no_report_holds() -> None:
    """Known buyers, refunds and returns have figures; overlap and tone say why they have none."""
    for language, lacking in (("zh", "没测"), ("en", "Not measured")):
        table = tables.star_fit(diagnosis_of("appliances").speak(language))  # type: ignore[arg-type]
        sides, said = column(table, "star_side"), column(table, "fit_says")
        assert [side is not None for side in sides] == [True, True, True, False, False]
        assert all(str(words).startswith(lacking) for words in said[3:])
    assert tables.star_fit(diagnosis_of("knitwear")).kind == "box"
