from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taktvoll.errors import WrongUse
from taktvoll.model import Country, Invitation
from taktvoll.times import (
    HORIZON,
    WORKING_DAY,
    Level,
    Office,
    begins,
    office,
    time_left,
)

ZONES = {
    Country.DE: "Europe/Berlin",
    Country.AT: "Europe/Vienna",
    Country.CH: "Europe/Zurich",
    Country.GB: "Europe/London",
    Country.US: "America/New_York",
    Country.IE: "Europe/Dublin",
}


def at(text: str, country: Country = Country.DE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONES[country]))


H = timedelta(hours=1)

# (country, now, start, working hours, level); 2026-12-07 is a Monday
LEFT = [
    # within a week
    ("DE", "2026-12-07T09:00", "2026-12-09T10:00", 17, "plenty"),
    ("DE", "2026-12-07T09:00", "2026-12-07T17:00", 8, "plenty"),
    ("DE", "2026-12-07T09:01", "2026-12-07T17:00", 8 - 1 / 60, "less_than_a_working_day"),
    ("DE", "2026-12-07T16:00", "2026-12-08T15:00", 7, "less_than_a_working_day"),
    ("DE", "2026-12-07T20:00", "2026-12-08T09:00", 0, "less_than_a_working_day"),
    ("DE", "2026-12-07T03:00", "2026-12-07T08:00", 0, "less_than_a_working_day"),
    # two hours, to the second
    ("DE", "2026-12-07T08:00", "2026-12-07T10:00", 1, "less_than_a_working_day"),
    ("DE", "2026-12-07T08:00:01", "2026-12-07T10:00", 1, "less_than_two_hours"),
    ("DE", "2026-12-07T09:59:59", "2026-12-07T10:00", 1 / 3600, "less_than_two_hours"),
    ("DE", "2026-12-07T10:00", "2026-12-07T10:00", 0, "past"),
    ("DE", "2026-12-08T10:00", "2026-12-07T10:00", 0, "past"),
    # over the weekend: a mail on Saturday for Monday 9:00 has had no reader
    ("DE", "2026-12-05T12:00", "2026-12-07T09:00", 0, "less_than_a_working_day"),
    ("DE", "2026-12-04T18:00", "2026-12-07T09:00", 0, "less_than_a_working_day"),
    ("DE", "2026-12-04T18:00", "2026-12-07T17:00", 8, "plenty"),
    ("DE", "2026-12-04T16:30", "2026-12-07T08:30", 0.5, "less_than_a_working_day"),
    ("DE", "2026-12-05T12:00", "2026-12-06T12:00", 0, "less_than_a_working_day"),
    # Christmas 2026: Thursday 24 to Sunday 27
    ("DE", "2026-12-23T17:00", "2026-12-28T09:00", 0, "less_than_a_working_day"),
    ("DE", "2026-12-23T09:00", "2026-12-28T09:00", 8, "plenty"),
    ("AT", "2026-12-23T17:00", "2026-12-28T12:00", 3, "less_than_a_working_day"),
    ("GB", "2026-12-23T17:00", "2026-12-29T09:00", 0, "less_than_a_working_day"),  # 28 observed
    ("DE", "2026-12-30T17:00", "2027-01-04T09:00", 0, "less_than_a_working_day"),
    # Easter: Thursday evening to Tuesday morning
    ("DE", "2026-04-02T17:00", "2026-04-07T09:00", 0, "less_than_a_working_day"),
    ("GB", "2026-04-02T17:00", "2026-04-07T09:00", 0, "less_than_a_working_day"),
    ("CH", "2026-04-02T17:00", "2026-04-07T09:00", 0, "less_than_a_working_day"),
    ("US", "2026-04-02T17:00", "2026-04-07T09:00", 16, "plenty"),
    # a holiday in the middle of the week
    ("AT", "2026-12-07T16:00", "2026-12-09T10:00", 2, "less_than_a_working_day"),
    ("DE", "2026-12-07T16:00", "2026-12-09T10:00", 10, "plenty"),
    ("AT", "2026-10-23T17:00", "2026-10-27T09:00", 0, "less_than_a_working_day"),
    ("CH", "2027-07-30T17:00", "2027-08-02T10:00", 1, "less_than_a_working_day"),
    ("DE", "2027-05-05T17:00", "2027-05-07T09:00", 0, "less_than_a_working_day"),  # Himmelfahrt
    ("US", "2026-11-25T17:00", "2026-11-27T09:00", 0, "less_than_a_working_day"),  # Thanksgiving
    ("IE", "2026-03-16T17:00", "2026-03-18T09:00", 0, "less_than_a_working_day"),  # St Patrick's
    # the nights in which the clocks change, 29 March and 25 October 2026
    ("DE", "2026-03-29T01:30", "2026-03-29T04:00", 0, "less_than_two_hours"),  # 1.5 h in truth
    ("DE", "2026-10-25T01:30", "2026-10-25T03:00", 0, "less_than_a_working_day"),  # 2.5 h
    ("DE", "2026-03-27T16:00", "2026-03-30T10:00", 2, "less_than_a_working_day"),
    ("US", "2026-10-30T09:00", "2026-11-02T09:00", 8, "plenty"),
]


@pytest.mark.parametrize(("country", "now", "start", "hours", "level"), LEFT)
def test_time_left(country: str, now: str, start: str, hours: float, level: str) -> None:
    where = Country(country)
    begin, end = at(now, where), at(start, where)
    left = time_left(begin, end, ZONES[where], where)
    assert left.level is Level(level)
    assert left.working == timedelta(seconds=round(hours * 3600))
    assert left.total == max(end.astimezone(UTC) - begin.astimezone(UTC), timedelta(0))


def test_the_working_hours_are_theirs_wherever_one_asks_from() -> None:
    # 15:00 in Berlin is 9:00 in New York: their day is only beginning
    now = at("2026-12-07T15:00")
    start = at("2026-12-07T17:00", Country.US)
    assert time_left(now, start, "America/New_York", Country.US).working == 8 * H
    assert time_left(now, start, "Europe/Berlin", Country.DE).working == 2 * H


@pytest.mark.parametrize(
    ("country", "region", "day", "works"),
    [
        ("DE", None, date(2026, 1, 6), True),
        ("DE", "BY", date(2026, 1, 6), False),
        ("DE", "HH", date(2026, 10, 30), True),
        ("DE", "BY", date(2028, 10, 31), True),
        ("DE", "HH", date(2028, 10, 31), False),
        ("DE", None, date(2028, 10, 31), False),  # nine of sixteen
        ("DE", "nowhere", date(2028, 10, 31), False),
        ("CH", None, date(2026, 4, 3), False),  # Good Friday, no federal holiday
        ("CH", "VS", date(2026, 4, 3), True),
        ("CH", "ZH", date(2026, 5, 1), False),
        ("CH", None, date(2026, 5, 1), True),
        ("AT", None, date(2026, 12, 8), False),
        ("GB", None, date(2026, 8, 31), False),
        ("GB", "SCT", date(2026, 8, 31), True),
        ("US", None, date(2026, 11, 26), False),
        ("DE", None, date(2026, 12, 24), False),
        ("DE", None, date(2026, 12, 31), False),
        (None, None, date(2026, 12, 25), True),  # unknown country: weekends alone
        (None, None, date(2026, 12, 26), False),
    ],
)
def test_working_days(country: str | None, region: str | None, day: date, works: bool) -> None:
    there = Office(zone=UTC, country=Country(country) if country else None, subdivision=region)
    assert there.works_on(day) is works


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-12-07T10:30", "2026-12-07T10:30"),
        ("2026-12-07T07:00", "2026-12-07T09:00"),
        ("2026-12-07T17:00", "2026-12-08T09:00"),
        ("2026-12-04T19:00", "2026-12-07T09:00"),
        ("2026-12-23T18:00", "2026-12-28T09:00"),
        ("2026-03-28T12:00", "2026-03-30T09:00"),
        ("2026-10-24T12:00", "2026-10-26T09:00"),
    ],
)
def test_next_opening(now: str, opening: str) -> None:
    there = office(at(now), "Europe/Berlin", Country.DE)
    assert there.next_opening(at(now)) == at(opening)


@pytest.mark.parametrize(
    ("start", "margin", "last"),
    [
        ("2026-12-07T09:00", 0, "2026-12-04T17:00"),
        ("2026-12-07T10:00", 0, "2026-12-07T10:00"),
        ("2026-12-07T10:00", 3, "2026-12-04T15:00"),
        ("2026-12-07T18:00", 3, "2026-12-07T14:00"),
        ("2026-12-28T09:00", 0, "2026-12-23T17:00"),
        ("2026-12-09T10:00", 1, "2026-12-09T09:00"),
        ("2026-12-09T10:00", 17, "2026-12-07T09:00"),
    ],
)
def test_moment_before(start: str, margin: int, last: str) -> None:
    there = office(at(start), "Europe/Berlin", Country.DE)
    assert there.moment_before(at(start), margin * H) == at(last)


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        ("2026-12-07T10:00", 2, "2026-12-07T12:00"),
        ("2026-12-07T16:00", 2, "2026-12-08T10:00"),
        ("2026-12-07T20:00", 16, "2026-12-09T17:00"),
        ("2026-12-04T16:00", 8, "2026-12-07T16:00"),
    ],
)
def test_moment_after(now: str, hours: int, then: str) -> None:
    there = office(at(now), "Europe/Berlin", Country.DE)
    assert there.moment_after(at(now), hours * H) == at(then)


def test_next_working_day_skips_christmas() -> None:
    there = Office(zone=UTC, country=Country.DE)
    assert there.next_working_day(date(2026, 12, 23)) == date(2026, 12, 28)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=700)).map(
    lambda ahead: datetime(2026, 1, 1, tzinfo=UTC) + ahead
)
SPANS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=40))
COUNTRIES = st.sampled_from(Country)


@given(MOMENTS, SPANS, SPANS, COUNTRIES)
@example(datetime(2026, 3, 28, 23, tzinfo=UTC), 12 * H, 36 * H, Country.DE)
@example(datetime(2026, 10, 24, 23, tzinfo=UTC), 12 * H, 36 * H, Country.DE)
def test_working_time_adds_up(
    now: datetime, first: timedelta, second: timedelta, country: Country
) -> None:
    there = office(now, ZONES[country], country)
    middle, end = now + first, now + first + second
    parts = there.working_time(now, middle) + there.working_time(middle, end)
    assert there.working_time(now, end) == parts
    assert timedelta(0) <= parts <= first + second


@given(MOMENTS, COUNTRIES, st.integers(min_value=1, max_value=60 * 40))
def test_moment_after_and_before_are_the_inverse_of_counting(
    now: datetime, country: Country, minutes: int
) -> None:
    there, working = office(now, ZONES[country], country), timedelta(minutes=minutes)
    then = there.moment_after(now, working)
    assert there.working_time(now, then) == working
    back = there.moment_before(then, working)
    assert there.working_time(back, then) == working
    assert there.working_time(now, back) == timedelta(0)
    assert there.next_opening(now) <= then


@given(MOMENTS, COUNTRIES)
def test_an_opening_is_in_office_hours(now: datetime, country: Country) -> None:
    there = office(now, ZONES[country], country)
    opening = there.next_opening(now)
    assert there.works_on(opening.date())
    assert 9 <= opening.hour < 17
    assert there.working_time(now, opening) == timedelta(0)


@given(MOMENTS, SPANS, COUNTRIES)
def test_the_level_follows_from_the_numbers(
    now: datetime, span: timedelta, country: Country
) -> None:
    left = time_left(now, now + span, ZONES[country], country)
    assert left.total == span
    expected = Level.PLENTY if left.working >= WORKING_DAY else Level.LESS_THAN_A_WORKING_DAY
    assert left.level is (Level.LESS_THAN_TWO_HOURS if span < 2 * H else expected)


@pytest.mark.parametrize(
    "start",
    [datetime.max.replace(tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("US/Pacific"))],
)
def test_a_hostile_year_costs_no_more_than_another(start: datetime) -> None:
    now = at("2026-12-07T09:00")
    left = time_left(now, start, "Europe/Berlin", Country.DE)
    assert left.level is Level.PLENTY
    assert left.working < HORIZON


def test_the_year_one_is_past() -> None:
    early = datetime.min.replace(tzinfo=UTC)
    assert time_left(at("2026-12-07T09:00"), early, "Asia/Tokyo", None).level is Level.PAST


@pytest.mark.parametrize("name", ["Nowhere/Town", "../../etc/passwd", "x" * 5000, "a\0b"])
def test_an_unknown_zone_is_one_clear_error(name: str) -> None:
    now = at("2026-12-07T09:00")
    with pytest.raises(WrongUse) as caught:
        time_left(now, now + H, name, None)
    assert caught.value.code == "unknown_timezone"


def test_without_a_zone_the_clock_of_the_start_counts() -> None:
    now, start = at("2026-12-07T09:00"), at("2026-12-07T15:00")
    assert time_left(now, start, None, Country.DE).working == 6 * H


def test_a_whole_day_begins_when_they_open() -> None:
    midnight = at("2026-12-07T00:00")
    assert begins(Invitation(start=midnight, all_day=True)) == at("2026-12-07T09:00")
    assert begins(Invitation(start=midnight)) == midnight
    assert begins(Invitation()) is None
