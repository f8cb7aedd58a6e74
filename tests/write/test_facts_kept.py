"""Facts go into a letter as they came: nothing changed, lost, executed or escaped."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taktvoll.content.packs import pack
from taktvoll.language.addressee import is_several
from taktvoll.model import Country, Formality, Intent, Language, Reason, Situation, Tell
from taktvoll.write import write
from taktvoll.write.lines import brief_from_line
from taktvoll.write.slots import slot_values

ODD = (
    "Zoë O’Brien-Weiß",
    "D'Angelo & Söhne <GmbH>",
    "{sender_name}",
    "{{company}} {position_as}",
    "%s %(name)s $name ${x}",
    "<script>alert('x')</script>",
    "&amp; &lt;b&gt;",
    "Müller 🚀 Größe",
    "מירה זנדנר",
    "شركة النور",
    "李小龍",
    "ǅ ﬁ İ ß",
    "C++/C# (Senior)",
    "e.V.",
    "Straße\\n12",
    "A" * 200,
    "Lange " * 33 + "Gasse",
    "am 9. Dezember",
    "– …",
)
TEXT = st.one_of(
    st.sampled_from(ODD),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200
    ).filter(lambda text: text.strip()),
)
# Slots that hold a fact as it was given, however the sentence around it goes.
AS_GIVEN = (
    "sender_name",
    "sender_phone",
    "company",
    "position",
    "reference",
    "place",
    "sentence",
    "caller",
)


@settings(max_examples=300)
@given(
    name=TEXT,
    company=TEXT,
    position=TEXT,
    contact=TEXT,
    place=TEXT,
    phone=TEXT,
    about=TEXT,
    sentence=TEXT,
    word=TEXT,
    asked=st.tuples(
        st.sampled_from(Intent),
        st.sampled_from(Reason),
        st.sampled_from(Tell),
        st.sampled_from(Country),
        st.sampled_from(("sie", "du")),
        st.sampled_from(("mail", "paper", "short", "phone")),
    ),
    situation=st.sampled_from((None, *Situation)),
)
@example(*["{sender_name}"] * 9, (Intent.ACCEPT, Reason.NONE, Tell.NONE, "DE", "sie", "mail"), None)
def test_facts_are_kept(
    name, company, position, contact, place, phone, about, sentence, word, asked, situation
):
    intent, reason, tell, country, formality, channel = asked
    line = {
        "lang": "de" if country in ("DE", "AT", "CH") else "en",
        "country": country,
        "formality": formality,
        "intent": intent,
        "reason": reason,
        "tell": tell,
        "channel": channel,
        "now": "2026-12-01T10:00",
        "sentence": sentence,
        "situations": {situation: word} if situation else {},
        "context": {
            "name": name,
            "company": company,
            "position": position,
            "contact": {"name": contact},
            "location": place,
            "sender_phone": phone,
            "about": about,
            "start": "2026-12-09T10:00",
            "until": "2026-12-12",
            "eta": "2026-12-09T10:15",
        },
    }
    brief, way, _ = brief_from_line(line)
    draft = write(brief, way, seed="x")
    said = f"{draft.subject or ''}\n{draft.text}"
    values = slot_values(brief)
    for slot in used_slots(draft, brief) & set(AS_GIVEN) & values.keys():
        assert as_said(values[slot], said), (slot, values[slot], said)
    assert " ".join(name.split()) in draft.text
    assert draft.subject is None or "\n" not in draft.subject
    assert write(brief, way, seed="x") == draft


def used_slots(draft, brief):
    """The slots of the parts that ``draft`` was made of."""
    content = pack(brief.voice.language)
    register = "sie"
    if brief.voice.formality is Formality.DU:
        register = "ihr" if is_several(brief.invitation.contact.name or "") else "du"
    parts = [content.parts[name] for name in draft.parts if name in content.parts]
    return {slot for part in parts for slot in part.wordings[register].pieces[1::2]}


def as_said(value, said):
    """At the end of a sentence a full stop of the fact's own is the sentence's."""
    return value in said or value.rstrip(".") in said


@pytest.mark.parametrize("language", Language)
def test_a_line_break_in_a_name_is_no_part_of_it(language):
    line = {
        "lang": language,
        "intent": "cancel",
        "context": {"name": "Mira\r\nBcc: x@example.org", "position": "A\nB", "company": "C\tD"},
    }
    brief, way, _ = brief_from_line(line)
    draft = write(brief, way, seed="x")
    assert "Mira Bcc: x@example.org" in draft.text
    assert "\n" not in draft.subject
