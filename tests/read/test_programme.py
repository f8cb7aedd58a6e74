"""The programme of a day: where it begins, where it ends, and what only looks like one."""

from __future__ import annotations

import pytest

from taktvoll.read.programme import programme_after


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        ("\n  10.00   tour of the site\n  11.30   talk\n  14.15   panel\n", 600, None),
        ("\n09:00 – 09:45  Fachgespräch\n10:00 - 11:30 Uhr  Vorstand\n", 540, 690),
        ("\n* 8.30 Uhr Ankunft\n* 9.00 Uhr Gespräch\n", 510, None),
    ],
)
def test_first_and_last_line(lines: str, start: int, end: int | None) -> None:
    found = programme_after(f"Dienstag, 9. Februar{lines}", 0)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "\n10.00 tour of the site\n",  # one line is none
        "\n14.00 panel\n9.00 tour\n",  # backwards
        "\n10.00\n11.00\n",  # hours alone are for choice
        "x" * 400 + "\n10.00 tour\n11.00 talk\n",  # too far from the day
    ],
)
def test_no_programme(text: str) -> None:
    assert programme_after(text, 0) is None
