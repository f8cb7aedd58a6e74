"""The lines of ``taktvoll check --jsonl``: what comes in, and what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from taktvoll.errors import WrongUse
from taktvoll.language.addressee import parse_addressee
from taktvoll.model import (
    Channel,
    Country,
    Finding,
    Formality,
    Gender,
    Intent,
    Known,
    Language,
    Slot,
)


def known_from_line(line: Mapping[str, Any]) -> tuple[Known, str]:
    """What a line says is known, and its text. What is missing stays None.

    Raises WrongUse (``check_line``) where a field has a value that it cannot have.
    """
    text = line.get("text")
    context = {} if line.get("context") is None else line["context"]
    if not isinstance(text, str) or not isinstance(context, Mapping):
        raise WrongUse("check_line", field="text" if not isinstance(text, str) else "context")
    zone = context.get("timezone")
    known = Known(
        language=_one_of(Language, line, "lang"),
        intent=_one_of(Intent, line, "intent"),
        country=_one_of(Country, line, "country"),
        formality=_one_of(Formality, line, "formality"),
        channel=_one_of(Channel, line, "channel") or Channel.MAIL,
        name=_text(context, "name"),
        company=_text(context, "company"),
        contact=parse_addressee(
            _text(context, "contact") or "", _one_of(Gender, context, "gender")
        ),
        position=_text(context, "position"),
        location=_text(context, "location"),
        start=_moment(context, "start"),
        timezone=zone if isinstance(zone, str) else None,
        slots=tuple(_slots(context)),
        eta=_moment(context, "eta"),
        now=_moment(context, "now"),
    )
    return known, text


def finding_out(finding: Finding) -> dict[str, Any]:
    """The JSON object of a finding; offsets are code points, null for the whole text."""
    return {
        "category": finding.category.value,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "message": finding.message,
        "fix": finding.fix,
    }


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise WrongUse("check_line", field=key)
    return value


def _one_of(kind: Any, table: Mapping[str, Any], key: str) -> Any:
    value = table.get(key)
    if value is None or value == "":
        return None
    try:
        return kind(value)
    except ValueError as error:
        raise WrongUse("check_line", field=key) from error


def _moment(table: Mapping[str, Any], key: str) -> datetime | None:
    value = table.get(key)
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WrongUse("check_line", field=key) from error


def _slots(context: Mapping[str, Any]) -> list[Slot]:
    found: list[Slot] = []
    for slot in context.get("slots") or ():
        table = slot if isinstance(slot, Mapping) else {"start": slot}
        start = _moment(table, "start")
        if start:
            found.append(Slot(start=start, end=_moment(table, "end")))
    return found
