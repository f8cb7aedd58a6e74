"""The words of a letter by the dictionary of its country (hunspell with Debian's dictionaries)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from taktvoll.model import Brief, Country, Language

DICTIONARIES = Path("/usr/share/hunspell")
_REVIEWED = Path(__file__).parent / "words"
_NAMES = {
    (Language.DE, Country.DE): "de_DE_frami",
    (Language.DE, Country.AT): "de_AT_frami",
    (Language.DE, Country.CH): "de_CH_frami",
    (Language.EN, Country.US): "en_US",
    (Language.EN, Country.GB): "en_GB",
    (Language.EN, Country.IE): "en_GB",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def available() -> bool:
    """Whether all dictionaries are installed (Debian's hunspell-… packages)."""
    return all((DICTIONARIES / f"{name}.dic").is_file() for name in _NAMES.values())


def unknown_words(brief: Brief, text: str) -> Iterator[str]:
    """The words of ``text`` that neither the dictionary nor the reviewed list knows."""
    name = _NAMES[brief.voice.language, brief.voice.country]
    for word in _WORD.findall(text):
        if not _is_known(name, word):
            yield word


@lru_cache(maxsize=100_000)
def _is_known(name: str, word: str) -> bool:
    return word in _reviewed(name[:2]) or bool(_dictionary(name).spell(word.replace("’", "'")))


@lru_cache
def _dictionary(name: str) -> Any:
    from hunspell import Hunspell

    return Hunspell(name, hunspell_data_dir=str(DICTIONARIES))


@lru_cache
def _reviewed(language: str) -> frozenset[str]:
    """Words that are right and that no dictionary knows, one a line; # is a remark."""
    lines = (_REVIEWED / f"{language}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
