"""Merchants in whom each rule of organisation fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation, capability


def practices(state: str, *codes: str) -> list[dict[str, str]]:
    """What the form says of some practices."""
    return [{"code": code, "state": state} for code in codes]


SITUATIONS: dict[str, Situation] = {
    "O01": Situation(Shop(capability("O2", agreement=0.7)), {"now": {"capability_agreement:O2": 0.9}}),
    "O02": Situation(Shop(capability("O5", claimed=4, data_level=2)), {"now": {"capability_data_level:O5": 3.5}}),
    "O03": Situation(Shop(capability("O1", raters=2)), {"now": {"capability_raters:O1": 4.0}}),
    "O04": Situation(Shop({**capability("O3", level=2), "field_share:A": 0.7}), {"now": {"capability_level:O3": 4.0}}),
    "O05": Situation(Shop(capability("O3", claimed=3, level=2)), {"now": {"capability_level:O3": 3.0}}),
    "O07": Situation(
        Shop({"field_share:F": 0.7}, tables={"practices": practices("no", "F1", "F3", "A2")}),
        {"tables": {"practices": practices("partly", "F1", "F3", "A2")}},
    ),
    "O08": Situation(
        Shop({"capability_item:O1.2": 1.0, **capability("O1", importance=5)}), {"now": {"capability_item:O1.2": 3.0}}
    ),
    "O09": Situation(Shop({"capability_flat_raters": 1}), {"now": {"capability_flat_raters": 0.0}}),
    "O10": Situation(
        Shop({**capability("O1", level=2), **capability("O3", level=2), "field_share:F": 0.6, "field_share:A": 0.4}),
        {"now": {"capability_level:O3": 4.0}},
    ),
    "O11": Situation(Shop(capability("O5", claimed=2, data_level=4)), {"now": {"capability_data_level:O5": 2.0}}),
    "O12": Situation(
        Shop({**capability("O1", level=2), "field_share:F": 0.7}, profile={"team_seat": "ecommerce"}),
        {"profile": {"team_seat": "integrated"}},
    ),
    "O13": Situation(Shop({"capability_roles": 1.0}), {"now": {"capability_roles": 3.0}}),
    "O14": Situation(Shop(capability("O2", level=2, target=2, importance=5)), {"now": {"capability_target:O2": 4.0}}),
    "O06": Situation(Shop(capability("O4", level=4)), {"now": {"capability_level:O4": 3.0}}),
}
