"""A text as the check sees it: quoted mail blanked out, salutation and ending found."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from taktvoll.content.matching import Text
from taktvoll.model import Category, Channel, Finding

_QUOTED = re.compile(r"^[ \t]*>.*", re.MULTILINE)
_BELOW = re.compile(  # from here on all belongs to the mail that is answered
    r"^[ \t]*(?:-{2,} ?(?:Urspr|Original|Weitergel|Forwarded)"
    r"|(?:Am|On) [^\n]{5,120}\b(?:schrieb|wrote)\b[^\n]{0,80}\n?[^\n]{0,80}:[ \t]*$"
    r"|(?:Von|From): [^\n]+\n(?:[^\n]*\n)?(?:Gesendet|Datum|Sent|Date|An|To): )",
    re.MULTILINE,
)
_SALUTATION = re.compile(
    r"(?:sehr geehrt|geehrte|liebe[rs]?\b|guten? (?:tag|morgen|abend)|hallo|hi\b|hey\b|moin|servus"
    r"|grüezi|gruezi|gr[uü](?:ss|ß)? (?:gott|dich|euch)|ciao|salü|sali\b|hoi\b|tschau|griaß|salut"
    r"|dear\b|hello\b|howya|good (?:morning|afternoon|day|evening))"
    r"(?![^\n]*gr(?:ü|ue)(?:ß|ss)e\b)",
    re.IGNORECASE,
)
_LONGEST_HEAD = 14  # lines: two addresses, a place with a date, a subject
# names, streets, dates and subjects are short and end in no full stop
_LETTERHEAD = re.compile(r"[^.!?\n].{0,58}[^.!?,;:\n]")
_CLOSING = re.compile(
    r"^[ \t]*(?:(?:mit |mfg\b|viele |beste |liebe |herzliche |freundliche |sonnige "
    r"|schöne )?(?:sehr )?"
    r"(?:(?:freundlich|best|herzlich|lieb|viel|schön|kollegial)\w* )*gr(?:ü|u|ue)(?:ß|ss"
    r"|s)\w*(?:,? (?:aus|an|auch|und|von|nach|in|in den|in die)\b[^\n.]{0,40})?|mfg|lg|vg|bg|"
    r"hochachtungsvoll|(?:kind|best|warm|many|with (?:kind|best|warm))\w*(?: regards| wishes)?|"
    r"mit (?:den )?(?:vorzüglich|best|herzlich|freundlich|kollegial)\w* (?:empfehlung|hochachtung"
    r"|grüss|wünsch)\w*|god bless|mahalo|is mise(?: le meas)?|slán|(?:with|in) (?:appreciation"
    r"|gratitude|thanks)|respectfully(?: yours)?|take care|pfiat di|baba|servus|herzlich(?:st)?|"
    r"(?:yours|sincerely|regards|cheers|thanks|thank you|many thanks|all the best"
    r"|best wishes|warmly)"
    r"(?: (?:sincerely|faithfully|truly|again|so much|very much))?|ciao|bis (?:bald|dann)|"
    r"(?:vielen |besten |herzlichen )?(?:dank|danke|merci)(?: und)?[^\n.]{0,30}|alles gute|"
    r"schönen? (?:tag|gruß)[^\n]{0,20})[^\n\w]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TELLING = 5  # words; fewer are an address, a greeting, a heading
_SPEECH = re.compile(r"[„“”»«\"]")
_ANSWERED = re.compile(r"[“”\"«]\s*[–-]\s*(?=[„“\"»])")
_SUBJECT = re.compile(r"\A\s*(?:betreff|betr\.|subject|re|aw|wg)\s*:[^\n]*", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """``text`` has the offsets of what was given, its quoted part blanked.

    ``salutation`` and ``signature`` are spans (or None); the signature runs from the closing (or,
    without one, from the last line) to the end.
    """

    text: str
    words: Text
    subject: tuple[int, int] | None
    salutation: tuple[int, int] | None
    closing: tuple[int, int] | None
    signature: tuple[int, int] | None

    @cached_property
    def telling(self) -> frozenset[int]:
        """The numbers of the sentences of the body that are more than a line of an address."""
        start, end = self.body
        return frozenset(
            number
            for number, (first, last) in enumerate(self.words.sentences)
            if last - first >= _TELLING and start <= self.words.spans[number][0] < end
        )

    @property
    def body(self) -> tuple[int, int]:
        """From after the salutation to before the closing."""
        start = (self.salutation or self.subject or (0, 0))[1]
        return start, max(start, self.closing[0] if self.closing else len(self.text))

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The span of the sentence that holds ``offset``."""
        at = self.sentence_number(offset)
        return self.words.spans[at] if at >= 0 else (0, len(self.text))

    def sentence_number(self, offset: int) -> int:
        """The number of that sentence; -1 before the first."""
        return bisect_right(self.words.spans, (offset, len(self.text) + 1)) - 1


def letter(text: str, channel: Channel = Channel.MAIL, names: tuple[str, ...] = ()) -> Letter:
    """Look at ``text`` (code points keep their places).

    ``names`` of people, firm and position are no words to the rules: Frau Krebs is no illness, and
    a job at a court no quarrel before it.
    """
    own = _spoken(text) if channel is Channel.PHONE else _without_quotes(text)
    subject = _SUBJECT.match(own)
    start = subject.end() if subject else 0
    salutation = _salutation(own, start)
    closing = None
    for found in _CLOSING.finditer(own, salutation[1] if salutation else start):
        closing = found.span()
        if own[closing[1] :].strip():  # something follows: a name
            break
    return Letter(
        text=own,
        words=Text(_names(names).sub(_hidden, own) if names else own),
        subject=subject.span() if subject else None,
        salutation=salutation,
        closing=closing,
        signature=(closing[1], len(own)) if closing else _last_line(own),
    )


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    words = {word for name in names for word in re.findall(r"[^\W\d_a-zäöüß][\w-]+", name)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words))) or '(?!)'})(?!\w)")


def _hidden(name: re.Match[str]) -> str:
    return "ŋ" * len(name[0])


def _without_quotes(text: str) -> str:
    if below := _BELOW.search(text):
        text = text[: below.start()] + _blank(text[below.start() :])
    return _QUOTED.sub(lambda quoted: _blank(quoted[0]), text) if ">" in text else text


def _spoken(text: str) -> str:
    """Of a phone script only what the person says: no directions, no lines of the other side.

    What is said may run over several lines. In a run of lines that begin with a dash the other
    side speaks first, and the two alternate; where both stand in one line, the second is ours.
    """
    if not _SPEECH.search(text):
        return text
    lines: list[str] = []
    turn = 0
    speaking = False
    for line in text.splitlines(keepends=True):
        marks = _SPEECH.findall(line)
        dashed = line.lstrip().startswith(("–", "-"))
        if dashed and (answer := _ANSWERED.search(line)):
            line = _blank(line[: answer.end()]) + line[answer.end() :]
        elif dashed:
            turn += 1
            if turn % 2:
                line = _blank(line)
        elif not marks and not speaking:
            line = _blank(line)
        if not dashed:
            turn = 0
        speaking = speaking != bool(len(marks) % 2)
        lines.append(line)
    return "".join(lines)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _salutation(text: str, start: int) -> tuple[int, int] | None:
    """The first line that speaks to somebody: one of the first three, or under a letterhead."""
    seen = 0
    for line in re.finditer(r"[^\n]+", text[start : start + 2000]):
        if not line[0].strip():
            continue
        seen += 1
        begin = start + line.start() + len(line[0]) - len(line[0].lstrip())
        if _SALUTATION.match(text, begin):
            end = start + line.end()
            if len(line[0]) > 60:  # one line for all: "Hallo Jana, ich bin krank."
                stop = re.compile(r"[,!.–-]\s").search(text, begin + 4, end)
                if stop and text[stop.start() - 2 : stop.start()] in ("Dr", "Mr", "Ms", "rs"):
                    stop = re.compile(r"[,!–]\s").search(text, begin + 4, end)
                end = stop.start() + 1 if stop else end
            return begin, end
        if seen >= 3 and not _LETTERHEAD.fullmatch(line[0].strip()):
            return None
        if seen == _LONGEST_HEAD:
            return None
    return None


def _last_line(text: str) -> tuple[int, int] | None:
    end = len(text.rstrip())
    if not end:
        return None
    return text.rfind("\n", 0, end) + 1, len(text)


def finding_at(
    letter: Letter,
    category: Category,
    span: tuple[int, int],
    rule: str,
    message: str,
    fix: str | None = None,
) -> Finding:
    """A finding about the words at ``span`` of ``letter``."""
    return Finding(
        category=category,
        rule=rule,
        start=span[0],
        end=span[1],
        quote=letter.text[slice(*span)],
        message=message,
        fix=fix,
    )
