"""The Land or canton of a place, for its public holidays: by postcode, or by a city's name.

Only what is certain: a zone of postcodes that two regions share says nothing, and then the days off
in most of the country count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from taktvoll.model import Country

_GERMAN_CODE = re.compile(r"\b(?:D-)?(\d{5})\b")
_SHORT_CODE = re.compile(r"\b(?:A-|CH-)?([1-9]\d{3})\s+[A-ZÄÖÜ]")


def region_of(place: str | None, country: Country | None) -> str | None:
    """The ISO 3166-2 code within ``country`` as ``holidays`` names it, such as "BY"; or None."""
    if not place or country is None or country not in _ZONES:
        return None
    pattern = _GERMAN_CODE if country is Country.DE else _SHORT_CODE
    if found := pattern.search(place):
        zones = _ZONES[country]
        return next((zones[found[1][:n]] for n in (3, 2, 1) if found[1][:n] in zones), None)
    words = set(re.findall(r"[^\W\d_]+", place))
    return next((code for city, code in _CITIES[country].items() if city in words), None)


def _spread(zones: Mapping[str, str]) -> dict[str, str]:
    return {zone: code for code, listed in zones.items() for zone in listed.split()}


# By the first figures of the postcode. Germany: Deutsche Post's Leitregionen that lie in one Land.
_ZONES: Mapping[Country, Mapping[str, str]] = {
    Country.DE: _spread(
        {
            "BB": "03 144 145 146 147 148 149 15 16",
            "BE": "10 12 130 131 133 134 135 136 140 141",
            "BW": "70 71 72 73 75 77 78 79",
            "BY": "80 81 82 83 84 85 86 90 91 92 93 94 95",
            "HB": "280 281 282 283 287",
            "HE": "341 342 35 360 361 362 363 60 61 651 652",
            "HH": "20 220 221 222 223 224 225 227",
            "MV": "18 190 191",
            "NI": "26 30 31",
            "NW": "40 41 42 44 45 46 47 50 510 511 513 514 515 516 52 531 532 533 537 58 59",
            "RP": "54 55 56",
            "SH": "24 25",
            "SL": "660 661 662 663 664 665 666 667",
            "SN": "01 02 08 09 041 042 043",
            "ST": "060 061 062 063 390 391 392 393 394 395",
            "TH": "072 073 074 075 076 077 98 99",
        }
    ),
    Country.AT: _spread(
        {
            "1": "70 71 72 73 74 75",
            "2": "90 91 92 93 94",
            "3": "2 3",
            "4": "40 41 42 45 46 47 48 49",
            "5": "50 55 56 57",
            "6": "8",
            "7": "60 61 62 63 64 65 66",
            "8": "67 68 69",
            "9": "1",
        }
    ),
    Country.CH: _spread(
        {
            "AG": "50 52 53 54",
            "BE": "30 31 32 36 37 38",
            "BS": "40",
            "FR": "17",
            "GE": "12",
            "GR": "70 71 72 73 74 75",
            "LU": "60",
            "NE": "20",
            "SG": "90",
            "TG": "85",
            "TI": "65 66 67 68 69",
            "VD": "10",
            "VS": "19 39",
            "ZH": "80 81 83 84",
        }
    ),
}

_CITIES: Mapping[Country, Mapping[str, str]] = {
    Country.DE: {
        "Berlin": "BE",
        "Bremen": "HB",
        "Dresden": "SN",
        "Düsseldorf": "NW",
        "Hamburg": "HH",
        "Hannover": "NI",
        "Köln": "NW",
        "Leipzig": "SN",
        "München": "BY",
        "Nürnberg": "BY",
        "Potsdam": "BB",
        "Stuttgart": "BW",
    },
    Country.AT: {"Wien": "9", "Graz": "6", "Linz": "4", "Salzburg": "5", "Innsbruck": "7"},
    Country.CH: {"Zürich": "ZH", "Bern": "BE", "Basel": "BS", "Luzern": "LU", "Genf": "GE"},
}
