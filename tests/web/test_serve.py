"""The program as it is started: the address it names works, and Ctrl-C ends it in peace."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import ACCOUNT, EXAMPLES

from taktvoll import wire
from taktvoll.desk import Asked
from taktvoll.model import Decision, Intent

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def start(tmp_path):
    running = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "PYTHONPATH": str(SRC),
            "TAKTVOLL_HOME": str(tmp_path),
            "TAKTVOLL_LANG": "de",
        }
        command = [sys.executable, "-m", "taktvoll", "serve", "--no-browser", *arguments]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()
        process.stderr.close()


def test_it_names_an_address_that_lets_in_and_ends_in_peace(start):
    process = start()
    address = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32,}", process.stderr.readline())[0]
    entered = httpx.get(address, follow_redirects=False, timeout=60)
    assert entered.status_code == 303
    assert httpx.get(address.partition("?")[0], timeout=60).status_code == 403
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert process.stderr.read() == ""


def test_at_the_end_it_says_what_is_still_held(start, tmp_path, monkeypatch):
    monkeypatch.setenv("TAKTVOLL_HOME", str(tmp_path))
    monkeypatch.setenv("TAKTVOLL_NOW", "2026-12-02T18:30+01:00")
    desk = wire.desk()
    desk.post.add_account(ACCOUNT, {})
    (invitation,) = desk.read((EXAMPLES / "einladung.eml").read_bytes())
    case = desk.answer(invitation, Asked(decision=Decision(intent=Intent.CANCEL))).case
    desk.send(case.id)
    process = start()
    address = re.search(r"http\S+", process.stderr.readline())[0]
    assert httpx.get(address, timeout=60).status_code == 303
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert "noch nicht raus" in process.stderr.read()


def test_a_port_that_is_taken_is_one_sentence(start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        process = start("--port", str(other.getsockname()[1]))
        assert process.wait(60) == 2
        assert "läuft schon etwas" in process.stderr.read()


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_cannot_be_is_one_sentence(start, port):
    process = start("--port", port)
    assert process.wait(60) == 2
    assert "Traceback" not in process.stderr.read()
