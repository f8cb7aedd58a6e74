"""Names of people as salutations need them, in both languages."""

from __future__ import annotations

import re

_PARTICLES = frozenset(
    [
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "af",
        "bin",
        "ibn",
        "al",
    ]
)
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV|M\.?Sc\.?|B\.?Sc\.?|M\.?A\.?|B\.?A\.?|MBA)\Z")


def first_name(name: str) -> str:
    """What friends say: "Nils" of "Dr. Nils Ahrens"."""
    return next((word for word in name.split() if not word.endswith(".")), name)


def surname(name: str) -> str:
    """The family name with its particles: "von der Heide" of "Anna von der Heide"."""
    words = _SUFFIX.sub("", name).split()
    for number, word in enumerate(words[1:], start=1):
        if word in _PARTICLES and number < len(words) - 1:
            return " ".join(words[number:])
    if words and words[0] in _PARTICLES:
        return " ".join(words)
    return words[-1] if words else name
