"""Wherever a letter, a call or a short message says something, there are four ways to say it."""

from itertools import islice

import pytest
from tests.write.matrix import cells

from taktvoll.content.packs import pack
from taktvoll.model import Channel
from taktvoll.write import write
from taktvoll.write.choose import Chooser
from taktvoll.write.lines import brief_from_line

STEP = 13  # no divisor of any of the matrix's cycles
FOUR = 4
_AS_CUSTOM_HAS_IT = frozenset(  # what is said in one way only, and should be
    ["salutation", "sentence", "signature", "closing", "subject", "note"]
)
_REASONS = frozenset(["reason", "reason_by", "reason_clause"])  # counted together, below


@pytest.fixture(scope="module")
def found(request):
    """For each place of each sampled letter: what was asked for, and how many parts fit."""
    fewest: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    pick, name = Chooser.pick, ""

    def counting(self, kind, **place):
        fitting = self.fitting(kind)
        if fitting:
            brief = self.brief
            key = brief.voice.language, self.register, kind, brief.decision.intent
            fewest[key] = min(fewest.get(key, (99, "")), (len(fitting), name))
        return pick(self, kind, **place)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Chooser, "pick", counting)
        for line in islice(cells(), 0, None, STEP):
            name = line["id"]
            brief, channel, seed = brief_from_line(line)
            write(brief, channel, seed=seed)
    return fewest


def test_four_phrasings_of_everything(found):
    fixed = _AS_CUSTOM_HAS_IT | _REASONS
    few = {key: least for key, least in found.items() if least[0] < FOUR and key[2] not in fixed}
    assert few == {}
    assert len({key[2] for key in found} - fixed) > 25


def test_four_ways_to_tell_each_reason():
    """A sentence of its own, or the decision with the reason inside it."""
    fewest: dict[tuple[str, ...], tuple[int, str]] = {}
    for line in islice(cells(), 0, None, STEP):
        if line["tell"] == "none" or line["channel"] == "short":
            continue
        brief, channel, seed = brief_from_line(line)
        content = pack(brief.voice.language)
        chooser = Chooser(brief, channel, content, seed=seed, variant=0, keep=None)
        statement = "spoken" if channel is Channel.PHONE else "decision"
        within = [part for part in chooser.fitting(statement) if "reason" in part.covers]
        if sentences := chooser.fitting("reason"):
            key = tuple(part.id for part in sentences)
            ways = len(sentences) + len(within)
            fewest[key] = min(fewest.get(key, (99, "")), (ways, line["id"]))
    assert {key: least for key, least in fewest.items() if least[0] < FOUR} == {}
    assert len(fewest) > 150
