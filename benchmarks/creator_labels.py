"""How often a creator's label is right: simulated matrices with a planted quadrant for every creator.

Each matrix has creators whose true conversion and exposure are drawn around the lines, sessions that differ more than
chance, one to a dozen sessions each, and low converters who were given another product and either rose or did not.
Printed beside it: what labels from the bare rates would have got wrong, and the knitwear sample's planted labels.

    python -m benchmarks.creator_labels --matrices 60
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from factbook.intake import read_case
from factbook.measures import ready
from factbook.measures.days import current
from factbook.measures.labels import judge
from factbook.records import Case, Merchant, Period

PERIOD = Period.parse("20260901-20260930")
CREATORS, LINE = 186, 0.09
SAMPLE = Path(__file__).resolve().parents[1] / "data" / "samples" / "knitwear"


@dataclass(frozen=True, slots=True)
class Tally:
    """Creators in all, with a label, with the right one; and the same for labels from bare rates."""

    creators: int
    given: int
    right: int
    bare_right: int

    @property
    def right_share(self) -> float:
        """Right labels ÷ labels given."""
        return self.right / self.given

    @property
    def wrong_share(self) -> float:
        """Wrong labels ÷ all creators."""
        return (self.given - self.right) / self.creators

    def __add__(self, other: Tally) -> Tally:
        parts = ("creators", "given", "right", "bare_right")
        return Tally(*(getattr(self, name) + getattr(other, name) for name in parts))


def plant(rng: np.random.Generator, creators: int) -> pd.DataFrame:
    """Creators with their true rates before and after a change, exposure, size, and the label that is true.

    Conversion spreads about a third around the peers' line on the log-odds scale, exposure by a factor of two; a
    third of the low ones were given another product, of whom one in four rose above the line.
    """
    odds = np.log(LINE / (1 - LINE)) + rng.normal(0, 0.35, creators)
    rate = 1 / (1 + np.exp(-odds))
    exposure = 5_000 * np.exp(rng.normal(0, 0.7, creators))
    changed = (rate < LINE) & (rng.random(creators) < 1 / 3)
    risen = changed & (rng.random(creators) < 1 / 4)
    now = np.where(risen, LINE * 1.35, rate)
    seen = exposure > np.median(exposure)
    high = np.where(seen, "core", "rising")
    label = np.where(now >= LINE, high, np.where(changed, "mismatch", "low"))
    return pd.DataFrame(
        {"rate": now, "before": rate, "exposure": exposure, "changed": changed, "label": label},
        index=[f"达人{n:04d}" for n in range(creators)],
    )


def sessions(truth: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Live sessions of the planted creators in the period: clicks, buyers that cluster by session, impressions."""
    count = rng.integers(1, 13, len(truth))
    who = np.repeat(np.arange(len(truth)), count)
    size = len(who)
    clicks = np.rint(np.exp(rng.normal(np.log(300), 0.6, size))).clip(20)
    rate, tight = truth["rate"].to_numpy()[who], 1 / 0.004 - 1  # correlation within a session: 0.004
    buyers = rng.binomial(clicks.astype(int), rng.beta(rate * tight, (1 - rate) * tight))
    shown = truth["exposure"].to_numpy()[who] * np.exp(rng.normal(-0.03, 0.25, size))
    day = pd.Timestamp(PERIOD.start) + pd.to_timedelta(rng.integers(0, PERIOD.days, size), unit="D")
    listed = rng.integers(3, 9, size).astype(float)
    frame = pd.DataFrame(
        {
            "account": truth.index.to_numpy()[who],
            "started_at": day + pd.to_timedelta(rng.integers(8, 22, size), unit="h"),
            "product_click_users": clicks,
            "buyers": buyers.astype(float),
            "products_listed": listed,
            "product_impressions": np.rint(shown * listed),
            "paid_amount_cny": buyers * 90.0,
        }
    )
    frame["douyin_id"] = "id" + frame["account"].str[2:]
    return frame.assign(
        party="partner", ended_at=frame["started_at"] + pd.Timedelta(hours=4), _file="x", _sheet="x", _row=1
    )


def matrix(rng: np.random.Generator, creators: int = CREATORS) -> tuple[pd.DataFrame, Case]:
    """A planted truth and the case that holds its sessions, the peers' line and the changes of product."""
    truth = plant(rng, creators)
    peers = pd.DataFrame([{"metric": "creator_click_to_pay_users", "value": LINE, "statistic": "median"}])
    changed = truth.index[truth["changed"]]
    actions = pd.DataFrame({"creator": changed, "date": pd.Timestamp("2026-08-25"), "action": "product_changed"})
    tables = {"sessions": sessions(truth, rng), "peers": peers, "creator_actions": actions.assign(cost_cny=0.0)}
    return truth, Case(Path("simulated"), Merchant("simulated", "simulated"), PERIOD, tables)


def scored(truth: pd.Series, case: Case) -> Tally:
    """What the measures say of a case against its planted labels."""
    ground = ready(case)
    verdicts = judge(ground, current(case, ground.creators))
    table = verdicts.table
    said = table["label"].reindex(truth.index)
    sums = ground.creators.groupby("creator")[["buyers", "product_click_users"]].sum().reindex(truth.index)
    high = sums["buyers"] / sums["product_click_users"] >= verdicts.conversion.value
    seen = table["exposure"].reindex(truth.index) >= verdicts.exposure.value
    low = np.where(table["changed_in_vain"].reindex(truth.index) | (truth == "mismatch"), "mismatch", "low")
    bare = np.where(high, np.where(seen, "core", "rising"), low)
    given = said != "unknown"
    return Tally(len(truth), int(given.sum()), int((given & (said == truth)).sum()), int((bare == truth).sum()))


def simulated(matrices: int, creators: int = CREATORS, seed: int = 2026) -> Tally:
    """Many matrices added up."""
    total = Tally(0, 0, 0, 0)
    for number in range(matrices):
        truth, case = matrix(np.random.default_rng([seed, number]), creators)
        total += scored(truth["label"], case)
    return total


def knitwear(case: Case) -> Tally:
    """The sample whose labels were planted."""
    rows = json.loads((SAMPLE / "truth.json").read_text("utf-8"))["creators"]
    names = ready(case).creators.drop_duplicates("creator").set_index("douyin_id")["creator"]
    planted = pd.Series({names[row["douyin_id"]]: row["label"] for row in rows})
    return scored(planted[planted != "unknown"], case)


def line(name: str, found: Tally) -> str:
    """One line of the printed table."""
    bare = 1 - found.bare_right / found.creators
    return (
        f"{name:<28}{found.creators:>9,}{found.given / found.creators:>9.1%}{found.right_share:>9.1%}"
        f"{found.wrong_share:>9.1%}{bare:>12.1%}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--matrices", type=int, default=60)
    matrices = parser.parse_args().matrices
    print(f"{'':<28}{'creators':>9}{'labelled':>9}{'right':>9}{'wrong':>9}{'bare: wrong':>12}")
    print(line(f"{matrices} simulated matrices", simulated(matrices)))
    print(line("knitwear, planted labels", knitwear(read_case(SAMPLE))))
    print("right: of the labels given; wrong: of all creators; bare: a label for everyone from the rates as they stand")


if __name__ == "__main__":
    main()
