"""The sample merchants are read whole: every row accounted for, every identity holding, totals as planted."""

from __future__ import annotations

import pandas as pd
import pytest

from factbook.knowledge.exports import exports
from tests.conftest import SAMPLES, case_of, truth_of


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_every_sample_file_is_accounted_for(name: str) -> None:
    """Rows = kept + set aside + duplicates + header + totals + blank, and kept is what the tables hold."""
    case = case_of(name)
    for file in case.files:
        fates = (file.kept, file.set_aside, file.duplicates, file.header, file.totals, file.blank)
        assert file.rows == sum(fates), file.name
        assert min(fates) >= 0
        held = sum(int((frame["_file"] == file.name).sum()) for frame in case.tables.values() if "_file" in frame)
        assert file.kept >= held if file.report == "intake_form" else file.kept == held


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_file_is_recognised_without_a_problem(name: str) -> None:
    """Nothing but notes: older pictures not used, a header the platform cut off, the one log of running totals."""
    case = case_of(name)
    assert all(file.read and file.report for file in case.files)
    exported = [problem for problem in case.problems if problem.file != "intake.xlsx"]
    assert {problem.severity for problem in exported} <= {"note"}
    assert {problem.code for problem in exported} <= {
        "snapshot_older",
        "header_cut",
        "cumulative_resolved",
        "minutes_coarse",
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_the_identities_of_every_sample_hold_to_the_cent(name: str) -> None:
    """All five, and own rooms against own live sales."""
    case = case_of(name)
    assert {check.code for check in case.checks} >= {
        "carrier_sum",
        "party_sum",
        "slot_sum",
        "amount_parts",
        "account_sum",
    }
    assert [check for check in case.checks if not check.holds] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_sales_stand_in_every_cut_of_a_sample(name: str) -> None:
    """Parties, carriers, accounts and terminals each add up to the shop's own total."""
    case = case_of(name)
    daily = case.table("trade_daily")
    whole = daily[(daily["slot"] == "all")]
    top = whole[(whole["party"] == "all") & (whole["carrier"] == "all")].set_index("date")["paid_amount_cny"]
    details = whole[(whole["party"] != "all") & (whole["carrier"] != "all")].groupby("date")["paid_amount_cny"].sum()
    assert (top - details).abs().max() < 0.02
    assert daily["date"].nunique() == (daily["date"].max() - daily["date"].min()).days + 1


@pytest.mark.parametrize("name", SAMPLES)
def test_no_personal_data_of_a_sample_reach_a_table(name: str) -> None:
    """Private headers stand in the order file and in no table."""
    columns = {column for frame in case_of(name).tables.values() for column in frame.columns}
    known = set(exports().columns) | {"_file", "_sheet", "_row", "account_role"}
    orders = set(case_of(name).table("orders").columns) - {"party"}
    assert orders <= known
    assert not {"收件人", "收货地址", "收件人手机号"} & columns


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sales_planted_for_the_period_are_read_to_the_yuan(name: str) -> None:
    """The shop's 用户支付金额 of the period, from the files alone."""
    case, truth = case_of(name), truth_of(name)
    daily = case.table("trade_daily")
    top = daily[(daily["party"] == "all") & (daily["carrier"] == "all") & (daily["slot"] == "all")]
    assert str(case.period) == truth["period"]
    paid = top.loc[case.period.contains(top["date"]), "paid_amount_cny"].sum()
    assert paid == pytest.approx(truth["gmv_cny"], abs=1)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_planted_creator_is_read_to_the_cent(name: str) -> None:
    """Whatever he calls himself (a formula, a percentage, an emoji), his sessions carry his sales."""
    case = case_of(name)
    sessions = case.table("sessions")
    guests = sessions[case.period.contains(sessions["started_at"]) & (sessions["party"] == "partner")]
    read = guests.groupby(["douyin_id", "account"])["paid_amount_cny"].sum().round(2).rename("paid_cny")
    planted = pd.DataFrame(truth_of(name)["creators"]).set_index(["douyin_id", "account"])["paid_cny"]
    assert read.reindex(planted.index).tolist() == planted.tolist()
