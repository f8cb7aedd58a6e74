"""The use cases, one function each: what a face can ask for.

The desk joins the pure steps with the store and the clock. A use case first computes everything
and then stores it, so that nothing is half done when a fact is missing or a disk is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
    Option,
    Reason,
    Sender,
    Voice,
)

# A step is imported where it is used: a cold check should not wait for the reader's patterns.
if TYPE_CHECKING:
    from taktvoll.case import Case, Event
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
    language: Language | None = None
    country: Country | None = None
    formality: Formality | None = None
    variant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that one answer consists of.

    ``letter`` is the mail; where ``refusal`` names what forbids a mail, it is the letter on paper
    and ``message`` is None. ``recipients`` are shown before anything leaves.
    """

    case: Case
    brief: Brief
    advice: ChannelAdvice
    letter: Draft
    phone: Draft
    short: Draft | None
    findings: tuple[Finding, ...]
    message: bytes | None
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

    # --- decide ---------------------------------------------------------------------------------

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
        brief = make_brief(invitation, asked, now)
        _refuse_unknown_zone(invitation)
        sender = brief.voice.sender
        case_id, seed = identity(invitation, sender.email or "", sender.name)
        stored = self._stored(invitation) or self.store().get(case_id)
        case = stored or open_case(case_id, invitation, seed=seed, at=now)
        answer = self._prepare(case, brief, asked.variant)
        return replace(answer, case=self._keep(stored, answer))

    def _stored(self, invitation: Invitation) -> Case | None:
        ids = [*invitation.thread.references, invitation.thread.message_id]
        return self.store().find(invitation.uid, [each for each in ids if each])

    def _prepare(self, case: Case, brief: Brief, variant: int) -> Answer:
        from taktvoll.decide.channel import channel
        from taktvoll.decide.duties import consequences, refusal
        from taktvoll.follow.plan import next_steps
        from taktvoll.send.itip import CalendarAnswer, NoAnswer, calendar_answer
        from taktvoll.send.letter import compose, recipients, subject_line
        from taktvoll.write import missing_facts

        decision, invitation = brief.decision, brief.invitation
        law = invitation.country or brief.voice.country
        refused = refusal(decision.duties, decision.intent, law)
        letter_channel = Channel.PAPER if refused else Channel.MAIL
        if missing := missing_facts(brief, letter_channel):
            raise MissingFacts(missing)
        advice = channel(invitation, decision, brief.now)
        letter = self._write(case, brief, letter_channel, variant)
        if not refused:
            letter = replace(letter, subject=subject_line(brief, letter))
        calendar: CalendarAnswer | NoAnswer = (
            NoAnswer(reason="refused") if refused else calendar_answer(brief)
        )
        answered = calendar if isinstance(calendar, CalendarAnswer) else None
        return Answer(
            case=case,
            brief=brief,
            advice=advice,
            letter=letter,
            phone=self._write(case, brief, Channel.PHONE, variant),
            short=None if refused else self._write(case, brief, Channel.SHORT, variant),
            findings=self._findings(brief, letter),
            message=None if refused else compose(brief, letter, answered),
            calendar=calendar,
            recipients=() if refused else recipients(brief, answered),
            plan=next_steps(brief, advice, calendar_answered=answered is not None),
            notes=consequences(decision, law, brief.now),
            refusal=refused,
        )

    def _write(self, case: Case, brief: Brief, channel: Channel, variant: int) -> Draft:
        from taktvoll.write import write

        keep = None
        if not variant and (case.decision, case.voice) == (brief.decision, brief.voice):
            # the same question again: the same letter, whatever the content has learned since
            keep = next((draft.parts for draft in case.drafts if draft.channel is channel), None)
        return write(
            brief, channel, seed=str(case.seed), variant=variant, keep=keep, overlay=self.overlay
        )

    def _findings(self, brief: Brief, letter: Draft) -> tuple[Finding, ...]:
        from taktvoll.check import known_from

        return tuple(self.check(letter.text, known_from(brief, letter.channel)))

    def _keep(self, stored: Case | None, answer: Answer) -> Case:
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
            drafts=answer.drafts,
            channel=answer.advice.first,
        )
        return self._happened(self._happened(case, decided), written)

    def revise(self, answer: Answer, text: str) -> Answer:
        """``answer`` with the person's own wording of the letter, checked, composed and kept."""
        from taktvoll.case import Event, EventKind, possible
        from taktvoll.send.itip import CalendarAnswer
        from taktvoll.send.letter import compose

        letter = replace(answer.letter, text=text)
        calendar = answer.calendar if isinstance(answer.calendar, CalendarAnswer) else None
        revised = replace(
            answer,
            letter=letter,
            findings=self._findings(answer.brief, letter),
            message=None if answer.refusal else compose(answer.brief, letter, calendar),
        )
        case = self.case(answer.case.id)
        if EventKind.WRITTEN in possible(case):  # what is handed over stays as it was
            event = Event(
                kind=EventKind.WRITTEN,
                at=self.clock.now(),
                drafts=revised.drafts,
                channel=case.channel,
            )
            case = self._happened(case, event)
        return replace(revised, case=case)

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

    def timeline(self, case_id: str) -> Sequence[Event]:
        """What happened to a case, oldest first."""
        return self.store().events(case_id)

    def note(self, case_id: str, event: Event) -> Case:
        """Record what the person says or did: handed over, sent, spoken to somebody."""
        return self.post.happened(self.case(case_id), event)

    def findings(self, case: Case) -> tuple[Finding, ...]:
        """What should be changed in the letter of ``case``, as of now."""
        letter = next(iter(case.drafts), None)
        if letter is None or case.decision is None or case.voice is None:
            return ()
        brief = Brief(
            invitation=case.invitation,
            decision=case.decision,
            voice=case.voice,
            now=self.clock.now(),
        )
        return self._findings(brief, letter)

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
    sender = Sender(name=asked.name or own_name or "", email=address, phone=asked.phone)
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
