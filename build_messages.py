"""Compiles the message catalogues (.po to .mo) when a wheel or an editable install is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, from ./taktvoll or ./test
    BuildHookInterface = object  # type: ignore[assignment,misc]

LOCALE = Path(__file__).parent / "src" / "taktvoll" / "locale"


def compile_catalogues() -> None:
    """Write the .mo beside each .po that is newer. A broken catalogue raises."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        with mo.open("wb") as target:
            write_mo(target, catalogue)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook named in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend before it collects the files."""
        compile_catalogues()


if __name__ == "__main__":
    compile_catalogues()
