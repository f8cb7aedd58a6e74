"""The step *read* on the page: facts, their places in the original, and room to change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from taktvoll.messages import say
from taktvoll.model import Country, InterviewFormat, Invitation, Language
from taktvoll.read.typed import TYPED
from taktvoll.web import views
from taktvoll.web.marks import Piece, Place, pieces

_SHOWN = 30_000  # characters of the original on the page; a letter has two thousand


@dataclass(frozen=True, slots=True)
class Row:
    """One fact to look at and to change.

    ``found`` is where it stands in the original (the name of a mark), ``quote`` the words there;
    ``typed`` whether the person typed it, ``calendar`` whether only the calendar part says it.
    """

    name: str
    label: str
    value: str
    kind: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    hint: str | None = None
    found: str | None = None
    quote: str | None = None
    typed: bool = False
    calendar: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The message as text, its evidence marked. ``cut`` says that it goes on."""

    name: str
    pieces: Sequence[Piece]
    cut: bool


def rows(invitation: Invitation, language: Language) -> list[Row]:
    """Every fact of the form, known or not, with where it was read."""
    shown = {
        mark for original in originals(invitation) for p in original.pieces for mark in p.names
    }
    values = views.fields(invitation)
    found = []
    for name, kind in _KINDS.items():
        label = say(_LABELS.get(name, f"fact.{name}"), language)
        fact = _EVIDENCE.get(name, name)
        evidence = invitation.evidence.get(fact)
        typed = evidence is not None and evidence.text == TYPED
        placed = evidence is not None and not typed and fact in shown
        found.append(
            Row(
                name=name,
                label=label,
                value=values[name],
                kind=kind,
                choices=list(_choices(name, language)),
                hint=say(_HINTS[name], language) if name in _HINTS else None,
                found=fact if placed else None,
                quote=evidence.quote if evidence is not None and placed else None,
                typed=typed,
                calendar=bool(
                    name in _FROM_CALENDAR and values[name] and evidence is None
                    and invitation.calendar
                ),
                url=views.link(values[name]) if kind == "url" else None,
            )
        )  # fmt: skip
    return found


def originals(invitation: Invitation) -> list[Original]:
    """The texts of the message, the letter first; what the person typed is none of them."""
    names = [n for n in ("body", "calendar", "subject") if n in invitation.texts]
    names += [n for n in invitation.texts if n not in (*names, TYPED)]
    found, left = [], _SHOWN
    for name in names:
        text = invitation.texts[name]
        if not text.strip() or left <= 0:
            continue
        part = text[:left]
        places = [
            Place(fact, e.start, min(e.end, len(part)))
            for fact, e in invitation.evidence.items()
            if e.text == name
        ]
        found.append(Original(name, pieces(part, places), len(part) < len(text)))
        left -= len(part)
    return found


def _choices(name: str, language: Language) -> Iterator[tuple[str, str]]:
    if name == "country":
        yield from ((each.value, say(f"web.country.{each}", language)) for each in Country)
    elif name == "format":
        yield from ((each.value, say(f"format.{each}", language)) for each in InterviewFormat)


_KINDS: Mapping[str, str] = {
    "day": "date",
    "hour": "time",
    "company": "text",
    "position": "text",
    "reference": "text",
    "contact": "text",
    "email": "email",
    "phone": "tel",
    "format": "choice",
    "location": "text",
    "meeting_url": "url",
    "booking_url": "url",
    "country": "choice",
    "timezone": "text",
}
_LABELS = {
    "day": "web.fact.day",
    "hour": "web.fact.hour",
    "email": "web.fact.email",
    "phone": "web.fact.phone",
    "country": "web.fact.country",
}
_HINTS = {
    "contact": "web.fact.contact_hint",
    "hour": "web.fact.hour_hint",
    "timezone": "web.fact.timezone_hint",
}
_EVIDENCE = {
    "day": "start",
    "hour": "start",
    "contact": "contact.name",
    "email": "contact.email",
    "phone": "contact.phone",
}
_FROM_CALENDAR = frozenset({"day", "hour", "timezone", "meeting_url"})
