"""The words by which an employer without a legal form is known: "Stadtwerke", "Kanzlei", "Council".

A German one is told by the ending of a word ("Primarschulgemeinde", "Bezirksamt"), an English one
by a word at the end of the name ("Prairie Line Seed Cooperative").
"""

from __future__ import annotations

from functools import lru_cache

_GERMAN = """
amt gemeinde hauptmannschaft schule gymnasium realschule klinik kliniken klinikum spital spitäler
krankenhaus universität hochschule stiftung verein verband werke stadtwerke werkstatt werkstätten
museum theater oper orchester philharmonie bibliothek bücherei archiv institut zentrum kita
kindergarten kindertagesstätte kinderhaus krippe internat heim hospiz stift pfarrei pfarramt kirche
kirchengemeinde kirchgemeinde vikariat ordinariat bistum erzbistum kammer kasse bank sparkasse
verlag magistrat ministerium präsidium direktion gericht staatsanwaltschaft agentur jobcenter
betriebe genossenschaft verwaltung anstalt behörde departement landkreis diakonie caritas
sozialstation erei dienste vertrieb pflegedienst spitex lebenshilfe feuerwehr akademie kolleg
autohaus möbelhaus kanzlei bäckerei konditorei hotel gasthaus gasthof landgasthof restaurant osteria
trattoria pizzeria bistro café cafe apotheke tischlerei schreinerei metzgerei fleischerei
dachdeckerei malerbetrieb steuerbüro ingenieurbüro architekturbüro planungsbüro
vermessungsbüro sachverständigenbüro übersetzungsbüro konstruktionsbüro praxis
meisterbetrieb fachbetrieb
zahnarztpraxis hausarztpraxis tierarztpraxis gärtnerei brauerei kellerei weingut molkerei käserei
mühle spedition druckerei buchhandlung fahrschule musikschule reisebüro salon studio atelier
manufaktur bergbahnen verkehrsbetriebe seniorenheim pflegeheim pflegezentrum alterszentrum treuhand
immobilien versicherung versicherungen schlosserei spenglerei zimmerei elektro haustechnik pension
therme autowerkstatt ordination logistik floristik personalberatung friseur coiffeur landratsamt
stadt kanton bezirk partnerschaft rechtsanwälte steuerberater architekten ingenieure
wirtschaftsprüfer notariat sozietät zahnärzte consulting bau tiefbau hochbau holzbau metallbau
maschinenbau anlagenbau gartenbau technik medien kommunikation transporte reisen touristik systeme
software energie solar automation messtechnik optik bestattungen catering gastronomie wohnbau
wohnungsbau volkshochschule forschungszentrum gestüt hof reiterhof schlachthof fonds union gruppe
holding dekanat superintendentur kirchenkreis windpark reederei werft redaktion zeitung rundfunk
sender
tierpark tierheim freibad hallenbad schwimmbad bildungswerk diakoniewerk studierendenwerk
studentenwerk hilfswerk sozialwerk jugendwerk wohlfahrt seenotwacht bergwacht wasserwacht bürgerbüro
fachklinik tagesklinik rehaklinik polizei zoll jugendherberge weinhof winzerhof biohof hofladen
bauernhof ponyhof gutshof forstbetrieb baumschule kelterei destillerie kaffeerösterei rösterei
schneiderei polsterei sattlerei glaserei reinigung wäscherei physiotherapie ergotherapie logopädie
fitnessstudio tanzschule nachhilfe hausverwaltung maklerbüro planungsgesellschaft
wohnungsgesellschaft laden fachgeschäft boutique kiosk imbiss steuerberatung unternehmensberatung
rechtsberatung
"""
_ENGLISH = """
trust university council college co-op cooperative co-operative foundation hospital institute
society partnership partners group academy school association charity labs laboratories studio
studios agency staffing recruitment resourcing foods payments systems solutions services agents bank
brothers bros sons clinic surgery practice dental bakery brewery distillery hotel inn restaurant
cafe solicitors dentistry plants nurseries heating cooling electric executive system florists
architects engineers engineering logistics consulting consultants technologies technology software
media press publishing museum library theatre theater nursery preschool homes housing nhs airlines
airways motors garage farms farm gardens board authority department commission ministry church
diocese club company therapeutics pharma biosciences energy renewables capital insurance assurance
analytics robotics records industries manufacturing construction builders plumbing roofing
landscaping transport haulage freight shipping marine electronics digital creative design interiors
kitchens catering hospice retail stores outfitters books coffee opticians vets district county union
health center centre medical hospitals clinics schools taqueria diner grill pizzeria bistro bar pub
brewing dairy creamery realty properties chambers joinery machinery salon barbers airport gallery
orchestra festival network alliance federation bureau commissioners constabulary police removals
storage estate estates winery vineyard vineyards ranch stables kennels veterinary pharmacy chemists
butchers bakers tailors fitness leisure travel coaches railways railway couriers cruises boatyard
shipyard mill mills foundry forge textiles clothing jewellers cycles motorsports automotive hardware
timber lumber quarries aggregates accountants rescue flooring furniture laundry recycling
utilities telecom ns primary
care home pllc
infirmary monastery abbey cathedral observatory zoo aquarium cannery packers growers orchards
"""
_ENDINGS = frozenset(_GERMAN.split())
_HEADS = frozenset(_ENGLISH.split())
_LONGEST = max(map(len, _ENDINGS))
_WHOLE = 4  # letters; a shorter ending ("bau", "amt") counts after a hyphen or a longer stem alone


@lru_cache(maxsize=8192)
def is_body(word: str) -> bool:
    """Whether a German ``word`` is, or ends like, what an employer is called by."""
    plain = word.strip("\"„“()'.,").lower()
    for length in range(min(len(plain), _LONGEST), 2, -1):
        if plain[-length:] in _ENDINGS:
            stem = len(plain) - length
            return stem == 0 or (stem > 1 and length >= _WHOLE) or stem > _WHOLE
    return False


def is_head(word: str) -> bool:
    """Whether an English ``word`` ends the name of an employer: "Trust", "Cooperative"."""
    return word.strip("\"()'.,").lower() in _HEADS
