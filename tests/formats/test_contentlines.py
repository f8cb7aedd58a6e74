"""Calendar text read to its end, and written as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.formats.contentlines import Line, read_components, read_whole, write

PLAIN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nbegin:vevent\r\n"
    'attendee;MEMBER="mailto:a@x.example","mailto:b@x.example";CN=Jon Fink:mailto:j@x.example\r\n'
    "X-A;X-B=:a\\,b;c\\n\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_what_nobody_changed_is_written_as_it_was() -> None:
    root = read_whole(PLAIN)
    assert root is not None
    written = write(root.content_lines()).replace("\r\n ", "")
    assert written == PLAIN.replace("begin:vevent", "BEGIN:VEVENT")


def test_a_changed_line_is_written_anew_with_its_lists() -> None:
    root = read_whole(PLAIN)
    assert root is not None
    line = root.walk("VEVENT")[0].lines[0]
    changed = line.but(params={**line.params, "PARTSTAT": "ACCEPTED"})
    assert changed.content() == (
        'ATTENDEE;MEMBER="mailto:a@x.example","mailto:b@x.example";CN="Jon Fink";'
        "PARTSTAT=ACCEPTED:mailto:j@x.example"
    )


@pytest.mark.parametrize(
    ("broken", "name", "value"),
    [
        ("RRULE;FREQ=DAILY", "RRULE", "FREQ=DAILY"),
        ('ATTENDEE;CN="J:mailto:j@x.example', "ATTENDEE", "mailto:j@x.example"),
        ("SUMMARY ;X=1:a", "SUMMARY", "a"),
    ],
)
def test_a_broken_line_is_written_soundly(broken: str, name: str, value: str) -> None:
    root = read_components(f"BEGIN:VCALENDAR\n{broken}\nEND:VCALENDAR\n")
    assert root is not None
    (line,) = root.lines
    assert (line.name, line.value) == (name, value)
    assert line.source is None
    again = read_components(write(root.content_lines()))
    assert again and again.lines == [line]


@pytest.mark.parametrize(
    "text",
    [
        "",
        PLAIN.replace("END:VALARM\r\n", ""),
        PLAIN.replace("END:VCALENDAR\r\n", ""),
        PLAIN.replace("BEGIN:VALARM\r\n", ""),
        PLAIN + PLAIN,
        PLAIN + "END:VCALENDAR\r\n",
        PLAIN.replace("BEGIN:VALARM", "BEGIN:X-A\r\n" * 9),
        PLAIN.replace("X-B=", "X-B=" + "b" * 2_000_000),
        "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
    ],
)
def test_what_is_not_whole(text: str) -> None:
    assert read_whole(text) is None


@given(st.text())
def test_text_is_escaped_and_comes_back(text: str) -> None:
    line = Line.of_text("SUMMARY", text)
    root = read_whole(write([Line("BEGIN", "VCALENDAR"), line, Line("END", "VCALENDAR")]))
    assert root is not None
    assert [found.text() for found in root.lines] == [line.text()]
    if text.isprintable():
        assert line.text() == text.strip()
