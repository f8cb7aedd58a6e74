"""Signs of what a message is for: those of its words, and what is around them.

The signs are counted by :mod:`taktvoll.read.kind`, whose weights were learned from messages that
people would sort without doubt. Beside the signs of :mod:`taktvoll.language.signs` these are:

========================  =======================================================================
``>termin``               a sign of the subject
``termin@`` ``@uhr``      a word before or behind a date that lies ahead
``=answers``              a fact about the message: see :class:`Clues`; ``=`` alone is always there
========================  =======================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taktvoll.language.signs import signs_around, word_signs

_LONGEST = 2_500  # code points; who has not said by then what the mail is for is not inviting


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is known of a message besides its words."""

    method: str | None = None  # of the calendar part
    status: str | None = None  # of its event
    answers: bool = False  # In-Reply-To, or "Re:" in the subject
    automatic: bool = False
    booking: bool = False  # a link to choose or change the appointment
    event: bool = False
    dates: Sequence[tuple[int, int]] = ()  # spans of the dates ahead in the text
    hours: bool = False  # one of them has an hour


def signs_of(subject: str, text: str, clues: Clues) -> set[str]:
    """The signs of a message with its ``subject``, its newest ``text`` and the :class:`Clues`."""
    signs = word_signs(text[:_LONGEST])
    signs |= {f">{sign}" for sign in word_signs(subject[:300])}
    signs |= signs_around(text, clues.dates)
    signs |= set(_of_clues(clues))
    return signs


def _of_clues(clues: Clues) -> Iterator[str]:
    yield "="  # what is usual among all messages
    if clues.method:
        yield f"={clues.method.lower()}"
    if clues.status:
        yield f"={clues.status.lower()}"
    for name in ("answers", "automatic", "booking", "event", "hours"):
        if getattr(clues, name):
            yield f"={name}"
    if clues.dates:
        yield "=date"
