"""Feasts and holidays by which people name a day: fixed, counted from Easter, or an nth weekday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from taktvoll.language.phrases.text import Table

Rule = Callable[[int], date]
"""The day of the feast in a year."""


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - moon_shift + 15) % 30
    short, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * short - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month, counted from its end where ``nth`` is negative; or None."""
    if nth > 0:
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    return found if found.month == month else None


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Rule:
    return lambda year: nth_weekday(year, month, weekday, nth) or date(year, month, 1)


def _before_advent(days: int) -> Rule:
    """Counted back from the fourth Sunday of Advent, the last one before Christmas Day."""

    def day(year: int) -> date:
        christmas = date(year, 12, 25)
        return christmas - timedelta(days=(christmas.weekday() + 1) % 7 or 7) - timedelta(days=days)

    return day


_RULES: dict[str, Rule] = {
    "neujahr|neujahrstag|new year's day|new years day|new year day|new year|new years": _fixed(
        1, 1
    ),
    "dreikönigstag|dreikönige|heilige drei könige|heiligen drei könige|epiphany": _fixed(1, 6),
    "valentinstag|valentine's day|valentines day": _fixed(2, 14),
    "st patrick's day|st. patrick's day|saint patrick's day|st patricks day": _fixed(3, 17),
    "april fools|april fools day|april fool's day": _fixed(4, 1),
    "maifeiertag|tag der arbeit": _fixed(5, 1),
    "johannistag": _fixed(6, 24),
    "peter und paul": _fixed(6, 29),
    "groundhog day": _fixed(2, 2),
    "international women's day|women's day|frauentag|weltfrauentag": _fixed(3, 8),
    "earth day": _fixed(4, 22),
    "cinco de mayo": _fixed(5, 5),
    "juneteenth": _fixed(6, 19),
    "guy fawkes night|guy fawkes day|bonfire night": _fixed(11, 5),
    "independence day|fourth of july": _fixed(7, 4),
    "bundesfeiertag": _fixed(8, 1),
    "mariä himmelfahrt|maria himmelfahrt": _fixed(8, 15),
    "tag der deutschen einheit": _fixed(10, 3),
    "nationalfeiertag": _fixed(10, 26),
    "reformationstag|halloween": _fixed(10, 31),
    "allerheiligen|all saints' day|all saints day": _fixed(11, 1),
    "allerseelen|all souls' day|all souls day": _fixed(11, 2),
    "martinstag|sankt martin|veterans day|veteran's day": _fixed(11, 11),
    "nikolaus|nikolaustag": _fixed(12, 6),
    "mariä empfängnis|maria empfängnis": _fixed(12, 8),
    "heiligabend|heiliger abend|heiligen abend|christmas eve|xmas eve": _fixed(12, 24),
    "weihnachten|weihnachtstag|christmas|xmas|christmas day|xmas day|christtag|"
    "erster weihnachtstag|ersten weihnachtstag|erster weihnachtsfeiertag|"
    "ersten weihnachtsfeiertag": _fixed(12, 25),
    "stephanstag|stefanitag|boxing day|st stephen's day|st. stephen's day|"
    "zweiter weihnachtstag|zweiten weihnachtstag|zweiter weihnachtsfeiertag|"
    "zweiten weihnachtsfeiertag": _fixed(12, 26),
    "silvester|silvestertag|new year's eve|new years eve|new year eve": _fixed(12, 31),
    "weiberfastnacht|altweiberfastnacht": _from_easter(-52),
    "fastnachtssamstag|faschingssamstag": _from_easter(-50),
    "fastnachtssonntag|faschingssonntag": _from_easter(-49),
    "rosenmontag|fastnachtsmontag": _from_easter(-48),
    "fastnacht|fasnacht|faschingsdienstag|fastnachtsdienstag|veilchendienstag|"
    "mardi gras|shrove tuesday|pancake day": _from_easter(-47),
    "aschermittwoch|ash wednesday": _from_easter(-46),
    "palmsonntag|palm sunday": _from_easter(-7),
    "gründonnerstag|maundy thursday": _from_easter(-3),
    "karfreitag|good friday|stiller freitag|hoher freitag": _from_easter(-2),
    "karsamstag|ostersamstag|holy saturday|easter saturday": _from_easter(-1),
    "ostern|ostersonntag|easter|easter sunday|easter day": _from_easter(0),
    "ostermontag|easter monday": _from_easter(1),
    "christi himmelfahrt|himmelfahrt|himmelfahrtstag|vatertag|auffahrt|ascension day": (
        _from_easter(39)
    ),
    "pfingsten|pfingstsonntag|whitsun|pentecost|whit sunday": _from_easter(49),
    "pfingstmontag|whit monday": _from_easter(50),
    "dreifaltigkeitsfest|dreifaltigkeitssonntag|trinitatis|trinity sunday": _from_easter(56),
    "fronleichnam|corpus christi": _from_easter(60),
    "muttertag|mother's day|mothers day": _nth(5, 6, 2),
    "father's day|fathers day": _nth(6, 6, 3),
    "martin luther king day|mlk day|martin luther king jr day": _nth(1, 0, 3),
    "presidents day|president's day|presidents' day": _nth(2, 0, 3),
    "early may bank holiday": _nth(5, 0, 1),
    "memorial day|spring bank holiday": _nth(5, 0, -1),
    "labor day|labour day": _nth(9, 0, 1),
    "summer bank holiday|august bank holiday": _nth(8, 0, -1),
    "columbus day": _nth(10, 0, 2),
    "thanksgiving|thanksgiving day": _nth(11, 3, 4),
    "black friday": lambda year: _nth(11, 3, 4)(year) + timedelta(days=1),
    "cyber monday": lambda year: _nth(11, 3, 4)(year) + timedelta(days=4),
    "erntedankfest|erntedank": _nth(10, 6, 1),
    "volkstrauertag": _before_advent(35),
    "buß und bettag|buss und bettag": _before_advent(32),
    "totensonntag": _before_advent(28),
    "erster advent|ersten advent": _before_advent(21),
    "zweiter advent|zweiten advent": _before_advent(14),
    "dritter advent|dritten advent": _before_advent(7),
    "vierter advent|vierten advent": _before_advent(0),
}

FEASTS: Table[Rule] = Table(
    {name: rule for names, rule in _RULES.items() for name in names.split("|")}
)
"""Every name, in lower case, and when that day is. Hyphens count as blanks."""
