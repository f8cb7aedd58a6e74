"""Tells the person something on their screen, with what their system has for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from html import escape

PATIENCE = 5.0  # seconds until a desktop that does not answer counts as none
_LONGEST = 500  # characters


class DesktopNotifier:
    """``ports.Notifier``: freedesktop (Linux, BSD) and macOS; elsewhere there is nowhere to show
    it. Texts reach the programs as arguments, never as commands."""

    def notify(self, title: str, text: str, *, pressing: bool) -> bool:
        """See ``ports.Notifier.notify``."""
        title, text = _line(title), _line(text)
        return any(
            _runs(command)
            for command in (_macos if sys.platform == "darwin" else _freedesktop)(
                title, text, pressing
            )
        )


def _freedesktop(title: str, text: str, pressing: bool) -> Sequence[Sequence[str]]:
    """By notify-send, else by gdbus: the body is markup, the title is not
    (Desktop Notifications Specification 1.2)."""
    body = escape(text, quote=False)
    urgency = "critical" if pressing else "normal"
    method = "org.freedesktop.Notifications.Notify"
    hints = f"{{'urgency': <byte {2 if pressing else 1}>}}"
    # a JSON string is a string of GVariant's text format too
    words = (json.dumps(each, ensure_ascii=False) for each in ("taktvoll", "", title, body))
    name, icon, summary, content = words
    return (
        ["notify-send", "--app-name=taktvoll", f"--urgency={urgency}", "--", title, body],
        ["gdbus", "call", "--session", "--dest", "org.freedesktop.Notifications",
         "--object-path", "/org/freedesktop/Notifications", "--method", method,
         "--", name, "0", icon, summary, content, "[]", hints, "-1"],
    )  # fmt: skip


def _macos(title: str, text: str, pressing: bool) -> Sequence[Sequence[str]]:
    sound = ' sound name "default"' if pressing else ""
    show = f"display notification (item 3 of argv) with title (item 2 of argv){sound}"
    # the first word is ours, so that no title is taken for an option
    script = ("-e", "on run argv", "-e", show, "-e", "end run", "taktvoll")
    return (["osascript", *script, title, text],)


def _line(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text[:_LONGEST])


def _runs(command: Sequence[str]) -> bool:
    program = shutil.which(command[0])
    if program is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603  # the program is fixed, the texts are arguments
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
