"""Starting points for a person's own content: ``taktvoll content new part|rule|reason|language``.

Nobody starts from an empty page: what is new begins as a copy of what is there, under an id of its
own, with a word on what to change. A rule begins as a small one that is whole: the copy of another
would find the same words twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from taktvoll.content.files import BUILT_IN, read_text
from taktvoll.errors import WrongUse
from taktvoll.model import Category, Language

_ENTRY = re.compile(r"^\[\[(?:part|reason|rule)\]\]\n(?:(?!\[\[|# ---).*\n?)*", re.MULTILINE)
_CODE = re.compile(r"[a-z]{2,3}")
_TEXT = re.compile(r"^(text|du|ihr) = \"(.*)\"$", re.MULTILINE)

FOLDERS = {"part": ("parts", "phone"), "reason": ("reasons.toml",), "rule": ("rules",)}
_CHOSEN_BY = {"part": "kind", "reason": "reason", "rule": "category"}


def starter(what: str, chosen: str, language: Language, folder: Path) -> Path:
    """Write a file with a copy of what there is for ``chosen``, and say where.

    ``what`` is part, reason or rule; ``chosen`` a kind, a reason or a category. Raises WrongUse
    where there is nothing of that name, or the file is there already.
    """
    entries = [entry for name, entry in _entries(what, language) if name == chosen]
    if what == "rule" and chosen in set(Category):
        entries = [_RULES[language].replace("CATEGORY", chosen)]
    if not entries:
        names = sorted({name for name, _entry in _entries(what, language)})
        near = get_close_matches(chosen, names, 1)
        raise WrongUse(
            "content_new_unknown", what=what, name=chosen[:40], names=", ".join(near or names)
        )
    head = f'kind = "{chosen}"\n\n' if what == "part" else ""
    path = folder / language.value / FOLDERS[what][0].removesuffix(".toml") / f"own.{chosen}.toml"
    return _write(path, f"{_HINTS[language]}{head}{_own(entries[0])}")


def language_starter(code: str, folder: Path) -> list[Path]:
    """Write all English content to be put into the language ``code``; say where.

    Each text stands as a comment over its place. Raises WrongUse for what is no code of a language.
    """
    if not _CODE.fullmatch(code) or code in set(Language):
        raise WrongUse("content_new_language", word=code[:20])
    root = BUILT_IN / Language.EN.value
    return [
        _write(folder / code / path.relative_to(root), _untranslated(read_text(path)))
        for path in sorted(root.rglob("*"))
        if path.suffix in (".toml", ".md") and path.parent.name != "rules"
    ]


def _entries(what: str, language: Language) -> Iterator[tuple[str, str]]:
    """The name by which one chooses, and the text, of each entry of the built-in files."""
    for folder in FOLDERS[what]:
        place = BUILT_IN / language.value / folder
        for path in sorted(place.glob("*.toml")) if place.is_dir() else [place]:
            text = read_text(path)
            of_file = re.search(r'^kind = "(\w+)"', text.partition("[[")[0], re.MULTILINE)
            for entry in _ENTRY.findall(text):
                named = re.search(rf'^{_CHOSEN_BY[what]} = \[?"(\w+)"', entry, re.MULTILINE)
                if named := (of_file if what == "part" else named):
                    yield named[1], entry


def _own(entry: str) -> str:
    return re.sub(r'^id = "(.+)"', r'id = "own.\1"', entry, count=1, flags=re.MULTILINE)


def _untranslated(text: str) -> str:
    return _TEXT.sub(r'# \2\n\1 = "\2"', text)


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text.rstrip() + "\n")
    except FileExistsError:
        raise WrongUse("content_new_exists", path=str(path)) from None
    except OSError as error:
        raise WrongUse(
            "cannot_write", folder=str(path.parent), problem=error.strerror or str(error)
        ) from error
    return path


_RULES = {
    Language.DE: """\
[[rule]]
id = "CATEGORY.im_zuge"
category = "CATEGORY"
kind = "avoid"
why = "Das sagt im Gespräch niemand."
find = ["im Zuge dessen"]
wrong = [
    { text = "[[Im Zuge dessen]] sage ich ab.", fixed = "Deshalb sage ich ab." },
    { text = "Ich schreibe [[im Zuge dessen]] noch.", fixed = "Ich schreibe noch." },
    { text = "Den Termin sage ich [[im Zuge dessen]] ab.", fixed = "Den Termin sage ich ab." },
]
right = ["Deshalb sage ich ab.", "Ich schreibe noch.", "Im Zug habe ich das gelesen."]
""",
    Language.EN: """\
[[rule]]
id = "CATEGORY.in_this_regard"
category = "CATEGORY"
kind = "avoid"
why = "Nobody says that in a conversation."
find = ["in this regard"]
wrong = [
    { text = "[[In this regard]] I have to cancel.", fixed = "I have to cancel." },
    { text = "I will write [[in this regard]] again.", fixed = "I will write again." },
    { text = "Please let me know [[in this regard]].", fixed = "Please let me know." },
]
right = ["I have to cancel.", "I will write again.", "Kind regards from this side."]
""",
}

_HINTS = {
    Language.DE: (
        "# Dein eigener Baustein: die Kopie eines Bausteins, den es gibt. Schreib den Text um,\n"
        "# such dir eine id, die bleibt, und prüf ihn mit: taktvoll content check\n\n"
    ),
    Language.EN: (
        "# Your own entry: a copy of one that is there. Change the text, choose an id that stays,\n"
        "# and check it with: taktvoll content check\n\n"
    ),
}
