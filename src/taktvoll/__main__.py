"""The program: gives wire's desk to a face."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line. Returns the exit code: 0 fine, 1 findings, 2 wrong use."""
    if sys.argv[1:] == ["--version"]:  # 40 ms: before anything is imported
        from taktvoll import __version__

        print(f"taktvoll {__version__}")
        return 0
    from taktvoll import wire
    from taktvoll.cli import run

    return run(sys.argv[1:], wire.desk)


if __name__ == "__main__":
    sys.exit(main())
