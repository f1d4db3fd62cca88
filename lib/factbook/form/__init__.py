"""The intake form: intake.xlsx written and read from one description (knowledge/form.toml)."""

from factbook.form.data import FormData, Reading, RowCount
from factbook.form.reading import read, read_form
from factbook.form.writing import write
from factbook.knowledge.form import form as layout

__all__ = ["FormData", "Reading", "RowCount", "layout", "read", "read_form", "write"]
