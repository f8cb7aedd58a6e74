"""A person as one writes them down: "Frau Dr. Brandt", "Ms Whitfield", "Jana"."""

from __future__ import annotations

import re

from taktvoll.model import Contact, Gender

_FORMS = {
    "frau": Gender.FEMALE,
    "fr": Gender.FEMALE,
    "ms": Gender.FEMALE,
    "mrs": Gender.FEMALE,
    "miss": Gender.FEMALE,
    "herr": Gender.MALE,
    "herrn": Gender.MALE,
    "hr": Gender.MALE,
    "mr": Gender.MALE,
    "mx": None,
}
_TITLE = re.compile(
    r"(?:univ\.?-?prof|prof(?:essor(?:in)?)?|ddr|dr|mag|magª|di|dipl\.?-?ing|ing|pd|med|phil|jur"
    r"|rer|nat|pol|oec|habil|h\.?c)\.?",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s(?:und|and|&|\+)\s|\s/\s")


def is_several(name: str) -> bool:
    """Whether ``name`` names two people."""
    return bool(_SEVERAL.search(name))


def parse_addressee(written: str, gender: Gender | None = None) -> Contact:
    """Name, academic titles and gender of ``written``; ``gender`` outweighs a form of address.

    What stands alone is a name, whatever it looks like. Two people stay as they are written.
    """
    if is_several(written):
        return Contact(name=written, gender=gender)
    words = written.split()
    titles: list[str] = []
    while len(words) > 1:
        plain = words[0].rstrip(".").casefold()
        if plain in _FORMS and not titles:
            gender = gender or _FORMS[plain]
        elif _TITLE.fullmatch(words[0]):
            titles.append(words[0])
        else:
            break
        words = words[1:]
    return Contact(name=" ".join(words) or None, title=" ".join(titles) or None, gender=gender)
