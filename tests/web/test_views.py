"""Words on the pages: small tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.case import CaseState, open_case
from taktvoll.model import (
    Country,
    Decision,
    Duty,
    Formality,
    Intent,
    Invitation,
    Language,
    Reason,
    Sender,
    Situation,
    Voice,
)
from taktvoll.read.typed import Facts
from taktvoll.web import forms, views
from taktvoll.web.marks import Place, pieces, utf16

START = datetime(2026, 12, 9, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def test_who_was_told_to_ask_and_has_not_is_still_to_ask():
    case = replace(
        open_case("c", Invitation(start=START), seed=1, at=START - timedelta(days=10)),
        state=CaseState.CONFIRMED_BY_PERSON,
        decision=Decision(intent=Intent.CANCEL),
        since=START - timedelta(days=9),
    )
    now = START - timedelta(days=5)
    assert views.next_step(case, now - timedelta(days=3, hours=20)) == ("follow", views.LOOK)
    for told in (None, now - timedelta(days=1)):
        step = views.next_step(replace(case, reminded_at=told), now)
        assert step == ("follow", "web.next.ask")


def test_only_https_can_be_followed():
    for url in ("http://a.example/x", "javascript:alert(1)", "data:text/html,x", "", None):
        assert views.link(url) is None
    assert views.link("https://a.example/x") == "https://a.example/x"


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0421 555-0134", "tel:04215550134"),
        ("+49 (421) 555", "tel:+49421555"),
        ("javascript:alert(1)", "tel:1"),
        (None, "tel:"),
    ],
)
def test_a_number_becomes_a_link(phone, link):
    assert views.tel(phone) == link


@pytest.mark.parametrize(
    ("length", "german", "english"),
    [
        (timedelta(seconds=20), "1 Minute", "1 minute"),
        (timedelta(minutes=60), "1 Stunde", "1 hour"),
        (timedelta(minutes=100), "1 Stunde 40 Minuten", "1 hour 40 minutes"),
        (timedelta(hours=3), "3 Stunden", "3 hours"),
        (timedelta(hours=30), "30 Stunden", "30 hours"),
        (timedelta(days=6), "6 Tage", "6 days"),
        (timedelta(days=30), "4 Wochen", "4 weeks"),
    ],
)
def test_lengths_as_one_says_them(length, german, english):
    assert views.duration_text(length, Language.DE) == german
    assert views.duration_text(length, Language.EN) == english


@pytest.mark.parametrize(
    ("hours", "level"),
    [(-3, "past"), (1, "less_than_two_hours"), (20, "less_than_a_working_day"), (90, "plenty")],
)
def test_the_bar_tells_how_near_it_is(hours, level):
    bar = views.left(Invitation(start=START), START - timedelta(hours=hours), Language.DE)
    assert bar.level == level
    assert 0 <= bar.part <= 1
    assert views.left(Invitation(), START, Language.DE) is None


SHOWN = dict.fromkeys(forms.FACTS, "") | {
    "company": "A",
    "day": "2026-12-09",
    "hour": "10:00",
    "timezone": "Europe/Berlin",
}


def test_what_is_not_changed_stays_as_it_was_read():
    assert forms.changed_facts(SHOWN, SHOWN) == Facts()
    assert forms.changed_facts(SHOWN, {"company": " B "}) == Facts(company="B")
    moved = forms.changed_facts(SHOWN, SHOWN | {"hour": "11:00"})
    assert (moved.start.isoformat(), moved.whole_day) == ("2026-12-09T11:00:00", False)


def test_what_is_emptied_is_cleared():
    assert forms.changed_facts(SHOWN, {"company": ""}).cleared == {"company"}
    assert "start" in forms.changed_facts(SHOWN, {"day": "", "hour": ""}).cleared
    day_only = forms.changed_facts(SHOWN, SHOWN | {"hour": ""})
    assert (day_only.start.isoformat(), day_only.whole_day) == ("2026-12-09T00:00:00", True)


def test_a_small_form_changes_what_it_shows_and_no_more():
    decision = Decision(
        intent=Intent.CANCEL,
        reason=Reason.EXAM,
        situations={Situation.INTERNAL: "yes"},
        duties={Duty.CONTRACT: "no"},
    )
    voice = Voice(
        sender=Sender(name="Mira"), language="de", country=Country.CH, formality=Formality.DU
    )
    case = replace(open_case("abcd", Invitation(), 1, at=START), decision=decision, voice=voice)
    merged = forms.merged(case, {"reason": "none"})
    assert (merged["intent"], merged["reason"], merged["formality"]) == ("cancel", "none", "du")
    assert merged["situation_internal"] == "yes"
    unticked = forms.merged(case, {"shows": "situation_"})
    assert "situation_internal" not in unticked
    assert unticked["duty_contract"] == "no"
    english = forms.merged(case, {"language": "en", "letter_country": "CH"})
    assert "letter_country" not in english


@pytest.mark.parametrize(
    ("eta", "shown"),
    [("10:20", "2026-12-09 10:20"), ("2026-12-09T10:30", "2026-12-09 10:30"), ("", None)],
)
def test_who_comes_later_says_an_hour_or_a_moment(eta, shown):
    invitation = Invitation(start=START, timezone="Europe/Berlin")
    decision = forms.decision({"intent": "late", "eta": eta}, invitation, None)
    assert (decision.eta and f"{decision.eta:%Y-%m-%d %H:%M}") == shown


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_pieces_lose_nothing_and_stand_where_the_places_are(text, spans):
    places = [Place(str(n), start, end) for n, (start, end) in enumerate(spans)]
    cut = pieces(text, places)
    assert "".join(piece.text for piece in cut) == text
    for place in places:
        if place.start < place.end <= len(text):
            marked = "".join(p.text for p in cut if place.name in p.names)
            assert marked == text[place.start : place.end]
            assert sum(place.name in p.begins for p in cut) == 1


@given(st.text(max_size=40), st.data())
def test_offsets_for_scripts_count_as_scripts_do(text, data):
    at = data.draw(st.integers(0, len(text)))
    whole = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    at = min(at, len(whole))
    assert utf16(whole, at) == len(whole[:at].encode("utf-16-le")) // 2


def test_what_turns_a_line_around_is_not_printed():
    page = views._environment().from_string("{{ name }}").render(name="a\u202eb\u2066<")
    assert page == "ab&lt;"


def test_fields_of_another_intent_are_left_aside():
    form = {"intent": "cancel", "slot1": "2026-12-10T09:00", "eta": "nonsense"}
    assert forms.asked(form, Invitation(), None).decision.slots == ()
