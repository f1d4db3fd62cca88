"""The meeting: live pictures beside the client, and the small server that shows them on this machine only."""

from factbook.live.board import meeting
from factbook.live.serve import Server, meet

__all__ = ["Server", "meet", "meeting"]
