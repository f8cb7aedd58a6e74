"""Where passwords lie: in the system's keyring, or in a file where the person asked for that."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taktvoll.errors import TaktvollError

SERVICES = ("smtp", "imap", "caldav")

_OURS = "taktvoll"  # how the keyring's own window names what we keep there


class KeptSecrets:
    """``ports.Secrets``: the keyring, and the file ``path``, which only its owner may read.

    The file is made when the first password goes there, and looked into first.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, account: str, service: str) -> str | None:
        """See ``ports.Secrets.get``."""
        kept = self._read().get(account, {}).get(service)
        if kept is not None:
            return kept
        with _keyring_errors():
            import keyring

            return keyring.get_password(_OURS, f"{account}/{service}")

    def set(self, account: str, service: str, secret: str, *, in_file: bool = False) -> None:
        """See ``ports.Secrets.set``. What was kept of it elsewhere before is gone afterwards."""
        kept = self._read()
        if in_file:
            self._write({**kept, account: {**kept.get(account, {}), service: secret}})
            return
        with _keyring_errors():
            import keyring

            keyring.set_password(_OURS, f"{account}/{service}", secret)
            # some keyrings take everything and keep nothing
            if keyring.get_password(_OURS, f"{account}/{service}") != secret:
                raise TaktvollError("no_keyring")
        if kept.get(account, {}).pop(service, None) is not None:
            self._write(kept)

    def forget(self, account: str) -> None:
        """See ``ports.Secrets.forget``."""
        kept = self._read()
        if kept.pop(account, None) is not None:
            self._write(kept)
        try:
            with _keyring_errors():
                import keyring

                for service in SERVICES:
                    if keyring.get_password(_OURS, f"{account}/{service}") is not None:
                        keyring.delete_password(_OURS, f"{account}/{service}")
        except TaktvollError as failure:
            if failure.code != "no_keyring":  # where there is none, nothing lies in it
                raise

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            if self._path.stat().st_mode & 0o077:
                self._path.chmod(0o600)
            kept = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as broken:
            raise TaktvollError("secrets_unreadable", path=str(self._path)) from broken
        if not isinstance(kept, dict) or not all(isinstance(each, dict) for each in kept.values()):
            raise TaktvollError("secrets_unreadable", path=str(self._path))
        return kept

    def _write(self, kept: dict[str, dict[str, str]]) -> None:
        """Put a new file in place of the old one, whole or not at all."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # made with the mode 0600, under a name that nobody can guess
            handle, name = tempfile.mkstemp(prefix=".secrets-", dir=self._path.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump({each: of for each, of in kept.items() if of}, file, indent=1)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as refused:
            problem = refused.strerror or str(refused)
            raise TaktvollError("secrets_unwritable", path=str(self._path), problem=problem) from (
                refused
            )


@contextmanager
def _keyring_errors() -> Iterator[None]:
    """What the keyring raises, as what a person can do about it."""
    from keyring.errors import InitError, KeyringError, KeyringLocked

    try:
        yield
    except (KeyringLocked, InitError) as locked:
        raise TaktvollError("keyring_locked") from locked
    except KeyringError as missing:
        raise TaktvollError("no_keyring") from missing
