"""What a person is working on, kept in memory between two pages; cases are in the store."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock

from taktvoll.desk import Answer
from taktvoll.errors import WrongUse
from taktvoll.model import Invitation

_KEPT = 32  # pages that somebody may still have open


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One invitation on its way to an answer. ``form`` is what was last chosen."""

    key: str
    invitation: Invitation
    form: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None


class Works:
    """The last few works, by the key that stands in the address of their pages."""

    def __init__(self) -> None:
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._lock = Lock()

    def open(self, invitation: Invitation) -> Work:
        """A new work about ``invitation``."""
        return self.keep(Work(key=token_urlsafe(9), invitation=invitation))

    def keep(self, work: Work) -> Work:
        """Keep ``work`` in place of what its key held."""
        with self._lock:
            self._works[work.key] = work
            self._works.move_to_end(work.key)
            while len(self._works) > _KEPT:
                self._works.popitem(last=False)
        return work

    def get(self, key: str) -> Work:
        """Raises ``WrongUse("work_gone")`` after a restart or many other works."""
        with self._lock:
            try:
                return self._works[key]
            except KeyError:
                raise WrongUse("work_gone") from None
