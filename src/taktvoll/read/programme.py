"""The programme of a day, line by line: "09:00 – 09:45  Fachgespräch", "14.15  panel"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"^[ \t*•·–|-]{0,6}(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?:[ \t]?(?:uhr|h)(?!\w))?"
    r"(?:[ \t]?(?:-|–|bis|to)[ \t]?(?P<until>[01]?\d|2[0-3])[.:](?P<until_minute>[0-5]\d)"
    r"(?:[ \t]?(?:uhr|h)(?!\w))?)?[ \t:|–-]{1,8}(?=[^\W\d_])",
    re.MULTILINE | re.IGNORECASE,
)
_NEAR = 300  # characters from the day to the first line
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """When a programme begins and, where its last line says so, ends; minutes since midnight."""

    start: int
    end: int | None
    span: tuple[int, int]  # of the first line's time
    last: tuple[int, int]  # of the last line's time


def programme_after(text: str, at: int) -> Programme | None:
    """The programme whose lines begin soon behind ``text[at]``: two hours or more, one later than
    the other. None where there is none."""
    lines: list[tuple[int, int | None, tuple[int, int]]] = []
    for line in _LINE.finditer(text, at, at + _LONGEST):
        minute = 60 * int(line["hour"]) + int(line["minute"])
        if lines and (minute <= lines[-1][0] or line.start() - lines[-1][2][1] > _NEAR):
            break
        until = 60 * int(line["until"]) + int(line["until_minute"]) if line["until"] else None
        lines.append((minute, until, line.span()))
    if len(lines) < 2 or lines[0][2][0] - at > _NEAR:
        return None
    (start, _, span), (_, end, last) = lines[0], lines[-1]
    return Programme(start=start, end=end, span=span, last=last)
