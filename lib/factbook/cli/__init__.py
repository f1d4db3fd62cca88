"""`factbook` and its verbs. Exit codes: 0 all well, 1 some merchant failed, 2 wrong use."""

from factbook.cli.app import main

__all__ = ["main"]
