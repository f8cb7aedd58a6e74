"""Writing: a brief and a channel become a draft in native German or English.

The same brief, seed and content give the same letter on every machine.
"""

from taktvoll.write.compose import write
from taktvoll.write.facts import missing_facts

__all__ = ["missing_facts", "write"]
