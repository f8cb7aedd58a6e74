"""A server that does what a script says, stage by stage: the ground of all faulty servers.

A script names for each stage what is done instead of the usual answer, once each time the stage
is reached: ``{"RCPT": ["550 no", DROP]}``. When a stage's list is used up, all is well again.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """What a server may do instead of answering."""

    DROP = "close the connection"
    RESET = "reset the connection"
    HANG = "never answer"


DROP, RESET, HANG = Fault


@dataclass(frozen=True)
class Drip:
    """Answer with ``text`` over and over, one byte each ``every`` seconds."""

    text: bytes
    every: float = 0.02


@dataclass(frozen=True)
class Flood:
    """Answer with ``text`` over and over, as fast as it goes."""

    text: bytes


Action = str | Fault | Drip | Flood


class Ended(Exception):
    """The connection is over."""


class Wire:
    """One connection, as the server sees it."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self._socket = connection
        self._file = connection.makefile("rb")
        self._over = over

    def line(self) -> bytes:
        """The next line without its end."""
        if not (line := self._file.readline(1_000_000)):
            raise Ended
        return line.rstrip(b"\r\n")

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes."""
        if len(data := self._file.read(size)) < size:
            raise Ended
        return data

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def wrap(self, context: ssl.SSLContext) -> None:
        """Go on with TLS."""
        self._socket = context.wrap_socket(self._socket, server_side=True)
        self._file = self._socket.makefile("rb")

    def misbehave(self, action: Fault | Drip | Flood) -> None:
        """Do what ``action`` says; the connection is over afterwards."""
        match action:
            case Fault.HANG:
                self._over.wait()
            case Fault.RESET:
                # with a linger of zero seconds, closing sends RST
                linger = struct.pack("ii", 1, 0)
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            case Drip(text, every):
                while True:
                    for byte in text:
                        if self._over.wait(every):
                            raise Ended
                        self.write(bytes([byte]))
            case Flood(text):
                block = text * (65536 // len(text) + 1)
                while not self._over.is_set():
                    self.write(block)
        raise Ended

    def cut(self) -> None:
        """End the connection from another thread."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        self._socket.close()


class Scripted:
    """Listens on ``port`` of the loopback within a ``with``. ``log`` are the stages reached."""

    def __init__(
        self,
        script: Mapping[str, Sequence[Action]] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
    ) -> None:
        self._script = {stage: list(actions) for stage, actions in (script or {}).items()}
        self.tls = tls
        self._implicit = implicit
        self.log: list[str] = []
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._wires: list[Wire] = []

    def __enter__(self):  # type: ignore[no-untyped-def]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for wire in list(self._wires):
            wire.cut()
        for thread in list(self._threads):
            thread.join(5)

    def _start(self, work, *arguments) -> None:  # type: ignore[no-untyped-def]
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(10)  # a client that is gone holds no test up
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        wire = Wire(connection, self._over)
        self._wires.append(wire)
        try:
            if self._implicit:
                wire.wrap(self.tls)
            self.talk(wire)
        except (OSError, Ended):
            pass
        finally:
            wire.close()

    def talk(self, wire: Wire) -> None:
        """Serve one connection until it ends."""
        raise NotImplementedError

    def reach(self, wire: Wire, stage: str) -> str | None:
        """Note that ``stage`` is reached. What the script says instead, None where nothing."""
        self.log.append(stage)
        actions = self._script.get(stage)
        action = actions.pop(0) if actions else None
        if action is None or isinstance(action, str):
            return action
        return wire.misbehave(action)
