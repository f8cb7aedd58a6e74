"""check: a text and what is known become findings: category, rule, severity, span, why, fix."""

from taktvoll.check.checking import check, known_from, known_of
from taktvoll.check.fixes import apply_fixes

__all__ = ["apply_fixes", "check", "known_from", "known_of"]
