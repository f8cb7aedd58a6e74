"""What obliges a person beyond good manners: asked simply, at the right moment.

Law here is guidance, dated and with its source; it says so to the person, and never frightens.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from taktvoll.errors import WrongUse
from taktvoll.model import Country, Decision, Duty, Intent, Reason
from taktvoll.times import Level, TimeLeft

# When the sentences on law were last compared with their sources.
AS_OF = date(2026, 11, 22)

YES, NO, UNKNOWN = "yes", "no", "unknown"

# What the employer or an office may take as saying no to the job.
SAYS_NO = frozenset(
    {
        Intent.CANCEL,
        Intent.WITHDRAW_BEFORE,
        Intent.WITHDRAW_AFTER,
        Intent.DECLINE_OFFER,
    }
)

_WITHDRAWS = SAYS_NO - {Intent.CANCEL}

_DOES_NOT_TRAVEL = frozenset({Intent.CANCEL, Intent.WITHDRAW_BEFORE, Intent.NO_SHOW_APOLOGY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A yes-or-no question. ``duty`` is where the answer is kept; the opening one has none.

    ``follow_ups`` are asked after a yes.
    """

    key: str
    duty: Duty | None = None
    follow_ups: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a duty means here. The sentence names ``source`` and the date ``as_of`` itself.

    ``due`` is a day to keep in mind, where there is one.
    """

    key: str
    duty: Duty
    source: str
    values: Mapping[str, str] = field(default_factory=dict)
    as_of: date = AS_OF
    due: date | None = None


def duties_first(left: TimeLeft | None) -> bool:
    """Whether there is time to ask before the text is written.

    With hours left, the message and the call come first and the duties right after.
    """
    return left is None or left.level in (Level.PLENTY, Level.PAST)


def questions(country: Country, intent: Intent) -> tuple[Question, ...]:
    """What to ask somebody who has decided on ``intent``, in this order."""
    asked = []
    if country in _OFFICES and intent not in _NO_QUESTION_OF_OFFICES:
        offices = tuple(_question(duty) for duty in _OFFICES[country])
        asked.append(Question(key="duties.ask.registered", follow_ups=offices))
    if intent in SAYS_NO:
        asked.append(_question(Duty.CONTRACT))
    if intent in _DOES_NOT_TRAVEL:
        asked.append(_question(Duty.TRAVEL_COSTS))
    if intent in _WITHDRAWS:
        asked.append(_question(Duty.DELETE_DATA))
    return tuple(asked)


def refusal(
    duties: Mapping[Duty, str], intent: Intent, country: Country | None = Country.DE
) -> str | None:
    """The error code of what forbids a mail, or None.

    A withdrawal does not end a contract, and a mail may not be able to: §623 BGB asks for paper.
    """
    if not (_is_yes(duties, Duty.CONTRACT) and intent in SAYS_NO):
        return None
    return "contract_signed" + _CONTRACT_LAW.get(country, "_other")


def consequences(decision: Decision, country: Country, now: datetime) -> tuple[Note, ...]:
    """What the person should know before or right after they say ``decision``.

    Raises ``WrongUse("unknown_duty_answer")`` for an answer that is not yes, no or unknown.
    """
    for duty, answer in decision.duties.items():
        if answer not in (YES, NO, UNKNOWN):
            raise WrongUse("unknown_duty_answer", duty=duty, answer=answer[:40])
    return (
        *_contract(decision, country),
        *_offices(decision),
        *_travel_costs(decision, country),
        *_deletion(decision, country, now),
    )


def _contract(decision: Decision, country: Country) -> Iterator[Note]:
    if refusal(decision.duties, decision.intent, country):
        suffix = _CONTRACT_LAW.get(country, "_other")
        source = {
            "": "§§ 622, 623 BGB, § 22 BBiG",
            "_ch": "OR Art. 337d",
        }.get(suffix, "")
        yield _note(f"duties.contract{suffix}", Duty.CONTRACT, source)


def _offices(decision: Decision) -> Iterator[Note]:
    says_no = decision.intent in SAYS_NO or decision.intent is Intent.NO_SHOW_APOLOGY
    for duty, source in _OFFICE_LAW.items():
        if says_no and _is_yes(decision.duties, duty):
            yield _note(f"duties.{duty}", duty, source)
    moves = decision.intent is Intent.RESCHEDULE
    if decision.reason is Reason.ILLNESS and (says_no or moves):
        for duty in _OFFICE_LAW:
            if _is_yes(decision.duties, duty):
                yield _note("duties.illness", duty, "")
                break


def _travel_costs(decision: Decision, country: Country) -> Iterator[Note]:
    if not _is_yes(decision.duties, Duty.TRAVEL_COSTS):
        return
    if decision.intent in _DOES_NOT_TRAVEL:
        if country is Country.DE:
            yield _note("duties.travel_costs", Duty.TRAVEL_COSTS, "§ 670 BGB")
        else:
            yield _note("duties.travel_costs_other", Duty.TRAVEL_COSTS, "")
    if _is_yes(decision.duties, Duty.AGENCY) and (
        decision.intent in _DOES_NOT_TRAVEL or decision.intent is Intent.RESCHEDULE
    ):
        yield _note("duties.travel_costs_agency", Duty.TRAVEL_COSTS, "§ 44 SGB III")


def _deletion(decision: Decision, country: Country, now: datetime) -> Iterator[Note]:
    if not (_is_yes(decision.duties, Duty.DELETE_DATA) and decision.intent in _WITHDRAWS):
        return
    if country is Country.DE:
        key, source = "duties.delete_data", "DSGVO Art. 12 (3), Art. 17; AGG § 15 (4)"
    elif country in (Country.AT, Country.IE, Country.GB):
        key, source = "duties.delete_data_europe", "GDPR Art. 12 (3), Art. 17"
    else:  # never cite it to Swiss or US firms
        yield _note("duties.delete_data_other", Duty.DELETE_DATA, "")
        return
    yield _note(key, Duty.DELETE_DATA, source, due=_a_month_after(now.date()))


_OFFICES: Mapping[Country, tuple[Duty, ...]] = {
    Country.DE: (Duty.AGENCY, Duty.JOBCENTER),
    Country.AT: (Duty.AMS,),
    Country.CH: (Duty.RAV,),
}

# Where money may depend on what is said.
OFFICES = (Duty.AGENCY, Duty.JOBCENTER, Duty.AMS, Duty.RAV)

_OFFICE_LAW: Mapping[Duty, str] = {
    Duty.AGENCY: "§ 159 (1) sentence 2 no. 2 SGB III; SG Gießen S 14 AL 81/21",
    Duty.JOBCENTER: "§ 31 SGB II",
    Duty.AMS: "AlVG §§ 9, 10; VwGH Ra 2019/08/0118",
    Duty.RAV: "AVIV Art. 45",
}

_CONTRACT_LAW: Mapping[Country | None, str] = {
    None: "",
    Country.DE: "",
    Country.AT: "_at",
    Country.CH: "_ch",
}

_NO_QUESTION_OF_OFFICES = frozenset(
    {Intent.ACCEPT, Intent.ASK_TIME, Intent.LATE, Intent.NUDGE, Intent.REOPEN}
)


def _question(duty: Duty) -> Question:
    return Question(key=f"duties.ask.{duty}", duty=duty)


def _note(key: str, duty: Duty, source: str, due: date | None = None) -> Note:
    return Note(key=key, duty=duty, source=source, values={"as_of": f"{AS_OF:%m/%Y}"}, due=due)


def _is_yes(duties: Mapping[Duty, str], duty: Duty) -> bool:
    return duties.get(duty) == YES


def _a_month_after(day: date) -> date:
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
