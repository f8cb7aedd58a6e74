"""The words that name what somebody works as, in German and English.

A German one is told by its ending ("Tiefbautechniker", "Kita-Leitung"), an English one by its last
word ("Lettings Negotiator"). They are how a job title is found where no "Stelle als" leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_GERMAN = """
leiter leitung mitarbeiter arbeiter bearbeiter bearbeitung assistent assistenz referent kaufmann
kauffrau kaufleute fachmann fachfrau fachkraft hilfskraft lehrkraft pflegekraft servicekraft
bürokraft reinigungskraft küchenkraft verkaufskraft spülkraft teilzeitkraft techniker technologe
technologin ingenieur pfleger schwester helfer hilfe aushilfe berater verkäufer fahrer chauffeur
laborant angestellte angestellter angestellten lehrer lehrperson koch köchin monteur meister
schlosser mechaniker mechatroniker elektroniker elektriker installateur schreiner tischler maler
lackierer maurer dachdecker zimmerer zimmermann gärtner florist bäcker konditor metzger fleischer
friseur coiffeur kosmetiker kellner rezeptionist hausdame hausmeister hauswart abwart reiniger
lagerist logistiker disponent spediteur kommissionierer packer maschinenführer anlagenführer
bediener dreher fräser spaner schweißer schweisser konstrukteur zeichner planer architekt polier
vermesser statiker entwickler programmierer administrator informatiker analyst designer gestalter
redakteur texter journalist lektor übersetzer dolmetscher fotograf grafiker polygraf drucker
buchhalter controller treuhänder revisor prüfer anwalt anwältin jurist notar rechtspfleger richter
arzt ärztin therapeut logopäde logopädin psychologe psychologin pädagoge pädagogin erzieher betreuer
betreuung tagesmutter hebamme sanitäter apotheker optiker akustiker wissenschaftler forscher
volontariat traineeship doktorand doktorandin professor dozent bibliothekar archivar praktikant
werkstudent volontär auszubildende auszubildender auszubildenden lernende lernender lehrling azubi
beamte beamter beamtin verwalter vertreter repräsentant makler gutachter sachverständige
sachverständiger sachverständigen inspektor kontrolleur chef barkeeper sommelier animateur trainer
sekretär telefonist einkäufer beauftragte beauftragter beauftragten spezialist experte expertin
koordinator direktor vorarbeiter geselle gesellin bestatter winzer landwirt tierarzt tierärztin
förster kapitän pilot begleiter lokführer zugführer führer schaffner wachmann detektiv polizist
schauspieler musiker kantor pfarrer mesner küster sachbearbeiter stellvertretung mta pta mfa zfa
mtra ota postdoc trainee barista manager consultant engineer developer recruiter scout steward
stewardess tester näher schneider sattler uhrmacher goldschmied glaser fliesenleger estrichleger
gerüstbauer straßenbauer tiefbauer galvaniseur gießer zusteller kurier briefträger kassierer kassier
croupier portier concierge bademeister rettungsschwimmer kehrer schornsteinfeger stuckateur
steinmetz isolierer rohrleitungsbauer anlagenbauer metallbauer karosseriebauer bootsbauer orgelbauer
modellbauer werkzeugmacher büchsenmacher orthopädist podologe podologin masseur diätologe
diätassistent ergotherapeut hörgeräteakustiker zahntechniker altenpfleger pflegefachfrau
pflegefachmann pflegefachperson wirtschafter wärter betriebswirt fachwirt gastwirt wirt
polymechaniker automatiker spengler gipser sanitärinstallateur heizungsinstallateur
detailhandelsfachfrau detailhandelsfachmann kaminfeger fachperson melker senner imker käser
mälzer winzer bereiter konfiseur patissier jungkoch commis demichef kalkulator vertriebler
konzipient konzipientin anwärter anwärterin referendar referendarin referendariat famulant justiziar
syndikus aktuar fami pka zmv zmp dgkp dgkb mfa aushilfskraft nachwuchskraft betreuungskraft
sicherheitskraft bedienungskraft abrechner illustrator animator restaurator präparator konservator
kurator dramaturg regisseur tontechniker kameramann cutter maskenbildner bühnenbildner requisiteur
tänzer sänger organist chorleiter kirchenmusiker diakon diakonin seelsorger reiseleiter stadtführer
skilehrer bergführer schwimmmeister platzwart hallenwart hüttenwart raumpfleger wäscher
polsterer raumausstatter parkettleger bodenleger trockenbauer geigenbauer klavierbauer messebauer
instrumentenbauer ofenbauer brunnenbauer fensterbauer holzbauer rollladenbauer matrose bootsmann
nautiker lotse gerichtsvollzieher biologe biologin chemiker physiker mathematiker statistiker
geologe geologin geograf meteorologe soziologe historiker historikerin archäologe germanist ökonom
volkswirt ökotrophologe hygieniker pförtner zimmermädchen gouvernante haushälter kinderfrau
streetworker dirigent intendant rektor konrektor kämmerer lehrauftrag professur juniorprofessur
vorbereitungsdienst doktorandenstelle postdoc-stelle promotionsstelle geschäftsführer
geschäftsführung bufdi fsj bfd freiwilligendienst schulhelfer buchbinder laboringenieur
hörakustiker augenoptiker rüstmeister zugchef kondukteur wagenführer triebfahrzeugführer
strassenwart
straßenwärter wasserwart klärwärter klärwart bauhofmitarbeiter kundendienstler serviceleiter
verwaltungskraft schreibkraft thekenkraft kanzleikraft lagerkraft empfangskraft ergänzungskraft
vertretungskraft zimmerkraft kassenkraft hauswirtschaftskraft sekretariatskraft assistenzkraft
aufsicht nachtwache dauernachtwache nachtdienst schwimmaufsicht stationshilfe springer praktikum
it-support aushilfen gesellen
händler filialleiter küchenchef souschef restaurantfachfrau hotelfachfrau servicefachangestellte
barchef
"""
_ENGLISH = """
accountant actuary adjuster administrator adviser advisor agent agronomist ambassador analyst
anaesthetist apprentice architect archivist artist assembler assistant associate attendant attorney
auditor baker barber barista bartender beautician biologist bookkeeper bricklayer broker builder
butcher buyer captain caregiver caretaker carer carpenter cashier caterer chef chemist cleaner clerk
coach conductor consultant controller cook coordinator co-ordinator copywriter counsellor counselor
courier curator dancer dealer decorator dentist designer detective developer dietitian director
dispatcher doctor drafter driver economist editor educator electrician engineer environmentalist
estimator examiner executive fabricator facilitator farmer fellow fitter florist foreman gardener
groundskeeper groundsman guide gp hairdresser handyman head hostess housekeeper hygienist inspector
installer instructor intern interpreter investigator janitor joiner journalist keeper labourer
laborer landscaper lawyer lead leader lecturer librarian lifeguard loader locksmith machinist
manager marketer mason matron mechanic mentor merchandiser midwife miner moderator musician nanny
negotiator nurse officer operative operator optician optometrist orderly packer painter paralegal
paramedic partner pharmacist photographer physicist physio physiotherapist picker pilot planner
plasterer plumber podiatrist porter postdoc practitioner principal printer producer professor
programmer psychologist publicist radiographer ranger receptionist recruiter registrar
representative rep reporter researcher roofer scaffolder scientist seamstress secretary senco
servicer shopper sommelier sonographer specialist statistician steward stylist supervisor surgeon
surveyor tailor teacher technician technologist teller tester therapist tiler trader trainee trainer
translator treasurer tutor typist underwriter upholsterer usher valet vet veterinarian videographer
waiter waitress warden warehouseman welder worker writer zookeeper milker helper vp lectureship
fellowship professorship internship apprenticeship traineeship aide fundraiser organiser organizer
scheduler expeditor sexton verger pastor minister chaplain curate deacon cantor organist groomer
handler bellhop dishwasher barback busser conservator geologist ecologist hydrologist physiologist
pathologist radiologist pharmacologist epidemiologist psychiatrist phlebotomist orthodontist
nutritionist dietician esthetician millwright rigger driller glazier grinder polisher toolmaker
finisher arborist forester logger shepherd herdsman stockman grower brewer distiller farmhand
deckhand stagehand dockhand cellarhand purser skipper navigator signaller postie rider telemarketer
canvasser strategist evangelist sysadmin tester dresser printmaker floorman rectifier fixer
staff solicitor barrister conveyancer legal-executive bookseller cellarman keyholder
headteacher headmaster headmistress bursar
provost invigilator examiner proofreader subeditor sub-editor newsreader presenter
cameraman choreographer costumier playworker childminder nursery-nurse doula audiologist prosthetist
master optician dispenser carer technician-in-training commis demi-chef sous-chef roaster barkeeper
"""
_GERMAN_ENDINGS = frozenset(_GERMAN.split())
_ENGLISH_HEADS = frozenset(_ENGLISH.split())
_LONGEST_ENDING = max(map(len, _GERMAN_ENDINGS))
_GENDERED = re.compile(r"(?:[/*:_]-?in(?:nen)?|/-?in|\(in\)|/[rn]|[*:]r|/-?(?:r|n|frau|mann))$")
_FEMININE = re.compile(
    r"\w{3}(?:[^aeiou]erin|istin|eurin|entin|antin|orin|ologin|ärin|öchin|wirtin)$"
)
_WORD = re.compile(r"(?<![\w@./])[A-ZÄÖÜ][\w*:/()\-]{1,48}|(?<![\w@./])[a-z]{2,20}(?![\w@])")


def occupations(text: str) -> Iterator[tuple[int, int]]:
    """Where an occupation is named in ``text``: the span of its head word, in order."""
    for found in _WORD.finditer(text):
        if is_occupation(found[0]):
            yield found.start(), found.start() + len(found[0].rstrip(":/(-"))


@lru_cache(maxsize=8192)
def is_occupation(word: str) -> bool:
    """Whether ``word`` names an occupation: "Tiefbautechnikerin", "Sachbearbeiter*in", "nurse"."""
    written = (word if word.endswith("(in)") else word.rstrip(":/(-),")).lower()
    neutral = _GENDERED.sub("", written)
    plain = neutral.split("/")[0]
    if plain in _ENGLISH_HEADS or plain.rpartition("-")[2] in _ENGLISH_HEADS:
        return True
    if not word[0].isupper():
        return False
    if neutral != written or _FEMININE.search(plain):
        return True  # "Elektriker*in", "Hauswirtschafterin": only people are written so
    return _german(plain) or (plain.endswith("in") and _german(plain.removesuffix("in")))


def _german(word: str) -> bool:
    """Whether the word, or the last part of a compound, is a German occupation."""
    for length in range(min(len(word), _LONGEST_ENDING), 2, -1):
        if word[-length:] in _GERMAN_ENDINGS:
            whole = length == len(word)
            return whole or (length > 3 and len(word) - length > 1) or word[-length - 1] == "-"
    return False
