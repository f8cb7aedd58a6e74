"""A person at their machine: the real command, in a home of its own, at a moment that we choose."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


@dataclass
class Said:
    """What the command printed, and the files it left."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def letter(self) -> str:
        return (self.folder / "message.txt").read_text("utf-8")

    @property
    def phone(self) -> str:
        return (self.folder / "phone.txt").read_text("utf-8")

    @property
    def mail(self) -> EmailMessage:
        raw = (self.folder / "message.eml").read_bytes()
        message = email.message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def next(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.folder / "next.json").read_text("utf-8"))
        return loaded

    @property
    def findings(self) -> list[dict[str, Any]]:
        loaded: list[dict[str, Any]] = json.loads(
            (self.folder / "findings.json").read_text("utf-8")
        )
        return loaded

    @property
    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} if self.folder.exists() else set()


@dataclass
class Person:
    home: Path
    language: str = "de_DE.UTF-8"
    zone: str = "Europe/Berlin"  # of this machine

    def runs(self, *words: str | Path, now: str, typed: bytes | None = None) -> Said:
        folder = self.home / "out"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": self.language,
            "TAKTVOLL_HOME": str(self.home / "taktvoll"),
            "TAKTVOLL_NOW": now,
            "PYTHONPATH": str(ROOT / "src"),
            "TZ": self.zone,
        }
        command = [sys.executable, "-m", "taktvoll", *map(str, words)]
        if words[0] == "answer":
            command += ["--out", str(folder)]
        done = subprocess.run(
            command,
            cwd=self.home,
            env=environment,
            input=typed or b"",
            capture_output=True,
            timeout=60,
            check=False,
        )
        said = Said(done.returncode, done.stdout.decode(), done.stderr.decode(), folder)
        assert "Traceback" not in said.err, said.err
        return said


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


@pytest.fixture
def english_person(tmp_path: Path) -> Person:
    return Person(tmp_path, "en_GB.UTF-8")
