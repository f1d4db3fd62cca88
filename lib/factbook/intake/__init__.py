"""A client's files to a Case: recognised by content, mapped by header, cleaned, reconciled."""

from factbook.intake.case import read_case
from factbook.intake.summary import summary

__all__ = ["read_case", "summary"]
