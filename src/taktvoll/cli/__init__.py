"""The command line: knows the desk and nothing under it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from taktvoll.cli.screen import Screen
from taktvoll.desk import Desk
from taktvoll.errors import TaktvollError
from taktvoll.model import Language

# Starts the desk in the browser: port, whether to open it, where to say so, in what language.
OpenPage = Callable[[Desk, int, bool, Callable[[str], None], Language], int]


def run(argv: list[str], make_desk: Callable[[], Desk], open_page: OpenPage) -> int:
    """Run one command. Returns 0 fine, 1 findings of severity error, 2 wrong use or bad input."""
    screen = Screen(_language(os.environ))
    try:
        return _dispatch(argv, make_desk, open_page, screen)
    except TaktvollError as error:
        screen.complain(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader has gone (`| head`): keep Python from complaining when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(
    argv: list[str], make_desk: Callable[[], Desk], open_page: OpenPage, screen: Screen
) -> int:
    from taktvoll.cli.parser import build_parser

    arguments = build_parser(screen.language).parse_args(argv)
    if arguments.version:
        from taktvoll import __version__

        screen.out(f"taktvoll {__version__}")
        return 0
    name = arguments.command or "serve"
    if name in ("read", "check", "write"):
        from taktvoll.cli import steps

        return getattr(steps, name)(arguments, make_desk(), screen)  # type: ignore[no-any-return]
    if name == "answer":
        from taktvoll.cli.answer import answer

        return answer(arguments, make_desk(), screen)
    if name in ("cases", "show", "decide", "delete"):
        from taktvoll.cli import cases

        return getattr(cases, name)(arguments, make_desk(), screen)  # type: ignore[no-any-return]
    if name in ("templates", "guide", "rules", "content"):
        from taktvoll.cli import library

        return getattr(library, name)(arguments, make_desk(), screen)  # type: ignore[no-any-return]
    if name in ("send", "undo", "tick", "watch"):
        from taktvoll.cli import sending

        return getattr(sending, name)(arguments, make_desk(), screen)  # type: ignore[no-any-return]
    if name in ("account", "settings", "doctor"):
        from taktvoll.cli import accounts

        return getattr(accounts, name)(arguments, make_desk(), screen)  # type: ignore[no-any-return]
    return open_page(
        make_desk(),
        getattr(arguments, "port", 0),
        not getattr(arguments, "no_browser", False),
        screen.note,
        screen.language,
    )


def _language(environment: Mapping[str, str]) -> Language:
    """German where the machine speaks German, otherwise English; TAKTVOLL_LANG outweighs it."""
    for name in ("TAKTVOLL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := environment.get(name):
            return Language.DE if chosen.lower().startswith("de") else Language.EN
    return Language.EN
