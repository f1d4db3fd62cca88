"""Merchants in whom each rule of organisation fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation, capability

SITUATIONS: dict[str, Situation] = {
    "O01": Situation(Shop(capability("O2", agreement=0.7)), {"now": {"capability_agreement:O2": 0.9}}),
    "O02": Situation(Shop(capability("O5", claimed=4, data_level=2)), {"now": {"capability_data_level:O5": 3.5}}),
    "O03": Situation(Shop(capability("O1", raters=2)), {"now": {"capability_raters:O1": 4.0}}),
    "O04": Situation(Shop({**capability("O3", level=2), "field_share:A": 0.7}), {"now": {"capability_level:O3": 4.0}}),
    "O05": Situation(Shop(capability("O3", claimed=3, level=2)), {"now": {"capability_level:O3": 3.0}}),
    "O06": Situation(Shop(capability("O4", level=4)), {"now": {"capability_level:O4": 3.0}}),
}
