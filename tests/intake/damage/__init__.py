"""Good reports, damaged on purpose: nothing may crash, no total may be silently wrong, no row may be lost unsaid."""
