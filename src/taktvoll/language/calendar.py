"""The names of months and weekdays, as they are written out."""

from __future__ import annotations

from taktvoll.model import Language

_DE_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_EN_MONTHS = "January February March April May June July August September October November December"
_DE_WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
_EN_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

MONTH_NAMES = {  # January first
    Language.DE: tuple(_DE_MONTHS.split()),
    Language.EN: tuple(_EN_MONTHS.split()),
}
WEEKDAY_NAMES = {  # Monday first, as date.weekday() counts
    Language.DE: tuple(_DE_WEEKDAYS.split()),
    Language.EN: tuple(_EN_WEEKDAYS.split()),
}
