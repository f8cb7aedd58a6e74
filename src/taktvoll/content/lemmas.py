"""From a lemma to the forms in which people write it. Slow: only when content is built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from taktvoll.model import Language

_SEPARABLE = [
    "zurück",
    "zusammen",
    "entgegen",
    "fern",
    "durch",
    "nieder",
    "weiter",
    "wieder",
    "heraus",
    "hinaus",
    "herum",
    "vorbei",
    "ab",
    "an",
    "auf",
    "aus",
    "bei",
    "ein",
    "fest",
    "fort",
    "frei",
    "her",
    "hin",
    "hoch",
    "klar",
    "los",
    "mit",
    "nach",
    "um",
    "vor",
    "weg",
    "zu",
]
_FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'"})


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """``word`` in lower case with ae, oe, ue, ss: Grüße, Grüsse and Gruesse are one word."""
    return word.lower().translate(_FOLDS)


_SQUEEZES = (
    (re.compile(r"(.)\1"), r"\1"),  # doubled or not: Vorfal, Vorfall
    (re.compile(r"(?<=[aeiouy])h|(?<=i)e|(?<=[tr])h|(?<=d)t|c(?=k)|t(?=z)"), ""),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"y"), "i"),
)


@lru_cache(maxsize=20_000)
def squeezed(word: str) -> str:
    """What is left of a folded word when the usual slips of spelling no longer show."""
    for pattern, into in _SQUEEZES:
        word = pattern.sub(into, word)
    return word


_looked_up: dict[Language, dict[str, frozenset[str]]] = {}


def forms(lemmas: Iterable[str], language: Language) -> dict[str, frozenset[str]]:
    """The folded surface forms of each of ``lemmas``, the lemma itself among them.

    What was looked up once is kept: a second build in one process opens no table for it.
    """
    known = _looked_up.setdefault(language, {})
    wanted = {lemma.lower() for lemma in lemmas}
    if missing := wanted - known.keys():
        known |= _look_up(missing, language)
    return {lemma: known[lemma] for lemma in wanted}


def _look_up(lemmas: Iterable[str], language: Language) -> dict[str, frozenset[str]]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    wanted: dict[str, set[str]] = {lemma: set() for lemma in lemmas}
    inflected: set[str] = set()
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language.value).items():
        if (known := wanted.get(lemma.lower())) is not None:
            known.add(fold(form))
        elif form in wanted:
            inflected.add(form)
    inflect = _german if language is Language.DE else _english
    found: dict[str, frozenset[str]] = {}
    for lemma, known in wanted.items():
        word = fold(lemma)
        if known:
            extra = _adjective(word) if len(known & _adjective(word)) > 1 else set()
        elif lemma in inflected:  # written as it is meant: "besser" is not every form of gut
            extra = _adjective(word[:-1]) if word.endswith("e") else set()
        else:
            extra = inflect(word) if len(word) > 3 else set()
        found[lemma] = frozenset({word, *known, *extra})
    return found


def separated(lemma: str) -> tuple[str, str] | None:
    """Verb and prefix of a German verb that comes apart: ("sagen", "ab") for absagen."""
    if lemma != lemma.lower() or not lemma.endswith("n"):
        return None
    for prefix in _SEPARABLE:
        if lemma.startswith(prefix) and len(lemma) > len(prefix) + 3:
            return lemma[len(prefix) :], prefix
    return None


def _adjective(stem: str) -> set[str]:
    return {stem + ending for ending in ("e", "en", "em", "er", "es")}


def _german(word: str) -> set[str]:
    """Endings for a word that the dictionary lacks: noun, adjective and weak verb alike."""
    found = {word + ending for ending in ("e", "en", "n", "er", "em", "es", "s")}
    if word.endswith("en"):
        stem = word[:-2]
        found |= {stem + ending for ending in ("e", "st", "t", "te", "ten", "est", "et", "end")}
        found.add(f"ge{stem}t")
        if parts := separated(word):
            found |= {f"{parts[1]}ge{parts[0][:-2]}t", f"{parts[1]}zu{parts[0]}"}
    return found


def _english(word: str) -> set[str]:
    stem = word[:-1] if word.endswith("e") else word
    return {word + "s", word + "es", stem + "ed", stem + "ing", word + "'s"}
