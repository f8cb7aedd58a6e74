"""Regular expressions that are compiled when they are first needed.

A letter needs few of those that the check knows: one language, and only what is known of the case.
Compiling them all would be a fifth of a cold start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """What ``re.compile`` gives, for searching; a broken ``source`` raises ``re.error`` there."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self.source, self.flags)

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        return self.compiled.search(text, *bounds)

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self.compiled.match(text, *bounds)

    def fullmatch(self, text: str, *bounds: int) -> re.Match[str] | None:
        """As ``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch(text, *bounds)

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        return self.compiled.finditer(text, *bounds)

    def findall(self, text: str) -> list[str]:
        """As ``re.Pattern.findall``, for an expression without groups."""
        return self.compiled.findall(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As ``re.Pattern.sub``."""
        return self.compiled.sub(by, text)
