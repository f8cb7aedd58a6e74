"""The servers as fixtures, one of each for a run (with xdist: for a worker).

What a machine lacks is skipped and named; with CI=true a skip is a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from tests.rigs import ca
from tests.rigs.ca import Authority
from tests.rigs.cyrus import Cyrus, cyrus
from tests.rigs.dovecot import Dovecot, dovecot
from tests.rigs.postfix import postfix
from tests.rigs.process import Missing, NotReady, folder
from tests.rigs.radicale import Radicale, radicale
from tests.rigs.submission import Submission, submission


def _run(stack: ExitStack, rig: Callable[[], AbstractContextManager]):  # type: ignore[no-untyped-def]
    """Enter ``rig``. Somebody else may have taken its ports meanwhile: then once more."""
    try:
        try:
            return stack.enter_context(rig())
        except NotReady:
            return stack.enter_context(rig())
    except Missing as missing:
        pytest.skip(f"this machine has no {missing}")


@pytest.fixture(scope="session")
def authority() -> Iterator[Authority]:
    """Who vouches for the servers' certificates."""
    with folder("ca") as home:
        home.chmod(0o755)
        yield ca.make(home)


@pytest.fixture(scope="session")
def dovecot_server(authority: Authority) -> Iterator[Dovecot]:
    """Dovecot; take mailboxes of your own by ``user()``."""
    with ExitStack() as stack:
        yield _run(stack, lambda: dovecot(authority))


@pytest.fixture(scope="session")
def submission_server(dovecot_server: Dovecot) -> Iterator[Submission]:
    """A submission server without TLS before Dovecot."""
    with submission(dovecot_server.lmtp) as server:
        yield server


@pytest.fixture(scope="session")
def submission_tls(dovecot_server: Dovecot, authority: Authority) -> Iterator[Submission]:
    """A submission server that asks for STARTTLS, at ``localhost``."""
    with submission(dovecot_server.lmtp, tls=authority.server()) as server:
        yield server


@pytest.fixture(scope="session")
def postfix_port(dovecot_server: Dovecot, authority: Authority) -> Iterator[int]:
    """Postfix with STARTTLS before Dovecot, at ``localhost``."""
    with ExitStack() as stack:
        yield _run(stack, lambda: postfix(dovecot_server, authority))


@pytest.fixture(scope="session")
def radicale_server() -> Iterator[Radicale]:
    """Radicale: CalDAV without scheduling."""
    with ExitStack() as stack:
        yield _run(stack, radicale)


@pytest.fixture(scope="session")
def cyrus_server() -> Iterator[Cyrus]:
    """Cyrus: CalDAV with scheduling."""
    with ExitStack() as stack:
        yield _run(stack, cyrus)
