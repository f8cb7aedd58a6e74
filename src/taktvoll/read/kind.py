"""What a message is to the candidate: an invitation, a change, a refusal, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taktvoll.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the classification looks at, besides the words."""

    method: str | None = None  # of the calendar part
    status: str | None = None  # of its event
    is_answer: bool = False  # In-Reply-To, or "Re:" in the subject
    has_date: bool = False  # a time ahead, or a link to choose one
    automatic: bool = False
    earlier: str = ""  # what is quoted below: it may say what the talk is about


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern that begins at the beginning of a word, which is what makes it quick."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + ")")


# All patterns read lower-case text.
_INTERVIEW = _any(
    r"vorstellungs?(?:gespräch|termin|runde|interview)\w*",
    r"(?:bewerbungs|auswahl|kennenlern|erst|zweit|bewerber|einstellungs|fach|"
    r"jobinterview-)gespräch\w*",
    r"(?:telefon|video|online|erst|zweit|skype|zoom|teams)-?interview\w*",
    r"(?<!\w)(?:job-?)?interviews?(?!\w|\s(?:tipps|tips|training|coaching))",
    r"assessment[- ]?cent(?:er|re)|(?<!\w)assessment|probearbeit\w*|probetag\w*|"
    r"schnuppertag\w*|schnupperlehre|hospitation\w*|bewerbertag\w*|einstellungstest|"
    r"eignungstest|auswahltag|auswahlverfahren",
    r"(?:phone|recruiter|initial|intro|screening|telephone) (?:screen(?:ing)?|call|"
    r"interview|chat)|hiring manager|screening call|first round|second round|final round|"
    r"zweite[sn]? (?:gespräch|runde)|erste[sn]? (?:gespräch|kennenlernen)|arbeitsprobe|"
    r"selection (?:day|process)|trial (?:day|shift)",
)
_MEETING = re.compile(
    r"gespräch|kennen ?lernen|kennen zu lernen|kennenzulernen|termin(?!ologie)|treffen|"
    r"telefonieren|austausch|vorstell|(?<!\w)call(?!\w)|(?<!\w)chat(?!\w)|"
    r"meet(?:ing)?(?!\w)|(?<!\w)talk(?!\w)|speak|conversation|sehen wir uns|see you"
)
_APPLICATION = re.compile(
    r"bewerbung|beworben|bewerber|unterlagen|lebenslauf|(?<!\w)stelle|position|"
    r"application|applied|applying|(?<!\w)role(?!\w)|vacancy|resume|résumé|"
    r"(?<!\w)cv(?!\w)|candidate|kandidat|mandant|karriere|recruit|dein profil|ihr profil|"
    r"your profile|ausbildung|praktikum"
)

_INVITES = _any(
    r"lade\w*\b[^.!?]{0,120}(?<!\w)ein(?!\w)|einladen|einzuladen|einladung|eingeladen",
    r"(?<!\w)invit(?:e|ed|ing|ation)",
    r"kennen ?lernen|kennenzulernen|kennen zu lernen|meet you|to meet with you|get to know you",
    r"termin(?:vorschl[aä]g|auswahl|option|e zur auswahl)|folgende[nrs]? (?:termin|zeit|"
    r"slot)|passt (?:es )?(?:ihnen|dir|dein|ihr)|passt dir|passt ihnen|passt das|"
    r"haben sie (?:\w+ )?zeit|hast du (?:\w+ )?zeit|"
    r"können sie [^.?]{0,80}kommen|kannst du [^.?]{0,80}kommen|magst du|"
    r"hätten sie (?:\w+ )?zeit|hättest du|such\w* (?:dir|ihnen|sich)[^.]{0,30}termin|"
    r"termin (?:aus)?wählen|wählen sie|wähle",
    r"(?:like|love|want|wish) to (?:schedule|arrange|set up|invite|speak|meet|talk)|"
    r"are you (?:free|available)|would you be (?:free|available)|(?:choose|pick|select|"
    r"book) (?:a|one|the|your)|"
    r"let me know (?:what|which|if)|(?:been|is|are) (?:scheduled|booked|arranged)|"
    r"scheduled for|has been scheduled|please (?:join|attend)|"
    r"(?:findet|finden)[^.]{0,80}statt|rufen (?:wir )?(?:sie|dich)|rufe (?:ich )?(?:sie|"
    r"dich)|möchte\w* (?:wir|ich)?[^.]{0,60}(?:interview|gespräch)|freuen uns auf (?:das|"
    r"ein|unser)",
)
_CONFIRMS = _any(
    r"(?:bestätige[nt]?|bestätigt) (?:wir|ich|ihnen|dir|hiermit|gern|den|unseren|ihren|deinen)",
    r"(?:hiermit|gerne?|hier|noch einmal|nochmals|kurz) [^.?]{0,40}bestätig\w+",
    r"^terminbestätigung|terminbestätigung(?:\s(?:für|zu)|:)|dann sehen wir uns|see you (?:on|then|"
    r"there|tomorrow)|bestätigung (?:ihres|deines|unseres|des|ihrer terminbuchung|ihr)|"
    r"ist (?:hiermit |damit )?(?:bestätigt|fest eingetragen|gebucht|notiert)|termin steht|"
    r"(?:habe|haben) (?:ihn|den termin|dich|sie)[^.]{0,40}(?:eingetragen|notiert|"
    r"vorgemerkt|reserviert)|"
    r"(?:this (?:is|email is)|i(?:'m| am)?|we(?:'re| are)?|happy|pleased|"
    r"delighted) (?:writing )?(?:to )?confirm(?:ing)?|confirmation of your|"
    r"interview (?:is )?confirmed|(?:are|is) (?:now )?confirmed|"
    r"looking forward to (?:seeing|meeting) you (?:on|tomorrow|then)|"
    r"vielen dank für (?:ihre|deine) (?:zusage|rückmeldung|terminbuchung|bestätigung|"
    r"buchung)|danke für (?:ihre|deine) (?:zusage|bestätigung|terminbuchung|buchung)|"
    r"thank(?:s| you) for (?:confirming|booking|accepting|scheduling)|erinner\w+ (?:an|"
    r"wir|sie|dich)[^.]{0,60}(?:termin|gespräch|interview)|reminder",
)
_MOVES = _any(
    r"verschieb\w*|verschoben|verlegen|verlegt|verlegung|vorverleg\w*|umbuch\w*|umgelegt|"
    r"terminänderung|terminverschiebung|neuen? termin|neuer termin|ersatztermin|"
    r"neue uhrzeit|geänderte[nr]? (?:termin|uhrzeit)|andere[nr]? (?:termin|uhrzeit|tag)",
    r"statt (?:um )?\d|(?:eine|zwei|halbe|eine halbe) stunden? (?:später|früher)|"
    r"reschedul\w+|postpone\w*|push(?:ed)? (?:back|your|the|our)|move[d]? (?:your|the|our|"
    r"it|to|from)|bring forward|new (?:time|date|slot)|change (?:of|to|"
    r"in) (?:the )?(?:time|date|your)|updated invitation|aktualisierte einladung|"
    r"^aktualisiert:|^updated:|different (?:time|day|date)",
)
_CANCELS = _any(
    r"\w{0,25}(?:termin|gespräch|interview|kennenlernen|treffen)\w*[^.!?]{0,120}(?:absagen|"
    r"abgesagt|abzusagen|entfallen|entfällt|stornier\w+|nicht stattfinden|"
    r"nicht statt(?!\w)|ausfallen|fällt aus|nicht wahrnehmen|zurückziehen|aufheben)",
    r"(?:absagen|abgesagt|sagen|absage|entfällt)[^.!?]{0,60}(?:termin|gespräch|interview)|"
    r"^abgesagt|^canceled|^cancelled|^absage",
    r"(?:interview|call|meeting|appointment|chat)[^.!?]{0,100}(?:cancel\w*|called off|"
    r"not (?:be )?(?:go(?:ing)? ahead|take place|taking place))|"
    r"cancel\w*[^.!?]{0,60}(?:interview|call|meeting|appointment)|call off (?:the|your)",
)
_CONDITION = re.compile(
    r"(?<!\w)(?:falls|sollte[ns]?t?|wenn|sofern|für den fall|if|should you|in case|"
    r"whenever|möchten sie|möchtest du|you (?:need|want|wish|have) to (?:reschedule|"
    r"cancel|change)|would like to (?:reschedule|cancel|change)|click (?:here )?to|"
    r"termin (?:ändern|absagen|verschieben)|(?:ändern|verschieben) oder (?:ab)?sagen|"
    r"reschedule or cancel|cancel or reschedule|https?://)(?!\w)"
)

_REFUSAL = _any(
    r"(?:für|mit) (?:eine[nr]? )?(?:andere[nr]?|anderen?) (?:bewerber|kandidat|"
    r"mitbewerber|person)\w*|anderweitig (?:entschieden|besetzt|vergeben)|"
    r"nicht (?:weiter )?(?:berücksichtigen|in die engere|für sie entschieden|"
    r"für dich entschieden)|"
    r"(?:keine|nicht) [^.]{0,40}(?:zusage|positive[nr]? (?:bescheid|rückmeldung|antwort))|"
    r"(?:ihnen|dir|ihrer bewerbung)[^.]{0,60} (?:leider )?(?:eine absage|absagen)|"
    r"leider (?:keine|nicht) [^.]{0,80}(?:einladen|anbieten|zusagen)|"
    r"stelle (?:ist )?(?:bereits|inzwischen)[^.]{0,20}(?:besetzt|vergeben)|"
    r"(?:auf|für) (?:ihrem|deinem|ihren|deinen) weiteren (?:beruflichen |berufs)?(?:weg|"
    r"lebensweg|werdegang)|für ihre (?:berufliche )?zukunft (?:alles|viel)|"
    r"unable to offer you|not (?:been )?(?:successful|selected|shortlisted)|unsuccessful|"
    r"(?:other|another) (?:candidate|applicant)s?|not (?:be )?(?:moving|proceed|progress|"
    r"taking|move)\w*\s?(?:forward|ahead|with|your)|position has been filled|"
    r"we regret to inform|decided not to|will not be",
)
_RECEIPT = _any(
    r"(?:haben|hat)[^.]{0,80}bewerbung[^.]{0,60}erhalten|bewerbung (?:ist|"
    r"wurde)[^.]{0,40}(?:eingegangen|erhalten|übermittelt)|eingang (?:ihrer|deiner)|"
    r"eingangsbestätigung|bewerbung[^.]{0,60}(?:eingegangen|erhalten haben)|(?:melden|"
    r"meldet) (?:wir )?uns[^.]{0,60}(?:bei ihnen|bei dir|unaufgefordert|in kürze|zeitnah)|"
    r"prüfen (?:wir )?(?:ihre|deine|nun|jetzt|derzeit)",
    r"(?:have|we've) received your (?:application|cv|resume)|"
    r"thank you for (?:your application|applying|"
    r"submitting)[^!?]{0,300}(?:will be in touch|get back to you|review|be considered|"
    r"we will contact)|application (?:has been )?received|under review",
)
_OFFER = _any(
    r"arbeitsvertrag|vertragsangebot|(?:stelle|position|"
    r"ausbildungsplatz)[^.]{0,50}(?:anbieten zu|anzubieten|anbieten)|jobangebot|"
    r"vertragsunterlagen|(?:ihnen|dir) (?:die|eine) zusage|herzlich willkommen im team|"
    r"einstellungszusage",
    r"(?:pleased|delighted|happy|excited) to (?:make you an offer|offer you (?:the|"
    r"a) (?:position|role|job|post))|offer of employment|job offer|offer letter|"
    r"employment contract|signed contract|contract of employment",
)
_DOCUMENTS = _any(
    r"(?:fehl\w*|noch)[^.]{0,60}(?:unterlagen|zeugnis\w*|nachweis\w*|"
    r"dokumente)[^.]{0,80}(?:nach|send|reich|lad)\w*|(?:unterlagen|zeugnisse|"
    r"nachweise)[^.]{0,60}(?:nachreichen|nachzureichen|zusenden|einreichen)|"
    r"(?:send|upload|provide|submit)[^.]{0,40}(?:copies|documents|certificates|references|"
    r"transcript)|before we can consider",
)
_NEWSLETTER = _any(
    r"newsletter|job-?alarm|job-?alert|jobs? für (?:dich|sie)|neue stellen(?:angebote)?|"
    r"jobs? (?:matching|you may)|recommended jobs|new jobs|stellenangebote? (?:für|"
    r"passend)|webinar|karrieretag|jobmesse|karrieremesse|job fair|career fair|podcast|"
    r"gewinnspiel",
)
_HEALTH = re.compile(
    r"praxis|zahnarzt|zahnärzt|versichertenkarte|patient|sprechstunde|behandlung|impf|"
    r"physiotherap|friseur|werkstatt-?termin|tüv|dentist|surgery appointment|"
    r"gp appointment|haircut|arzttermin|(?<!\w)arzt(?!\w)"
)
_COLLEAGUES = re.compile(
    r"team-?meeting|team-?besprechung|teamrunde|jour[ -]?fixe|stand-?up|sprint|"
    r"retro(?:spektive)?|all[- ]hands|town ?hall|weekly(?!\w)|quartals|kick-?off|"
    r"projektbesprechung|abteilungsbesprechung|hallo zusammen|hi all|hi team|"
    r"hello everyone|dear all|dear colleagues|liebe kolleg|"
    r"weihnachtsfeier|betriebsversammlung|elternabend|mitgliederversammlung|tagesordnung|"
    r"protokoll|status update|quarterly|budget"
)
_PROSPECT = re.compile(
    r"(?:expect|plan|aim|hope|intend|anticipate) to (?:schedule|hold|conduct|invite|"
    r"interview)|voraussichtlich|interviews (?:will|are expected to|are likely to|"
    r"are scheduled to) (?:be |take )|gespräche (?:finden|werden|sind)[^.]{0,60}(?:statt|"
    r"geplant|geführt)|"
    r"(?:werden|würden) (?:wir )?(?:sie|dich)[^.]{0,80}(?:einladen|kontaktieren|"
    r"informieren)|shortlisted candidates|if you are (?:selected|shortlisted)|"
    r"nach sichtung|nächste[nr]? schritt\w* (?:wäre|ist dann)"
)


def kind_of(subject: str, text: str, clues: Clues) -> Kind:
    """The kind of a message from its ``subject``, its newest ``text`` and the :class:`Clues`."""
    if clues.method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return Kind.REPLY
    low = f"{subject}\n\n{text}".lower()[:6_000]
    sentences = [
        s for s in re.split(r"[.!?]\s+|\n\s*\n|\n[-*•]\s|\n(?=[^\n]{0,40}\n)", low) if s.strip()
    ]
    plain = "\n".join(s for s in sentences if not _CONDITION.search(s))
    certain = "\n".join(s for s in sentences if not _PROSPECT.search(s))
    about = _about_interview(low, certain, clues)
    if not about:
        return (
            Kind.REPLY
            if clues.is_answer and clues.automatic is False and _APPLICATION.search(low)
            else Kind.OTHER
        )
    if _no_interview(low, plain, certain, clues):
        return Kind.OTHER
    if clues.method == "CANCEL" or clues.status == "CANCELLED":
        return Kind.CANCELLATION
    if _MOVES.search(plain) and not (_RECEIPT.search(low) and not clues.has_date):
        return Kind.RESCHEDULE
    if _CANCELS.search(plain):
        return Kind.CANCELLATION
    confirms, invites = _CONFIRMS.search(plain), _INVITES.search(certain)
    if confirms and (clues.has_date or clues.is_answer):
        return Kind.CONFIRMATION
    if clues.has_date or clues.method in ("REQUEST", "PUBLISH"):
        return Kind.INVITATION
    if clues.is_answer and not (invites and re.search(r"lade\w*\b|einladen|invite", certain)):
        return Kind.REPLY
    return Kind.INVITATION if invites else Kind.OTHER


def _about_interview(low: str, certain: str, clues: Clues) -> bool:
    if _INTERVIEW.search(certain):
        return True
    if _MEETING.search(certain) and (
        _APPLICATION.search(low)
        or _INTERVIEW.search(clues.earlier.lower()[:6000])
        or re.search(r"kennen ?lernen|kennenzulernen|kennen zu lernen", certain)
    ):
        return (
            clues.has_date
            or clues.is_answer
            or bool(_INVITES.search(certain))
            or bool(_MOVES.search(certain))
        )
    return False


def _no_interview(low: str, plain: str, certain: str, clues: Clues) -> bool:
    strong = len(_INTERVIEW.findall(certain))
    if clues.method in ("REQUEST", "CANCEL") and strong and not _COLLEAGUES.search(low):
        return False
    if _REFUSAL.search(low) and not re.search(r"stattdessen|instead|neuen termin|new time", plain):
        return not _invites_surely(plain)
    if _OFFER.search(low) and not _invites_surely(plain):
        return True
    if (
        (_RECEIPT.search(low) or _DOCUMENTS.search(low))
        and not _invites_surely(plain)
        and not _MOVES.search(plain)
    ):
        return True
    if _NEWSLETTER.search(low) and not _invites_surely(plain):
        return True
    if _HEALTH.search(low) and not strong:
        return True
    return (
        bool(_COLLEAGUES.search(low))
        and not _invites_surely(plain)
        and not _APPLICATION.search(low)
    )


def _invites_surely(plain: str) -> bool:
    """An invitation in so many words, said of the reader and of no condition."""
    certain = "\n".join(line for line in plain.split("\n") if not _PROSPECT.search(line))
    return bool(
        re.search(
            r"lade\w*\b[^.!?]{0,120}(?<!\w)ein(?!\w)|möchte[nt]?\b[^.!?]{0,160}(?:einladen|"
            r"kennen ?lernen)|(?:freuen|freue) (?:wir )?(?:uns|mich)[^.!?]{0,80}(?:einzuladen|"
            r"einladen|kennenzulernen)|"
            r"würden (?:wir )?(?:sie|dich)[^.!?]{0,80}(?:einladen|kennen ?lernen)|"
            r"einladung zu[mr]?\s|invite you (?:to|for)|like to (?:invite|meet|schedule|speak)|"
            r"your interview (?:is|has been|will)|einzuladen",
            certain,
        )
    )
