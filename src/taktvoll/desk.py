"""The use cases, one function each: what a face can ask for.

The desk joins the pure steps with the store and the clock. A use case first computes everything
and then stores it, so that nothing is half done when a fact is missing or a disk is full.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.model import (
    Brief,
    Channel,
    Country,
    Decision,
    DoubtCode,
    Draft,
    Finding,
    Formality,
    Intent,
    Invitation,
    Known,
    Language,
    Me,
    Option,
    Reason,
    Sender,
    Voice,
)

# A step is imported where it is used: a cold check should not wait for the reader's patterns.
if TYPE_CHECKING:
    from taktvoll.case import Case, CaseState, Event
    from taktvoll.decide.channel import ChannelAdvice
    from taktvoll.decide.duties import Note, Question
    from taktvoll.decide.options import Advice, Answers
    from taktvoll.follow.plan import Plan
    from taktvoll.ports import Store
    from taktvoll.post import Post
    from taktvoll.read.typed import Facts
    from taktvoll.send.itip import CalendarAnswer, NoAnswer
    from taktvoll.times import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for: the decision, and what they say about themselves.

    What is None is taken from the invitation.
    """

    decision: Decision
    name: str | None = None
    address: str | None = None  # confirmed as their own
    phone: str | None = None
    postal: tuple[str, ...] = ()  # the lines of their postal address
    language: Language | None = None
    country: Country | None = None
    formality: Formality | None = None
    signature: str | None = None  # lines below the name in the mail
    variant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that one answer consists of.

    ``letter`` is the mail; where ``refusal`` names what forbids a mail, it is the letter on paper,
    ``paper`` its PDF, and ``message`` is None. Both are None where nothing was to be made of it
    yet. ``recipients`` are shown before anything leaves.
    """

    case: Case
    brief: Brief
    advice: ChannelAdvice
    letter: Draft
    phone: Draft
    short: Draft | None
    findings: tuple[Finding, ...]
    message: bytes | None
    paper: bytes | None
    calendar: CalendarAnswer | NoAnswer
    recipients: tuple[str, ...]
    plan: Plan
    notes: tuple[Note, ...]
    refusal: str | None

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All texts, the letter first."""
        return tuple(draft for draft in (self.letter, self.phone, self.short) if draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The use cases. ``store`` opens the store when it is first needed."""

    clock: Clock
    store: Callable[[], Store]
    cache: Path  # of compiled rules
    overlay: Path | None  # the person's own content
    home: Path | None = None  # where all of this person's data lies
    own_content: Path | None = None  # where that is, or would be
    sending: Callable[[], Post] | None = None  # opens the post office when it is first needed

    # --- read -----------------------------------------------------------------------------------

    def read(
        self,
        data: bytes,
        *,
        file: str | None = None,
        received: datetime | None = None,
        country: Country | None = None,
        timezone: str | None = None,
        now: datetime | None = None,
        interview: bool = False,
    ) -> list[Invitation]:
        """What the messages in ``data`` say. Raises UnreadableInput.

        ``received`` outweighs the message's own date; what has neither is read as of ``now``.
        With ``interview`` the person wants to answer it: then it is read as an invitation even
        where it does not look like one, and the doubt says so.
        """
        from taktvoll.read import read

        return read(
            data,
            file=file,
            received=received,
            now=now or self.clock.now(),
            country=country,
            timezone=timezone,
            interview=interview,
        )

    def typed(self, facts: Facts, language: Language | None) -> Invitation:
        """An invitation that nobody wrote down."""
        from taktvoll.read.typed import typed_invitation

        return typed_invitation(facts, language)

    def corrected(self, invitation: Invitation, facts: Facts) -> Invitation:
        """``invitation`` with what the person typed in place of what was read."""
        from taktvoll.read.typed import with_facts

        return with_facts(invitation, facts)

    def receive(self, invitation: Invitation, now: datetime | None = None) -> Case:
        """The case of ``invitation`` with what is new in it; a new one where there is none."""
        from taktvoll.agenda import next_due
        from taktvoll.case import arrival, identity, open_case

        now = now or self.clock.now()
        me, invited = self.me(), invitation.attendee
        person = (invited.email or me.address, invited.name or me.name)
        case_id, seed = identity(invitation, *person)
        stored = self._stored(invitation) or self.store().get(case_id)
        if stored is None:
            case = open_case(case_id, invitation, seed=seed, at=now)
            case = replace(case, due_at=next_due(case, now))
            self.store().add(case)
            return case
        if _same_message(stored.invitation, invitation):
            return stored  # what the person corrected in it stays corrected
        event = arrival(stored, invitation, now)
        return stored if event is None else self._happened(stored, event)

    def correct(self, case_id: str, facts: Facts, *, version: int | None = None) -> Case:
        """The case with what the person typed in place of what was read, and noted as theirs."""
        from taktvoll.read.typed import noted_as_typed, with_facts

        case = self._at(case_id, version)
        corrected = noted_as_typed(case.invitation, with_facts(case.invitation, facts))
        return self._corrected(case, corrected, {})

    def settle(self, case_id: str, code: DoubtCode, *, version: int | None = None) -> Case:
        """The case without the doubts of ``code``: the person says that it was read well."""
        case = self._at(case_id, version)
        doubts = tuple(doubt for doubt in case.invitation.doubts if doubt.code is not code)
        return self._corrected(case, replace(case.invitation, doubts=doubts), {"settled": code})

    def _corrected(self, case: Case, invitation: Invitation, data: Mapping[str, str]) -> Case:
        from taktvoll.case import Event, EventKind

        if invitation == case.invitation:
            return case
        event = Event(
            kind=EventKind.CORRECTED,
            at=self.clock.now(),
            data=data,
            invitation=invitation,
        )
        return self._happened(case, event)

    # --- decide ---------------------------------------------------------------------------------

    def decide(self, case_id: str, decision: Decision, *, version: int | None = None) -> Case:
        """Keep what the person wants to say, before there is a letter."""
        from taktvoll.case import Event, EventKind

        event = Event(kind=EventKind.DECIDED, at=self.clock.now(), decision=decision)
        return self._happened(self._at(case_id, version), event)

    def options(self, invitation: Invitation, answers: Answers, now: datetime) -> Advice:
        """What the person can do, and what we recommend."""
        from taktvoll.decide.options import options

        return options(invitation, answers, now)

    def intent(self, option: Option, invitation: Invitation, now: datetime) -> Intent | None:
        """What a message about ``option`` says; None where there is nothing to say."""
        from taktvoll.decide.intents import intent_for

        return intent_for(option, invitation, now)

    def questions(self, invitation: Invitation, intent: Intent) -> tuple[Question, ...]:
        """The duties to ask about before or after ``intent`` is said."""
        from taktvoll.decide.duties import questions

        language, zone = invitation.language, invitation.timezone
        country = invitation.country or _customs(language, None, zone)
        return questions(country, intent)

    def preparation(
        self, invitation: Invitation, reason: Reason, now: datetime, language: Language
    ) -> str:
        """The sheet for going and finding out."""
        from taktvoll.decide.preparation import preparation

        return preparation(invitation, reason, now, language)

    # --- the main job ---------------------------------------------------------------------------

    def answer(self, invitation: Invitation, asked: Asked, now: datetime | None = None) -> Answer:
        """Write, check and keep the answer to ``invitation``; open or find its case.

        Raises MissingFacts where the letter could not be right; nothing is stored then.
        """
        from taktvoll.case import identity, open_case

        now = now or self.clock.now()
        asked = self._completed(asked, invitation)
        brief = make_brief(invitation, asked, now)
        _refuse_unknown_zone(invitation)
        sender = brief.voice.sender
        case_id, seed = identity(invitation, sender.email or "", sender.name)
        stored = self._stored(invitation) or self.store().get(case_id)
        case = stored or open_case(case_id, invitation, seed=seed, at=now)
        answer = self._prepare(case, brief, asked, made=True)
        return replace(answer, case=self._keep(stored, answer, asked.variant))

    def write(
        self, case_id: str, asked: Asked, *, version: int | None = None, now: datetime | None = None
    ) -> Answer:
        """``answer`` for a case that is in the store. ``version``: see ``_at``."""
        case = self._at(case_id, version)
        asked = self._completed(asked, case.invitation)
        brief = make_brief(case.invitation, asked, now or self.clock.now())
        _refuse_unknown_zone(case.invitation)
        answer = self._prepare(case, brief, asked)
        return replace(answer, case=self._keep(case, answer, asked.variant))

    def reword(self, case_id: str, *, version: int | None = None) -> Answer:
        """The same answer in the next wording."""
        from taktvoll.case import EventKind

        case = self._at(case_id, version)
        if case.decision is None or case.voice is None:
            raise WrongUse("nothing_written")
        written = [e for e in self.timeline(case_id) if e.kind is EventKind.WRITTEN]
        shown = written[-1].data.get("variant", "0") if written else "0"
        sender = case.voice.sender
        asked = Asked(
            decision=case.decision,
            name=sender.name,
            address=sender.email,
            phone=sender.phone,
            language=case.voice.language,
            country=case.voice.country,
            formality=case.voice.formality,
            variant=int(shown) + 1 if shown.isdecimal() else 1,
        )
        return self.write(case_id, asked, version=version)

    def answered(
        self, case: Case, now: datetime | None = None, *, made: bool = False
    ) -> Answer | None:
        """The answer that ``case`` holds, as of ``now``; None where nothing is written.

        The mail is composed, a letter on paper set, only where it is wanted ``made``: what is
        only looked at should not wait for it.
        """
        from taktvoll.case import brief_of

        brief = brief_of(case, now or self.clock.now())
        drafts = {draft.channel: draft for draft in case.drafts}
        letter = drafts.get(Channel.MAIL) or drafts.get(Channel.PAPER)
        phone = drafts.get(Channel.PHONE)
        if brief is None or letter is None or phone is None:
            return None
        short = drafts.get(Channel.SHORT)
        return self._assembled(case, brief, letter, phone, short, made=made)

    def printed(self, case: Case, now: datetime | None = None) -> bytes | None:
        """The letter of ``case`` as a PDF to sign and post, whether or not a mail would do.

        The person's address is the one they have given by now. None where nothing is written.
        """
        from taktvoll.send.paper import letter_pdf

        answer = self.answered(case, now)
        if answer is None:
            return None
        me, brief = self.me(), answer.brief
        postal = tuple(me.postal.splitlines()) or brief.voice.sender.postal
        sender = replace(brief.voice.sender, postal=postal)
        # on paper one signs: what stands below the name in a mail is in the head of the letter
        text = answer.letter.text.rstrip()
        text = text.removesuffix(f"\n{me.signature}") if me.signature else text
        return letter_pdf(
            replace(brief, voice=replace(brief.voice, sender=sender)),
            replace(answer.letter, text=text),
        )

    def _stored(self, invitation: Invitation) -> Case | None:
        ids = [*invitation.thread.references, invitation.thread.message_id]
        return self.store().find(invitation.uid, [each for each in ids if each])

    def _completed(self, asked: Asked, invitation: Invitation) -> Asked:
        """``asked`` with what the person said once about themselves, where nothing else is said."""
        me = self.me()
        invited = invitation.attendee
        own = asked.address or invited.email
        named = invited.name if own == invited.email else None
        return replace(
            asked,
            name=asked.name or named or me.name or None,
            address=own or me.address or None,
            phone=asked.phone or me.phone or None,
            postal=asked.postal or tuple((me.postal or me.signature).splitlines()),
            signature=asked.signature or me.signature or None,
        )

    def _prepare(self, case: Case, brief: Brief, asked: Asked, *, made: bool = False) -> Answer:
        from taktvoll.write import missing_facts

        refused = self._refusal(brief)
        letter_channel = Channel.PAPER if refused else Channel.MAIL
        if missing := missing_facts(brief, letter_channel):
            raise MissingFacts(missing)
        letter = self._write(case, brief, letter_channel, asked.variant)
        if asked.signature and not refused:
            letter = replace(letter, text=f"{letter.text.rstrip()}\n{asked.signature}")
        phone = self._write(case, brief, Channel.PHONE, asked.variant)
        short = None if refused else self._write(case, brief, Channel.SHORT, asked.variant)
        return self._assembled(case, brief, letter, phone, short, made=made)

    def _refusal(self, brief: Brief) -> str | None:
        from taktvoll.decide.duties import refusal

        law = brief.invitation.country or brief.voice.country
        return refusal(brief.decision.duties, brief.decision.intent, law)

    def _assembled(
        self,
        case: Case,
        brief: Brief,
        letter: Draft,
        phone: Draft,
        short: Draft | None,
        *,
        made: bool = False,
    ) -> Answer:
        """The answer around texts that are written."""
        from taktvoll.decide.channel import channel
        from taktvoll.decide.duties import consequences
        from taktvoll.follow.plan import next_steps
        from taktvoll.send.itip import CalendarAnswer, NoAnswer, calendar_answer
        from taktvoll.send.letter import compose, recipients, subject_line
        from taktvoll.send.paper import letter_pdf

        refused = self._refusal(brief)
        advice = channel(brief.invitation, brief.decision, brief.now)
        if not refused:
            letter = replace(letter, subject=subject_line(brief, letter))
        calendar: CalendarAnswer | NoAnswer = (
            NoAnswer(reason="refused") if refused else calendar_answer(brief)
        )
        answered = calendar if isinstance(calendar, CalendarAnswer) else None
        law = brief.invitation.country or brief.voice.country
        return Answer(
            case=case,
            brief=brief,
            advice=advice,
            letter=letter,
            phone=phone,
            short=short,
            findings=self._findings(brief, letter),
            message=compose(brief, letter, answered) if made and not refused else None,
            paper=letter_pdf(brief, letter) if made and refused else None,
            calendar=calendar,
            recipients=() if refused else recipients(brief, answered),
            plan=next_steps(brief, advice, calendar_answered=answered is not None),
            notes=consequences(brief.decision, law, brief.now),
            refusal=refused,
        )

    def _write(self, case: Case, brief: Brief, channel: Channel, variant: int) -> Draft:
        from taktvoll.write import write

        keep = None
        if not variant and (case.decision, case.voice) == (brief.decision, brief.voice):
            # the same question again: the same letter, whatever the content has learned since
            written = case.draft(channel)
            keep = written.parts if written else None
        return write(
            brief, channel, seed=str(case.seed), variant=variant, keep=keep, overlay=self.overlay
        )

    def _findings(self, brief: Brief, letter: Draft) -> tuple[Finding, ...]:
        from taktvoll.check import known_from

        return tuple(self.check(letter.text, known_from(brief, letter.channel)))

    def _keep(self, stored: Case | None, answer: Answer, variant: int) -> Case:
        from taktvoll.case import Event, EventKind, arrival

        now, brief = answer.brief.now, answer.brief
        case = stored or answer.case
        if stored is None:
            self.store().add(case)
        elif (event := arrival(case, brief.invitation, now)) is not None:
            case = self._happened(case, event)
        decided = Event(kind=EventKind.DECIDED, at=now, decision=brief.decision, voice=brief.voice)
        written = Event(
            kind=EventKind.WRITTEN,
            at=now,
            data={"variant": str(variant)} if variant else {},
            drafts=answer.drafts,
            channel=answer.advice.first,
        )
        return self._happened(self._happened(case, decided), written)

    def revise(self, case_id: str, text: str, *, version: int | None = None) -> Answer:
        """The letter of a case in the person's own wording, checked and kept.

        Whoever goes on writing has not sent it. Raises ``WrongUse("nothing_written")``.
        """
        from taktvoll.case import CaseState, Event, EventKind

        case = self._at(case_id, version)
        answer = self.answered(case)
        if answer is None:
            raise WrongUse("nothing_written")
        now = answer.brief.now
        if case.state is CaseState.HANDED_OVER:
            case = self._happened(case, Event(kind=EventKind.NOT_SENT, at=now))
        revised = self._assembled(
            case, answer.brief, replace(answer.letter, text=text), answer.phone, answer.short
        )
        event = Event(
            kind=EventKind.WRITTEN,
            at=now,
            drafts=revised.drafts,
            channel=case.channel,
        )
        return replace(revised, case=self._happened(case, event))

    def _happened(self, case: Case, event: Event) -> Case:
        from taktvoll.agenda import follow_on

        after, event = follow_on(case, event)
        self.store().save(after, event)
        return after

    # --- check ----------------------------------------------------------------------------------

    def check(self, text: str, known: Known) -> list[Finding]:
        """What should be changed in ``text``."""
        from taktvoll.check import check

        return check(text, known, cache=self.cache, overlay=self.overlay)

    def read_over(self, case: Case, text: str, now: datetime | None = None) -> list[Finding]:
        """What should be changed in ``text`` as the letter of ``case``."""
        from taktvoll.case import brief_of
        from taktvoll.check import known_from, known_of

        brief = brief_of(case, now or self.clock.now())
        if brief is None:
            return self.check(text, known_of(case.invitation))
        paper = any(draft.channel is Channel.PAPER for draft in case.drafts)
        return self.check(text, known_from(brief, Channel.PAPER if paper else Channel.MAIL))

    def known_against(self, known: Known, invitation: Invitation) -> Known:
        """``known``, completed by what ``invitation`` says."""
        from taktvoll.check import known_of

        invited = known_of(invitation)
        return replace(
            invited,
            language=known.language,
            intent=known.intent,
            country=known.country or invited.country,
            formality=known.formality or invited.formality,
            channel=known.channel,
            name=known.name or invited.name,
            now=known.now,
        )

    def fixed(self, text: str, findings: Sequence[Finding]) -> str:
        """``text`` with the safe mends of ``findings``."""
        from taktvoll.check import apply_fixes

        return apply_fixes(text, findings)

    # --- the cases ------------------------------------------------------------------------------

    def cases(self, limit: int = 50) -> Sequence[Case]:
        """The open cases, the most pressing first."""
        from taktvoll.case import OPEN_STATES

        return self.store().list(OPEN_STATES, limit=limit)

    def case(self, case_id: str) -> Case:
        """One case. Raises WrongUse("no_such_case")."""
        found = self.store().get(case_id)
        if found is None:
            raise WrongUse("no_such_case", case=case_id[:40])
        return found

    def _at(self, case_id: str, version: int | None) -> Case:
        """The case as the person saw it.

        Where it has changed since ``version``, as in another window, raises
        ``WrongUse("case_changed_meanwhile")``.
        """
        from taktvoll.case import EventKind

        case = self.case(case_id)
        if version is None or version == case.version:
            return case
        since = self.timeline(case_id)[version - case.version :] if version < case.version else ()
        if not since or any(e.kind is not EventKind.REMINDED for e in since):
            raise WrongUse("case_changed_meanwhile")
        return case  # only the clock has spoken up

    def pressing(self, now: datetime, limit: int = 20) -> Sequence[Case]:
        """The open cases that want something soonest: to be asked after, or to be said in time.

        What begins soon and is not said yet stands among what is due; then those changed last.
        """
        from taktvoll.case import OPEN_STATES, UNSAID_STATES
        from taktvoll.times import begins

        store = self.store()
        due = store.list(OPEN_STATES, limit=limit)
        near = store.beginning(UNSAID_STATES, now - _JUST_PAST, limit=limit)
        found = {case.id: case for case in (*due, *near)}

        def when(case: Case) -> datetime:
            start = begins(case.invitation) if case.state in UNSAID_STATES else None
            moments = [moment for moment in (case.due_at, start) if moment]
            return min(moments, default=_NEVER)

        return sorted(found.values(), key=when)[:limit]

    def page(self, states: Collection[CaseState], limit: int, offset: int) -> Sequence[Case]:
        """The cases in ``states``, those due soonest first."""
        return self.store().list(states, limit=limit, offset=offset)

    def timeline(self, case_id: str) -> Sequence[Event]:
        """What happened to a case, oldest first."""
        return self.store().events(case_id)

    def note(self, case_id: str, event: Event, *, version: int | None = None) -> Case:
        """Record what the person says or did: handed over, sent, spoken to somebody."""
        return self.post.happened(self._at(case_id, version), event)

    def findings(self, case: Case, *, nudge: bool = False) -> tuple[Finding, ...]:
        """What should be changed in the letter of ``case``, or in its nudge, as of now."""
        if nudge:
            from taktvoll.nudge import nudge_brief

            return self._findings(nudge_brief(case, self.clock.now()), self.post.nudge(case))
        letter = next(iter(case.drafts), None)
        return () if letter is None else tuple(self.read_over(case, letter.text, self.clock.now()))

    def send(
        self,
        case_id: str,
        *,
        version: int | None = None,
        as_draft: bool = False,
        despite: Sequence[str] = (),
    ) -> Case:
        """The person's yes: the letter is held, and leaves after that. See ``Post.approve``."""
        case = self._at(case_id, version)
        return self.post.approve(case, as_draft=as_draft, despite=despite)

    def nudge(self, case_id: str, *, version: int | None = None) -> Case:
        """The person's yes to asking whether the letter has arrived. See ``Post.nudge``."""
        return self.post.approve_nudge(self._at(case_id, version))

    def undo(self, case_id: str) -> Case:
        """Take back what has not left. Raises ``WrongUse("too_late_to_undo")``."""
        return self.post.undo(self.case(case_id))

    @property
    def post(self) -> Post:
        """What has to do with the outside: sending, following, accounts."""
        assert self.sending is not None
        return self.sending()

    def delete(self, case_id: str) -> None:
        """Forget a case wholly, with its alarms. Raises WrongUse("no_such_case")."""
        case = self.case(case_id)
        if self.sending is not None and self.store().acts(case.id):
            self.post.silence(case)
        self.store().delete(case.id)

    # --- the person -----------------------------------------------------------------------------

    def me(self) -> Me:
        """What the person said once about themselves."""
        kept = self.store().setting("me")
        known = kept if isinstance(kept, dict) else {}
        return Me(**{n: str(known[n]) for n in Me.__dataclass_fields__ if n in known})

    def set_me(self, me: Me) -> None:
        """Keep what the person says about themselves."""
        from dataclasses import asdict

        self.store().set_setting("me", asdict(me))

    def forget_everything(self) -> None:
        """Forget every case and every setting, wholly."""
        self.store().clear()


# Whoever was not there an hour ago still has something to say today.
_JUST_PAST = timedelta(days=1)

_NEVER = datetime.max.replace(tzinfo=UTC)


def make_brief(invitation: Invitation, asked: Asked, now: datetime) -> Brief:
    """Join the invitation with what the person asked for; theirs outweighs what was read."""
    language = asked.language or invitation.language
    employers = asked.country or invitation.country
    country = _customs(language, employers, invitation.timezone)
    if language is Language.EN:
        formality = Formality.NEUTRAL
    else:
        formality = asked.formality or invitation.formality
        if formality is Formality.NEUTRAL:
            formality = Formality.SIE
    address = asked.address or invitation.attendee.email
    own_name = invitation.attendee.name if address == invitation.attendee.email else None
    sender = Sender(
        name=asked.name or own_name or "", email=address, phone=asked.phone, postal=asked.postal
    )
    return Brief(
        invitation=invitation,
        decision=asked.decision,
        voice=Voice(sender=sender, language=language, country=country, formality=formality),
        now=now,
    )


def _refuse_unknown_zone(invitation: Invitation) -> None:
    """Without the zone nobody can say how much time is left: ask for it, never guess."""
    for doubt in invitation.doubts:
        if doubt.code is DoubtCode.UNKNOWN_TIMEZONE and "unresolved" in doubt.detail:
            raise WrongUse("unknown_zone_in_calendar", timezone=doubt.detail["unresolved"])


_COUNTRIES = {
    Language.DE: (Country.DE, Country.AT, Country.CH),
    Language.EN: (Country.GB, Country.US, Country.IE),
}
_COUNTRY_OF_ZONE = {
    "Europe/Vienna": Country.AT,
    "Europe/Zurich": Country.CH,
    "Europe/Dublin": Country.IE,
}


def _customs(language: Language, employers: Country | None, timezone: str | None) -> Country:
    """Whose customs a letter in ``language`` follows.

    The employer's, where that is a country of the language: an English letter to a firm in Berlin
    is written as in Britain.
    """
    possible = _COUNTRIES[language]
    if employers in possible:
        return employers
    if language is Language.EN and (timezone or "").startswith("America/"):
        return Country.US
    by_zone = _COUNTRY_OF_ZONE.get(timezone or "")
    return by_zone if by_zone in possible else possible[0]


def _same_message(known: Invitation, arrived: Invitation) -> bool:
    """Whether ``arrived`` is the very message that ``known`` was read from."""
    body = arrived.texts.get("body") or arrived.texts.get("calendar")
    return body is not None and body in known.texts.values()
