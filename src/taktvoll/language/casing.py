"""Text that somebody typed without capitals, as the patterns for names and titles expect it."""

from __future__ import annotations

import re
from functools import lru_cache

_LOOKED_AT = 2_000  # code points
_FEW = 40  # one capital in so many letters is none

_SMALL_WORDS = """
als am an auf aus bei beim bis das dass dem den der des die ein eine einem einen einer für hab habe
haben hat ich ihr im in ist mal mit nach noch oder sich sie sind um und uns von vom vor wir zu zum
zur du dich dir dein deine ihre a an and are as at be by for from i if in is it of on or our the to
us we will with you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())

_BEGINNING = re.compile(r"(?:^|[.!?]\s|\n)\s{0,8}([^\W\d_])")
_WORD = re.compile(r"(?<![\w@./])[a-zäöü][\wäöüß]+")


@lru_cache(maxsize=8)
def capitalised(text: str) -> str:
    """``text``, with a capital at each word where it has next to none; every offset stays."""
    head = text[:_LOOKED_AT]
    if sum(map(str.isupper, head)) * _FEW > len(head):
        return text
    begins = _BEGINNING.findall(head)
    if 2 * sum(map(str.isupper, begins)) > len(begins):
        return text  # English has few capitals, but each sentence begins with one
    return _WORD.sub(lambda found: _capital(found[0]), text)


def plain_marks(text: str) -> str:
    """``text`` with the quotes and dashes of a typewriter; every offset stays.

    A pattern whose classes hold none but Latin-1 is compiled many times faster.
    """
    return text.translate(_MARKS)


_MARKS = str.maketrans(
    {
        **dict.fromkeys("„“”‟", '"'),
        **dict.fromkeys("‚‘’‛", "'"),
        **dict.fromkeys("–—‑", "-"),
        "•": "·",
    }
)


def _capital(word: str) -> str:
    if word in _SMALL:
        return word
    return _FORMS.get(word) or word[0].upper() + word[1:]


_FORMS = {
    form.lower(): form for form in ("GmbH", "gGmbH", "AG", "KG", "OHG", "UG", "LLC", "LLP", "PLC")
}
