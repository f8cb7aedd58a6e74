"""Texts with marked places: cut into pieces, so that a template can mark them without HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` is about ``name``; offsets are code points."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text about the same things; ``begins`` are those of them that begin here."""

    text: str
    names: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def pieces(text: str, places: Iterable[Place]) -> Sequence[Piece]:
    """``text`` cut at the ends of ``places``; places may overlap, empty ones are left out."""
    inside = [p for p in places if 0 <= p.start < p.end <= len(text)]
    cuts = sorted({0, len(text), *(p.start for p in inside), *(p.end for p in inside)})
    found = []
    for start, end in pairwise(cuts):
        here = [p for p in inside if p.start <= start and end <= p.end]
        names = tuple(p.name for p in here)
        begins = tuple(p.name for p in here if p.start == start)
        found.append(Piece(text[start:end], names, begins))
    return found


def utf16(text: str, offset: int) -> int:
    """``offset`` in code points as JavaScript counts it: in units of UTF-16."""
    return offset + sum(character > "\uffff" for character in text[:offset])
