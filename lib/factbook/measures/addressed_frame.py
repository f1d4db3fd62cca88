"""One kind of rows that figures are added up from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from factbook.measures.ground import Ground


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of one kind: how they are made ready, which of them, and whether a period chooses among them.

    Its words stand under the same name in knowledge/lineage.toml.
    """

    name: str
    build: Callable[[Ground], pd.DataFrame]
    where: tuple[tuple[str, Any], ...] = ()
    dated: bool = True

    def rows(self, ground: Ground) -> pd.DataFrame:
        """The rows of one case."""
        frame = self.build(ground)
        for name, value in self.where if len(frame) else ():
            frame = frame[frame[name] == value]
        return frame
