"""Turns of phrase by which a reply can be told: signs that stand for many words at once.

The replies that weights can be learned from are few, and short. What a family of phrases has in
common is said once, in ``phrases.txt``, so that one of its members that was never learned from
counts as well.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("phrases.txt")
_HEADING = re.compile(r"\[(\w+)\] ")


def families_in(text: str) -> set[str]:
    """The families that ``text`` has a member of, each as a sign that begins with ``#``."""
    return {name for name, pattern in _families() if pattern.search(text)}


@cache
def _families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled where the first reply is read."""
    members: dict[str, list[str]] = {}
    family: list[str] = []
    for line in _FILE.read_text("utf-8").splitlines():
        if found := _HEADING.match(line):
            family = members.setdefault(f"#{found[1]}", [])
        elif line and not line.startswith("# "):
            family.append(line)
    return tuple(
        (name, re.compile("|".join(lines), re.IGNORECASE)) for name, lines in members.items()
    )
