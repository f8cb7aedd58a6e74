"""Signs of what a message is for: those of its words, and what is around them.

The signs are counted by :mod:`taktvoll.read.kind`, whose weights were learned from messages that
people would sort without doubt. Beside the signs of :mod:`taktvoll.language.signs` these are:

===========================  ====================================================================
``>termin``                  a sign of the subject
``^vielen`` ``^vielen dank`` a sign of the sentences with which the letter opens
``<termin``                  a word of the mail that is quoted below
``termin@`` ``@uhr``         a word before or behind a date that lies ahead
``=answers``                 a fact about the message: see :class:`Clues`; ``=`` alone is in all
===========================  ====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from taktvoll.language.signs import plain_words, signs_around, word_signs

_LONGEST = 2_500  # code points; who has not said by then what the mail is for is not inviting
_SENTENCE = re.compile(r"(?<=[^\d][.!?])\s+|\n[ \t]{0,8}\n")
_OPENING = 2  # sentences, the salutation not counted: what somebody writes for stands there
_OPENS = 3  # words; what is shorter is a salutation
_LONGEST_QUOTE = 600
_MANY = 4


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
    hours: int = 0  # how many of them have an hour
    past: int = 0  # dates that lie behind
    quoted: str = ""  # the mail below it


def signs_of(subject: str, text: str, clues: Clues) -> set[str]:
    """The signs of a message with its ``subject``, its newest ``text`` and the :class:`Clues`."""
    signs = word_signs(text[:_LONGEST])
    signs |= {f">{sign}" for sign in word_signs(subject[:300])}
    signs |= {f"^{sign}" for sign in word_signs(_opening(text[:_LONGEST]))}
    signs |= {f"<{word}" for word in plain_words(clues.quoted[:_LONGEST_QUOTE])}
    signs |= signs_around(text, clues.dates)
    signs |= set(_of_clues(clues))
    return signs


def _opening(text: str) -> str:
    """The first sentences of ``text`` that say something."""
    said = (part for part in _SENTENCE.split(text) if len(part.split()) > _OPENS)
    return " ".join(islice(said, _OPENING))


def _of_clues(clues: Clues) -> Iterator[str]:
    yield "="  # what is usual among all messages
    if clues.method:
        yield f"={clues.method.lower()}"
    if clues.status:
        yield f"={clues.status.lower()}"
    for name in ("answers", "automatic", "booking", "event", "hours", "dates", "past", "quoted"):
        if getattr(clues, name):
            yield f"={name}"
    yield f"=hours {min(clues.hours, _MANY)}"
    yield f"=days {min(len(clues.dates) - clues.hours, _MANY)}"
