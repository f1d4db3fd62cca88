"""Words: the verdict, findings, gates, readings of a picture, and the consultant's notes."""

from factbook.display.text.cards import findings, top_findings
from factbook.display.text.page import gates, notes, verdict
from factbook.display.text.reading import reading

__all__ = ["findings", "gates", "notes", "reading", "top_findings", "verdict"]
