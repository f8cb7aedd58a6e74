"""What reaches the desktop's own programs, and that nothing is ever raised."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taktvoll.edges import notify
from taktvoll.edges.notify import DesktopNotifier

RECORD = """#!{python}
import json, sys
with open({log!r}, "a") as log:
    print(json.dumps(sys.argv[1:]), file=log)
sys.exit({code})
"""


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A desktop of the programs that a test names, each with its exit code."""
    monkeypatch.setenv("PATH", str(tmp_path))
    log = tmp_path / "log"
    log.touch()

    def install(**programs: int):
        for name, code in programs.items():
            path = tmp_path / name.replace("_", "-")
            path.write_text(RECORD.format(python=sys.executable, log=str(log), code=code))
            path.chmod(0o700)
        return lambda: [json.loads(line) for line in log.read_text().splitlines()]

    return install


def test_without_a_desktop_nobody_is_told(desktop):
    desktop()
    assert DesktopNotifier().notify("a", "b", pressing=True) is False


def test_by_notify_send(desktop, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    shown = desktop(notify_send=0, gdbus=0)
    assert DesktopNotifier().notify("Ruf an", "Kranwerk <Süd> & Co", pressing=True) is True
    assert shown() == [
        [
            "--app-name=taktvoll",
            "--urgency=critical",
            "--",
            "Ruf an",
            "Kranwerk &lt;Süd&gt; &amp; Co",
        ]
    ]


def test_by_gdbus_where_notify_send_fails(desktop, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    shown = desktop(notify_send=1, gdbus=0)
    assert DesktopNotifier().notify('"Ruf" an\\', "b", pressing=False) is True
    words = shown()[1]
    assert words[words.index("--") + 1 :] == [
        '"taktvoll"', "0", '""', '"\\"Ruf\\" an\\\\"', '"b"', "[]", "{'urgency': <byte 1>}", "-1"
    ]  # fmt: skip


def test_where_all_of_them_fail_nobody_is_told(desktop, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    shown = desktop(notify_send=1, gdbus=1)
    assert DesktopNotifier().notify("a", "b", pressing=False) is False
    assert len(shown()) == 2


def test_on_a_mac_texts_are_arguments_of_the_script(desktop, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    shown = desktop(osascript=0)
    hostile = '" & (do shell script "id") & "'
    assert DesktopNotifier().notify("-e", hostile, pressing=True) is True
    words = shown()[0]
    assert words[-3:] == ["taktvoll", "-e", hostile]
    assert not any("id" in each for each in words[:-1])


def test_a_desktop_that_does_not_answer_is_none(desktop, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(notify, "PATIENCE", 0.1)
    desktop(notify_send=0)
    (tmp_path / "notify-send").write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    assert DesktopNotifier().notify("a", "b", pressing=False) is False


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(), text=st.text())
def test_no_text_is_an_option_or_fails(desktop, title, text):
    shown = desktop(notify_send=0)
    before = len(shown())
    if sys.platform == "linux":
        DesktopNotifier().notify(title, text, pressing=False)
        assert all(each[2] == "--" and len(each) == 5 for each in shown()[before:])
