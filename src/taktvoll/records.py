"""What the faces hand out: the files of an answer, and the JSON forms of ``docs/json.md``."""

from __future__ import annotations

import json
from typing import Any

from taktvoll.case import Case
from taktvoll.check.lines import finding_out
from taktvoll.decide.options import Advice
from taktvoll.desk import Answer
from taktvoll.follow.plan import plan_json
from taktvoll.messages import say
from taktvoll.model import Language
from taktvoll.send.itip import CalendarAnswer

FILE_NAMES = (
    "message.eml",
    "message.txt",
    "letter.txt",
    "letter.pdf",
    "answer.ics",
    "phone.txt",
    "short.txt",
    "findings.json",
    "next.json",
)


def answer_files(answer: Answer, language: Language) -> dict[str, bytes]:
    """The files that an answer consists of, by name; some of FILE_NAMES."""
    files: dict[str, bytes] = {}
    if answer.message is not None:
        files["message.eml"] = answer.message
        files["message.txt"] = _text(answer.letter.text)
    else:
        files["letter.txt"] = _text(answer.letter.text)
    if answer.paper is not None:
        files["letter.pdf"] = answer.paper
    if isinstance(answer.calendar, CalendarAnswer):
        files["answer.ics"] = answer.calendar.ics
    files["phone.txt"] = _text(answer.phone.text)
    if answer.short is not None:
        files["short.txt"] = _text(answer.short.text)
    files["findings.json"] = _json([finding_out(finding) for finding in answer.findings])
    files["next.json"] = _json(next_record(answer, language))
    return files


def next_record(answer: Answer, language: Language) -> dict[str, Any]:
    """``next.json``: the plan, the case and the calendar answer."""
    notes = [say(note.key, language, **note.values) for note in answer.notes]
    calendar: dict[str, Any]
    if isinstance(answer.calendar, CalendarAnswer):
        calendar = {"method": answer.calendar.method, "partstat": answer.calendar.partstat}
    else:
        calendar = {"none": answer.calendar.reason}
    plan = plan_json(answer.plan, language, recipients=answer.recipients, notes=notes)
    return {"case": answer.case.id, **plan, "calendar": calendar}


def case_record(case: Case, language: Language) -> dict[str, Any]:
    """A case as ``cases --json`` and ``show --json`` print it."""
    invitation = case.invitation
    start = invitation.start and invitation.local(invitation.start)
    return {
        "id": case.id,
        "state": case.state,
        "state_text": say(f"case.state.{case.state}", language),
        "company": invitation.company,
        "position": invitation.position,
        "start": start.isoformat() if start else None,
        "timezone": invitation.timezone,
        "intent": case.decision.intent if case.decision else None,
        "channel": case.channel,
        "due": case.due_at.isoformat() if case.due_at else None,
        "drafts": [
            {"channel": draft.channel, "subject": draft.subject, "text": draft.text}
            for draft in case.drafts
        ],
        "nudge": case.nudge and {"subject": case.nudge.subject, "text": case.nudge.text},
    }


def advice_record(advice: Advice, language: Language) -> dict[str, Any]:
    """The advice as ``decide --json`` prints it."""
    return {
        "recommended": advice.recommended,
        "options": [
            {
                "option": choice.option,
                "why": [say(why.key, language, **why.values) for why in choice.why],
            }
            for choice in advice.choices
        ],
        "notes": [say(note.key, language, **note.values) for note in advice.notes],
        "time_left": advice.time_left and advice.time_left.level,
    }


def _text(text: str) -> bytes:
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
