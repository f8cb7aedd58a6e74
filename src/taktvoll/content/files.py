"""Content files: where they lie, how they are parsed, and where in them something is wrong.

Built-in content lies beside this module, one folder a language. A person's own folder of the same
shape overlays it by id. A broken built-in file is an error; a broken file of the person is named
and left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from taktvoll.errors import ContentError
from taktvoll.model import Language

BUILT_IN = Path(__file__).parent
_LIMIT = 1_000_000  # bytes of one content file
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Source:
    """One content file: its text and what TOML makes of it."""

    path: Path
    own: bool  # from the person's overlay
    text: str
    data: dict[str, Any]

    def position(self, value: str) -> tuple[int, int]:
        """Line and column (from 1) where ``value`` first stands; the top where it does not."""
        at = self.text.find(value)
        if at < 0:
            return 1, 1
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def error(
        self, code: str, at: str, *, among: Iterable[str] = (), **values: object
    ) -> ContentError:
        """An error that points to where ``at`` stands in this file.

        Where that is nearly one of ``among``, the error's value ``suggestion`` says which.
        """
        from difflib import get_close_matches  # nobody waits for it who has no error

        line, column = self.position(at)
        near = get_close_matches(at.strip('{"}'), list(among), 1)
        if near:
            values["suggestion"] = near[0]
        return ContentError(code, path=str(self.path), line=line, column=column, **values)


def where(identity: str, language: Language, overlay: Path | None) -> tuple[Path, int, int]:
    """The file, line and column in which the entry ``identity`` stands, the person's own first."""
    for root in filter(None, (overlay, BUILT_IN)):
        for path in sorted((root / language.value).rglob("*.toml")):
            text = path.read_text("utf-8", errors="replace")
            if (at := text.find(f'id = "{identity}"')) >= 0:
                return path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return BUILT_IN / language.value, 1, 1


def content_files(folder: str, language: Language, overlay: Path | None) -> list[tuple[Path, bool]]:
    """All .toml files of ``<language>/<folder>`` (or ``<folder>.toml``), the person's own last."""
    found: list[tuple[Path, bool]] = []
    for root, own in ((BUILT_IN, False), (overlay, True)):
        if root is None:
            continue
        single = root / language.value / f"{folder}.toml"
        if single.is_file():
            found.append((single, own))
        below = root / language.value / folder
        if below.is_dir():
            found += [(path, own) for path in sorted(below.glob("*.toml"))]
    return found


def fingerprint(paths: list[tuple[Path, bool]]) -> str:
    """A hash over the contents of ``paths``: what is built from them is cached under it."""
    digest = sha256()
    for path, _own in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def sources(
    folder: str, language: Language, overlay: Path | None, broken: list[ContentError]
) -> Iterator[Source]:
    """Parse ``content_files(…)``; what cannot be parsed is appended to ``broken``."""
    for path, own in content_files(folder, language, overlay):
        try:
            yield parse(path, own=own)
        except ContentError as error:
            broken.append(error)


def parse(path: Path, *, own: bool) -> Source:
    """Read one file. Raises ContentError with the place where TOML gives up."""
    text = read_text(path)
    return Source(path, own, text, read_toml(text, path))


def read_text(path: Path) -> str:
    """The text of a content file. Raises ContentError where it is too large or not UTF-8."""
    with path.open("rb") as file:
        raw = file.read(_LIMIT + 1)
    if len(raw) > _LIMIT:
        raise ContentError("content_too_large", path=str(path), line=1, column=1)
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError("content_not_utf8", path=str(path), line=line, column=1) from error


def read_toml(text: str, path: Path) -> dict[str, Any]:
    """What TOML makes of ``text``. Raises ContentError with the place where it gives up."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _POSITION.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        problem = _POSITION.sub("", str(error)).strip()
        raise ContentError(
            "content_syntax", path=str(path), line=line, column=column, problem=problem
        ) from error
