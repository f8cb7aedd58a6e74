"""What the person hands in: files, stdin, a case, or facts typed on the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from taktvoll.cli.screen import Screen
from taktvoll.desk import Desk
from taktvoll.errors import UnreadableInput
from taktvoll.model import Invitation
from taktvoll.times import zone_named

if TYPE_CHECKING:  # a check must not wait for the reader
    from taktvoll.read.typed import Facts

_LIMIT = 25_000_000  # bytes; the largest mail that common providers pass on


def read_bytes(name: str) -> bytes:
    """The bytes of the file ``name``, or of stdin for ``-``. Raises UnreadableInput."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_LIMIT + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LIMIT + 1)
    except FileNotFoundError:
        raise UnreadableInput("file_not_found", file=name) from None
    except IsADirectoryError:
        raise UnreadableInput("is_a_folder", file=name) from None
    except PermissionError:
        raise UnreadableInput("no_permission", file=name) from None
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a failing disk
        raise UnreadableInput("file_failed", file=name[:200], problem=str(error)) from error
    if len(data) > _LIMIT:
        raise UnreadableInput("too_large", megabytes=_LIMIT // 1_000_000)
    return data


def invitation_of(
    arguments: Namespace, desk: Desk, screen: Screen, name: str, now: datetime
) -> Invitation:
    """The invitation in the file ``name``, or of the case of that id."""
    if name != "-" and not Path(name).exists() and name.isalnum():
        return desk.case(name).invitation
    found = desk.read(
        read_bytes(name),
        file=name,
        received=arguments.received,
        country=arguments.country,
        timezone=known_zone(arguments.timezone),
        now=now,
        interview=True,
    )
    if len(found) > 1:
        screen.note(screen.say("cli.several_messages", count=len(found)))
    return found[0]


def note_doubts(invitation: Invitation, screen: Screen) -> None:
    """What the person should look at again, to stderr."""
    for doubt in invitation.doubts:
        sentence = screen.say(f"doubt.{doubt.code}", **doubt.detail)
        screen.note(screen.say("cli.doubt", doubt=sentence))


def typed_facts(arguments: Namespace) -> Facts:
    """What ``--company --position --contact --to --start --timezone --country`` say."""
    from taktvoll.read.typed import Facts

    return Facts(
        company=arguments.company,
        position=arguments.position,
        contact=arguments.contact,
        email=arguments.to,
        start=arguments.start and arguments.start.at,
        whole_day=bool(arguments.start and arguments.start.whole_day),
        timezone=known_zone(arguments.timezone),
        country=arguments.country,
    )


def known_zone(name: str | None) -> str | None:
    """What ``--timezone`` names, if anything. Raises WrongUse("unknown_timezone")."""
    return zone_named(name).key if name is not None else None
