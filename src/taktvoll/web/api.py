"""What ``/api/v1`` says about itself: the fields that come in, the answers that go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from taktvoll.case import CaseState
from taktvoll.model import (
    Channel,
    Country,
    DoubtCode,
    Duty,
    Formality,
    Intent,
    InterviewFormat,
    Language,
    Reason,
    Situation,
    Tell,
)
from taktvoll.web import forms
from taktvoll.web.cases import DOORS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "maxLength": 1000}
_LONG: Schema = {"type": "string", "maxLength": 6_000_000}
_YES: Schema = {"type": "boolean"}
_VERSION: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def _one_of(kind: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [each.value for each in kind]}


_FACTS: Mapping[str, Schema] = {
    **dict.fromkeys(forms.FACTS, _TEXT),
    "day": {"type": "string", "format": "date"},
    "hour": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "timezone": {"type": "string", "description": "IANA", "maxLength": 60},
    "country": _one_of(Country),
    "format": _one_of(InterviewFormat),
}

_DECISION: Mapping[str, Schema] = {
    "intent": _one_of(Intent),
    "reason": _one_of(Reason),
    "tell": _one_of(Tell),
    **{name: {"type": "string", "description": "ISO 8601"} for name in forms.SLOTS},
    "about": _TEXT,
    "eta": {"type": "string", "description": "ISO 8601, or an hour of that day"},
    "until": {"type": "string", "format": "date"},
    "earlier": {"type": "string", "format": "date"},
    "wish": _one_of(InterviewFormat),
    "sentence": _TEXT,
    **{f"duty_{duty}": {"type": "string", "enum": ["yes", "no", "unknown"]} for duty in Duty},
    **{f"situation_{each}": _TEXT for each in Situation},
    "name": _TEXT,
    "address": _TEXT,
    "own_phone": _TEXT,
    "language": _one_of(Language),
    "letter_country": _one_of(Country),
    "formality": _one_of(Formality),
}

BODIES: Mapping[str, tuple[Mapping[str, Schema], Sequence[str]]] = {
    "receive": (
        {
            "text": _LONG,
            "example": _YES,
            "door": {"type": "string", "enum": list(DOORS)},
            "letter_language": _one_of(Language),
            **_FACTS,
            **_DECISION,
        },
        (),
    ),
    "correct": ({"version": _VERSION, "settle": _one_of(DoubtCode), **_FACTS}, ()),
    "answer": ({"version": _VERSION, **_DECISION}, ("intent",)),
    "letter": (
        {"version": _VERSION, "text": _LONG, "mend": _TEXT, "reword": _YES},
        (),
    ),
    "happened": (
        {
            "version": _VERSION,
            "kind": {
                "type": "string",
                "enum": [
                    "handed_over",
                    "confirmed_by_person",
                    "spoken",
                    "not_sent",
                    "acknowledged",
                    "closed",
                    "reopened",
                ],
            },
            "channel": _one_of(Channel),
            "whom": _TEXT,
            "keep": _YES,
        },
        ("kind",),
    ),
    "send": (
        {
            "version": _VERSION,
            "way": {"type": "string", "enum": ["send", "draft"]},
            "keep": _YES,
        },
        (),
    ),
    "nudge": ({"version": _VERSION}, ()),
    "undo": ({}, ()),
    "check": (
        {
            "text": _LONG,
            "case": {"type": "string", "maxLength": 40},
            "units": {"type": "string", "enum": ["code_points", "utf16"]},
            "lang": _one_of(Language),
            "intent": _one_of(Intent),
            "country": _one_of(Country),
            "formality": _one_of(Formality),
            "channel": _one_of(Channel),
            "name": _TEXT,
            "company": _TEXT,
            "contact": _TEXT,
            "position": _TEXT,
            "start": {"type": "string", "format": "date-time"},
            "timezone": _TEXT,
        },
        ("text",),
    ),
    "take_in": ({"document": _LONG}, ("document",)),
    "set": (
        {
            "name": _TEXT,
            "phone": _TEXT,
            "address": _TEXT,
            "country": _one_of(Country),
            "signature": _TEXT,
            "postal": _TEXT,
            "language": _one_of(Language),
            "look": {"type": "string", "enum": ["light", "dark"]},
        },
        (),
    ),
}

QUERIES: Mapping[str, Mapping[str, Schema]] = {
    "list": {
        "state": _one_of(CaseState),
        "page": {"type": "integer", "minimum": 1, "maximum": 99_999},
    },
    "templates": {"intent": _one_of(Intent)},
    "rules": {"category": {"type": "string"}},
}


def described(name: str, path: str, query: Mapping[str, Schema]) -> dict[str, Any]:
    """What FastAPI cannot know of a handler: parameters and body."""
    in_path = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    extra: dict[str, Any] = {
        "parameters": [
            *(_parameter(each, "path", {"type": "string", "minLength": 1}) for each in in_path),
            *(_parameter(each, "query", schema) for each, schema in query.items()),
        ]
    }
    if name in BODIES:
        properties, required = BODIES[name]
        schema = {
            "type": "object",
            "properties": dict(properties),
            "required": list(required),
        }
        extra["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return extra


def _parameter(name: str, where: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}
