"""Names and rules of time zones."""

# ruff: noqa: DTZ001 - wall clocks are naive

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taktvoll.formats.contentlines import Component, read_components
from taktvoll.formats.zones import iana_name, offset_at, parse_local


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ('"Europe/Berlin"', "Europe/Berlin"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Vienna", "Europe/Vienna"),
        ("/example.org/Olson_20011030_5/America/New_York", "America/New_York"),
        ("/vendor/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("W. Europe Daylight Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ("GMT Standard Time", "Europe/London"),
        ("Romance Standard Time", "Europe/Paris"),
        ("W. Europe", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome", "Europe/Berlin"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Warsaw"),
        ("(UTC+00:00) Dublin, Edinburgh, Lissabon, London", "Europe/London"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT-08.00) Pacific Time (US & Canada)/Tijuana", "America/Los_Angeles"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("(UTC+04:00) Abu Dhabi, Muscat", "Asia/Dubai"),
        ("Mitteleuropäische Zeit", "Europe/Berlin"),
        ("Europe_Berlin", "Europe/Berlin"),
        ("America_New_York", "America/New_York"),
        ("US-Eastern", "US/Eastern"),
        ("Eastern", "America/New_York"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("Customized Time Zone", None),
        ("tzone://Microsoft/Custom", None),
        ("Werkszeit 7", None),
        ("../../etc/passwd", None),
        ("Europe", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_names(tzid: str, name: str | None) -> None:
    assert iana_name(tzid) == name


def definition(rules: str) -> Component:
    tree = read_components(f"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\n{rules}\nEND:VTIMEZONE\n")
    assert tree
    return tree.walk("VTIMEZONE")[0]


def observance(kind: str, start: str, before: str, after: str, *more: str) -> str:
    lines = [f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more]
    return "\n".join([f"BEGIN:{kind}", *lines, f"END:{kind}"])


RULES = {
    "Europe/Berlin": (
        ("19700329T020000", "+0100", "+0200", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        ("19701025T030000", "+0200", "+0100", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ),
    "America/New_York": (
        ("20070311T020000", "-0500", "-0400", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
        # the second way in which a first Sunday is written
        (
            *("20071104T020000", "-0400", "-0500"),
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU",
        ),
    ),
    "Australia/Sydney": (
        ("20081005T020000", "+1000", "+1100", "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"),
        ("20080406T030000", "+1100", "+1000", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
    ),
}


def vtimezone(name: str) -> Component:
    summer, winter = (
        observance(kind, start, before, after, f"RRULE:{rule}")
        for kind, (start, before, after, rule) in zip(
            ("DAYLIGHT", "STANDARD"), RULES[name], strict=True
        )
    )
    return definition(f"{summer}\n{winter}")


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(RULES)),
    st.datetimes(min_value=datetime(2010, 1, 1), max_value=datetime(2036, 12, 31)),
)
def test_rules_give_what_the_zone_gives(name: str, local: datetime) -> None:
    first = local.replace(fold=0)  # an hour that comes twice is the first (RFC 5545 §3.3.5)
    assert offset_at(vtimezone(name), first) == ZoneInfo(name).utcoffset(first)


@pytest.mark.parametrize("minute", range(0, 180, 15))
@pytest.mark.parametrize("day", [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1)])
def test_gap_and_fold(day: datetime, minute: int) -> None:
    local = day + timedelta(minutes=minute)
    assert offset_at(vtimezone("Europe/Berlin"), local) == ZoneInfo("Europe/Berlin").utcoffset(
        local
    )


def test_until_ends_a_rule() -> None:
    old = observance(
        "STANDARD", "20000101T000000", "+0300", "+0300", "RRULE:FREQ=YEARLY;UNTIL=20100101T000000Z"
    )
    new = observance("STANDARD", "20150601T000000", "+0300", "+0200")
    assert offset_at(definition(f"{old}\n{new}"), datetime(2016, 1, 1)) == timedelta(hours=2)


def test_rdates_count() -> None:
    rules = observance("STANDARD", "20200101T000000", "+0100", "+0200", "RDATE:20260101T000000")
    assert offset_at(definition(rules), datetime(2026, 6, 1)) == timedelta(hours=2)


def test_nothing_before_the_first_onset() -> None:
    rules = observance("STANDARD", "20200101T000000", "+0100", "+0200")
    assert offset_at(definition(rules), datetime(2019, 6, 1)) is None


def test_two_offsets_from_the_same_moment_are_none() -> None:
    summer = observance("DAYLIGHT", "20200101T000000", "+0100", "+0200")
    winter = observance("STANDARD", "20200101T000000", "+0200", "+0100")
    assert offset_at(definition(f"{summer}\n{winter}"), datetime(2020, 6, 1)) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20261209T100000", datetime(2026, 12, 9, 10)),
        ("20261209T1000", datetime(2026, 12, 9, 10)),
        ("20261209T100060Z", datetime(2026, 12, 9, 10, 0, 59)),
        ("20261209", datetime(2026, 12, 9)),
        ("2026-12-09 10:00", datetime(2026, 12, 9, 10)),
        ("20261309", None),
        ("20260230T100000", None),
        ("20261209T250000", None),
        ("", None),
        ("P1D", None),
    ],
)
def test_wall_clocks(value: str, expected: datetime | None) -> None:
    assert parse_local(value) == expected
