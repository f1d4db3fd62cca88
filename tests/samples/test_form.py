"""The filled forms of the samples carry the truths that no export holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from factbook import form
from factbook.samples.shop_knitwear import SHOP as KNITWEAR
from tests.samples.book import MERCHANTS, SAMPLES, trade
from tests.samples.test_truth import truth


def tables(merchant: str) -> tuple[dict[str, pd.DataFrame], dict[str, object]]:
    read, profile, problems = form.read(SAMPLES / merchant / "intake.xlsx")
    assert problems == []
    return read, profile


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_last_score_is_its_weighted_parts(merchant: str) -> None:
    """68 = 74/78/57 at 40/20/40, and the totals of the others follow from their parts and weights too."""
    scores, profile = tables(merchant)[0]["service_scores"], tables(merchant)[1]
    parts = ["product", "logistics", "service"]
    weights = [float(str(profile[f"score_weight_{part}"])) for part in parts]
    exact = scores[parts].to_numpy() @ np.asarray(weights)
    assert np.abs(exact - scores["total"]).max() <= 0.5 + 1e-9
    last = scores.sort_values("date").iloc[-1]
    assert last[parts].to_dict() == truth(merchant)["service_score"]
    assert last["total"] == {"skincare": 68, "knitwear": 73, "food": 79, "appliances": 83}[merchant]


def test_the_skincare_score_is_under_70_from_25_october() -> None:
    """Seven days under the line before the shop is dropped from Double 11 on the 31st."""
    scores = tables("skincare")[0]["service_scores"]
    below = scores[scores["total"] < 70]["date"]
    assert list(below.dt.strftime("%m%d")) == [f"10{day}" for day in range(25, 32)]
    campaigns = tables("skincare")[0]["campaigns"].set_index("campaign")
    dropped = campaigns.loc["抖音商城双11好物节"]
    assert (dropped["state"], f"{dropped['start']:%m%d}") == ("not_eligible", "1031")


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_survey_gives_the_true_levels_once_evidence_counts(merchant: str) -> None:
    """Median per item over raters, claims of 3 and more without evidence taken as 2, mean per capability."""
    rows = tables(merchant)[0]["survey"]
    backed = rows["current"].where(rows["evidence"].notna() | (rows["current"] < 3), 2)
    rows = rows.assign(backed=backed, capability=rows["item"].str[:2])
    items = rows.groupby(["capability", "item"])[["current", "backed"]].median()
    levels = items.groupby("capability").mean().round(2)
    assert levels["backed"].to_dict() == truth(merchant)["capabilities"]
    assert levels["current"].to_dict() == truth(merchant)["claimed"]
    assert rows["rater"].nunique() >= 3
    assert rows["role"].nunique() >= 3


def test_mismatched_creators_had_their_product_changed_and_cost_36600_in_samples() -> None:
    """61 changes before September, samples of ¥36.6 k within it."""
    actions = tables("knitwear")[0]["creator_actions"]
    mismatched = {c["douyin_id"] for c in truth("knitwear")["creators"] if c["label"] == "mismatch"}
    changed = actions[actions["action"] == "product_changed"]
    assert set(changed["creator_id"]) == mismatched
    assert (changed["date"] < pd.Timestamp("2026-09-01")).all()
    sent = actions[(actions["action"] == "samples_sent") & actions["creator_id"].isin(mismatched)]
    assert sent["cost_cny"].sum() == pytest.approx(36_600, abs=0.01)
    assert sent["date"].dt.strftime("%Y%m").eq("202609").all()


def test_every_creator_was_approached_through_a_channel_before_going_live() -> None:
    """Those of the story and as many more as never went live, of whom none was sent samples."""
    actions = tables("knitwear")[0]["creator_actions"]
    approached = actions[actions["action"] == "approached"]
    story = {c["douyin_id"] for c in truth("knitwear")["creators"]}
    assert approached["channel"].notna().all()
    assert story < set(approached["creator_id"])
    assert not approached["creator_id"].duplicated().any()
    assert set(actions.loc[actions["action"] == "samples_sent", "creator_id"]) <= story
    assert not set(approached.loc[~approached["creator_id"].isin(story), "creator"]) & set(
        approached.loc[approached["creator_id"].isin(story), "creator"]
    )


def test_the_star_deals_of_june_cost_what_the_story_says() -> None:
    """Three exclusive sessions: ¥1.50 M fees, ¥0.15 M gifts, 25 % commission, 38 % margin."""
    deals = tables("appliances")[0]["star_deals"]
    mine = deals[(deals["creator"] == "辛禾严选") & (deals["start"] >= pd.Timestamp("2026-06-01"))]
    assert mine[["fee_cny", "gift_cost_cny"]].sum().to_list() == [1_500_000, 150_000]
    assert set(mine["commission_rate"]) == {0.25}
    assert set(mine["margin"]) == {0.38}
    assert (deals["start"] < pd.Timestamp("2026-06-01")).any()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_peers_have_source_and_date(merchant: str) -> None:
    """A peer value without a source is worth nothing: each has one, and says that it is simulated."""
    peers = tables(merchant)[0]["peers"]
    assert peers["source"].str.contains("模拟").all()
    assert peers["date"].notna().all()
    assert peers["value"].gt(0).all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_practices_agree_with_the_true_levels(merchant: str) -> None:
    """Capabilities at 4 are done, at 3 in part, below not; every `yes` has something to show; some stay unanswered."""
    rows = tables(merchant)[0]["practices"].set_index("code")
    state = {level: "yes" if level >= 4 else "partly" if level == 3 else "no" for level in range(1, 6)}
    for capability, level in truth(merchant)["capabilities"].items():
        assert rows.loc[capability, "state"] == state[level], capability
    assert rows.loc[rows["state"] == "yes", "evidence"].notna().all()
    assert 24 <= len(rows) < 32


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_product_margins_average_to_the_shop(merchant: str) -> None:
    """Weighted by what each sold, the margins are the profile's; one product leads, one earns, one draws people."""
    read, profile = tables(merchant)
    roles = read["product_roles"].set_index("product_id")
    sheet = trade(merchant)["商品构成"]
    sheet = sheet[sheet["载体类型"] == "全部"]
    paid = dict(zip(sheet["商品编号"], sheet["用户支付金额"].astype(float), strict=True))
    mean = sum(roles.loc[item, "margin"] * amount for item, amount in paid.items()) / sum(paid.values())
    assert mean == pytest.approx(float(str(profile["gross_margin"])), abs=0.005)
    assert roles["role"].value_counts()[["lead", "profit", "traffic"]].to_list() == [1, 1, 1]


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_campaign_ahead_has_its_four_parts(merchant: str) -> None:
    """Content, products, service and ads, each with an owner and a day before the campaign begins."""
    read = tables(merchant)[0]
    rows, campaigns = read["readiness"], read["campaigns"].set_index("campaign")
    assert rows["owner"].notna().all()
    for name, mine in rows.groupby("campaign"):
        assert sorted(mine["part"]) == ["ads", "content", "product_mix", "service"]
        assert (mine["due"] < campaigns.loc[name, "start"]).all()
    assert len(rows[rows["campaign"].map(campaigns["state"]) != "joined"]) == 4


def test_past_campaigns_of_the_factory_were_ready_as_far_as_they_sold() -> None:
    """Seven past campaigns are on record; what each sold above normal is 0.6 × its readiness − 0.05."""
    read = tables("knitwear")[0]
    part = read["readiness"]["done"].map({"yes": 1.0, "partly": 0.5, "no": 0.0})
    ready = part.groupby(read["readiness"]["campaign"]).mean()
    lifted = {campaign.name: campaign.lift for campaign in KNITWEAR.campaigns if campaign.ready}
    assert len(lifted) == 7
    assert {name: 0.95 + 0.6 * ready[name] for name in lifted} == pytest.approx(lifted)
    assert truth("knitwear")["planted"]["readiness_slope"] == pytest.approx(0.6 / 10)


def test_three_days_of_618_are_planned_by_the_hour_and_the_rest_is_not() -> None:
    """Hours outside the plan have no row at all, amounts are whole thousands, one day says what was done."""
    rows = tables("appliances")[0]["campaign_hours"]
    assert rows.groupby(rows["date"].dt.strftime("%m%d")).size().to_dict() == {"0601": 16, "0610": 16, "0617": 6}
    assert (rows["planned_cny"] % 1000 == 0).all()
    assert rows.loc[rows["adjusted"].notna(), "date"].dt.strftime("%m%d").to_list() == ["0601"]
