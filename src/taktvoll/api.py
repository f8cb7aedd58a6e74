"""The Python interface: the four pure steps, and the dates that a text names.

>>> from taktvoll.api import check, dates, decide, read, write
"""

from taktvoll.check import check
from taktvoll.decide.options import options as decide
from taktvoll.language.phrases.mentions import dates
from taktvoll.read import read
from taktvoll.write import write

__all__ = ["check", "dates", "decide", "read", "write"]
