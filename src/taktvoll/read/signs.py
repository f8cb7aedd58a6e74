"""Signs of what a message is for: its words, in pairs and by their stems, and what is around them.

The signs are counted by :mod:`taktvoll.read.kind`, whose weights were learned from messages that
people would sort without doubt. A sign is a short string; what it may look like:

==========================  =====================================================================
``gespräch``                a word of the newest letter
``nicht statt``             two words that follow each other
``gesprä-`` ``-spräch``     how a longer word begins or ends, so that compounds know each other
``>termin``                 the same, of the subject
``termin@`` ``@uhr``        a word before or behind a date that lies ahead
``^dank`` ``^vielen dank``  the same, of the sentences with which the letter opens
``<termin``                 a word of the mail that is quoted below
``=answers``                a fact about the message: see :class:`Clues`; ``=`` alone is in all
==========================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

_LONGEST = 2_500  # code points; who has not said by then what the mail is for is not inviting
_NEAR = 60  # code points around a date
_MOST_DATES = 12
_LINK = re.compile(r"https?://\S+|www\.\S+")
_ADDRESS = re.compile(r"\S+@\S+")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+|0|[?!]")
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
    signs = set(_of_words(_words(text[:_LONGEST])))
    signs |= {f">{sign}" for sign in _of_words(_words(subject[:300]))}
    signs |= {f"^{sign}" for sign in _of_words(_words(_opening(text[:_LONGEST])))}
    signs |= {f"<{word}" for word in _words(clues.quoted[:_LONGEST_QUOTE])}
    signs |= set(_around(text, clues.dates))
    signs |= set(_of_clues(clues))
    return signs


def _words(text: str) -> list[str]:
    plain = _ADDRESS.sub(" ", _LINK.sub(" ", text)) if "@" in text or "//" in text else text
    return _WORD.findall(_FIGURES.sub("0", plain.lower().replace("ß", "ss")))


def _opening(text: str) -> str:
    """The first sentences of ``text`` that say something."""
    said = (part for part in _SENTENCE.split(text) if len(part.split()) > _OPENS)
    return " ".join(islice(said, _OPENING))


def _of_words(words: Sequence[str]) -> Iterator[str]:
    for word in set(words):
        yield word
        if len(word) > 5:
            yield f"{word[:5]}-"
            yield f"-{word[-6:]}"
        if len(word) > 8:
            yield f"{word[:7]}-"
            yield f"-{word[-8:]}"
    for first, second in pairwise(words):
        yield f"{first} {second}"


def _around(text: str, dates: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The words before and behind the dates that lie ahead."""
    for start, end in dates[:_MOST_DATES]:
        for word in _words(text[max(0, start - _NEAR) : start])[-5:]:
            yield f"{word}@"
        for word in _words(text[end : end + _NEAR])[:5]:
            yield f"@{word}"


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
