"""The cases: what comes in, one page a case with its six steps, and what the person does there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from taktvoll.case import ASKS_AFTER, OPEN_STATES, Case, CaseState, Event, EventKind
from taktvoll.desk import Desk
from taktvoll.errors import MissingFacts, TaktvollError, UnreadableInput, WrongUse
from taktvoll.model import (
    Channel,
    Country,
    DoubtCode,
    Intent,
    Invitation,
    Language,
    Option,
    Severity,
    Sureness,
)
from taktvoll.read.typed import Facts
from taktvoll.records import answer_files
from taktvoll.web import forms, steps, views
from taktvoll.web.asking import Ask, Give, Go, Reply, Show
from taktvoll.web.example import example
from taktvoll.web.reader import Reader
from taktvoll.web.records import case_line, case_out

DOORS: Mapping[str, Intent | None] = {
    "no": None,  # its two buttons say which
    "move": Intent.RESCHEDULE,
    "late": Intent.LATE,
    "unsure": None,
}

_TODAY = 6  # cases on the first page
_CONSIDERED = 20  # among which the most urgent are looked for
_PAGE = 20


class Cases:
    """One method a noun and verb. Takes an ``Ask``, gives a ``Reply``, raises ``TaktvollError``."""

    def __init__(self, desk: Desk, reader: Reader) -> None:
        self.desk = desk
        self.reader = reader

    # --- what comes in --------------------------------------------------------------------------

    def start(self, ask: Ask) -> Reply:
        """The four doors, and below them what needs the person today."""
        found = steps.by_urgency(self.desk.pressing(ask.now, _CONSIDERED), ask.now)
        cards = [steps.card(case, ask) for case in found[:_TODAY]]
        values = {
            "doors": list(DOORS),
            "needing": [card for card in cards if not card.waits],
            "waiting": [card for card in cards if card.waits],
        }
        return Show("start.html", None, values)

    def door(self, ask: Ask, door: str, error: TaktvollError | None = None) -> Reply:
        """The shortest way behind one of the doors."""
        if door not in DOORS:
            raise WrongUse("page_not_found")
        today = f"{ask.now.astimezone():%Y-%m-%d}"
        own = {"name": ask.me.name, "country": ask.me.country}
        if door == "late":
            own["day"] = today
        form = {**own, **(ask.form if error else {})}
        return Show("door.html", None, {"door": door, "form": form}, error)

    def list(self, ask: Ask) -> Reply:
        """All cases of some state, a page at a time."""
        state = forms.word(ask.form, "state", CaseState)
        number = ask.form.get("page", "1")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        states = (state,) if state else OPEN_STATES
        offset = (max(page, 1) - 1) * _PAGE
        found = self.desk.page(states, _PAGE + 1, offset)
        shown = found[:_PAGE]
        if ask.api:
            return Show("", [case_line(case, ask.language) for case in shown])
        values = {
            "cards": [steps.card(case, ask) for case in steps.by_urgency(shown, ask.now)],
            "state": state,
            "states": list(CaseState),
            "page": max(page, 1),
            "more": len(found) > _PAGE,
        }
        return Show("cases.html", None, values)

    def receive(self, ask: Ask) -> Reply:
        """A file, a pasted text, typed facts or the example; with an intent, the letter too."""
        door = ask.form.get("door", "unsure")
        try:
            case = self.desk.receive(self._handed_in(ask), ask.now)
            if case.state is CaseState.CLOSED:
                case = self.desk.note(case.id, Event(kind=EventKind.REOPENED, at=ask.now))
            case, step = self._on_to_the_letter(ask, case, DOORS.get(door))
        except TaktvollError as error:
            if ask.api:
                raise
            return self.door(ask, door if door in DOORS else "unsure", error)
        return Go(f"/cases/{case.id}{step}", case_out(case, self.desk, ask), created=True)

    def _handed_in(self, ask: Ask) -> Invitation:
        facts = forms.typed_facts(ask.form)
        read = self._read(ask)
        if read is None:
            if facts == Facts(country=facts.country):
                raise WrongUse("nothing_typed")
            country = facts.country or _country(ask.me.country)
            language = forms.word(ask.form, "letter_language", Language) or ask.language
            return self.desk.typed(replace(facts, country=country), language)
        # what was typed beside the file is known better
        typed = replace(facts, country=None, start=facts.start if ask.form.get("hour") else None)
        return self.desk.corrected(read, typed)

    def _read(self, ask: Ask) -> Invitation | None:
        name, data = ask.file or (None, ask.form.get("text", "").encode("utf-8", "replace"))
        if ask.form.get("example"):
            name, data = None, example(ask.language, ask.now)
        if not data.strip():
            if ask.file is not None:
                raise UnreadableInput("empty_file")
            return None
        found = self.reader.read(data, file=name, now=ask.now)
        if not found:
            raise UnreadableInput("upload_unreadable")
        return found[0]

    def _on_to_the_letter(self, ask: Ask, case: Case, intent: Intent | None) -> tuple[Case, str]:
        """The case with its letter, where an intent was given; else as it is."""
        chosen = forms.word(ask.form, "intent", Intent) or intent
        if chosen is None:
            return case, ""
        form = {**ask.form, "intent": chosen}
        here = ask.now.tzinfo
        try:
            answer = self.desk.write(case.id, forms.asked(form, case.invitation, here), now=ask.now)
        except (MissingFacts, WrongUse) as missing:
            if isinstance(missing, WrongUse) and missing.code != "unknown_zone_in_calendar":
                raise
            decision = forms.decision(form, case.invitation, here)
            return self.desk.decide(case.id, decision), "?step=write"
        return answer.case, "?step=write"

    # --- one case -------------------------------------------------------------------------------

    def show(self, ask: Ask, case_id: str, error: TaktvollError | None = None) -> Reply:
        """A case at one of its steps; without one, where it stands."""
        case = self.desk.case(case_id)
        if ask.api:
            return Show("", case_out(case, self.desk, ask))
        return steps.show(case, self.desk, ask, error)

    def correct(self, ask: Ask, case_id: str) -> Reply:
        """Facts that the person knows better, or doubts that they settle."""
        try:
            version = forms.version(ask.form)
            case = self.desk.case(case_id)
            if settled := forms.word(ask.form, "settle", DoubtCode):
                case = self.desk.settle(case_id, settled, version=version)
            else:
                facts = forms.changed_facts(views.fields(case.invitation), ask.form)
                case = self.desk.correct(case_id, facts, version=version)
        except TaktvollError as error:
            return self._again(ask, case_id, "read", error)
        step = ask.form.get("then", "read")
        return Go(f"/cases/{case_id}?step={_step(step)}", case_out(case, self.desk, ask))

    def advise(self, ask: Ask, case_id: str) -> Reply:
        """The advice for what is filled in; nothing is kept."""
        form = {"sureness": Sureness.UNSURE.value, **ask.form, "step": "decide"}
        return self.show(replace(ask, form=form), case_id)

    def answer(self, ask: Ask, case_id: str) -> Reply:
        """Decide and write; where a fact is missing, ask for it beside what is filled in."""
        try:
            case = self.desk.case(case_id)
            form = forms.merged(case, ask.form)
            here, version = ask.now.tzinfo, forms.version(ask.form)
            if ask.form.get("remember"):
                self._remember(ask)
            asked = forms.asked(form, case.invitation, here)
            answer = self.desk.write(case_id, asked, version=version, now=ask.now)
        except TaktvollError as error:
            return self._again(ask, case_id, ask.form.get("from", "decide"), error)
        sheet = ask.form.get("intent") == Option.GO_AND_FIND_OUT
        return Go(
            f"/cases/{case_id}?step=write" + ("&sheet=yes" if sheet else ""),
            case_out(answer.case, self.desk, ask),
        )

    def _remember(self, ask: Ask) -> None:
        """Who writes is asked once."""
        form = {"name": ask.form.get("name", ""), "phone": ask.form.get("own_phone", "")}
        given = {name: value for name, value in form.items() if value.strip()}
        self.desk.set_me(forms.me(given, ask.me))

    def letter(self, ask: Ask, case_id: str) -> Reply:
        """The letter in the person's own wording, mended, in another wording, or an earlier one."""
        try:
            version, text = forms.version(ask.form), _letter(ask)
            case = self.desk.case(case_id)
            if ask.form.get("reword"):
                answer = self.desk.reword(case_id, version=version)
            else:
                if wanted := ask.form.get("mend"):
                    text = self._mended(case, text, wanted, ask)
                answer = self.desk.revise(case_id, text, version=version)
        except TaktvollError as error:
            return self._again(ask, case_id, "write", error)
        return Go(f"/cases/{case_id}?step=write#letter", case_out(answer.case, self.desk, ask))

    def _mended(self, case: Case, text: str, wanted: str, ask: Ask) -> str:
        for finding in self.desk.read_over(case, text, ask.now):
            if wanted == steps.finding_id(finding):
                return self.desk.fixed(text, [finding])
        return text

    def send(self, ask: Ask, case_id: str) -> Reply:
        """The person's yes: hold the letter, then let it go, or lay it into the drafts."""
        try:
            case = self.desk.case(case_id)
            answer = self.desk.answered(case, ask.now)
            severe = steps.severe(answer) if answer else []
            if severe and not ask.form.get("keep"):
                raise WrongUse("findings_left")
            case = self.desk.send(
                case_id,
                version=forms.version(ask.form),
                as_draft=ask.form.get("way") == "draft",
                despite=sorted({finding.rule for finding in severe}),
            )
        except TaktvollError as error:
            return self._again(ask, case_id, "send", error)
        return Go(f"/cases/{case_id}?step=send", case_out(case, self.desk, ask))

    def nudge(self, ask: Ask, case_id: str) -> Reply:
        """The person's yes: ask whether the letter has arrived, as the question lies ready."""
        try:
            findings = self.desk.findings(self.desk.case(case_id), nudge=True)
            if any(finding.severity is Severity.ERROR for finding in findings):
                raise WrongUse("findings_left")
            case = self.desk.nudge(case_id, version=forms.version(ask.form))
        except TaktvollError as error:
            return self._again(ask, case_id, "follow", error)
        return Go(f"/cases/{case_id}?step=follow", case_out(case, self.desk, ask))

    def undo(self, ask: Ask, case_id: str) -> Reply:
        """Take back what is held."""
        try:
            case = self.desk.undo(case_id)
        except TaktvollError as error:
            return self._again(ask, case_id, "send", error)
        step = "follow" if case.state in ASKS_AFTER else "send"
        return Go(f"/cases/{case_id}?step={step}", case_out(case, self.desk, ask))

    def happened(self, ask: Ask, case_id: str) -> Reply:
        """What the person says that they or the employer did."""
        try:
            case, kind = self.desk.case(case_id), forms.word(ask.form, "kind", EventKind)
            if kind not in _SAID_BY_PERSON:
                raise WrongUse("no_such_choice")
            case = self.desk.note(
                case_id, self._event(ask, case, kind), version=forms.version(ask.form)
            )
        except TaktvollError as error:
            return self._again(ask, case_id, ask.form.get("from", "follow"), error)
        return Go(f"/cases/{case_id}?step=follow", case_out(case, self.desk, ask))

    def _event(self, ask: Ask, case: Case, kind: EventKind) -> Event:
        data = {"whom": forms.text(ask.form, "whom") or ""} if kind is EventKind.SPOKEN else {}
        channel = None
        if kind is EventKind.HANDED_OVER:
            channel = forms.word(ask.form, "channel", Channel) or Channel.MAIL
        answer = self.desk.answered(case, ask.now) if kind in _GONE else None
        if answer is not None and (severe := steps.severe(answer)):
            if not ask.form.get("keep"):
                raise WrongUse("findings_left")
            # the person has decided to leave it so
            data["despite"] = ", ".join(sorted({finding.rule for finding in severe}))
        return Event(kind=kind, at=ask.now, data=data, channel=channel)

    def delete(self, ask: Ask, case_id: str) -> Reply:
        """Forget a case wholly."""
        self.desk.delete(case_id)
        return Go("/", {"deleted": case_id})

    def file(self, ask: Ask, case_id: str, name: str) -> Reply:
        """One of the files of an answer, the sheet for finding out, the reminder."""
        case = self.desk.case(case_id)
        if name == steps.SHEET:
            return Give(name, steps.sheet(case, self.desk, ask).encode("utf-8", "replace"))
        if name == steps.REMINDER:
            return Give(name, self.desk.post.reminder_file(case))
        if name == steps.PAPER:
            made = {name: self.desk.printed(case, ask.now)}
        else:
            answer = self.desk.answered(case, ask.now, made=True)
            made = {**answer_files(answer, ask.language)} if answer else {}
        data = made.get(name)
        if data is None:
            raise WrongUse("page_not_found")
        return Give(name, data)

    def print(self, ask: Ask, case_id: str) -> Reply:
        """The letter on paper, under the address that the person has just given."""
        case = self.desk.case(case_id)
        try:
            self.desk.set_me(forms.me({"postal": ask.form.get("postal", "")}, ask.me))
        except TaktvollError as error:
            return self._again(ask, case_id, "send", error)
        return Go(f"/cases/{case.id}/files/{steps.PAPER}", None)

    def check(self, ask: Ask) -> Reply:
        """What should be changed in a text: as the letter of a case, or by itself."""
        text = ask.form.get("text")
        if text is None:
            raise WrongUse("check_line", field="text")
        case_id = ask.form.get("case")
        if case_id:
            findings = self.desk.read_over(self.desk.case(case_id), text, ask.now)
        else:
            findings = self.desk.check(text, steps.known(ask.form, ask))
        in_utf16 = ask.form.get("units") == "utf16"
        out = steps.findings_out(text, findings, self.desk, in_utf16=in_utf16)
        return Show("", {"findings": out})

    def _again(self, ask: Ask, case_id: str, step: str, error: TaktvollError) -> Reply:
        """The page that the form came from, with what was filled in; the case as it is now."""
        if ask.api or error.code == "no_such_case":
            raise error
        form = {**ask.form, "step": _step(step)}
        return self.show(replace(ask, form=form), case_id, error)


_SAID_BY_PERSON = frozenset(
    {
        EventKind.HANDED_OVER,
        EventKind.CONFIRMED_BY_PERSON,
        EventKind.SPOKEN,
        EventKind.NOT_SENT,
        EventKind.ACKNOWLEDGED,
        EventKind.CLOSED,
        EventKind.REOPENED,
    }
)
_GONE = frozenset({EventKind.HANDED_OVER, EventKind.CONFIRMED_BY_PERSON})


def _country(code: str) -> Country | None:
    return Country(code) if code in list(Country) else None


def _step(name: str) -> str:
    return name if name in steps.STEPS else "read"


def _letter(ask: Ask) -> str:
    """The text of the editor. Empty is no letter."""
    text = ask.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip() and not ask.form.get("reword"):
        raise WrongUse("letter_empty")
    if len(text) > _LONGEST_LETTER:
        raise WrongUse("field_too_long", limit=_LONGEST_LETTER)
    return text


_LONGEST_LETTER = 100_000  # characters
