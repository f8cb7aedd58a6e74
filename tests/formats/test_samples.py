"""Over the real files beside the checkout: nothing is an exception, and times are right."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import cache
from pathlib import Path

import pytest
from icalendar import Timezone
from icalendar.timezone import tzp

from taktvoll.formats.charsets import decode
from taktvoll.formats.contentlines import read_components
from taktvoll.formats.ical import parse_calendar, zone_definitions, zone_key
from taktvoll.formats.mime import looks_like_mail, parse_mail, split_mbox
from taktvoll.formats.zones import offset_at

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.exists(), reason="../shared/samples is not here"),
]


@cache
def index() -> list[Path]:
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as table:
        return [SAMPLES / row["path"] for row in csv.DictReader(table, delimiter="\t")]


def calendars(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if looks_like_mail(data):
        for message in split_mbox(data):
            yield from parse_mail(message).calendars
    else:
        yield decode(data, "utf-8")


def test_every_file_is_read() -> None:
    read = 0
    for path in index():
        data = path.read_bytes()
        for message in split_mbox(data):
            for calendar in parse_mail(message).calendars:
                parse_calendar(calendar)
        parse_calendar(decode(data, "utf-8"))
        read += 1
    assert read > 400


def test_times_are_what_the_calendars_own_rules_say() -> None:
    """Against another implementation: icalendar and dateutil evaluate the same VTIMEZONE."""
    compared = 0
    for path in index():
        for text in calendars(path):
            root = read_components(text)
            if root is None:
                continue
            definitions = zone_definitions(root)
            for event in parse_calendar(text).events:
                definition = definitions.get(zone_key(event.tzid or ""))
                if not (definition and event.start and event.start_local):
                    continue
                zone = _library_zone(text, event.tzid or "")
                if zone is None or offset_at(definition, event.start_local) is None:
                    continue
                expected = event.start_local.replace(tzinfo=zone).astimezone(UTC)
                assert event.start.astimezone(UTC) == expected, (path.name, event.tzid)
                compared += 1
    assert compared > 100


@cache
def _library_zone(text: str, tzid: str) -> tzinfo | None:
    """The zone as the library builds it; None where it refuses what we read."""
    definitions = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", text, re.DOTALL)
    for definition in definitions:
        try:
            zone = Timezone.from_ical(definition)
            if zone_key(str(zone["TZID"])) == zone_key(tzid):
                return zone.to_tz(tzp, lookup_tzid=False)
        except (ValueError, KeyError, IndexError):
            continue
    return None
