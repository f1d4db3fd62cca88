"""Sample merchants, simulated from a known truth and written as the platform's own files."""

from factbook.samples.shops import SAMPLES
from factbook.samples.writing import write

__all__ = ["SAMPLES", "write"]
