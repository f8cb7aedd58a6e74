"""``taktvoll answer``: the main job in one command."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from taktvoll.cli.inputs import invitation_of, note_doubts, typed_facts
from taktvoll.cli.screen import Screen
from taktvoll.cli.steps import print_findings
from taktvoll.desk import Answer, Asked, Desk
from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.follow.plan import step_text
from taktvoll.model import Decision, Invitation, Moment, Severity, Slot
from taktvoll.read.typed import Facts
from taktvoll.records import FILE_NAMES, answer_files
from taktvoll.send.itip import NoAnswer


def answer(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Write the files of the answer, print the letter and what to do next."""
    now = arguments.now or desk.clock.now()
    invitation = _invitation(arguments, desk, screen, now)
    made = _answer(arguments, desk, screen, invitation, now)
    note_doubts(invitation, screen)
    folder = arguments.out or Path(f"taktvoll-{made.case.id}")
    _write_files(folder, answer_files(made, screen.language))
    _print(made, folder, screen)
    if made.refusal:
        return 2
    return int(_has_errors(made))


def _has_errors(made: Answer) -> bool:
    return any(finding.severity is Severity.ERROR for finding in made.findings)


def _invitation(arguments: Namespace, desk: Desk, screen: Screen, now: datetime) -> Invitation:
    facts = typed_facts(arguments)
    if arguments.file:
        found = invitation_of(arguments, desk, screen, arguments.file, now)
        return desk.corrected(found, facts)
    if facts == Facts():
        raise WrongUse("nothing_to_answer")
    return desk.typed(facts, arguments.lang)


def _answer(
    arguments: Namespace, desk: Desk, screen: Screen, invitation: Invitation, now: datetime
) -> Answer:
    asked = Asked(
        decision=Decision(
            intent=arguments.intent,
            reason=arguments.reason,
            tell=arguments.tell,
            slots=tuple(Slot(start=_aware(start, invitation)) for start in arguments.slot),
            about=arguments.about,
            eta=arguments.eta and _aware(arguments.eta, invitation),
            until=_aware_day(arguments.until, invitation),
            earlier=_aware_day(arguments.earlier, invitation),
            wish=arguments.wish,
            sentence=arguments.sentence,
            duties=dict(arguments.duty),
            situations=dict(arguments.situation),
        ),
        name=arguments.name,
        address=arguments.address,
        phone=arguments.phone,
        postal=arguments.postal,
        language=arguments.lang,
        country=arguments.country,
        formality=arguments.formality,
        variant=arguments.variant,
    )
    try:
        return desk.answer(invitation, asked, now)
    except MissingFacts as missing:
        # ask for what is missing, where somebody sits there; a slot is never left open
        if missing.facts != ("sender_name",) or not screen.can_ask():
            raise WrongUse(
                "missing_facts",
                facts=", ".join(screen.say(f"fact.{fact}") for fact in missing.facts),
            ) from None
        name = screen.ask(screen.say("cli.ask.name"))
        return desk.answer(invitation, replace(asked, name=name), now)


def _aware(typed: datetime, invitation: Invitation) -> datetime:
    """A typed hour without an offset is on the employer's clock, as all hours in the letter."""
    if typed.tzinfo is not None:
        return typed
    if invitation.timezone is None:
        return typed.astimezone()
    return typed.replace(tzinfo=ZoneInfo(invitation.timezone))


def _aware_day(typed: Moment | None, invitation: Invitation) -> Moment | None:
    return typed and replace(typed, at=_aware(typed.at, invitation))


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files or none: first beside their places, then into them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / f".{name}.new").write_bytes(content)
        for name in FILE_NAMES:
            if name in files:
                (folder / f".{name}.new").replace(folder / name)
            else:
                # what an earlier answer left here must not be sent today
                (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise WrongUse(
            "cannot_write", folder=str(folder), problem=error.strerror or str(error)
        ) from error


def _print(made: Answer, folder: Path, screen: Screen) -> None:
    if made.refusal:
        screen.note(screen.say(f"error.{made.refusal}"))
    if made.letter.subject:
        screen.out(screen.say("cli.subject", subject=made.letter.subject))
        screen.out()
    screen.out(made.letter.text)
    print_findings(made.findings, screen)
    if _has_errors(made):
        screen.out()
        screen.out(screen.say("cli.mend_first"))
    screen.heading("cli.next")
    for number, step in enumerate(made.plan.steps, 1):
        screen.item(step_text(step, screen.language, made.plan.country), mark=f"{number}.")
    for note in made.notes:
        screen.out()
        screen.item(screen.say(note.key, **note.values), mark="§")
    if isinstance(made.calendar, NoAnswer) and made.brief.invitation.calendar:
        screen.out()
        screen.item(screen.say(f"send.no_answer.{made.calendar.reason}"))
    if made.message is not None and not made.recipients:
        screen.out()
        screen.item(screen.say("cli.no_recipient"))
    screen.out()
    screen.out(screen.say("cli.written", folder=folder, case=made.case.id))
