"""The sentences of tests/corpus/check: a language and the columns of a line."""

from __future__ import annotations

from pathlib import Path

from taktvoll.model import Language

FOLDER = Path(__file__).parent.parent / "corpus" / "check"


def rows(name: str) -> list[tuple[Language, str, str]]:
    """What each line of ``<name>.<language>.tsv`` is said to be, and the sentence."""
    found = []
    for language in Language:
        for line in (FOLDER / f"{name}.{language}.tsv").read_text("utf-8").splitlines():
            what, sentence = line.split("\t")
            found.append((language, what, sentence))
    return found
