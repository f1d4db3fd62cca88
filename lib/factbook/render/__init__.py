"""Reports: chapters run by papermill, one self-contained page a merchant, one index for all."""

from factbook.render.batch import render
from factbook.render.journal import Failure
from factbook.render.merchant import Outcome

__all__ = ["Failure", "Outcome", "render"]
