"""The Land or canton of a place, where it is certain."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from holidays import list_supported_countries

from taktvoll import regions
from taktvoll.model import Country
from taktvoll.regions import region_of
from taktvoll.times import office


@pytest.mark.parametrize(
    ("place", "country", "region"),
    [
        ("Hafenweg 12, 20457 Hamburg", Country.DE, "HH"),
        ("D-80331 München", Country.DE, "BY"),
        ("Raum 3, Marktplatz 1, 04109 Leipzig", Country.DE, "SN"),
        ("unser Büro in Köln", Country.DE, "NW"),
        ("38100 Braunschweig", Country.DE, None),  # shared by two Länder
        ("Hauptstraße 12345", Country.DE, "BE"),  # no worse than the sender of it
        ("1010 Wien, Graben 3", Country.AT, "9"),
        ("A-8010 Graz", Country.AT, "6"),
        ("8001 Zürich", Country.CH, "ZH"),
        ("Baden", Country.DE, None),
        ("10 Downing Street", Country.GB, None),
        (None, Country.DE, None),
        ("20457 Hamburg", None, None),
    ],
)
def test_region(place, country, region):
    assert region_of(place, country) == region


def test_every_code_is_known_to_the_holidays():
    for country, zones in regions._ZONES.items():
        known = set(list_supported_countries()[country.value])
        assert set(zones.values()) | set(regions._CITIES[country].values()) <= known


def test_a_holiday_of_one_land_is_no_working_day_there():
    start = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    all_saints = date(2027, 11, 1)  # a Monday; Bavaria has the day off, Hamburg has not
    assert not office(start, None, Country.DE, "BY").works_on(all_saints)
    assert office(start, None, Country.DE, "HH").works_on(all_saints)
