"""Errors a person can do something about. Each has a code; its sentence is in the catalogues."""

from __future__ import annotations


class TaktvollError(Exception):
    """Wrong use or unreadable input: one clear sentence, exit code 2.

    ``code`` names the sentence ``error.<code>`` of the message catalogues; ``values`` fill it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code


class UnreadableInput(TaktvollError):
    """The input is no mail, no calendar and no text that we can read."""


class WrongUse(TaktvollError):
    """The request contradicts itself or names something that does not exist."""


class MissingFacts(TaktvollError):
    """The letter cannot be right without these facts: ask, never leave a slot.

    ``facts`` are ids of ``fact.<id>`` in the message catalogues.
    """

    def __init__(self, facts: tuple[str, ...]) -> None:
        super().__init__("missing_facts", facts=", ".join(facts))
        self.facts = facts


class Refused(TaktvollError):
    """A duty forbids the message; the way that is right instead is in the sentence."""


class ContentError(TaktvollError):
    """A content file is broken: ``path``, ``line``, ``column`` and what is wrong."""

    def __init__(self, code: str, *, path: str, line: int, column: int, **values: object) -> None:
        super().__init__(code, path=path, line=line, column=column, **values)
        self.path = path
        self.line = line
        self.column = column
