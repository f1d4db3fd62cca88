"""Where the figures of videos, people assets and the rest of the dictionary stand."""

from __future__ import annotations

from factbook.measures import alike, dictionary, people, videos
from factbook.measures.rooms import RATES
from factbook.measures.trail import ALL, Trail, ratios, sums

DICTIONARY_TRAILS: tuple[Trail, ...] = (
    *ratios(videos.BASIC, "videos", ALL),
    *ratios(videos.SOLD, "compass_videos", ALL),
    *ratios(videos.HELD, "studio_videos", ALL),
    *ratios(videos.PIECES, "video_pieces", (("video",),)),
    *ratios(people.FLOWS, "people", ALL),
    *sums({people.STOCK: "assets_5a"}, "people_last", ALL, "last"),
    *ratios(people.STAGE, "people_stages", (("people",),)),
    *ratios(dictionary.SHOP, "shop_totals", ALL),
    *ratios(dictionary.ROOM, "own", ALL),
    *ratios(dictionary.PRODUCT, "listed_products", ALL),
    *ratios(dictionary.STANDARD, "standard_ads", ALL),
)
# Rates at the mix of sessions of this period lead to the plain rate.
LIKE_MADE_OF: dict[str, tuple[str, ...]] = {
    f"{ratio.id}:{like}": (ratio.id,) for ratio in RATES if ratio.id not in alike.UNLIKE for like in ("now", "then")
}
