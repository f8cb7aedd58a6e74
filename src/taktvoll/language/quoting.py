"""Where in a mail's text the quoted mail begins, and where the signature does.

A mail program announces what it quotes in one of four ways: a line of dashes with words in it, a
block of header lines ("Von: … Gesendet: …"), a sentence that somebody wrote at some time, or the
mark ">" before each line. Each is recognised by its form; the words of other languages than ours
stand in the tables because programs speak the language of their owner, not of the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A text cut in two: what its sender wrote, and what was quoted, without quote marks.

    ``newest`` keeps its signature; :func:`signature_start` tells where that begins.
    ``all_quoted``: its sender wrote nothing, so that ``newest`` is what was quoted.
    """

    newest: str
    quoted: str = ""
    all_quoted: bool = False


_MOST_LINES = 5_000  # no letter has more; what follows is kept with what it follows
_LONGEST_SIGNATURE = 2_000
_JOINED = 4  # a sentence that somebody wrote is wrapped into no more lines

_MARK = re.compile(r"[ \t]{0,3}>")
_MARKS = re.compile(r"^(?:[ \t]?>){1,8}[ \t]?", re.MULTILINE)

_ORIGINAL = re.compile(
    r"[\s>]{0,6}[-_=]{2,}\s?(?:original|originalt|reply|ursprünglich\w*|antwort|oprindelig|"
    r"oorspronkelijk|ursprungligt|forwarded|weitergeleitet\w*|message|messaggio|mensaje|"
    r"mensagem)[- ]?(?:message|nachricht|e-?mail|meddelelse|besked|bericht|meddelande|melding|"
    r"d'origine|originale?|appointment|termin|transféré)?\s?[-_=]{2,}\s*$|"
    r"[\s>]{0,6}[-_=]{2,}\s?\w[^\n]{0,200}\s(?:wrote|schrieb)\s?:?\s?[-_=]{2,}\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s>]{0,6}[-_=*]{4,}\s*$")

# Header lines as mail programs print them above what they quote.
_SENDER = r"from|von|de|da|fra|från|van|od|от|lähettäjä|expéditeur|absender"
_SENT = (
    r"sent|date|gesendet|datum|date d'envoi|envoyé(?: le)?|message du|inviato|data|dato|sendt|"
    r"skickat|verzonden|wysłano|enviado(?: el| em)?|fecha|дата|lähetetty|\[date\]"
)
_OTHER = (
    r"to|an|à|a|til|till|aan|do|para|кому|cc|kopie|copie à|betreff|subject|objet|oggetto|emne|"
    r"ämne|onderwerp|temat|asunto|assunto|sujet|тема|antwort an|reply-to"
)
_HEADER = re.compile(
    rf"[\s>*]{{0,12}}(?:(?P<sender>{_SENDER})|(?P<sent>{_SENT})|(?P<other>{_OTHER}))"
    r"[*_]?[ \t\u00a0]?:[*_]?(?=\s|[<\[\"\w])",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s{0,3}\[(?:FROM|DATE)\]\s*$")

# "Am 3.12.2026 um 14:02 schrieb Jana Wolters <jana@example.org>:", in whatever language.
_VERB = (
    r"schrieb|geschrieben|wrote|writes|sent|a écrit|écrit|ha scritto|scrisse|escreveu|escribió|"
    r"schreef|skrev|napisał(?:\(a\)|a)?|napsal\w*|írta|kirjoitti|пишет|написал\w*"
)
_WROTE = re.compile(
    rf"(?=[^\n]{{0,300}}(?:\d{{4}}|\d[:.h/]\d\d))(?=[^\n]{{0,400}}(?<!\w)(?:{_VERB})(?!\w))"
    rf"[^\n]{{6,420}}(?:[:：]|(?<!\w)(?:{_VERB})[ \t]?:?)[ \t]*[-_]{{0,6}}[ \t]*$",
    re.IGNORECASE,
)
_STAMP = re.compile(  # a time and an address, and no verb: 2026-12-03 14:02 GMT+01:00 Jana <…>:
    r"(?=[^\n]{0,200}\d)(?=[^\n]{0,200}(?:\d{4}|\d[:.h]\d\d))[^\n]{8,300}(?:<[^<>\s]{3,120}@[^<>"
    r"\s]{3,120}>|&lt;[^&\s]{3,120}@[^&\s]{3,120}&gt;)[ \t]*[:：]?[ \t]*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(  # how such a sentence begins: a preposition, a day, a number, or a name
    r"[\s>\-]{0,8}(?:(?:On|Am|Le|Il|El|Em|Op|Den|På|Dnia|W dniu|In data|Dne)\s|"
    r"\W{0,3}\d{1,4}[.\-/:年]|\w{2,9}[.,]{1,2}\s|\w{2,3}\s\d{1,2}\.\s|\w{3,10}\.?,?\s\d{1,2}|"
    r"[^\s<>]{2,40}\s[^<>\n]{0,60}<[^<>\s]+@|[^\W\d_][^\n]{1,80}\s(?:schrieb|wrote)\s(?:am|on)\s)",
)
_INLINE = re.compile(  # on the same line as the answer: "danke Am Mi., 2. Dez. 2026 schrieb …:"
    r"(?<=[\w.!?\-])[ \-]{1,4}(?:On|Am) [^\n]{10,200}(?:wrote|schrieb)[^\n]{0,80}:[ \t]*$"
)

_SIGNATURE = re.compile(
    r"--[ \u00a0]?$|(?P<rule>[—–]{1,5}|_{2,}|-{3,})\s?$|-[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+){0,2}\s*$|"
    r"/[A-ZÄÖÜ]\w{1,20}\s*$|(?:sent (?:from|via|using) (?:my|mail|outlook|the|yahoo|gmail|proton|"
    r"samsung)\b(?:[ \w\-.]{1,50})?|get outlook for \w+.{0,60}|(?:von meinem|von unterwegs|"
    r"gesendet (?:von|mit|über)|diese nachricht wurde von|verschickt (?:von|mit)|"
    r"mobil gesendet)\b.{0,90}|envoyé de(?:puis)? (?:mon|ma|outlook)\b.{0,60}|"
    r"hol(?:e dir)? dir outlook.{0,40}|outlook für (?:ios|android).{0,60})\s*$|"
    r"(?:vertraulichkeitshinweis|disclaimer|confidentiality notice)\W{0,3}$",
    re.IGNORECASE,
)


_ANNOUNCING = re.compile(r"von|from|wrote|schr[ie]|write", re.IGNORECASE)
_SENTENCE = re.compile(r"(?m)^(?:\S+[ \t]+){5,}\S+[.!?]\s*$")


def split_quoted(text: str) -> Split:
    """Cut ``text`` where what it quotes begins; answers below or between quotes stay with it.

    A text that is nothing but a quotation is its own newest part.
    """
    if not _may_quote(text):
        return Split(newest=text)
    lines = text.split("\n")
    kept: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < min(len(lines), _MOST_LINES):
        length = _announced(lines, at)
        if length and _marked(lines, at + length):
            quoted += lines[at : at + length]  # answers may stand below the marked lines
            at += length
        elif length and (any(line.strip() for line in kept) or at + length < len(lines)):
            quoted += lines[at:]
            at = len(lines)
        elif _MARK.match(lines[at]):
            end = _after_marks(lines, at)
            quoted += lines[at:end]
            at = end
        elif inline := _INLINE.search(lines[at]):
            kept.append(lines[at][: inline.start()])
            quoted += [lines[at][inline.start() :], *lines[at + 1 :]]
            at = len(lines)
        else:
            kept.append(lines[at])
            at += 1
    kept += lines[max(at, _MOST_LINES) :]
    newest = "\n".join(kept)
    if not newest.strip():
        return Split(newest=without_marks(text), all_quoted=bool(text.strip()))
    return Split(
        newest=newest.rstrip() if quoted else newest, quoted=without_marks("\n".join(quoted))
    )


def signature_start(text: str) -> int:
    """Where the signature of ``text`` begins: at its delimiter, or at what a program appended.

    Only the last 2,000 characters are looked at: a delimiter further up divides a letter.
    """
    at = text.find("\n", max(0, len(text) - _LONGEST_SIGNATURE)) + 1
    while 0 < at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        found = _SIGNATURE.match(line.lstrip())
        if found and not (found["rule"] and _SENTENCE.search(text, at)):
            return at
        at = end + 1
    return len(text)


def without_marks(text: str) -> str:
    """``text`` without the quote marks before its lines."""
    return _MARKS.sub("", text) if ">" in text else text


def without_headers(text: str) -> str:
    """``text`` with the lines blotted out that tell who wrote when; every offset stays."""
    lines = text.split("\n")
    at = 0
    while at < min(len(lines), _MOST_LINES):
        length = max(_announced(lines, at), 0)
        for number in range(at, at + length):
            lines[number] = " " * len(lines[number])
        at += length or 1
    return "\n".join(lines)


def without_letters_of(text: str, authors: Sequence[str]) -> str:
    """``text`` without the quoted letters whose header lines or sentence name one of ``authors``.

    ``authors`` are addresses and names. The header lines themselves go too: an hour in them is
    no phone number.
    """
    wanted = [author.lower() for author in authors if len(author) > 1]
    lines = text.split("\n")
    kept, theirs, at = [], False, 0
    while at < len(lines):
        length = header_block(lines, at) or _announced(lines, at)
        if length:
            said = _author_lines(lines[at : at + length])
            theirs = any(author in said for author in wanted)
            at += length
            continue
        if not theirs:
            kept.append(lines[at])
        at += 1
    return "\n".join(kept)


def _author_lines(lines: list[str]) -> str:
    """The header lines that say who wrote, or the sentence that does."""
    named = [line for line in lines if (m := _HEADER.match(line)) and m["sender"]]
    return " ".join(named or lines).lower()


def header_block(lines: list[str], at: int) -> int:
    """How many lines of a mail's header are printed at ``at``: 0, or at least two."""
    seen: set[str] = set()
    last = at - 1
    for number in range(at, min(at + 14, len(lines))):
        found = _HEADER.match(lines[number])
        if found and found.lastgroup:
            seen.add(found.lastgroup)
            last = number
        elif number == at or number - last > 2:
            break
    return last + 1 - at if len(seen) > 1 and seen & {"sender", "sent"} else 0


def _announced(lines: list[str], at: int) -> int:
    """How many lines at ``at`` announce a quotation; 0 where none does."""
    line = lines[at]
    if not line.strip():
        return 0
    if _ORIGINAL.match(line):
        return 1 + header_block(lines, at + 1)
    if _RULE.match(line):
        after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), at)
        if after > at and (length := header_block(lines, after)):
            return after + length - at
        return 0
    if _BRACKETED.match(line):
        return 1
    return header_block(lines, at) or _sentence(lines, at)


def _sentence(lines: list[str], at: int) -> int:
    """How many lines the sentence takes that somebody wrote at some time; 0 for none."""
    if len(lines[at]) > 300 or not _BEGINS.match(lines[at]):
        return 0
    joined = ""
    for length in range(1, _JOINED + 1):
        if at + length > len(lines) or not lines[at + length - 1].strip():
            return 0
        joined += lines[at + length - 1].strip("> \t*") + " "
        if len(joined) > 450:
            return 0
        plain = joined.rstrip()
        if _WROTE.match(plain) or (_STAMP.match(plain) and _stands_apart(lines, at, length)):
            return length if not _begins_later(lines[at + 1 : at + length]) else 0
    return 0


def _begins_later(lines: list[str]) -> bool:
    """Whether the sentence is whole without its first line, which then belongs to the letter."""
    return any(
        _BEGINS.match(line) and _WROTE.match(" ".join(line.strip() for line in lines[number:]))
        for number, line in enumerate(lines)
    )


def _stands_apart(lines: list[str], at: int, length: int) -> bool:
    """A time with an address announces only where a letter could not hold it."""
    ends = lines[at + length - 1].rstrip().endswith((":", "："))
    return ends or _marked(lines, at + length)


def _marked(lines: list[str], at: int) -> bool:
    """Whether the next line with anything in it has a quote mark."""
    line = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_MARK.match(line))


def _after_marks(lines: list[str], at: int) -> int:
    """Where the marked lines from ``at`` end; a wrapped word between two of them goes with them."""
    end = at + 1
    while end < len(lines):
        if _MARK.match(lines[end]) or (
            _MARK.match(lines[end - 1])
            and end + 1 < len(lines)
            and _MARK.match(lines[end + 1])
            and lines[end].strip()
            and lines[end - 1].rstrip("> \t")
        ):
            end += 1
        else:
            break
    return end


def _may_quote(text: str) -> bool:
    """A cheap look for anything that announces a quotation, before every line is tried."""
    return any(stem in text for stem in (">", "@", "---", "___", "[FROM]", "[DATE]")) or bool(
        _ANNOUNCING.search(text)
    )
