"""The invented cases with which kinds of letters are shown, filled and as templates with gaps."""

from __future__ import annotations

from pathlib import Path

from taktvoll.content.packs import examples, pack
from taktvoll.content.slots import SLOTS
from taktvoll.errors import WrongUse
from taktvoll.messages import has, say
from taktvoll.model import Brief, Channel, Draft, Intent, Language
from taktvoll.write.choose import Chooser
from taktvoll.write.compose import draft_of, write
from taktvoll.write.lines import brief_from_line

_SEED = "template"


def example_brief(intent: Intent, language: Language) -> Brief:
    """The first example of ``intent`` in ``examples.toml``. Raises WrongUse where there is none."""
    for line in examples(language):
        if line["intent"] == intent:
            return brief_from_line(line)[0]
    raise WrongUse("no_example", intent=intent)


def with_gaps(
    brief: Brief, channel: Channel, *, overlay: Path | None = None
) -> tuple[Draft, Draft]:
    """The same letter twice: with named gaps ("am [Tag] um [Uhrzeit]"), and filled."""
    filled = write(brief, channel, seed=_SEED, overlay=overlay)
    language = brief.voice.language
    chooser = Chooser(
        brief,
        channel,
        pack(language, overlay),
        seed=_SEED,
        variant=0,
        keep=frozenset(filled.parts),
        gaps={
            slot: say(f"slot.{slot}", language) for slot in SLOTS if has(f"slot.{slot}", language)
        },
    )
    return draft_of(chooser, channel), filled
