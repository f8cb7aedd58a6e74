"""The worker that reads uploads: what happens to it happens to nothing else."""

from __future__ import annotations

import os
import signal

import pytest
from tests.web.conftest import EXAMPLES, NOW

from taktvoll.errors import UnreadableInput
from taktvoll.web.reader import Reader

MAIL = (EXAMPLES / "einladung.eml").read_bytes()


@pytest.fixture
def reader():
    made = Reader(seconds=30)
    yield made
    made.close()


def test_it_reads_and_goes_on_reading(reader):
    for _ in range(2):
        (invitation,) = reader.read(MAIL, file="a.eml", now=NOW)
        assert invitation.company == "Nordlicht Logistik GmbH"
    assert reader._worker.pid != os.getpid()


def test_what_cannot_be_read_keeps_its_reason(reader):
    with pytest.raises(UnreadableInput) as unreadable:
        reader.read(b"", file="a.eml", now=NOW)
    assert unreadable.value.code == "empty_file"


def test_a_worker_that_hangs_is_ended_and_the_next_upload_gets_another(reader):
    reader.start()
    first = reader._worker.pid
    os.kill(first, signal.SIGSTOP)
    reader._seconds = 0.2
    with pytest.raises(UnreadableInput, match="upload_took_too_long"):
        reader.read(MAIL, file="a.eml", now=NOW)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    reader._seconds = 30
    assert reader.read(MAIL, file="a.eml", now=NOW)


def test_a_worker_that_dies_is_one_error(reader):
    reader.start()
    os.kill(reader._worker.pid, signal.SIGSTOP)
    worker = reader._worker
    worker.kill()
    worker.join()
    assert reader.read(MAIL, file="a.eml", now=NOW)  # it is replaced before it is asked
