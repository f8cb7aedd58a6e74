"""The page of a case: its six steps as a path, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from taktvoll.agenda import Reminder, agenda
from taktvoll.case import ASKS_AFTER, Case, CaseState, Event, EventKind, possible
from taktvoll.check.lines import finding_out, known_from_line
from taktvoll.decide.duties import Question, duties_first
from taktvoll.desk import Answer, Desk
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.follow.plan import step_text
from taktvoll.in_words import day_or_moment, moment_text, short_text
from taktvoll.messages import say
from taktvoll.model import (
    Channel,
    Country,
    Doubt,
    DoubtCode,
    Draft,
    Finding,
    Formality,
    Intent,
    InterviewFormat,
    Known,
    Language,
    Moment,
    Option,
    Reason,
    Severity,
    Situation,
    Sureness,
    Tell,
)
from taktvoll.post import Leaving
from taktvoll.read.readings import other_start
from taktvoll.send.itip import CalendarAnswer
from taktvoll.times import Level, begins
from taktvoll.web import facts, forms, views
from taktvoll.web.asking import Ask, Show, sentence
from taktvoll.web.marks import Piece, Place, pieces, utf16

STEPS = ("read", "decide", "write", "check", "send", "follow")
SHEET, PAPER, REMINDER = "sheet.txt", "letter.pdf", "reminder.ics"  # beside an answer's files

_EARLIER = 5  # former wordings of the letter that are offered


@dataclass(frozen=True, slots=True)
class Card:
    """A case in a list: what it is about, how much time is left, the next step.

    ``waits`` is whether it needs the person at all.
    """

    case: Case
    title: str
    when: str | None
    left: views.Left | None
    href: str
    next: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt to settle; with ``other`` a day that may be meant instead of the one read."""

    doubt: Doubt
    other: str | None = None
    other_words: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the path; without ``href`` it is not there yet."""

    name: str
    href: str | None
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the page shows it; with ``mend`` there is a button that mends it."""

    id: str
    number: int
    finding: Finding
    mend: bool


def card(case: Case, ask: Ask) -> Card:
    """``case`` for a list."""
    step, word = views.next_step(case, ask.now)
    return Card(
        case=case,
        title=views.case_text(case, ask.language),
        when=views.when_text(case, ask.language),
        left=views.left(case.invitation, ask.now, ask.language),
        href=f"/cases/{case.id}?step={step}",
        next=word,
        waits=word == views.LOOK,
    )


def by_urgency(cases: Sequence[Case], now: datetime) -> list[Case]:
    """First what needs the person, the nearest interview first; then what goes on by itself.

    An interview that was missed an hour ago is as near as one can be.
    """

    def place(case: Case) -> tuple[bool, bool, float]:
        start = begins(case.invitation)
        ahead = start is not None and start > now - _JUST_PAST
        waits = views.next_step(case, now)[1] == views.LOOK
        return waits, not ahead, start.timestamp() if start else 0.0

    return sorted(cases, key=place)


_JUST_PAST = timedelta(days=1)


def show(case: Case, desk: Desk, ask: Ask, error: TaktvollError | None) -> Show:
    """The page of ``case`` at the step that is asked for, or where it stands."""
    asked = ask.form.get("step", "")
    step = asked if asked in STEPS else views.next_step(case, ask.now)[0]
    followed = step == "follow" and case.state in _LOOKED_AT
    needed = followed or step in ("write", "check", "send")
    answer = desk.answered(case, ask.now) if needed else None
    if step in ("write", "check", "send") and case.decision is None:
        step = "decide"
    if step == "send" and answer is None:
        step = "write"
    if step == "check":
        step = "write"
    left = views.left(case.invitation, ask.now, ask.language)
    values: dict[str, Any] = {
        "case": case,
        "title": views.case_text(case, ask.language),
        "when": views.when_text(case, ask.language),
        "left": left,
        "hurry": left is not None and left.level is Level.LESS_THAN_TWO_HOURS,
        "step": step,
        "stops": list(_stops(case, step)),
        "answer": answer,
        "tel": views.tel,
        "doubts": list(_doubtful(case, ask)),
        "possible": possible(case),
        "happens": EventKind,
        "states": CaseState,
    }
    values |= _OF_STEP[step](case, answer, desk, ask, error)
    return Show("case.html", None, values, error)


def _doubtful(case: Case, ask: Ask) -> Iterator[Doubtful]:
    other = other_start(case.invitation, ask.now)
    for doubt in case.invitation.doubts:
        if doubt.code is DoubtCode.AMBIGUOUS_DATE and other is not None:
            meant = Moment(at=other, whole_day=case.invitation.all_day)
            yield Doubtful(doubt, f"{other:%Y-%m-%d}", day_or_moment(meant, ask.language))
        else:
            yield Doubtful(doubt)


# Where following shows what is still to do, or asks whether the letter goes as it is.
_LOOKED_AT = (CaseState.WRITTEN, CaseState.HANDED_OVER, CaseState.UNCERTAIN)


def _stops(case: Case, step: str) -> Iterator[Stop]:
    reached = _REACHED[case.closed_in or case.state]
    for number, name in enumerate(STEPS):
        there = number <= reached or name in ("read", "decide", "follow")
        current = name == step
        yield Stop(
            name=name,
            href=f"/cases/{case.id}?step={name}" + ("#check" if name == "check" else "")
            if there
            else None,
            done=number < reached and not current,
            current=current,
        )


_REACHED: Mapping[CaseState, int] = {
    CaseState.RECEIVED: 1,
    CaseState.CALLED_OFF: 1,
    CaseState.DECIDED: 2,
    CaseState.WRITTEN: 4,
    CaseState.SENDING: 4,
    CaseState.SENT: 5,
    CaseState.UNCERTAIN: 5,
    CaseState.NOT_DELIVERED: 4,
    CaseState.HANDED_OVER: 5,
    CaseState.CONFIRMED_BY_PERSON: 5,
    CaseState.ACKNOWLEDGED: 5,
    CaseState.CLOSED: 5,
}


# --- read ---------------------------------------------------------------------------------------


def _read(
    case: Case, answer: Answer | None, desk: Desk, ask: Ask, error: TaktvollError | None
) -> dict[str, Any]:
    invitation = case.invitation
    return {
        "rows": facts.rows(invitation, ask.language),
        "typed": ask.form if error else {},
        "originals": facts.originals(invitation),
        "slots": [
            moment_text(invitation.local(slot.start), ask.language)
            for slot in invitation.proposed_slots
        ],
        "reply_by": invitation.reply_by and day_or_moment(invitation.reply_by, ask.language),
    }


# --- decide -------------------------------------------------------------------------------------


def _decide(
    case: Case, answer: Answer | None, desk: Desk, ask: Ask, error: TaktvollError | None
) -> dict[str, Any]:
    form = {**forms.decided(case), **ask.form}
    answers = forms.answers(form)
    advice = desk.options(case.invitation, answers, ask.now)
    asked = "sureness" in form
    offered = list(_offered(case, advice.choices, desk, ask))
    listed = [value for value, _, _ in offered]
    recommended = next(
        (value for value, option, _ in offered if option is advice.recommended), None
    )
    return {
        "form": form,
        "asked": asked,
        "sureness": list(Sureness),
        "reasons": list(Reason),
        "tells": list(Tell),
        "formats": list(InterviewFormat),
        "situations": list(Situation),
        "advice": advice,
        "offered": offered,
        "recommended": recommended,
        "chosen": form.get("intent") or (recommended if asked else None),
        "others": [intent for intent in Intent if intent not in listed],
        "duties_first": duties_first(advice.time_left),
        "duties": duties(case, desk),
        "said": intents_of_fields(),
        "slot_names": forms.SLOTS,
    }


def _offered(
    case: Case, choices: Sequence[Any], desk: Desk, ask: Ask
) -> Iterator[tuple[str, Option, Sequence[Any]]]:
    """Each option with the value that the form says it by; what needs no words is left out."""
    for choice in choices:
        try:
            intent = desk.intent(choice.option, case.invitation, ask.now)
        except TaktvollError:  # what only goes before the appointment
            continue
        if intent is not None:
            find_out = choice.option is Option.GO_AND_FIND_OUT
            yield (choice.option if find_out else intent), choice.option, choice.why


def duties(case: Case, desk: Desk) -> list[tuple[Question, list[Intent]]]:
    """Each question of duty, with the intents that it belongs to."""
    asked: dict[str, tuple[Question, list[Intent]]] = {}
    for intent in Intent:
        for question in desk.questions(case.invitation, intent):
            asked.setdefault(question.key, (question, []))[1].append(intent)
    return list(asked.values())


def _duties_of(case: Case, desk: Desk) -> list[tuple[Question, list[Intent]]]:
    """The questions of duty about what ``case`` says."""
    said = case.decision.intent if case.decision else None
    return [(question, intents) for question, intents in duties(case, desk) if said in intents]


def intents_of_fields() -> dict[str, list[Intent]]:
    """Which intents each of the further fields belongs to."""
    said: dict[str, list[Intent]] = {}
    for intent, names in forms.FIELDS.items():
        for name in names:
            said.setdefault(name, []).append(intent)
    return said


def sheet(case: Case, desk: Desk, ask: Ask) -> str:
    """The sheet for going and finding out."""
    reason = case.decision.reason if case.decision else Reason.NONE
    return desk.preparation(case.invitation, reason, ask.now, ask.language)


# --- write and check ----------------------------------------------------------------------------


def _write(
    case: Case, answer: Answer | None, desk: Desk, ask: Ask, error: TaktvollError | None
) -> dict[str, Any]:
    form = {**_own(case, ask), **forms.decided(case), **(ask.form if error else {})}
    left = answer.plan.time_left if answer else None
    values: dict[str, Any] = {
        "form": form,
        "sheet": sheet(case, desk, ask) if ask.form.get("sheet") else None,
        "missing_form": answer is None,
        "languages": list(Language),
        "countries": [c for c in Country if (c in _ENGLISH) == (_language(case) is Language.EN)],
        "formalities": [Formality.SIE, Formality.DU],
        "reasons": list(Reason),
        "tells": list(Tell),
        "after": [] if duties_first(left) else _duties_of(case, desk),
        "said": intents_of_fields(),
        "slot_names": forms.SLOTS,
        "situations": list(Situation),
    }
    if answer is None:
        return values
    # what somebody typed is never lost, whatever happened to the case meanwhile
    mine = ask.form.get("text") if error and ask.form.get("text") else None
    text = answer.letter.text if mine is None else mine.replace("\r\n", "\n")
    findings = answer.findings if mine is None else desk.read_over(case, text, ask.now)
    return values | {
        "text": text,
        "saved": answer.letter.text if mine is not None and text != answer.letter.text else None,
        "editable": EventKind.WRITTEN in possible(case) or case.state is CaseState.HANDED_OVER,
        "remarks": list(_remarks(text, findings, desk)),
        "pieces": marked(text, findings),
        "levels": {str(n): f.severity.value for n, f in enumerate(findings)},
        "phone_first": answer.advice.first is Channel.PHONE,
        "notes": answer.notes,
        "former": _former(case, text, desk),
        "why": answer.advice.why,
    }


_ENGLISH = frozenset({Country.GB, Country.US, Country.IE})


def _language(case: Case) -> Language:
    return case.voice.language if case.voice else case.invitation.language


def _own(case: Case, ask: Ask) -> dict[str, str]:
    invited = case.invitation.attendee
    return {
        "name": invited.name or ask.me.name,
        "address": invited.email or ask.me.address,
        "own_phone": ask.me.phone,
    }


def _remarks(text: str, findings: Sequence[Finding], desk: Desk) -> Iterator[Remark]:
    for number, finding in enumerate(findings):
        mend = finding.fix is not None and desk.fixed(text, [finding]) != text
        yield Remark(finding_id(finding), number, finding, mend)


def finding_id(finding: Finding) -> str:
    """What names a finding in a form: the rule and the words, wherever they stand by now."""
    return f"{finding.rule}|{finding.quote or ''}"


def marked(text: str, findings: Sequence[Finding]) -> Sequence[Piece]:
    """``text`` cut at what the findings mark; each is named by its number."""
    places = [
        Place(str(number), finding.start, finding.end)
        for number, finding in enumerate(findings)
        if finding.start is not None and finding.end is not None
    ]
    return pieces(text, places)


def findings_out(
    text: str, findings: Sequence[Finding], desk: Desk, *, in_utf16: bool
) -> list[dict[str, Any]]:
    """The JSON of findings. ``mended`` is the whole text after a safe mend; null: by hand."""
    out = []
    for finding in findings:
        record = finding_out(finding)
        mended = desk.fixed(text, [finding]) if finding.fix is not None else text
        record["mended"] = mended if mended != text else None
        if in_utf16 and finding.start is not None and finding.end is not None:
            record["start"] = utf16(text, finding.start)
            record["end"] = utf16(text, finding.end)
        out.append(record)
    return out


def known(form: Mapping[str, str], ask: Ask) -> Known:
    """What a text that belongs to no case is checked against: the fields of ``check --jsonl``."""
    line = {
        "text": "",
        "lang": form.get("lang"),
        "intent": form.get("intent"),
        "country": form.get("country"),
        "formality": form.get("formality"),
        "channel": form.get("channel"),
        "context": {name: form[name] for name in _CONTEXT if name in form},
    }
    return known_from_line(line)[0]


_CONTEXT = ("name", "company", "contact", "gender", "position", "start", "timezone", "eta")


def _former(case: Case, text: str, desk: Desk) -> list[str]:
    """Wordings of the letter that stood here before, the last first."""
    found: list[str] = []
    for event in reversed(desk.timeline(case.id)):
        if event.kind is not EventKind.WRITTEN:
            continue
        letter = _letter(event.drafts)
        if letter is not None and letter.text != text and letter.text not in found:
            found.append(letter.text)
        if len(found) == _EARLIER:
            break
    return found


def _letter(drafts: Sequence[Draft]) -> Draft | None:
    return next((d for d in drafts if d.channel in (Channel.MAIL, Channel.PAPER)), None)


# --- send ---------------------------------------------------------------------------------------


def _send(
    case: Case, answer: Answer | None, desk: Desk, ask: Ask, error: TaktvollError | None
) -> dict[str, Any]:
    assert answer is not None
    calendar = answer.calendar if isinstance(answer.calendar, CalendarAnswer) else None
    held = desk.post.held(case.id) if case.state in _CAN_BE_HELD else None
    leaving, cannot = (None, None) if held or answer.refusal else _leaving(case, desk, ask)
    return {
        "form": ask.form if error else {},
        "leaving": leaving,
        "cannot": cannot,
        "held": held.due_at if held else None,
        "gone": _gone(case, desk),
        "now": ask.now,
        "calendar": calendar,
        "mailto": views.mailto(answer),
        "severe": severe(answer),
        "booking": views.link(answer.plan.booking_url),
        "phone_first": answer.advice.first is Channel.PHONE,
        "keeps_date": any(each.code == "keep_date" for each in answer.plan.steps),
    }


def _leaving(case: Case, desk: Desk, ask: Ask) -> tuple[Leaving | None, str | None]:
    """What would leave by the person's account; or why it cannot. Without an account, neither."""
    waits = case.state in (CaseState.WRITTEN, CaseState.NOT_DELIVERED, CaseState.ACKNOWLEDGED)
    if not waits or not desk.post.accounts():
        return None, None
    try:
        return desk.post.leaving(case), None
    except WrongUse as refused:
        return None, sentence(refused, ask.language)


# The mail after a call is held too, while the case goes on as one in which they know.
_CAN_BE_HELD = (CaseState.SENDING, CaseState.ACKNOWLEDGED)


def _gone(case: Case, desk: Desk) -> bool:
    """Whether the letter as it stands has left, for all that we know."""
    gone = False
    for event in desk.timeline(case.id):
        if event.kind is EventKind.WRITTEN:
            gone = False
        elif event.kind in (EventKind.SENT, EventKind.CONFIRMED_BY_PERSON):
            gone = True
    return gone


def severe(answer: Answer) -> list[Finding]:
    """What should be mended before the message leaves, or kept by hand."""
    return [f for f in answer.findings if f.severity is Severity.ERROR]


# --- follow -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of the timeline."""

    when: str
    key: str
    detail: str | None
    text: str | None


def _follow(
    case: Case, answer: Answer | None, desk: Desk, ask: Ask, error: TaktvollError | None
) -> dict[str, Any]:
    steps: list[str] = []
    if answer is not None and case.state is CaseState.WRITTEN:
        country = answer.plan.country
        steps = [step_text(step, ask.language, country) for step in answer.plan.steps]
    pressing = views.pressing(case, ask.now)
    return {
        "timeline": [_happening(event, ask) for event in desk.timeline(case.id)],
        "opened": short_text(case.opened, ask.language),
        "next_steps": steps,
        "pressing": pressing,
        "coming": [
            (moment_text(case.invitation.local(due.at), ask.language), due.reminder)
            for due in agenda(case)
            if due.at > ask.now
        ][:_COMING],
        "calls": pressing in _CALLS,
        "form": ask.form if error else {},
        "severe": severe(answer) if answer else [],
        "waiting": case.state in _WAITING,
        "alarm": _alarm(case, desk),
        "mail_open": case.state is CaseState.ACKNOWLEDGED and _mail_open(case, desk),
        "nudge": _nudge(case, desk),
    }


def _alarm(case: Case, desk: Desk) -> bool:
    """Whether there is a call ahead of which the person's own calendar could remind them."""
    try:
        desk.post.reminder_file(case)
    except WrongUse:
        return False
    return True


def _mail_open(case: Case, desk: Desk) -> bool:
    """Whether they know it by a call alone, and the letter that lies there could follow."""
    written = _letter(case.drafts) is not None
    return written and not _gone(case, desk) and desk.post.held(case.id) is None


@dataclass(frozen=True, slots=True)
class Nudge:
    """The question that lies ready: its text, whether it is held, and how it can leave."""

    text: str
    held: bool
    sends: bool
    mailto: str | None


def _nudge(case: Case, desk: Desk) -> Nudge | None:
    if case.nudge is None or case.state not in ASKS_AFTER:
        return None
    post = desk.post
    held = post.held(case.id)
    try:
        text = post.nudge(case).text
    except TaktvollError:  # their own content has been broken meanwhile
        return None
    try:
        mailto: str | None = post.mailto(case, nudge=True)
        sends = any(account.smtp is not None for account in post.accounts())
    except WrongUse:  # nobody there can be written to
        mailto, sends = None, False
    return Nudge(text=text, held=held is not None, sends=sends, mailto=mailto)


_COMING = 4  # reminders ahead that are shown
_CALLS = frozenset({Reminder.CALL, Reminder.CALL_NOW, Reminder.ASK})
_WAITING = (CaseState.HANDED_OVER, CaseState.UNCERTAIN)


def _happening(event: Event, ask: Ask) -> Happening:
    detail = None
    if event.kind is EventKind.DECIDED and event.decision:
        detail = say(f"intent.{event.decision.intent}", ask.language)
    elif "whom" in event.data:
        detail = event.data["whom"]
    elif "settled" in event.data:
        detail = say("web.follow.settled", ask.language)
    elif "despite" in event.data:
        detail = say("web.follow.kept", ask.language)
    elif "reminder" in event.data:
        detail = say(f"reminder.{event.data['reminder']}", ask.language)
    elif event.channel is not None:
        detail = say(f"web.channel.{event.channel}", ask.language)
    letter = _letter(event.drafts)
    return Happening(
        when=short_text(event.at, ask.language),
        key=f"case.event.{event.kind}",
        detail=detail,
        text=letter.text if letter else None,
    )


_OF_STEP = {
    "read": _read,
    "decide": _decide,
    "write": _write,
    "send": _send,
    "follow": _follow,
}
