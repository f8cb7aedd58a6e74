from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from taktvoll.decide.duties import AS_OF, consequences, duties_first, questions, refusal
from taktvoll.errors import WrongUse
from taktvoll.messages import has, say
from taktvoll.model import Country, Decision, Duty, Intent, Language, Reason
from taktvoll.times import Level, TimeLeft

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
C, D, R = Country, Duty, Reason


def noted(
    intent: Intent, *duties: Duty, reason: Reason = R.NONE, country: Country = C.DE
) -> list[str]:
    decision = Decision(intent=intent, reason=reason, duties=dict.fromkeys(duties, "yes"))
    return [note.key.removeprefix("duties.") for note in consequences(decision, country, NOW)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (noted(Intent.CANCEL, D.AGENCY), ["agency"]),
        (noted(Intent.WITHDRAW_BEFORE, D.AGENCY, D.JOBCENTER), ["agency", "jobcenter"]),
        (noted(Intent.NO_SHOW_APOLOGY, D.AGENCY), ["agency"]),
        (noted(Intent.ACCEPT, D.AGENCY, D.CONTRACT, D.TRAVEL_COSTS), []),
        (noted(Intent.RESCHEDULE, D.AGENCY), []),
        (noted(Intent.RESCHEDULE, D.AGENCY, reason=R.ILLNESS), ["illness"]),
        (noted(Intent.CANCEL, D.AGENCY, D.JOBCENTER, reason=R.ILLNESS),
         ["agency", "jobcenter", "illness"]),
        (noted(Intent.DECLINE_OFFER, D.AMS, country=C.AT), ["ams"]),
        (noted(Intent.WITHDRAW_AFTER, D.RAV, country=C.CH), ["rav"]),
        (noted(Intent.WITHDRAW_BEFORE, D.CONTRACT), ["contract"]),
        (noted(Intent.WITHDRAW_BEFORE, D.CONTRACT, country=C.CH), ["contract_ch"]),
        (noted(Intent.WITHDRAW_BEFORE, D.CONTRACT, country=C.AT), ["contract_at"]),
        (noted(Intent.WITHDRAW_BEFORE, D.CONTRACT, country=C.US), ["contract_other"]),
        (noted(Intent.CANCEL, D.TRAVEL_COSTS), ["travel_costs"]),
        (noted(Intent.CANCEL, D.TRAVEL_COSTS, D.AGENCY),
         ["agency", "travel_costs", "travel_costs_agency"]),
        (noted(Intent.CANCEL, D.TRAVEL_COSTS, country=C.GB), ["travel_costs_other"]),
        (noted(Intent.WITHDRAW_AFTER, D.TRAVEL_COSTS), []),
        (noted(Intent.WITHDRAW_BEFORE, D.DELETE_DATA), ["delete_data"]),
        (noted(Intent.WITHDRAW_BEFORE, D.DELETE_DATA, country=C.IE), ["delete_data_europe"]),
        (noted(Intent.WITHDRAW_BEFORE, D.DELETE_DATA, country=C.CH), ["delete_data_other"]),
        (noted(Intent.CANCEL, D.DELETE_DATA), []),
    ],
)  # fmt: skip
def test_consequences(found: list[str], expected: list[str]) -> None:
    assert found == expected


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_only_a_yes_has_consequences(answer: str) -> None:
    duties = dict.fromkeys(Duty, answer)
    decision = Decision(intent=Intent.WITHDRAW_BEFORE, reason=R.ILLNESS, duties=duties)
    assert consequences(decision, C.DE, NOW) == ()
    assert refusal(duties, Intent.WITHDRAW_BEFORE) is None


def test_another_answer_is_asked_again() -> None:
    decision = Decision(intent=Intent.CANCEL, duties={D.AGENCY: "maybe"})
    with pytest.raises(WrongUse) as caught:
        consequences(decision, C.DE, NOW)
    assert caught.value.code == "unknown_duty_answer"


@pytest.mark.parametrize(
    ("intent", "country", "code"),
    [
        (Intent.WITHDRAW_BEFORE, C.DE, "contract_signed"),
        (Intent.WITHDRAW_AFTER, C.AT, "contract_signed_at"),
        (Intent.DECLINE_OFFER, C.CH, "contract_signed_ch"),
        (Intent.CANCEL, C.GB, "contract_signed_other"),
        (Intent.CANCEL, None, "contract_signed"),
        (Intent.RESCHEDULE, C.DE, None),
        (Intent.ACCEPT, C.DE, None),
        (Intent.LATE, C.DE, None),
    ],
)
def test_refusal(intent: Intent, country: Country | None, code: str | None) -> None:
    assert refusal({D.CONTRACT: "yes"}, intent, country) == code
    assert refusal({}, intent, country) is None
    if code:
        assert all(has(f"error.{code}", language) for language in Language)


def test_a_month_to_answer_ends_with_the_month() -> None:
    decision = Decision(intent=Intent.WITHDRAW_BEFORE, duties={D.DELETE_DATA: "yes"})

    def due(now: datetime) -> date | None:
        return consequences(decision, C.DE, now)[0].due

    assert due(NOW) == date(2027, 1, 1)
    assert due(datetime(2027, 1, 31, tzinfo=UTC)) == date(2027, 2, 28)
    assert due(datetime(2026, 12, 31, tzinfo=UTC)) == date(2027, 1, 31)


def test_law_is_told_with_its_source_its_date_and_as_guidance() -> None:
    for intent, country, language in product(Intent, Country, Language):
        decision = Decision(intent=intent, reason=R.ILLNESS, duties=dict.fromkeys(Duty, "yes"))
        for note in consequences(decision, country, NOW):
            sentence = say(note.key, language, **note.values)
            assert has(note.key, language), note.key
            assert "{" not in sentence
            if note.source and note.key != "duties.travel_costs_agency":
                assert f"{AS_OF:%m/%Y}" in sentence
                assert ("keine Rechtsberatung" in sentence) or ("not legal advice" in sentence)


def test_gdpr_is_not_cited_to_the_swiss() -> None:
    text = say("duties.delete_data_other", Language.DE)
    assert "DSGVO" not in text
    assert "ß" not in say("error.contract_signed_ch", Language.DE)


def test_questions_open_with_one_and_follow_by_country() -> None:
    opening, contract, costs, delete = questions(C.DE, Intent.WITHDRAW_BEFORE)
    assert opening.key == "duties.ask.registered"
    assert [question.duty for question in opening.follow_ups] == [D.AGENCY, D.JOBCENTER]
    assert (contract.duty, costs.duty, delete.duty) == (
        D.CONTRACT,
        D.TRAVEL_COSTS,
        D.DELETE_DATA,
    )
    assert [q.duty for q in questions(C.AT, Intent.CANCEL)[0].follow_ups] == [D.AMS]
    assert [q.duty for q in questions(C.CH, Intent.CANCEL)[0].follow_ups] == [D.RAV]
    assert [q.duty for q in questions(C.GB, Intent.CANCEL)] == [D.CONTRACT, D.TRAVEL_COSTS]
    assert questions(C.DE, Intent.ACCEPT) == ()


def test_every_question_is_a_sentence() -> None:
    for country, intent, language in product(Country, Intent, Language):
        for question in questions(country, intent):
            for each in (question, *question.follow_ups):
                assert say(each.key, language).rstrip(")").endswith(("?", ".")), each.key
                assert has(each.key, language)


@pytest.mark.parametrize(
    ("level", "first"),
    [
        (Level.PLENTY, True),
        (Level.PAST, True),
        (Level.LESS_THAN_A_WORKING_DAY, False),
        (Level.LESS_THAN_TWO_HOURS, False),
    ],
)
def test_with_hours_left_the_message_comes_first(level: Level, first: bool) -> None:
    left = TimeLeft(total=timedelta(1), working=timedelta(0), level=level)
    assert duties_first(left) is first
    assert duties_first(None)
