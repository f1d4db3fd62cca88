"""A client's files to a Case: recognised by content, mapped by header, cleaned, reconciled."""

from factbook.intake.case import read_case
from factbook.intake.files import is_merchant
from factbook.intake.merchant import read_toml
from factbook.intake.summary import summary

__all__ = ["is_merchant", "read_case", "read_toml", "summary"]
