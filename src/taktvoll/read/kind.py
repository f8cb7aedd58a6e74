"""What a message is to the candidate: an invitation, a change, a refusal, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from taktvoll.model import Kind
from taktvoll.read import acts

_LONGEST = 6_000  # code points; who has not said by then what the mail is for is not inviting
_SENTENCE = re.compile(
    r"(?<=[^\d][.!?])\s+(?=[^\d\s])|\n\s*\n|\n\s*[-*•–]\s|\n(?=[^\n]{0,60}(?:\n|$))|(?<=,)\n"
)
_LINK = re.compile(r"https?://\S+")
_TIME = re.compile(
    r"\d{1,2}[.:h]\d|\d\s?(?:uhr|am|pm)(?!\w)|\d\.|\w+tag(?!\w)|mittwoch|\w+day(?!\w)"
)
_A_NEW_ONE = re.compile(
    r"(?<!\w)(?:einen|ein|eine|an?)\s(?:\w+\s)?(?:\w*termin|\w*gespräch|interview)"
)
_OWN = re.compile(
    r"(?<!\w)(?:ihr|dein|your)(?:e[nmrs]?)? (?:\w+ )?(?:\w*(?:interview|gespräch|bewerbung)\w*|"
    r"application)"
)
"""What is the reader's own, where a meeting of colleagues may speak of interviews too."""
_BUTTON = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:absagen|verschieben|umbuchen|stornieren|ändern|zusagen|cancel|"
    r"reschedule|change)(?:\W+\w+){0,2}\W*"
)
"""The label of a link, which stands in a line of its own once the page has become text."""
_ENOUGH = 4  # points of evidence that a mail is about an interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the classification looks at, besides the words."""

    method: str | None = None  # of the calendar part
    status: str | None = None  # of its event
    is_answer: bool = False  # In-Reply-To, or "Re:" in the subject
    has_time: bool = False  # an hour on a day ahead
    has_date: bool = False  # a day ahead, or a link to choose one
    automatic: bool = False
    earlier: str = ""  # what is quoted below: it may say what the talk is about


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A message cut into its sentences: all, and those that are under no condition."""

    subject: str
    everything: str
    plain: str
    certain: str
    sentences: tuple[str, ...]


def kind_of(subject: str, text: str, clues: Clues) -> Kind:
    """The kind of a message from its ``subject``, its newest ``text`` and the :class:`Clues`."""
    if clues.method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return Kind.REPLY
    said = _said(subject, text)
    earlier = clues.earlier.lower()[:_LONGEST]
    if _evidence(said, earlier, clues) < _ENOUGH:
        answers = clues.is_answer and not clues.automatic
        about = acts.APPLICATION.search(said.everything) or acts.INTERVIEW.search(earlier)
        return Kind.REPLY if answers and about and not _is_other(said) else Kind.OTHER
    if clues.method == "CANCEL" or clues.status == "CANCELLED":
        return Kind.CANCELLATION
    return _act(said, clues)


def _said(subject: str, text: str) -> _Said:
    low = _LINK.sub(" ", f"{subject}\n\n{text}".lower()[:_LONGEST])
    sentences = tuple(s for s in _SENTENCE.split(low) if s.strip())
    plain = [
        sentence
        for number, sentence in enumerate(sentences)
        if not acts.CONDITION.search(sentence) and not (number and _BUTTON.fullmatch(sentence))
    ]
    return _Said(
        subject=subject.lower(),
        everything=low,
        plain="\n".join(plain),
        certain="\n".join(s for s in plain if not acts.PROSPECT.search(s)),
        sentences=tuple(plain),
    )


def _evidence(said: _Said, earlier: str, clues: Clues) -> int:
    """How much speaks for an interview of the reader's, less what speaks for something else."""
    named = len(acts.INTERVIEW.findall(said.certain))
    about_work = bool(acts.APPLICATION.search(said.everything))
    before = bool(acts.INTERVIEW.search(earlier)) or (
        bool(acts.APPLICATION.search(earlier)) and bool(acts.MEETING.search(earlier))
    )
    evidence = 2 * min(named, 2)
    evidence += 2 if about_work else 0
    evidence += 2 if acts.MEETING.search(said.certain) else 0
    evidence += 2 if clues.has_time else 1 if clues.has_date else 0
    evidence += 2 if acts.INVITES.search(said.certain) else 0
    evidence += 2 if _acts_on_appointment(said) else 0
    evidence += 3 if before and clues.is_answer else 0
    evidence += 2 if clues.method in ("REQUEST", "CANCEL") else 0
    if not (named or about_work or before):
        evidence -= 2
    return evidence - _against(said, named, clues)


def _against(said: _Said, named: int, clues: Clues) -> int:
    """How much speaks for a refusal, an offer, a receipt, a crowd, a doctor, a meeting at work."""
    settled = clues.has_time or clues.method in ("REQUEST", "CANCEL")
    invited = acts.SURELY.search(said.certain)
    against = 0
    if acts.REFUSES.search(said.everything):
        against += 2 if settled and _acts_on_appointment(said) else 8
    if acts.OFFERS.search(said.everything):
        against += 2 if invited else 9
    if acts.BULK.search(said.everything):
        against += 1 if invited else 7
    if acts.RECEIPT.search(said.plain) or acts.PROSPECT.search(said.everything):
        against += 0 if settled or invited or _acts_on_appointment(said) else 6
    if acts.DOCUMENTS.search(said.plain):
        against += 0 if clues.has_date or invited else 4
    if acts.HEALTH.search(said.everything):
        against += 0 if acts.APPLICATION.search(said.everything) else 3 if named else 6
    if acts.COLLEAGUES.search(said.everything):
        against += 0 if invited or _OWN.search(said.everything) else 8
    return against


def _is_other(said: _Said) -> bool:
    families = (acts.REFUSES, acts.OFFERS, acts.BULK, acts.RECEIPT)
    return any(family.search(said.everything) for family in families)


def _act(said: _Said, clues: Clues) -> Kind:
    """What the sentences do: cancel, move, confirm, invite; or only answer."""
    if acts.CANCELS.search(said.plain) and not _names_new_time(said):
        return Kind.CANCELLATION
    if acts.MOVES.search(said.plain) and (
        clues.has_date or not acts.RECEIPT.search(said.everything)
    ):
        return Kind.RESCHEDULE
    if (clues.has_date or clues.is_answer) and _confirms(said):
        return Kind.CONFIRMATION
    if clues.has_date or clues.method in ("REQUEST", "PUBLISH"):
        return Kind.INVITATION
    if clues.is_answer and not _asks_to_come(said):
        return Kind.REPLY
    invites = acts.INVITES.search(said.certain) or acts.INTERVIEW.search(said.certain)
    return Kind.INVITATION if invites else Kind.OTHER


def _asks_to_come(said: _Said) -> bool:
    """An invitation in so many words, or in the form of a question."""
    return bool(acts.SURELY.search(said.certain)) or any(
        sentence.rstrip().endswith("?") and acts.INVITES.search(sentence)
        for sentence in said.sentences
    )


def _names_new_time(said: _Said) -> bool:
    """Whether a new appointment is named in the sentence that speaks of it, or in the next."""
    for sentence, following in pairwise((*said.sentences, "")):
        if acts.MOVES.search(sentence) and not acts.NO_NEW_TIME.search(sentence):
            return bool(_TIME.search(sentence) or _TIME.search(following))
    return False


def _confirms(said: _Said) -> bool:
    """Whether a sentence says that it stands, rather than asks the reader to say so."""
    return any(
        acts.CONFIRMS.search(sentence)
        and not sentence.endswith("?")
        and not acts.ASKS_TO_CONFIRM.search(sentence)
        and not acts.SURELY.search(sentence)
        and not _A_NEW_ONE.search(sentence)
        for sentence in said.sentences
    )


def _acts_on_appointment(said: _Said) -> bool:
    """A refusal of the appointment, not of the person: it is moved, or called off."""
    return bool(acts.MOVES.search(said.plain) or acts.CANCELS.search(said.plain))
