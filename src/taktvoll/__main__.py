"""The program: gives wire's desk to a face."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from taktvoll.desk import Desk
    from taktvoll.model import Language


def main() -> int:
    """Run the command line. Returns the exit code: 0 fine, 1 findings, 2 wrong use."""
    if sys.argv[1:] == ["--version"]:  # 40 ms: before anything is imported
        from taktvoll import __version__

        print(f"taktvoll {__version__}")
        return 0
    from taktvoll import wire
    from taktvoll.cli import run

    return run(sys.argv[1:], wire.desk, _open_page)


def _open_page(
    desk: Desk, port: int, open_browser: bool, say: Callable[[str], None], language: Language
) -> int:
    """The other face, which the command line may not import: it starts only when asked for."""
    from taktvoll.web.serve import run

    return run(desk, port, open_browser, say=say, language=language)


if __name__ == "__main__":
    sys.exit(main())
