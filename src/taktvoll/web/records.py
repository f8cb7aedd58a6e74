"""The JSON that ``/api/v1`` hands out, typed: the OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from taktvoll.case import Case
from taktvoll.desk import Desk
from taktvoll.messages import say
from taktvoll.model import Language
from taktvoll.read.record import to_json
from taktvoll.records import case_record, next_record
from taktvoll.web import steps
from taktvoll.web.asking import Ask


class DraftOut(TypedDict):
    """A text for one channel."""

    channel: str
    subject: str | None
    text: str


class CaseLine(TypedDict):
    """A case in a list."""

    id: str
    state: str
    state_text: str
    company: str | None
    position: str | None
    start: str | None
    timezone: str | None
    intent: str | None
    channel: str | None
    due: str | None
    drafts: list[DraftOut]
    version: int


class FindingOut(TypedDict):
    """One thing that should be changed; ``mended`` is the whole text after a safe mend."""

    category: str
    rule: str
    severity: str
    start: int | None
    end: int | None
    quote: str | None
    message: str
    fix: str | None
    mended: str | None


class CaseOut(CaseLine):
    """A case with all that belongs to it. ``facts``, ``next`` as docs/json.md describes them."""

    facts: dict[str, Any]
    findings: list[FindingOut]
    next: dict[str, Any] | None
    timeline: list[dict[str, str]]


class Findings(TypedDict):
    """What the check says."""

    findings: list[FindingOut]


class Deleted(TypedDict):
    """The id of what is gone."""

    deleted: str


class TakenIn(TypedDict):
    """What an import brought."""

    new: int
    known: int


class TemplateOut(TypedDict):
    """One kind of letter."""

    intent: str
    name: str
    when: str
    when_not: str
    template: str
    subject: str | None
    example: str


class ArticleOut(TypedDict):
    """An article of the guide."""

    id: str
    title: str
    date: str
    sources: list[str]
    body: str


class RuleOut(TypedDict):
    """A rule of the check with its examples."""

    id: str
    category: str
    severity: str
    why: str
    wrong: list[str]
    right: list[str]


class OverviewOut(TypedDict):
    """The pictures as numbers: how many cases in each state, hours until an answer."""

    counts: dict[str, int]
    interviews: list[CaseLine]
    usual_wait_hours: float | None


class MeOut(TypedDict):
    """What the person said about themselves."""

    name: str
    phone: str
    address: str
    country: str
    signature: str
    postal: str
    language: str
    look: str


class Problem(TypedDict, total=False):
    """One clear sentence; ``facts`` are what is missing, where something is."""

    code: str
    message: str
    facts: list[str]


def case_line(case: Case, language: Language) -> CaseLine:
    """A case in a list."""
    record: CaseLine = {**case_record(case, language), "version": case.version}  # type: ignore[typeddict-item]
    return record


def case_out(case: Case, desk: Desk, ask: Ask) -> CaseOut | None:
    """A case with all that belongs to it; None for a page, which needs no record."""
    if not ask.api:
        return None

    def words(key: str, **values: str) -> str:
        return say(key, ask.language, **values)

    answer = desk.answered(case, ask.now)
    findings: list[FindingOut] = []
    if answer is not None:
        found = steps.findings_out(answer.letter.text, answer.findings, desk, in_utf16=False)
        findings = found  # type: ignore[assignment]
    return {
        **case_line(case, ask.language),
        "facts": to_json(case.invitation, words),
        "findings": findings,
        "next": next_record(answer, ask.language) if answer else None,
        "timeline": [
            {"at": event.at.isoformat(), "kind": event.kind.value, **event.data}
            for event in desk.timeline(case.id)
        ],
    }
