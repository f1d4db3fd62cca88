"""What the meeting shows is what the diagnosis says."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from factbook.live.board import Board, periods
from factbook.live.funnel import RATES, funnel_data
from factbook.live.scorecard import scorecard_data
from factbook.live.serve import NOTEBOOK, command, with_parameters
from factbook.records import FIELDS
from tests.conftest import diagnosis_of, sample


def test_the_chain_of_rates_reproduces_the_sales_of_the_rooms(merchant: str) -> None:
    """First step × four rates × amount per buyer is what own rooms sold, to the cent."""
    dx = diagnosis_of(merchant)
    data = funnel_data(dx)
    product = data["people"][0] * math.prod(rate["value"] for rate in data["rates"]) * data["money_per_buyer"]
    assert product == pytest.approx(dx.measures.value("room_paid_cny"), abs=0.01)
    assert [rate["id"] for rate in data["rates"]] == list(RATES)
    assert all(rate["low"] < rate["value"] < rate["high"] <= 1 for rate in data["rates"])


def test_every_cell_of_the_scorecard_has_a_state_in_words(merchant: str) -> None:
    """No cell is blank: a figure, a verdict, or why there is none."""
    data = scorecard_data(diagnosis_of(merchant))
    cells = [
        *data["basics"],
        *data["capabilities"],
        *(cell for field in data["fields"] for cell in field["cells"]),
    ]
    assert [field["area"] for field in data["fields"]] == list(FIELDS)
    assert all(cell["text"] for cell in cells)
    assert not {"nan", "None", "inf"} & {word for cell in cells for word in cell["text"].split()}


def test_every_finding_can_be_reached_by_a_click(merchant: str) -> None:
    """Each finding's area is a button of the scorecard, service findings included."""
    dx = diagnosis_of(merchant)
    shown = {f["title"] for found in scorecard_data(dx)["findings"].values() for f in found}
    assert {finding.title[dx.language] for finding in dx.findings} == shown


def test_what_the_browser_is_given_is_json(merchant: str) -> None:
    """Widget state holds no NaN and no object of ours."""
    dx = diagnosis_of(merchant)
    json.dumps([funnel_data(dx), scorecard_data(dx)], allow_nan=False)


def test_choosing_another_merchant_changes_both_pictures() -> None:
    """The chooser lists the merchants beside this one and redraws at once."""
    board = Board(str(sample("food")), "", "zh")
    folders = [Path(folder).name for _, folder in board.merchant.options]
    assert folders == ["appliances", "food", "knitwear", "skincare"]
    assert "屿栀蔓护肤旗舰店" in [name for name, _ in board.merchant.options]
    before = board.funnel.data
    board.merchant.value = str(sample("knitwear"))
    assert board.funnel.data != before
    assert board.scorecard.data["verdict"] == diagnosis_of("knitwear").verdict.zh


def test_an_unreadable_merchant_leaves_a_sentence_and_the_old_picture(tmp_path: Path) -> None:
    """No traceback beside the client."""
    board = Board(str(sample("food")), "", "zh")
    board.merchant.options = [*board.merchant.options, ("empty", str(tmp_path))]
    before = board.scorecard.data
    board.merchant.value = str(tmp_path)
    assert board.scorecard.data == before
    assert "读不了" in board.status.value


def test_earlier_periods_have_the_same_length() -> None:
    """Each choice is as long as the period diagnosed, the newest first."""
    dx = diagnosis_of("skincare")
    spans = [value for _, value in periods(dx, "en")]
    assert spans[0] == str(dx.period)
    assert len(spans) > 1


def test_the_server_listens_on_this_machine_only_and_asks_for_a_token() -> None:
    """Loopback, a token, no sources, no tracebacks."""
    words = command(NOTEBOOK, 8866, browser=False, token="secret")
    assert "--Voila.ip=127.0.0.1" in words
    assert "--token=secret" in words
    assert {"--strip_sources=True", "--show_tracebacks=False", "--no-browser"} <= set(words)


def test_parameters_are_written_as_values_never_as_code() -> None:
    """A folder with quotes in its name stays a string, and only one language is left."""
    hostile = """x'; raise SystemExit #"""
    notebook = json.loads(with_parameters(NOTEBOOK.read_text("utf-8"), hostile, "", "zh"))
    values: dict[str, str] = {}
    exec(next(cell["source"] for cell in notebook["cells"] if cell.get("id") == "values"), values)
    assert values["merchant"] == hostile
    assert not [cell for cell in notebook["cells"] if "en" in cell["metadata"].get("tags", [])]
