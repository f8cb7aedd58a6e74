"""What goes to the terminal: data to stdout, messages to stderr, nothing that could steer it."""

from __future__ import annotations

import json
import os
import re
import sys
import textwrap

from taktvoll.errors import ContentError, TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Language

# C0 but tab and newline, DEL, C1, the marks that turn the direction of text, and what ends a line
# besides: a name in an invitation must not move the cursor or reorder a line. Half a character
# cannot be printed at all.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_GROUPS = re.compile(r"(?<=\d) (?=\d)")  # a phone number stays on one line
_WIDTH = 88


class Screen:
    """Speaks to the person in their language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, /, **values: object) -> str:
        """The sentence ``key`` in the person's language."""
        return say(key, self.language, **values)

    def out(self, text: str = "") -> None:
        """A line of what was asked for, to stdout."""
        print(_STEERING.sub("", text))

    def json(self, value: object) -> None:
        """A value as one JSON line, to stdout."""
        text = json.dumps(value, ensure_ascii=False)
        print(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))

    def heading(self, key: str, /, **values: object) -> None:
        """A line that names what follows, to stdout."""
        text = _STEERING.sub("", self.say(key, **values))
        self.out()
        bold = f"\x1b[1m{text}\x1b[0m"
        print(bold if _styled() else f"— {text} —")
        self.out()

    def item(self, text: str, mark: str = "•") -> None:
        """One step or remark, wrapped, to stdout."""
        indent = " " * (len(mark) + 1)
        wrapped = textwrap.fill(
            _GROUPS.sub("\N{NO-BREAK SPACE}", text),
            _WIDTH,
            initial_indent=f"{mark} ",
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.out(wrapped.replace("\N{NO-BREAK SPACE}", " "))

    def article(self, text: str) -> None:
        """Paragraphs that are to be read, wrapped, to stdout."""
        for number, paragraph in enumerate(text.strip().split("\n\n")):
            if number:
                self.out()
            self.out(textwrap.fill(" ".join(paragraph.split()), _WIDTH, break_on_hyphens=False))

    def note(self, text: str) -> None:
        """Something the person should know, to stderr."""
        print(_STEERING.sub("", text), file=sys.stderr)

    def complain(self, error: TaktvollError) -> None:
        """The one clear sentence of an error, to stderr."""
        values = {name: _STEERING.sub("", str(value)) for name, value in error.values.items()}
        place = ""
        if isinstance(error, ContentError):
            place = f"{values['path']}:{error.line}:{error.column}: "
        self.note(f"taktvoll: {place}{self.say(f'error.{error.code}', **values)}")

    def can_ask(self) -> bool:
        """Whether somebody sits there who could answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str) -> str:
        """Ask one question on stderr; an empty answer is an answer."""
        print(_STEERING.sub("", question), end=" ", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    def agreed(self, question: str) -> bool:
        """Whether somebody says yes to the sentence ``question``. Raises ``yes_needed`` where
        nobody sits there."""
        if not self.can_ask():
            raise WrongUse("yes_needed")
        return self.ask(self.say(question)).lower() in ("j", "ja", "y", "yes")


def _styled() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
