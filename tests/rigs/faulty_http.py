"""An HTTP server with every fault, for CalDAV and for a domain's own settings.

A stage is ``"METHOD /path"``, or the method alone; an action that is a string is the whole
answer, as ``reply`` makes one. ``asked`` are the requests with their headers and bodies.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.rigs.scripted import Action, Scripted, Wire


@dataclass(frozen=True)
class Asked:
    """A request that came in; names of headers in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def reply(status: int, body: str = "", **headers: str) -> str:
    """An answer in full; ``_`` in a header's name is ``-``."""
    lines = [f"HTTP/1.1 {status} said", f"Content-Length: {len(body.encode())}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", body])


class FaultyHttp(Scripted):
    """Answers ``always`` by the stage, the script's actions first, and 404 to all else."""

    def __init__(
        self,
        script: Mapping[str, Sequence[Action]] | None = None,
        *,
        always: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(script, tls=tls, implicit=tls is not None)
        self._always = always or {}
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/"

    def talk(self, wire: Wire) -> None:
        while True:
            method, path, _ = wire.line().decode().split(" ")
            headers = {}
            while line := wire.line().decode():
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            body = wire.read(int(headers.get("content-length", 0)))
            self.asked.append(Asked(method, path, headers, body))
            exact = f"{method} {path}"
            stage = exact if exact in self._script or exact in self._always else method
            answer = self.reach(wire, stage)
            if answer is None:
                answer = self._always.get(stage) or reply(404)
            wire.write(answer.encode())
