"""The packs are compiled once for all tests of the check."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled packs, shared by the session."""
    return tmp_path_factory.mktemp("packs")
