"""The Python interface: the four pure steps.

>>> from taktvoll.api import check, decide, read, write
"""

from taktvoll.check import check
from taktvoll.decide.options import options as decide
from taktvoll.read import read
from taktvoll.write import write

__all__ = ["check", "decide", "read", "write"]
