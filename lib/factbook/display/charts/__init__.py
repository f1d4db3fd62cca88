"""Pictures, called by what they show; each takes a diagnosis and returns one display object."""

from factbook.display.charts.growth import field_mix, followers, rhythm, room_funnel, weekly_sales

__all__ = ["field_mix", "followers", "rhythm", "room_funnel", "weekly_sales"]
