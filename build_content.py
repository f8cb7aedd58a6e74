"""Compiles the content: message catalogues (.po to .mo) and the rules of the check.

Run by ./taktvoll and ./test after a change, and as the build hook of a wheel, so that no start of
the program has to compile anything.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # in the program's own environment there is no build backend
    BuildHookInterface = object  # type: ignore[assignment,misc]

SRC = Path(__file__).parent / "src"


def compile_catalogues() -> None:
    """Write the .mo beside each .po that is newer. A broken catalogue raises."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in (SRC / "taktvoll" / "locale").glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        with mo.open("wb") as target:
            write_mo(target, catalogue)


def compile_rules() -> None:
    """Write the compiled rules of each language into the package, where they are out of date."""
    sys.path.insert(0, str(SRC))
    from taktvoll.content import rules
    from taktvoll.model import Language

    names = {language: rules.cache_name(language) for language in Language}
    for pack in rules.PREBUILT.glob("*.json"):
        if pack.name not in names.values():
            pack.unlink()
    for language, name in names.items():
        if not (rules.PREBUILT / name).is_file():
            rules.build(language).save(rules.PREBUILT / name)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook named in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend before it collects the files."""
        compile_catalogues()
        compile_rules()


if __name__ == "__main__":
    compile_catalogues()
    compile_rules()
