"""Passwords in a keyring and in a file, and what is said where there is neither."""

from __future__ import annotations

import json
import stat

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from taktvoll.edges.secrets import KeptSecrets
from taktvoll.errors import TaktvollError


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Forgetful(Drawer):
    """Takes everything and keeps nothing."""

    def set_password(self, service, username, password):
        pass


class Failing(Drawer):
    def __init__(self, error: type[Exception]) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service, username):
        raise self.error

    set_password = delete_password = lambda self, *_: self.get_password("", "")


@pytest.fixture
def use():
    """Use a keyring until the test ends."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "secrets.json"


def code_of(failing) -> str:
    with pytest.raises(TaktvollError) as raised:
        failing()
    return raised.value.code


def test_a_password_lies_in_the_keyring_and_in_no_file(use, path):
    drawer = Drawer()
    use(drawer)
    secrets = KeptSecrets(path)
    assert secrets.get("mira", "smtp") is None
    secrets.set("mira", "smtp", "päß wort")
    secrets.set("mira", "imap", "two")
    secrets.set("other", "imap", "three")
    assert secrets.get("mira", "smtp") == "päß wort"
    assert not path.exists()
    secrets.forget("mira")
    secrets.forget("mira")
    assert secrets.get("mira", "smtp") is secrets.get("mira", "imap") is None
    assert list(drawer.kept.values()) == ["three"]


@pytest.mark.parametrize("error", [NoKeyringError, KeyringLocked])
def test_without_a_keyring_it_is_said_and_the_file_works(use, path, error):
    use(Failing(error))
    secrets = KeptSecrets(path)
    expected = "no_keyring" if error is NoKeyringError else "keyring_locked"
    assert code_of(lambda: secrets.set("mira", "smtp", "x")) == expected
    assert code_of(lambda: secrets.get("mira", "smtp")) == expected
    assert not path.exists()
    secrets.set("mira", "smtp", "x", in_file=True)
    assert secrets.get("mira", "smtp") == "x"
    if error is NoKeyringError:
        secrets.forget("mira")
    else:
        assert code_of(lambda: secrets.forget("mira")) == expected
    assert json.loads(path.read_text()) == {}


def test_a_keyring_that_keeps_nothing_is_none(use, path):
    use(Forgetful())
    assert code_of(lambda: KeptSecrets(path).set("mira", "smtp", "x")) == "no_keyring"


def test_the_file_is_for_its_owner_alone(use, path):
    use(Drawer())
    secrets = KeptSecrets(path)
    secrets.set("mira", "smtp", "x", in_file=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    assert secrets.get("mira", "smtp") == "x"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secrets.json"]


def test_a_password_that_moves_into_the_keyring_leaves_the_file(use, path):
    use(Drawer())
    secrets = KeptSecrets(path)
    secrets.set("mira", "smtp", "old", in_file=True)
    secrets.set("mira", "imap", "stays", in_file=True)
    secrets.set("mira", "smtp", "new")
    assert secrets.get("mira", "smtp") == "new"
    assert json.loads(path.read_text()) == {"mira": {"imap": "stays"}}


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', "{", "\ud800"])
def test_a_broken_file_is_named_and_not_overwritten(use, path, content):
    use(Drawer())
    path.parent.mkdir()
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    secrets = KeptSecrets(path)
    for failing in (
        lambda: secrets.get("mira", "smtp"),
        lambda: secrets.set("mira", "smtp", "x", in_file=True),
        lambda: secrets.forget("mira"),
    ):
        assert code_of(failing) == "secrets_unreadable"
    assert path.read_bytes() == content.encode("utf-8", "surrogatepass")


def test_where_nothing_can_be_written_it_is_said(use, tmp_path):
    use(Drawer())
    (tmp_path / "file").touch()
    secrets = KeptSecrets(tmp_path / "folder")
    (tmp_path / "folder").mkdir()
    assert code_of(lambda: secrets.get("mira", "smtp")) == "secrets_unreadable"
    below = KeptSecrets(tmp_path / "folder" / "x")
    (tmp_path / "folder" / "x").mkdir()
    assert code_of(lambda: below.set("a", "smtp", "x", in_file=True)) == "secrets_unreadable"


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text(), max_size=3))
def test_any_password_comes_back_as_it_was(tmp_path_factory, passwords):
    secrets = KeptSecrets(tmp_path_factory.mktemp("secrets") / "secrets.json")
    for account, password in passwords.items():
        secrets.set(account, "smtp", password, in_file=True)
    for account, password in passwords.items():
        assert secrets.get(account, "smtp") == password
