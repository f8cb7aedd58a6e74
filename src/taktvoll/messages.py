"""What the program says, from the gettext catalogues in ``locale/``, German and English.

A message is named by a key (``error.empty_file``), so that both languages are catalogues and
neither is the source of the other.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from taktvoll.model import Language

LOCALE = Path(__file__).with_name("locale")


def say(key: str, language: Language, /, **values: object) -> str:
    """The sentence named ``key`` in ``language``, its ``{slots}`` filled from ``values``."""
    sentence = _catalogue(language).gettext(key)
    return sentence.format_map({name: str(value) for name, value in values.items()})


def has(key: str, language: Language) -> bool:
    """Whether the catalogue of ``language`` knows ``key``."""
    return _catalogue(language).gettext(key) != key


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("taktvoll", LOCALE, languages=[language.value])
