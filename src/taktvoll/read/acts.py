"""What a sentence of a recruiter's mail does: invites, confirms, moves, cancels, refuses …

Each family is one pattern over lower-case text. A sentence that only allows for something ("falls
der Termin nicht passt", "need a different time?") does none of it: see :data:`CONDITION`.
"""

from __future__ import annotations

import re


def _family(*patterns: str) -> re.Pattern[str]:
    """One pattern that begins at the beginning of a word, which is what makes it quick."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + ")")


# --- what the mail is about ---

INTERVIEW = _family(
    r"vorstellungs?(?:gespräch|termin|runde|interview|hearing)\w*",
    r"(?:bewerbungs|auswahl|kennenlern|erst|zweit|dritt|bewerber|einstellungs|fach|berufungs|"
    r"jobinterview-)gespräch\w*",
    r"(?:kennenlern|auswahl|bewerber|schnupper|probe)(?:tag|termin|runde|schicht|stunde)\w*",
    r"(?:job-|telefon-?|video-?|online-?|erst-?|zweit-?|skype-?|zoom-?|"
    r"teams-?)?interviews?(?:termin\w*|runde)?(?!\w|\s(?:tipps|tips|training|coaching|guide|"
    r"questions))",
    r"assessment(?!\w)|assessment[- ]?(?:cent(?:er|re)|day|tag)|probearbeit\w*|probe(?:fahrt|"
    r"vortrag|unterricht)|lehrprobe|schnuppern?(?!\w)|schnupperlehre|hospitation\w*|hospitieren|"
    r"einstellungstest|eignungs(?:test|prüfung)|auswahlverfahren|hearing",
    r"(?:beim|zum|dich|sie sich|persönlich|euch) (?:\S+ ){0,8}?vor(?:zu)?stell(?:en|st|t)(?!\w)",
    r"(?:zweite[sn]?|erste[sn]?|nächste[snr]?|weitere[snr]?) (?:gespräch\w*|runde|kennenlernen)",
    r"arbeitsprobe|(?:phone|recruiter|initial|intro|screening|telephone|video) (?:screen(?:ing)?|"
    r"call|chat)|phone-?screen|screening call",
    r"(?:first|second|third|final|next) (?:round|stage)|on-?site (?:visit|loop)|your on-?site|"
    r"selection (?:day|process|panel)|trial (?:day|shift)|hiring (?:manager|team|panel)|"
    r"interviewer\w*",
)
"""Words that only job interviews and what stands for them are called by."""

MEETING = _family(
    r"(?:\w{0,20}gespräch|termin|treffen|austausch|telefonat|videocall|videokonferenz|"
    r"webkonferenz)\w*",
    r"kennen ?lern\w*|kennenzulernen|kennen zu lernen|telefonier\w*|vorbei(?:zu)?(?:komm|"
    r"schau)\w*|komm\w* (?:\S+ ){0,12}?vorbei|persönlich (?:zu )?sprechen|sprechen|unterhalten|"
    r"sehen wir uns|treffen wir uns|freu\w* (?:mich|uns) (?:schon )?auf (?:dich|sie|euch)",
    r"(?:call|chat|meet|meeting|talk|speak|conversation|appointment|visit)(?!\w)|see you|"
    r"come (?:in|by|along|over)|drop (?:in|by)|bring you to",
)
"""Words for meeting somebody, for whatever purpose."""

APPLICATION = _family(
    r"\w{0,12}bewerb\w*|beworben|(?:bewerbungs)?unterlagen|lebenslauf|dossier|mappe|stelle(?!\w)|"
    r"(?:voll|teil)zeit|\w*stelle als|position|vakanz|arbeitsplatz|\w*anstellung|minijob|"
    r"aushilfe|job(?!\w)|ausbildung\w*|azubi|lehrstelle|lehrling|lehre(?!\w)|praktik\w+|"
    r"werkstudent\w*|kandidat\w*|mandant\w*|karriere|recruit\w*|(?:dein|ihr) (?:profil|"
    r"lebenslauf)|ausschreibung|kennziffer|probezeit|team verstärken",
    r"applicat\w*|appl(?:y|ied|ying|icant\w*)|role(?!\w)|vacanc\w+|résumé|resume(?!\w)|cv(?!\w)|"
    r"candidate\w*|your profile|internship|apprentice\w*|traineeship|opening|post of|"
    r"req(?:uisition)? ",
)
"""Words for an application: they tell a talk about work from any other."""

# --- what a sentence does about it ---

SURELY = _family(
    r"lade\w*(?!\w)[^.!?]{0,160}(?<!\w)ein(?!\w)|möchte[nt]?(?!\w)[^.!?]{0,160}(?:einladen|"
    r"kennen ?(?:zu)?lernen|sprechen|treffen)|freu\w* (?:wir )?(?:uns|"
    r"mich)[^.!?]{0,80}(?:einzuladen|einladen|kennenzulernen)|würde\w* (?:wir )?(?:sie|"
    r"dich)[^.!?]{0,80}(?:einladen|kennen ?lernen|sprechen)|einladung zu[mr]?\s|einzuladen|"
    r"dürfen (?:wir )?(?:sie|dich)[^.!?]{0,80}einladen",
    r"invite you (?:to|for)|(?:like|love) to (?:invite|meet|schedule|speak|bring|have|chat|talk|"
    r"see)|your (?:\w+ )?interview (?:is|has been) (?:scheduled|booked|arranged)",
)
"""An invitation in so many words."""

INVITES = _family(
    r"lade\w*(?!\w)[^.!?]{0,160}(?<!\w)ein(?!\w)|einladen|einzuladen|einladung|eingeladen",
    r"kennen ?(?:zu)?lernen|kennenzulernen|kennen zu lernen|persönlich (?:zu )?sprechen|"
    r"näher (?:zu )?unterhalten",
    r"termin(?:vorschl[aä]g|auswahl|option|e zur auswahl)\w*|folgende[nrs]? (?:termin|zeit|slot|"
    r"tag)\w*|passt (?:es )?(?:ihnen|dir|dein|ihr|das)",
    r"(?:haben|hätten|hast|hättest|habt|hättet) (?:sie|du|ihr) (?:\S+ ){0,6}?(?:zeit|lust|"
    r"interesse)|(?:können|könnten|kannst|könntest|mögen|möchten|magst|möchtest|würden) (?:sie|"
    r"du) [^.?]{0,140}(?:kommen|vorbei\w*|vorstellen|telefonieren|treffen|teilnehmen)|"
    r"komm\w* (?:doch |bitte |sie |gern |einfach |mal ){0,4}[^.?]{0,120}(?:vorbei|zu uns|bei uns)",
    r"such\w* (?:dir|ihnen|sich|sie sich)[^.]{0,40}termin|termin (?:aus)?(?:zu)?wählen|"
    r"wählen sie|wähle|buch\w* (?:dir|sie|ihnen|hier|bitte|einfach)",
    r"(?:findet|finden)[^.]{0,80}statt|ruf\w* (?:wir |ich )?(?:sie|dich)|möchte\w* (?:wir|"
    r"ich)?[^.]{0,80}(?:interview|gespräch|treffen|sprechen)|freu\w* (?:uns|mich) (?:schon |"
    r"sehr )?auf (?:das|ein|unser|ihren|deinen|sie|dich)",
    r"invit(?:e|ed|ing|ation)|meet(?:ing)? (?:with )?you|get to know you|(?:like|love|want|wish|"
    r"keen|hoping|able) (?:for you )?(?:to|you to) (?:\w+ ){0,2}?(?:schedule|arrange|set up|"
    r"invite|speak|meet|talk|bring|have|get|chat|come)",
    r"(?:are|would|were|might) you (?:be )?(?:free|available|around|able)|could you (?:come|make|"
    r"do|join|pop)|can you (?:come|make|do|join|pop)|when (?:could|can|would|are) you|(?:choose|"
    r"pick|select|book) (?:a|one|the|your)|let me know (?:what|which|if)|(?:been|is|"
    r"are) (?:scheduled|booked|arranged)|scheduled for|please (?:join|attend|come)|come (?:in|"
    r"along|over|by)|drop (?:in|by)|fancy (?:a|coming)|here is the plan",
)

CONFIRMS = _family(
    r"bestätig(?:e|en|t)(?!\w)|terminbestätigung|bestätigung|(?:gebucht|fest eingetragen|"
    r"eingetragen|notiert|vorgemerkt|reserviert|fixiert|fix)(?!\w)|termin steht|steht (?:fest|"
    r"somit|damit)|bleibt (?:es )?(?:bei|dabei)|bleibts (?:bei|beim)|es bleibt (?:bei|dabei)",
    r"(?:dann|also|super|prima|perfekt|passt|ok|okay|gut|gerne?|wunderbar|alles klar|klasse|"
    r"toll)[,!. ]+(?:\S+ ){0,4}?(?:machen wir|sehen wir uns|bis |freu|passt|dann)|"
    r"dann sehen wir uns|(?:passt|geht|klappt) (?:bei |für )?(?:mir|uns|mich)(?: gut| super|"
    r" perfekt)?(?!\w)",
    r"wie (?:\S+ ){0,3}?(?:besprochen|vereinbart|telefonisch|ausgemacht|abgemacht|abgesprochen|"
    r"verabredet|gewünscht)|(?:vielen dank|danke|dank) für (?:ihre|deine|die) (?:\w+ )?(?:zusage|"
    r"rückmeldung|terminbuchung|bestätigung|buchung|schnelle rückmeldung)",
    r"erinner(?:n|ung|e)\w*|reminder|just (?:a|to) (?:quick |friendly )?remind\w*",
    r"confirm(?:s|ed|ing|ation)?(?!\w)|(?:all|you(?:'|’)?re|you are|it(?:'|’)?s) (?:set|booked|"
    r"confirmed|in the diary)|(?:as|like) (?:we )?(?:discussed|agreed|arranged|promised|per our|"
    r"mentioned)|(?<!will )(?<!to )see you (?:on|then|there|tomorrow|at)|speak (?:then|on|"
    r"tomorrow)|(?:works|suits|is fine|is perfect|sounds good|that(?:'|’)?s great|"
    r"is great)(?: for (?:us|me))?(?!\w| for you)|let(?:'|’)?s (?:say|go with|do|make it)|"
    r"thank(?:s| you) for (?:confirming|booking|accepting|scheduling|choosing|selecting|picking)|"
    r"looking forward to (?:seeing|meeting|speaking)",
)

_ASKED = (
    r"bitte|please|(?:können|könnten|kannst|könntest|würden) (?:sie|du)|lassen sie|ob(?!\w)|"
    r"let (?:us|me) know|if(?!\w)|could you|can you|would you|kindly|must|to confirm your|"
    r"um den termin|ersuch\w*|gebeten|erbeten|erwarten|bitten|dürfen wir|dürfte ich|tell (?:me|"
    r"us)|whether|(?:eine )?kurze (?:bestätigung|rückmeldung|antwort)|wäre(?:n)? (?:wir|ich|fein|"
    r"schön|nett|lieb|super)|um (?:eine )?(?:kurze )?(?:bestätigung|antwort)|bestätigen sie|"
    r"bestätige (?:uns|mir|deine|den)|gib|geben sie|confirm your|schick|by (?:reply|return)|"
    r"rückmeldung|bis (?:zum|spätestens)|sobald|vorbehaltlich|click|klick"
)
ASKS_TO_CONFIRM = _family(_ASKED)
"""Asking the reader to confirm is no confirmation."""

MOVES = _family(
    r"\w{0,12}verschieb\w*|verschoben|(?:um|vor|ver)(?:zu)?leg(?:en|t|ung)(?!\w)|vorverleg\w*|"
    r"umbuch\w*|umgelegt|vorzieh\w*|vorgezogen|terminänderung|terminverschiebung|neuen? termin|"
    r"neuer termin|ersatztermin\w*|ausweichtermin|neuer vorschlag|als ersatz|"
    r"gleiche (?:uhr)?zeit|selbe[rn]? (?:uhr)?zeit|(?:einen?|den) tag (?:davor|danach|vorher|"
    r"später|früher)|neue uhrzeit|(?:geänderte|andere|neue)[nrs]? (?:termin|uhrzeit|tag|"
    r"zeit)(?!\w)|noch ?mal schieben|schieben (?:wir|müssen|muss)|nach hinten (?:schieb|verleg|"
    r"rück)\w*",
    r"statt (?:um |am |wie )?(?:\d|\w+tag)|stattdessen|(?:eine|zwei|drei|halbe|eine halbe|"
    r"viertel|eine viertel)\s?stunden? (?:später|früher)|nicht (?:wie )?(?:am|"
    r"um) [^!?\n]{0,50}sondern",
    r"re-?schedul\w+|re-?arrang\w+|postpone\w*|(?:move|moving|push|pushing|shift|bring|bringing|"
    r"swap) (?:\w+ ){0,3}?(?:interview|appointment|meeting|call|chat|slot|time|start|it|things|"
    r"this|that) (?:\w+ ){0,5}?(?:to|from|forward|back|until|out)(?!\w)|(?:moved|shifted|pushed|"
    r"brought) (?:to|from|forward|back|until|out)(?!\w)|new (?:time|date|slot)|change (?:of|to|"
    r"in) (?:the )?(?:time|date|your|plan)|updated invitation|aktualisierte einladung|"
    r"aktualisiert:|updated:|different (?:time|day|date)|(?:an hour|half an hour|a bit|a day|"
    r"a week|the day) (?:later|earlier|before|after|sooner)|instead(?! of \w+ing| of (?:a|"
    r"your) (?:cv|letter))|same time|rather than|would (?:you|it) mind (?:coming|starting|doing)|"
    r"swap",
)

NO_NEW_TIME = _family(
    r"(?:kein|noch nicht|nicht|noch offen|sobald|später)(?:en|er)?(?!\w)|(?:no|not|yet|once|"
    r"as soon as)(?!\w)"
)
"""Speaking of a new appointment without naming one."""

CANCELS = _family(
    r"absagen|abgesagt|abzusagen|entfallen|entfällt|stornier\w+|ausfallen|"
    r"fällt (?:\S+ ){0,4}?aus(?!\w)|nicht (?:\S+ ){0,2}?stattfinden|(?:findet|"
    r"finden) [^.!?]{0,60}nicht statt(?!\w)|sagen? (?:\S+ ){0,12}?ab(?!\w)|absage(?!\w)|"
    r"hinfällig|platzen lassen|gestrichen",
    r"cancel\w*|call(?:ed|ing)? (?:\w+ ){0,4}?off|(?:not|won(?:'|’)?t|isn(?:'|"
    r"’)?t) (?:be )?(?:go(?:ing)? ahead|take place|taking place|able to (?:go|interview|see|"
    r"meet))|no longer (?:go|take|be going|be taking|need to (?:see|meet|interview)|"
    r"able to (?:interview|meet|see|go|offer you the interview))|withdraw(?:n|ing)? (?:the|your|"
    r"our|this) (?:invitation|interview|offer of)",
)

CONDITION = _family(
    r"falls|sollte[ns]?t?|wenn(?:st)?|sofern|für den fall|im falle?|if|should you|in case|"
    r"whenever|unless|when you|until you",
    r"möchten sie|möchtest du|willst du|wollen sie|lieber (?:ein|anderer)|(?:bis|ab) 24|"
    r"you (?:need|want|wish|have) to (?:reschedule|cancel|change|move)|"
    r"(?<!we )(?<!i )(?<!\wd )(?<!['’]d )(?:need|want|wish|like|prefer|"
    r"request) (?:to )?(?:reschedule|cancel|change|move|pick|(?:\w+ )?(?:a |"
    r"another )?(?:different|another|new|alternative) (?:time|slot|day|date))|(?:change|changing|"
    r"change of) (?:something|your mind|plans)|planänderung",
    r"zu(?:-| |zu)?(?:oder|/) ?ab(?:zu)?(?:sag\w*)?(?!\w)|zu oder ab|zusage oder absage|"
    r"bewerbung (?:\w+ )?zurück\w*|abgesagt werden,|click|klick\w*|(?:termin|buchung|meeting|"
    r"event|appointment|booking)? ?(?:ändern|absagen|verschieben|umbuchen|stornieren)(?: und|"
    r" oder| /|/| &|,) ?(?:ab)?(?:sagen|ändern|stornieren|verschieben|umbuchen)|(?:reschedule|"
    r"cancel|change|manage|move)(?: or | and |/| / | \| )(?:reschedule|cancel|change|manage)",
    r"(?:reschedule|cancel|umbuchen|absagen|verschieben|ändern)\s*:?\s*(?:<|\(|\[)?https?:|"
    r"(?:spätestens|mindestens|bis zu) \d+ (?:stunden|tage|hours) (?:vor|before)|\d+ hours?(?:'|"
    r"’)? notice|travel costs|stornokosten",
)

# --- what is no interview ---

REFUSES = _family(
    r"(?:für|mit) (?:eine[nr]? )?(?:andere[nr]?|anderen?|mit)(?: |-)?(?:\w+ )?(?:bewerb|kandidat|"
    r"person)\w*|anderweitig (?:entschieden|besetzt|vergeben)|nicht (?:weiter |"
    r"mehr )?(?:berücksichtig\w+|in die engere|für (?:sie|dich) entschieden)|(?:ihnen|dir|"
    r"ihrer bewerbung|deiner bewerbung)[^.]{0,60} (?:leider )?(?:eine absage|keine (?:zusage|"
    r"positive))|(?:keine|nicht) [^.]{0,40}positive[nr]? (?:bescheid|rückmeldung|antwort)",
    r"leider (?:keine|nicht|kein)(?!\w) [^.]{0,80}(?:einladen|anbieten|zusagen|berücksichtigen)|"
    r"stelle (?:ist |wurde )?(?:bereits|inzwischen|mittlerweile|schon)[^.]{0,20}(?:besetzt|"
    r"vergeben)|(?:auf|für) (?:ihrem|deinem|ihren|deinen) weiteren (?:beruflichen |"
    r"berufs)?(?:weg|lebensweg|werdegang)|für (?:ihre|deine) (?:weitere |berufliche )*(?:zukunft|"
    r"suche)|gegen sie entschieden|bedauern[^.]{0,60}mitteilen|unterlagen (?:\w+ )?zurück",
    r"unable to offer you|not (?:been )?(?:successful|selected|shortlisted|chosen|among the)|"
    r"unsuccessful|(?:other|another) (?:candidate|applicant)s?|gone with (?:someone|another)|"
    r"not (?:be )?(?:moving|proceed|progress|taking|move|going)\w*\s?(?:forward|ahead|with|your|"
    r"any further|further)|position has been filled|we regret to inform|decided not to|"
    r"on this occasion|wish you (?:every|all the|the very)? ?(?:success|best|luck) (?:in|with|"
    r"for) your|keep your (?:details|cv|application) on file|closely match|stronger candidates|"
    r"pursue other",
)

RECEIPT = _family(
    r"(?:haben|hat|habe)[^.]{0,80}(?:bewerbung|unterlagen|dossier)[^.]{0,60}(?:erhalten|"
    r"bekommen)|(?:bewerbung|dossier|unterlagen) (?:ist|wurde|sind)[^.]{0,60}(?:eingegangen|"
    r"erhalten|übermittelt|angekommen)|eingang (?:ihrer|deiner)|eingangsbestätigung|"
    r"bewerbung[^.]{0,60}(?:eingegangen|erhalten haben)|(?:melden|meldet|melde) (?:wir |"
    r"ich )?(?:uns|mich)[^.]{0,80}(?:bei ihnen|bei dir|unaufgefordert|in kürze|zeitnah|sobald)|"
    r"prüf(?:en|ung) (?:wir )?(?:ihre|deine|nun|jetzt|derzeit|der)|"
    r"bitten (?:wir )?(?:sie )?um (?:etwas |ein wenig )?geduld|von (?:telefonischen )?(?:nach|"
    r"rück)fragen abzusehen|sichtung|hören von uns",
    r"(?:have|we(?:'|’)?ve|has been) (?:safely )?received (?:your )?(?:application|cv|resume)|"
    r"thank you for (?:your application|applying|submitting)[^!?]{0,300}(?:will be in touch|"
    r"get back to you|review|be considered|we will contact)|application (?:has been )?received|"
    r"under review|received your (?:application|cv|resume)|(?:will|we(?:'|’)ll) (?:be in touch|"
    r"get back to you|review your)|only shortlisted|high volume of",
)

OFFERS = _family(
    r"arbeitsvertrag|vertragsangebot|(?:stelle|position|ausbildungsplatz|"
    r"lehrstelle)[^.]{0,50}(?:anbieten zu|anzubieten|anbieten)|jobangebot|vertragsunterlagen|"
    r"(?:ihnen|dir) (?:die|eine) zusage|herzlich willkommen im team|einstellungszusage|"
    r"lehrvertrag|ausbildungsvertrag|für (?:sie|dich) entschieden|onboarding|erster arbeitstag|"
    r"ersten arbeitstag",
    r"(?:pleased|delighted|happy|excited|thrilled) to (?:make you an offer|offer you (?:the|"
    r"a) (?:\w+ )*?(?:position|role|job|post))|offer of employment|job offer|offer letter|"
    r"employment contract|signed contract|contract of employment|first day (?:at|with)|"
    r"starting salary|onboarding",
)

DOCUMENTS = _family(
    r"(?:fehl\w*|noch|benötig\w*|brauch\w*)[^.]{0,80}(?:unterlagen|zeugnis\w*|nachweis\w*|"
    r"dokumente|führungszeugnis|lebenslauf|impfnachweis|kopie)|(?:unterlagen|zeugnisse|"
    r"nachweise)[^.]{0,60}(?:nachreichen|nachzureichen|zusenden|einreichen|hochladen)",
    r"(?:send|upload|provide|submit|forward|missing)[^.]{0,60}(?:copies|copy|documents|"
    r"certificates|references|transcript|proof|right to work)|before we can consider",
)

BULK = _family(
    r"newsletter(?! abbestellen)|job-?alarm|job-?alert|suchauftrag|jobs? für (?:dich|sie)|"
    r"neue stellen(?:angebote)?|jobs? (?:matching|you may)|recommended jobs|new jobs|"
    r"stellenangebote? (?:für|passend)|webinar|karrieretag|jobmesse|karrieremesse|"
    r"ausbildungsmesse|infoabend|tag der offenen tür|job fair|career fair|careers fair|"
    r"job ?seekers|(?:hiring|recruitment|career|careers|job) (?:expo|event|evening)|expo(?!\w)|"
    r"open day|podcast|gewinnspiel|masterclass|bewerbungstraining|interview-?(?:tipps|training|"
    r"coaching)|interview (?:tips|training|coaching|skills|guide)",
)

HEALTH = _family(
    r"zahnarzt\w*|zahnärzt\w*|versichertenkarte|gesundheitskarte|ordination(?!\w)|patient\w*|"
    r"behandlung\w*|impf\w*|(?:kontroll|vorsorge)(?:untersuchung|termin)|untersuchung|"
    r"physiotherap\w*|prophylaxe|friseur\w*|werkstatt-?termin|reifenwechsel|tüv|nüchtern|"
    r"überweisung|e-card|krankenkasse",
    r"dentist|dental|surgery appointment|gp appointment|check-?up|haircut|mot test|your doctor|"
    r"clinic appointment|vaccin\w*|optician",
)

COLLEAGUES = _family(
    r"team-?meeting|team-?besprechung|teamrunde|teamsitzung|jour[ -]?fixe|stand-?up|sprint|"
    r"retro(?:spektive)?(?!\w)|all[- ]hands|town ?hall|weekly(?!\w)|quartals\w*|kick-?off|"
    r"projektbesprechung|abteilungsbesprechung|hallo zusammen|hallo (?:liebe )?kolleg\w+|hi all|"
    r"hi team|hello everyone|dear all|dear colleagues|liebe kolleg\w*|liebes team|hi everyone|"
    r"weihnachtsfeier|betriebsversammlung|elternabend|mitgliederversammlung|tagesordnung|"
    r"protokoll|status update|quarterly|budget|dienstplan|agenda:|sommerfest|vereins\w*|"
    r"minutes of",
)

PROSPECT = _family(
    r"(?:expect|plan|aim|hope|intend|anticipate)(?:ing)? to (?:schedule|hold|conduct|invite|"
    r"interview|be in)|voraussichtlich|interviews (?:will|are expected to|are likely to|"
    r"are scheduled to) (?:be |take )|(?:gespräche|interviews) (?:finden|werden|"
    r"sind)[^.]{0,60}(?:statt|geplant|geführt|vorgesehen)",
    r"werden (?:wir )?(?:sie|dich)[^.]{0,80}(?:einladen|kontaktieren|informieren)|"
    r"shortlisted candidates|(?:if|should) you (?:are|be|have been) (?:selected|shortlisted|"
    r"successful)|nach sichtung|nächste[nr]? schritt\w* (?:wäre|ist dann)|"
    r"will (?:then )?(?:invite|contact|be invited)|invited to interview (?:by|will)|"
    r"kommen (?:sie|du) in die engere|in die engere (?:auswahl|wahl)",
)
"""An interview that may come about one day, for somebody."""
