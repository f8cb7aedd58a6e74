"""``taktvoll cases | show | decide | delete``: the cases, and the calm minute before the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from taktvoll.case import Case
from taktvoll.cli.inputs import invitation_of, note_doubts
from taktvoll.cli.screen import Screen
from taktvoll.decide.duties import Question, duties_first
from taktvoll.decide.options import Advice, Answers
from taktvoll.desk import Desk
from taktvoll.errors import WrongUse
from taktvoll.in_words import appointment_text, short_text
from taktvoll.model import Option, Reason, Sureness
from taktvoll.records import advice_record, case_record

_E = TypeVar("_E", bound=StrEnum)


def cases(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """The open cases, one a line."""
    found = desk.cases()
    if arguments.json:
        for case in found:
            screen.json(case_record(case, screen.language))
        return 0
    if not found:
        screen.note(screen.say("cli.no_cases"))
    for case in found:
        screen.out(f"{case.id}  {_title(case, screen)}")
    return 0


def show(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """One case: what it is about, the letter, and what has happened."""
    case = desk.case(arguments.case)
    if arguments.json:
        screen.json(case_record(case, screen.language))
        return 0
    screen.out(_title(case, screen))
    if case.drafts:
        letter = case.drafts[0]
        screen.heading("cli.letter")
        if letter.subject:
            screen.out(screen.say("cli.subject", subject=letter.subject))
            screen.out()
        screen.out(letter.text)
    screen.heading("cli.timeline")
    for event in desk.timeline(case.id):
        when = short_text(event.at, screen.language)
        screen.out(f"{when}  {screen.say(f'case.event.{event.kind}')}")
    return 0


def decide(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """The three guidelines as a short dialogue: what you can do, and what we would do."""
    now = arguments.now or desk.clock.now()
    invitation = invitation_of(arguments, desk, screen, arguments.case, now)
    note_doubts(invitation, screen)
    answers = _answers(arguments, screen)
    advice = desk.options(invitation, answers, now)
    if arguments.json:
        screen.json(advice_record(advice, screen.language))
        return 0
    _print_advice(advice, screen)
    chosen = _choose(advice, screen) if screen.can_ask() else advice.recommended
    if chosen is Option.GO_AND_FIND_OUT:
        screen.out()
        screen.out(desk.preparation(invitation, answers.reason, now, screen.language))
    intent = desk.intent(chosen, invitation, now)
    if intent is None:
        return 0
    command = f"taktvoll answer {arguments.case} --intent {intent}"
    if answers.reason is not Reason.NONE:
        command += f" --reason {answers.reason}"
    go_on = screen.say("cli.decide.how", command=command)
    # with hours left, the message comes first and the duties right after
    if duties_first(advice.time_left):
        _print_questions(desk.questions(invitation, intent), screen)
        screen.out()
        screen.out(go_on)
    else:
        screen.out()
        screen.out(go_on)
        _print_questions(desk.questions(invitation, intent), screen)
    return 0


def _answers(arguments: Namespace, screen: Screen) -> Answers:
    sureness, reason = Sureness.UNSURE, arguments.reason or Reason.NONE
    if arguments.sure is not None:
        try:
            sureness = Sureness(arguments.sure)
        except ValueError:
            raise WrongUse(
                "not_sure_word", word=arguments.sure[:40], words=", ".join(Sureness)
            ) from None
    elif screen.can_ask():
        sureness = _pick(list(Sureness), "sure", "cli.decide.sure", screen) or Sureness.UNSURE
        if arguments.reason is None:
            reason = _pick(list(Reason), "reason", "cli.decide.reason", screen) or Reason.NONE
    return Answers(
        sureness=sureness,
        reason=reason,
        afraid=arguments.afraid,
        confirmed=arguments.confirmed or None,
        moved_by_employer=arguments.moved_by_employer,
        moved_by_person=arguments.moved_by_me,
        duties=dict(arguments.duty),
    )


def _pick(words: Sequence[_E], area: str, question: str, screen: Screen) -> _E | None:
    """Ask for one of ``words`` by its number; nothing typed is None."""
    for number, word in enumerate(words, 1):
        screen.note(f"{number:3}  {screen.say(f'{area}.{word}')}")
    while True:
        typed = screen.ask(screen.say(question))
        if not typed:
            return None
        if typed.isdecimal() and 1 <= int(typed) <= len(words):
            return words[int(typed) - 1]
        screen.note(screen.say("error.no_choice", count=len(words)))


def _print_advice(advice: Advice, screen: Screen) -> None:
    screen.out(screen.say("cli.recommended", option=screen.say(f"option.{advice.recommended}")))
    screen.heading("cli.options")
    for number, choice in enumerate(advice.choices, 1):
        screen.out(f"{number}. {screen.say(f'option.{choice.option}')}")
        for why in choice.why:
            screen.item(screen.say(why.key, **why.values), mark="  ")
    for note in advice.notes:
        screen.out()
        screen.item(screen.say(note.key, **note.values), mark="•")


def _print_questions(questions: Sequence[Question], screen: Screen) -> None:
    for question in questions:
        screen.out()
        screen.item(screen.say(question.key), mark="?")
        for duty in (question, *question.follow_ups):
            if duty.duty:
                screen.out(f"  → --duty {duty.duty}=yes")


def _choose(advice: Advice, screen: Screen) -> Option:
    while True:
        typed = screen.ask(screen.say("cli.decide.choice"))
        if not typed:
            return advice.recommended
        if typed.isdecimal() and 1 <= int(typed) <= len(advice.choices):
            return advice.choices[int(typed) - 1].option
        screen.note(screen.say("error.no_choice", count=len(advice.choices)))


def delete(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Forget a case wholly."""
    desk.delete(arguments.case)
    screen.out(screen.say("cli.deleted", case=arguments.case))
    return 0


def _title(case: Case, screen: Screen) -> str:
    invitation = case.invitation
    parts = (
        appointment_text(invitation, screen.language),
        invitation.company,
        invitation.position,
        screen.say(f"case.state.{case.state}"),
    )
    return " · ".join(part for part in parts if part)
