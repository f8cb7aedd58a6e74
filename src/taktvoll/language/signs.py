"""Signs of what a text is for: its words, in pairs and by their stems.

What a text is for is learned, not listed: :mod:`taktvoll.language.weights` counts the signs. A
sign is a short string; what it may look like:

========================  =======================================================================
``gespräch``              a word
``nicht statt``           two words that follow each other
``gesprä-`` ``-spräch``   how a longer word begins or ends, so that compounds know each other
``termin@`` ``@uhr``      a word before or behind a span that is given, as a date
========================  =======================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_NEAR = 60  # code points around a span
_MOST_SPANS = 12
_LINK = re.compile(r"https?://\S+|www\.\S+")
_ADDRESS = re.compile(r"\S+@\S+")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+|0|[?!]")


def word_signs(text: str) -> set[str]:
    """The words of ``text``, the beginnings and endings of the longer ones, and their pairs."""
    return set(_ofplain_words(plain_words(text)))


def signs_around(text: str, spans: Sequence[tuple[int, int]]) -> set[str]:
    """The words before and behind the first ``spans`` of ``text``."""
    return set(_around(text, spans))


def plain_words(text: str) -> list[str]:
    """The words of ``text`` in lower case, figures as 0, without links and addresses."""
    plain = _ADDRESS.sub(" ", _LINK.sub(" ", text)) if "@" in text or "//" in text else text
    return _WORD.findall(_FIGURES.sub("0", plain.lower().replace("ß", "ss")))


def _ofplain_words(words: Sequence[str]) -> Iterator[str]:
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


def _around(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    for start, end in spans[:_MOST_SPANS]:
        for word in plain_words(text[max(0, start - _NEAR) : start])[-5:]:
            yield f"{word}@"
        for word in plain_words(text[end : end + _NEAR])[:5]:
            yield f"@{word}"
