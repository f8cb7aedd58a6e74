"""What forbids to take a reply for an acknowledgement, whatever its signs say.

To believe that the employer knows when they do not is the one mistake that leaves them sitting
there. So a question, a request and somebody who plainly waits are looked for by themselves.
"""

from __future__ import annotations

import re

from taktvoll.follow.acts import LONGEST, SENTENCE, After, letter_span
from taktvoll.follow.moments import Times
from taktvoll.follow.phrases import families_in

_TAKES_NOTE = frozenset(
    f"#{family}"
    for family in (
        *("thanks", "told", "regret", "wish", "fine", "gladly", "understands", "noted", "door"),
        *("search", "confirms"),
    )
)
_FIRMLY = frozenset({"#told", "#regret", "#understands", "#noted", "#search"})
_DOUBTFUL = {
    After.ENDS: frozenset({"#forward", "#until", "#remind", "#missed", "#prepare", "#stays"}),
    After.CHANGES: frozenset({"#remind", "#missed", "#prepare", "#stays", "#refuses"}),
    After.COMES: frozenset({"#missed", "#their_end", "#taken"}),
}
_OFF = re.compile(
    r"nicht|kein|abgesagt|absag\w*|gestrichen|streich\w*|storn\w*|ausgetragen|entf[aä]ll\w*|"
    r"ausf[aä]ll\w*|frei\w*|gelöscht|raus\b|cancel\w*|\bnot\b|n't\b|\boff\b|released?|freed|"
    r"withdr\w*|removed",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?(?=[\s\"“”’')\]]|$)")
_REQUEST = re.compile(
    r"(?:schick|send|nenn|reich|füll|teil)\w* (?:sie |du )?(?:bitte |doch |noch )*(?:mir|uns|den|"
    r"die|das|ein)\b|(?:sagen|schreiben|geben|lassen) sie (?:bitte |doch )?(?:mir|uns)\b"
    r"(?! bescheid)|sag mir|schreib mir|(?<!ihre )(?<!deine )bitte um (?:\w+ )?(?:rück|terminv|"
    r"bestät|mitteil)\w*|please (?:could you )?(?:send|fill|provide|forward|complete|let (?:me|us) "
    r"know (?:if|whether|your|which|when you can))|drop me a line|send me|give me",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"bis (?:morgen|gleich|nachher|später|(?:nächsten |kommenden )?(?:montag|dienstag|mittwoch|"
    r"donnerstag|freitag)|dann|zum \d)|freue\w* (?:uns|mich) (?:schon |sehr |darauf|riesig )*"
    r"(?:,? ?(?:sie|dich|euch)|auf (?:sie|dich|ihren besuch|deinen besuch|das (?:gespräch|treffen|"
    r"kennenlernen)|unser|mittwoch|morgen))|erwarten (?:sie|dich) |warten auf (?:sie|dich)|"
    r"erinner(?:n|ung)|bestätig\w* (?:wir |ich )?(?:ihnen |dir )?(?:hiermit |gerne? |nochmals )*"
    r"(?:den|unseren|ihren|deinen) (?:gesprächs)?termin|confirm\w* your interview|"
    r"see you (?:on |at |then|tomorrow|soon|monday|tuesday|wednesday|thursday|friday)|"
    r"look(?:ing)? forward to (?!hear|your (?:reply|answer|response|application)|any|"
    r"(?:receiving|reading|future))|freue\w* (?:uns|mich) (?:(?:schon|sehr|riesig) )*d(?:a)?rauf|"
    r"reminder|waiting for you|expect(?:ing)? you",
    re.IGNORECASE,
)


_CALLS_OFF = re.compile(
    r"absag|abgesagt|\bsag\w* [^.\n]{0,60}\bab\b|storn|entf[aä]ll|\bf[aä]ll\w* [^.\n]{0,40}\baus\b|"
    r"ausf[aä]ll|hinfällig|erledigt|besetzt|vergeben|cancel|call\w* (?:it |\w+ \w+ )?off|filled|"
    r"scrap|drop(?:ped|ping)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"not able to|unable|kein\w* (?:ander|weiter|zweit)\w+ (?:termin|tag)|no other (?:date|day|"
    r"slot|time)|nicht (?:\w+ )?(?:möglich|machbar|drin)",
    re.IGNORECASE,
)
_ALL_ELSE = re.compile(
    r"(?:ansonsten|sonst|im übrigen|alles andere|alles weitere|everything else|otherwise|all else|"
    r"the rest)[^.\n]{0,40}(?:bleib|wie (?:gehabt|vereinbart|besprochen|geplant)|unverändert|"
    r"stays?|remains?|unchanged|same|as (?:planned|agreed))",
    re.IGNORECASE,
)


def may_refuse(text: str) -> bool:
    """Whether ``text`` can be somebody who refuses to move the appointment.

    It needs a phrase for it. Whoever says that all else stays, or how to get in, heard nothing.
    """
    begin, end = letter_span(text)
    body = text[begin:end][:LONGEST]
    families = families_in(body)
    if "#refuses" in families or _REFUSES.search(body):
        return True
    stays = "#stays" in families and "#prepare" not in families
    return stays and _ALL_ELSE.search(body) is None


def may_call_off(text: str) -> bool:
    """Whether ``text`` can be somebody who calls the appointment off: it needs a phrase for it."""
    begin, end = letter_span(text)
    body = text[begin:end][:LONGEST]
    named = not families_in(body).isdisjoint({"#their_end", "#taken"})
    return named or _CALLS_OFF.search(body) is not None


def may_know(text: str, times: Times, after: After, *, answers: bool = True) -> bool:
    """Whether ``text`` can be somebody who takes note of what we said.

    It needs a phrase for it; where another contradicts ("we look forward", a mailbox that nobody
    reads, the old day named as if it stood), one that is not mere politeness. So it does where the
    mail ``answers`` none of ours: whoever goes on in their own thread may have seen nothing.
    """
    begin, end = letter_span(text)
    body = text[begin:end][:LONGEST]
    families = families_in(body)
    if times.agreed:
        return after is After.CHANGES and families.isdisjoint({"#refuses", "#stays"})
    if _TAKES_NOTE.isdisjoint(families):
        return False
    if after is not After.COMES and times.old and not _OFF.search(body):
        return False
    if not answers and _FIRMLY.isdisjoint(families):
        return False
    doubtful = _DOUBTFUL[after] | {"#machine", "#away", "#bulk"}
    return doubtful.isdisjoint(families) or not _FIRMLY.isdisjoint(families)


def asked(text: str) -> tuple[int, int] | None:
    """The first sentence of ``text`` that is a question, or what it requests; or None."""
    begin, end = letter_span(text)
    end = min(end, begin + LONGEST)
    for found in SENTENCE.finditer(text, begin, end):
        if "?" in found[0] and _QUESTION.search(found[0]):
            return found.span()
    request = _REQUEST.search(text, begin, end)
    return request.span() if request else None


def waited_for(text: str, times: Times, after: After) -> tuple[int, int] | None:
    """Where ``text`` says in so many words that the person is waited for, who called it off."""
    begin, end = letter_span(text)
    if after is After.CHANGES and not (times.old or times.agreed):
        # "looking forward to it" may be said of the day to come, but not as the only thing
        waits = _FIRMLY.isdisjoint(families_in(text[begin:end][:LONGEST]))
    else:
        waits = after is After.ENDS or bool(times.old and not times.agreed)
    if not waits:
        return None
    found = _WAITING.search(text, begin, min(end, begin + LONGEST))
    return found.span() if found else None
