"""The guide: short articles in Markdown with a TOML head between two lines of ``+++``.

They lie in ``<language>/guide/*.md``; a person's own folder overlays them by id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from taktvoll.content.files import BUILT_IN, read_text, read_toml
from taktvoll.errors import ContentError
from taktvoll.model import Duty, Intent, Language, Option

SITUATIONS = frozenset(
    [*(i.value for i in Intent), *(o.value for o in Option), *(d.value for d in Duty)]
)

_FENCE = "+++"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_TYPES: dict[str, type] = {
    "id": str,
    "title": str,
    "order": int,
    "situations": list,
    "sources": list,
    "date": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of the guide.

    ``situations`` are values of Intent, Option or Duty: where a face offers it. ``date`` is the
    month (``2026-11``) of the last look at ``sources``. ``body`` is Markdown: paragraphs and bold
    words, no HTML.
    """

    id: str
    title: str
    order: int
    situations: tuple[str, ...]
    sources: tuple[str, ...]
    date: str
    body: str


def articles(
    language: Language, overlay: Path | None = None, broken: list[ContentError] | None = None
) -> tuple[Article, ...]:
    """All articles in ``language``, in their order; ``overlay`` is a person's own content folder.

    A broken article is appended to ``broken`` and left out; where no list is given, its
    ContentError is raised.
    """
    found: dict[str, Article] = {}
    for root in (BUILT_IN, overlay):
        folder = root / language.value / "guide" if root else None
        if folder is None or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.md")):
            try:
                article = parse_article(path)
            except ContentError as error:
                if broken is None:
                    raise
                broken.append(error)
            else:
                found[article.id] = article
    return tuple(sorted(found.values(), key=lambda article: (article.order, article.id)))


def parse_article(path: Path) -> Article:
    """Read one article. Raises ContentError with the line at which it is wrong."""
    text = read_text(path)
    head, separator, body = text.removeprefix(_FENCE).partition(f"\n{_FENCE}\n")
    if not text.startswith(f"{_FENCE}\n") or not separator:
        raise ContentError("guide_no_head", path=str(path), line=1, column=1)
    # the head keeps the newline after the fence, so that its lines are the lines of the file
    data = read_toml(head, path)
    for key, kind in _TYPES.items():
        if key not in data:
            raise ContentError("guide_key_missing", path=str(path), line=1, column=1, key=key)
        if not _fits(data[key], kind):
            raise _at(path, text, key, "guide_value", key=key)
    for key in data.keys() - _TYPES.keys():
        raise _at(path, text, key, "guide_key_unknown", key=key)
    for situation in data["situations"]:
        if situation not in SITUATIONS:
            raise _at(path, text, f'"{situation}"', "guide_situation", situation=situation)
    if not _MONTH.fullmatch(data["date"]):
        raise _at(path, text, "date", "guide_value", key="date")
    if not body.strip():
        line = text.count("\n") + 1
        raise ContentError("guide_empty", path=str(path), line=line, column=1)
    return Article(
        id=data["id"],
        title=data["title"],
        order=data["order"],
        situations=tuple(data["situations"]),
        sources=tuple(data["sources"]),
        date=data["date"],
        body=body.strip() + "\n",
    )


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(item, str) and item for item in value)
    return isinstance(value, kind) and not isinstance(value, bool) and value != ""


def _at(path: Path, text: str, near: str, code: str, **values: object) -> ContentError:
    at = max(text.find(near), 0)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return ContentError(code, path=str(path), line=line, column=column, **values)
