"""The spine: a folder becomes a diagnosis; a diagnosis is saved, loaded and opened at the desk."""

from factbook.diagnosis.desk import find, load_diagnosis
from factbook.diagnosis.spine import diagnose
from factbook.diagnosis.store import load, save

__all__ = ["diagnose", "find", "load", "load_diagnosis", "save"]
