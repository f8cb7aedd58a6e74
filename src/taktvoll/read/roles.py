"""What each date in a letter is for: the interview, a slot, the deadline, the old appointment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from taktvoll.language.dates import Mention, Precision
from taktvoll.language.letter import closing
from taktvoll.language.words import lowered
from taktvoll.model import Kind


class Role(StrEnum):
    """What a date in a letter is for."""

    INTERVIEW = "interview"
    SLOT = "slot"
    END = "end"  # an hour by which it is over
    OLD = "old"  # the appointment that was moved
    REPLY_BY = "reply_by"
    NONE = "none"  # applications, starts of work, office hours, what is past


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with its role; the higher the weight, the surer it is the interview."""

    mention: Mention
    role: Role
    weight: int = 0


# Lower-case patterns; "before" ends where the date begins, "after" begins where it ends.
_UNTIL = re.compile(
    r"(?:(?<!\w)(?:bis(?: spätestens| längstens)?(?: zum| zu| einschließlich| inklusive| am|"
    r" ende| kommenden| diesen| nächsten)?|spätestens(?: bis| am| zum)?(?: zum)?|vor dem|by|"
    r"until|before|no later than|not later than|by the end of|till|deadline:?|frist:?|"
    r"antwort bis:?|innert|rückmeldung bis:?|rückmeldefrist:?|rsvp(?: by)?:?)(?:\s(?:zum|am|den|"
    r"\w{4,16} \(|"
    r"dem|d\.|the|end of|the end of|close of (?:business|play)(?: on)?|cob|eod|eob|noon on|"
    r"lunch(?:time)?|this|next|coming|on|tomorrow|spätestens)){0,3})[\s,:]{0,3}$"
)
_ANSWER = re.compile(
    r"rückmeld|antwort|bestätig|bescheid|zusage|zu- oder ab|zu oder ab|mitteil|teilen? (?:sie |"
    r"uns )|melde|(?<!\w)gib|geben sie|wissen|wähl|nachricht|such\w* (?:dir|sie)|buch|feedback|"
    r"anmeld|nennen|(?<!\w)(?:confirm|reply|respon|let (?:us|me) know|tell (?:us|me)|rsvp|"
    r"get back|choose|pick|book|select|advise|indicate|answer|yes or no)"
)
_NO_DEADLINE = re.compile(
    r"unterlagen|zeugnis|einreich|rechnen sie|rechnest du|reichen sie|abstract|hochlad|formular|"
    r"fragebogen|online-?test|"
    r"präsentation|"
    r"bewerbungs(?:frist|schluss|ende)|(?<!\w)bewerben|bewerbungen|im urlaub|geschlossen|"
    r"befristet|gültig|beantrag|erstatt|fahrkarte|folien|(?<!\w)messe(?!\w)|nicht im büro|"
    r"(?<!\w)join(?!\w)|ausgleich|bis und mit|abwesend|urlaub|ferien|(?<!\w)parke?n?(?!\w)|"
    r"anreise|reisekosten|geöffnet|erreich|"
    r"melden (?:wir )?uns|hören (?:sie|du)|entscheid\w* (?:wir|fällt|treffen)|(?:wir|"
    r"ich) (?:\w+ ){0,3}entscheid|probezeit|verschieb|kündig|(?<!\w)(?:slides|presentation|"
    r"documents|upload|form|questionnaire|test|closing date|advert|apply|applications|"
    r"on leave until|closed until|valid|expires|hear (?:back )?from (?:us|me)|get back to you|"
    r"be in touch|decision|claim|expenses|start(?:ing)? (?:date|work)|contract|available until|"
    r"open until|finish|be done|be over)(?!\w)"
)
"""What a date may close besides the time to answer."""
_AT_ONCE_ANSWERED = re.compile(
    r"(?: uhr)?,? (?:\w+ ){0,2}(?:bescheid|nachricht|rückmeldung|antwort|zu(?=[,.])|zurück)(?!\w)"
)
""" "bis 14.05. kurz Nachricht": whatever else its sentence speaks of."""
_SEE_YOU = re.compile(
    r"(?:^|(?<=[.!?,\n] ))\W*(?:(?:prima|super|gut|ok|okay|alles klar|also|dann|perfekt|fein|passt|"
    r"danke|so)"
    r"[,!. ]{1,2}){1,3}bis(?: dann)?(?: am)? $"
)
""" "Prima, dann bis Freitag um halb zwei": no deadline, but the appointment."""
_NEW = re.compile(
    r"(?:neue[rn]? termin\w*:?|neue[rn]? vorschlag[^.]{0,25}|(?<!\w)auf(?: den| dem)?|(?<!\w)to|"
    r"new (?:date|time)[^.]{0,20}|"
    r"stattdessen|(?<!\w)new:|instead|nun|jetzt|erst|schon|dafür|vor|schlagen[^.]{0,60}|neu:?|"
    r"statt dessen|"
    r"alternativ\w*|"
    r"anbieten|ersatz\w*|nachholen|now)\s?:?\s?(?:am |on |for |den |um )?$"
)
_OLD = re.compile(
    r"(?:(?<!\w)(?:statt(?: am| wie| um)?|anstatt(?: um)?|anstelle|ursprünglich\w*|geplante[nrs]?|"
    r"bisherige[nrs]?|vereinbarte[nrs]?|für|alte[rn]? termin:?|bisher:?|(?<!\w)alt:|(?<!\w)old:|"
    r"from|originally|"
    r"instead of|rather than|previously|planned for|scheduled for|was|interview on|termin am|"
    r"gespräch am|vom|gespräch vom|termin vom|interview (?:of|scheduled (?:for|on)))(?:\s(?:am|"
    r"on|for|the|den|dem|vom|scheduled|geplant\w*|gespräch\w*|termin\w*|unser\w*|ihr\w*|our|"
    r"your)){0,3})[\s,:]{0,2}$"
)
_INSTEAD_OF = re.compile(
    r"(?<!\w)(?:statt|anstatt|instead of|rather than)(?: am| um| wie| the| on)?\s$"
)
""" "statt am 6.10.": whatever else the letter is, that day is the old one."""
_OLD_AFTER = re.compile(
    r"^[^.!?\n]{0,60}(?:geplante|vereinbarte|angesetzte|vorgesehene|stattfindende|entfällt|"
    r"verschieben|verlegen|absagen|abgesagt|leider nicht|ist bei uns|muss|müssen|can(?:not|'t)|"
    r"no longer|won't|unfortunately|cancel)"
)
_PAST = re.compile(
    r"(?:bewerbung|schreiben|e-?mail|mail|nachricht|anzeige|inserat|telefonat|gespräch|"
    r"unterlagen|zuschrift|anfrage|absage|ausschreibung|stand|application|letter|email|call|"
    r"conversation|advert|dated|received|eingegangen|erhalten|seit|since|posted)\s?(?:vom|am|von|"
    r"of|on|dated|from|the|:){0,2}(?:\s(?:the|dem|den|of))?[\s:]{0,2}$|(?<!\w)(?:geboren|born|"
    r"geb\.)[^.]{0,10}$"
)
_WORK = re.compile(
    r"(?:zum|ab|ab dem|ab sofort oder|per|starting|start(?:ing)? (?:date|on|from)?|"
    r"startdatum(?: \w+)?|"
    r"beginn\w*(?: zum| am| ab)?|eintritt\w*(?: zum| am| ab)?|einstellung(?:sdatum)?(?: zum| ab|"
    r" am)?|arbeitsbeginn|arbeitsantritt|ausbildungsbeginn|vertragsbeginn|befristet (?:bis|"
    r"ab)\w*|available from|commencing|from|einstieg|effective)(?: zum| am| ab| dem| den| on| is|"
    r" ist|:){0,2}\s?$"
)
_WORK_WORDS = re.compile(
    r"eintritt|einstellung|arbeitsbeginn|arbeitsantritt|ausbildungsbeginn|vertrag|befrist|besetz|"
    r"anfang\w* zu arbeiten|start date|commenc|beginn der|dienstantritt|stellenantritt|"
    r"verfügbar ab|join us from|stelle[^.]{0,40}zum"
)
_STAMP = re.compile(
    r"\[?(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|heute|gestern|today|yesterday),? \d{1,2}:\d\d(?::\d\d)?"
    r"(?:\] ?|\s[-–]\s|[ \t]{2,}(?=[^\W\d_]))"
)
"""A messenger's stamp: "[16.11.26, 17:42:03] Torben:", "16.11.26, 17:42 - Torben:"."""
_SENT = re.compile(
    r"[ \t>*]{0,4}(?:empfangen|gesendet|eingegangen|sent|received)\*?:", re.IGNORECASE
)
"""A header line that somebody copied with the mail."""
_CLOSES = re.compile(
    r"(?<!\w)(?:finish|end|close|conclude|be done|be over|wrap up|endet|ende|fertig|schluss|"
    r"dauert|zu ende|feierabend)\w*(?::\s{0,8}(?=[a-z]|$)|:)?(?:\s{1,8}(?:ist|sind|wir|dann|so|"
    r"is|at|by|around|about|gegen|um|"
    r"bis|ca\.|no "
    r"later than|not later than|"
    r"approximately))*\s$"
)
_CLOSES_AFTER = re.compile(
    r"(?: uhr)?[^.!?,\n]{0,30}(?:schluss|feierabend|zu ende|vorbei|fertig|finished|done)(?!\w)"
)
_ADMITS = re.compile(r"(?:einlass|türöffnung|eintreffen|ankommen|doors)[^.!?\n]{0,20}$")
_HOURS = re.compile(
    r"öffnungszeit|bürozeit|sprechzeit|servicezeit|geschäftszeit|erreichbar|sprechstunde|"
    r"kernzeit|arbeitszeit|telefonzeit|office hours|opening hours|working hours|"
    r"available (?:from|between|mon)|erreichen sie (?:uns|mich)|open from|hotline"
)
_NOT_MINE = re.compile(
    r"(?:im urlaub|abwesend|out of (?:the )?office|on (?:annual )?leave|nicht im (?:büro|haus)|"
    r"wieder (?:im (?:büro|haus|dienst)|da(?!\w)|erreichbar)|back in the office|"
    r"(?<!nach den )(?<!nach dem )(?<!vor den )(?<!vor dem )feiertag|"
    r"betriebsferien|geschlossen|gesperrt|geräumt|closed|"
    r"gültig bis|valid until|copyright|version|expires|läuft ab|melden (?:wir )?uns|"
    r"will be in touch|get back to you|parken|parkplatz|ankunft|eingang (?:bis|ab)|"
    r"(?<!nach den )(?<!vor den )ferien|spätestens \d+ minuten)"
)
_SLOT_WORDS = re.compile(
    r"folgende[nrs]? (?:termin|zeit|möglich|slot|tag|optionen)|zur auswahl|termin(?:vorschl|"
    r"option|auswahl|möglichkeit)|vorschläge|wählen|such\w* (?:dir|sie sich)|welche[rs]? (?:der |"
    r"dieser |von )?(?:\w+ )?(?:termin|zeit|tag)|passt (?:ihnen|dir)|am besten pass|anbieten|"
    r"following (?:times|slots|dates|options)|which (?:of|one|time|date|slot)|choose|"
    r"available (?:slots|times)|options|pick one|select one|one of|any of|"
    r"work(?:s)? (?:best )?for you|wäre[n]? möglich|möglich wäre|hätten wir|alternativ|"
    r"(?:noch )?frei sind|welche zeit|am liebsten|"
    r"would (?:either|any)|either"
)
_APPOINTMENT_WORDS = re.compile(
    r"gespräch|termin|interview|kennenlern|kennen ?lern|einlad|lade|treffen|meet|call|vorstell|"
    r"probe|assessment|invite|schedul|join|uhr|besuch|auswahl"
)
_LABEL = re.compile(
    r"(?:^|\n)[ \t*•·\-]{0,4}(?:termin|datum|wann|date|when|tag|zeitpunkt|day|date and time|"
    r"date & time|datum und uhrzeit|gesprächstermin|interview date|termin und ort|neuer termin|"
    r"new date|datum/uhrzeit)[ \t]{0,3}[:|]?[\s|]{0,12}(?:am |on )?$"
)
_SENTENCE = re.compile(
    r"[!?](?=\s)|(?<![\d(])(?<!\w\w\bnr)(?<!dr)(?<!mag)(?<!prof)(?<!ca)(?<!str)(?<!tel)(?<!bzw)(?"
    r"<!z\.b)(?<!inkl)(?<! a)(?<! p)(?<!\.m)\.(?=\s)|\n\s*\n|\n(?=\s{0,4}[-*•·])|"
    r"(?<=\n)\s*(?=[^\n:]{2,24}:)"
)
_EXAMPLE = re.compile(
    r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|montags?|dienstags?|mittwochs?|donnerstags?|"
    r"freitags?|monday|friday)\.?\s?(?:-|–|bis|to|und|&|and)\s?(?:mo|di|mi|do|fr|sa|so|mon|tue|"
    r"wed|thu|fri|donnerstags?|freitags?|samstags?|friday|thursday|sunday)(?!\w)|(?:täglich|"
    r"werktags|daily|weekdays)"
)


_AROUND, _BEHIND = 90, 40  # characters of its sentence that say what a date is not
_CALLED_OFF = 2  # what an appointment that is called off weighs more than another date
_SAME_MOMENT = timedelta(minutes=5)  # the message's own stamp
_CHECK_IN = re.compile(r",? check-?in(?!\w)")
_TOLD = re.compile(
    r"(?<!\w)(?:told|said|met|spoke|decided|heard|wrote|received|called|learned|happened)(?!\w)"
    r"[^.!?]{0,24}(?<!\w)(?:on|last)\s$"
)
""" "The council told us on Friday": a day that lies behind."""
_PUT_OFF = re.compile(
    r"(?<!\w)(?:leave|push|put|hold|postpone|move|delay|wait|verschieb\w*|verleg\w*|vertag\w*|wart\w*)(?!\w)[^.!?]{0,20}"
    r"(?<!\w)(?:until|till|to|bis)\s(?:zum |am )?$"
)
""" "Can we leave it till Friday": no deadline, but the new day."""
_WEEK_OF = re.compile(
    r"(?<!\w)(?:w/c|week (?:commencing|beginning|starting|of)|woche (?:vom|ab(?: dem)?|um den|"
    r"des))\s(?:the |dem )?"
    r"(?:(?:monday|mon|montag|mo)[,.]? (?:the |den )?)?$"
)
_ASKS_WHEN = re.compile(
    r"(?:any|which|what) (?:days?|mornings?|afternoons?|time)|a date between|einen tag zwischen|"
    r"availability|wann (?:es )?(?:ihnen|dir|sie|du)|an welche[mn] tag|"
    r"verhindert sind|"
    r"zeit (?:haben|hast|hätten)|zeitraum|zeitfenster"
)
"""A stretch of days of which the reader is to name one."""
_MOST_DATES = 200  # no letter names more


def roles_of(text: str, mentions: list[Mention], *, now: datetime, kind: Kind) -> list[Dated]:
    """Every date of ``text`` with its role, judged from the words of its sentence."""
    low = lowered(text)
    ending = closing(text)
    signature = ending[1] if ending else len(text)
    cuts = [0, *(found.end() for found in _SENTENCE.finditer(low)), len(low)]
    dated: list[Dated] = []
    at = 0
    for mention in mentions[:_MOST_DATES]:
        begin, finish = mention.span
        while at + 1 < len(cuts) - 1 and cuts[at + 1] <= begin:
            at += 1
        limit = next((cut for cut in cuts[at + 1 :] if cut >= finish), len(low))
        dated.append(
            _judge(
                low,
                mention,
                (max(cuts[at], begin - 400), min(limit, finish + 300)),
                begin >= signature,
                now,
                kind,
            )
        )
    return dated


def _judge(
    low: str,
    mention: Mention,
    sentence: tuple[int, int],
    in_signature: bool,
    now: datetime,
    kind: Kind,
) -> Dated:
    begin, finish = mention.span
    before, after = low[sentence[0] : begin], low[finish : sentence[1]]
    whole = low[sentence[0] : sentence[1]]
    line = low[max(low.rfind("\n", 0, begin) + 1, begin - 200) : finish]
    day_at = mention.day_span[0] if mention.day_span else begin
    near = low[max(sentence[0], day_at - 60) : day_at]
    until = _UNTIL.search(low[max(0, begin - 60) : begin]) or _UNTIL.search(near)
    idle = mention.precision is Precision.TIME or (
        mention.precision is Precision.DAY and mention.relative and mention.has_weekday
    )
    if mention.precision is Precision.WEEK or (in_signature and idle):
        return Dated(mention=mention, role=Role.NONE)
    head = low.rfind("\n", 0, begin) + 1
    stamp = _STAMP.match(low, head)
    if (stamp and begin < stamp.end()) or _SENT.match(low, head):
        return Dated(mention=mention, role=Role.NONE)
    if mention.precision is Precision.TIME:
        if _CLOSES.search(low[max(0, begin - 40) : begin]) or _CLOSES_AFTER.match(low, finish):
            return Dated(mention=mention, role=Role.END)
        if _ADMITS.search(low[max(0, begin - 30) : begin]):
            return Dated(mention=mention, role=Role.NONE)
    if until and _PUT_OFF.search(low, max(sentence[0], begin - 40), begin):
        until = None
    if until and not in_signature and not _is_farewell(low, begin, finish):
        closes = mention.start > now - timedelta(hours=12) and (
            _AT_ONCE_ANSWERED.match(after) or not _NO_DEADLINE.search(whole)
        )
        answer = 1 if _ANSWER.search(whole) else 0
        if mention.precision is Precision.TIME and not answer:
            return Dated(mention=mention, role=Role.NONE)
        return Dated(mention=mention, role=Role.REPLY_BY if closes else Role.NONE, weight=answer)
    if (
        _HOURS.search(line)
        or (_HOURS.search(low[max(0, begin - 120) : begin]) and not mention.day_span)
        or _EXAMPLE.search(line)
        or _NOT_MINE.search(
            low, max(sentence[0], begin - _AROUND), min(sentence[1], finish + _BEHIND)
        )
        or _TOLD.search(near)
        or _CHECK_IN.search(low, mention.day_span[1] if mention.day_span else begin, finish)
        or (mention.precision is Precision.MINUTE and abs(mention.start - now) < _SAME_MOMENT)
    ):
        return Dated(mention=mention, role=Role.NONE)
    if _WEEK_OF.search(near) or (
        mention.precision is Precision.DAY
        and (mention.end or " und " in after[:30])
        and _ASKS_WHEN.search(whole)
    ):
        return Dated(mention=mention, role=Role.NONE)
    if mention.end and mention.relative and (mention.end - mention.start) > timedelta(days=1):
        return Dated(mention=mention, role=Role.NONE)
    if _PAST.search(near) and (mention.precision is Precision.DAY or mention.start < now):
        return Dated(mention=mention, role=Role.NONE)
    if (_WORK.search(near) and (mention.precision is Precision.DAY)) or (
        _WORK_WORDS.search(whole) and mention.precision is Precision.DAY
    ):
        return Dated(mention=mention, role=Role.NONE)
    if kind in (Kind.RESCHEDULE, Kind.CANCELLATION):
        is_new = bool(_NEW.search(near))
        if not is_new and (_OLD.search(near) or _OLD_AFTER.search(after[:90])):
            weight = _weight(before, whole, low, mention, kind) + _CALLED_OFF
            return Dated(mention=mention, role=Role.OLD, weight=weight)
    if (
        mention.precision is not Precision.TIME
        and mention.start < now - timedelta(hours=12)
        and kind is not Kind.CANCELLATION
    ):
        return Dated(mention=mention, role=Role.NONE)
    if _INSTEAD_OF.search(near):
        return Dated(mention=mention, role=Role.OLD)
    weight = _weight(before, whole, low, mention, kind)
    if in_signature:
        weight -= 4
    if mention.relative and mention.precision is Precision.DAY and not mention.has_weekday:
        called_off = kind is Kind.CANCELLATION and mention.start.date() >= now.date()
        role = Role.OLD if called_off and not near.endswith("vom ") else Role.NONE
        return Dated(mention=mention, role=role)
    hour = mention.precision in (Precision.MINUTE, Precision.TIME)
    just_now = now - timedelta(hours=12) < mention.start < now
    if kind is Kind.CANCELLATION and hour and just_now:
        return Dated(mention=mention, role=Role.NONE)
    return Dated(mention=mention, role=Role.INTERVIEW, weight=weight)


def _is_farewell(low: str, begin: int, finish: int) -> bool:
    """ "Dann bis Freitag um halb zwei", or "Bis Montag" above the name: no deadline."""
    line = low[low.rfind("\n", 0, begin) + 1 : begin]
    if _SEE_YOU.search(line):
        return True
    return bool(_BIS.fullmatch(line) and _LINE_ENDS.match(low, finish))


_BIS = re.compile(r"\W*(?:und )?bis (?:dann |zum |am )?")
_LINE_ENDS = re.compile(r"[,.!]?\s*(?:\n|$|,? (?:und )?(?:mit )?(?:lieben?|vielen?|besten?) gr)")


def _weight(before: str, whole: str, low: str, mention: Mention, kind: Kind) -> int:
    weight = {Precision.MINUTE: 6, Precision.DAY: 2, Precision.TIME: 1, Precision.WEEK: 0}[
        mention.precision
    ]
    weight += 2 if _APPOINTMENT_WORDS.search(whole) else 0
    weight += 3 if _LABEL.search(low[max(0, mention.span[0] - 60) : mention.span[0]]) else 0
    weight += 1 if mention.has_weekday else 0
    weight += 1 if not mention.relative else 0
    if kind is Kind.RESCHEDULE and _NEW.search(before[-60:]):
        weight += 6
    return weight


def deadlines_in(text: str) -> list[tuple[int, int]]:
    """The stretches of ``text`` that begin with "bis" or "by" in a sentence asking for an answer.

    Each ends with its line.
    """
    low = lowered(text)
    found = []
    for until in _UNTIL_WORD.finditer(low):
        begin = max(low.rfind(". ", 0, until.start()), low.rfind("\n\n", 0, until.start()), 0)
        end = min(low.find("\n\n", until.end()) % (len(low) + 1), until.end() + _DEADLINE)
        sentence = low[max(begin, until.start() - 200) : end]
        if _ANSWER.search(sentence) and not _NO_DEADLINE.search(sentence):
            found.append((until.start(), min(end, until.end() + _DEADLINE)))
    return found


_UNTIL_WORD = re.compile(
    r"(?<!\w)(?:bis|spätestens|by|before|no later than)\s(?=\w)(?!\d+ (?:stunden|tage|werktage|"
    r"hours|days|minut))"
)
_DEADLINE = 60  # characters


def offers_choice(text: str, start: int, end: int) -> bool:
    """Whether what stands around ``text[start:end]`` lets the reader choose among times."""
    return bool(_SLOT_WORDS.search(lowered(text[max(0, start - 400) : end + 300])))


def _day_end(mention: Mention) -> int:
    """Where the mention ends, or its day, where an hour that several days share stands far off."""
    far = (
        mention.clock_span and mention.day_span and mention.clock_span[0] > mention.day_span[1] + 12
    )
    return mention.day_span[1] if far and mention.day_span else mention.span[1]


_FAR_LESS_SURE = 6  # in weight: what stands in the signature


def with_slots(text: str, dated: list[Dated]) -> list[Dated]:
    """Dates to choose from become slots: two or more with times, offered as a choice."""
    low = lowered(text)
    open_dates = [
        d
        for d in dated
        if d.role is Role.INTERVIEW and d.mention.precision in (Precision.MINUTE, Precision.DAY)
    ]
    surest = max((d.weight for d in open_dates), default=0)
    open_dates = [d for d in open_dates if d.weight > surest - _FAR_LESS_SURE]
    timed = [d for d in open_dates if d.mention.precision is Precision.MINUTE]
    pool = timed if len(timed) > 1 else open_dates if len(open_dates) > 1 and not timed else []
    distinct = {(d.mention.start) for d in pool}
    if len(distinct) < 2:
        return dated
    first, last = pool[0].mention.span, pool[-1].mention.span
    context = low[max(0, first[0] - 400) : min(len(low), last[1] + 300)]
    between = [low[_day_end(a.mention) : b.mention.span[0]] for a, b in pairwise(pool)]
    joined = any(
        re.search(r"(?<!\w)(?:oder|or|alternativ\w*|bzw\.)(?!\w)", gap[-60:]) for gap in between
    )
    listed = len(pool) > 2 and all(
        len(gap.strip(" \t\n-*•·,;)(0123456789.abc")) < 40 for gap in between
    )
    by_line = all(
        low[low.rfind("\n", 0, d.mention.span[0]) + 1 : d.mention.span[0]].strip(" \t-*•·–")
        in ("", "am", "on")
        for d in pool
    ) and all(not gap.strip(" \t\n-*•·–.,;uhr") for gap in between)
    if not (joined or listed or by_line or _SLOT_WORDS.search(context)):
        return dated
    chosen = {id(d) for d in pool}
    return [replace(d, role=Role.SLOT) if id(d) in chosen else d for d in dated]
