"""`factbook`: new, samples, check, explain, diagnose, render, meet. Exit codes: 0 well, 1 some merchant failed, 2 wrong use."""

from factbook.cli.app import main

__all__ = ["main"]
