"""The friendly question whether the letter has arrived: written ready, beside the letter.

It changes nothing about what was said. So the case keeps its decision and its letter, and the
reminders towards the interview go on as if nobody had asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from taktvoll.case import ASKS_AFTER, Case, brief_of
from taktvoll.errors import WrongUse
from taktvoll.model import Brief, Channel, Decision, Draft, Intent, Moment


def nudge_brief(case: Case, now: datetime) -> Brief:
    """What the question is written from.

    Raises ``WrongUse("nothing_to_ask")`` where nothing is out that waits for an answer.
    """
    brief = brief_of(case, now)
    if brief is None or case.state not in ASKS_AFTER:
        raise WrongUse("nothing_to_ask")
    sent = Moment(at=case.since or case.changed, whole_day=False)
    decision = Decision(intent=Intent.NUDGE, earlier=sent)
    return replace(brief, decision=decision)


def written_nudge(case: Case, now: datetime, overlay: Path | None) -> Draft:
    """The question, as of ``now``: in the wording that lies ready in ``case``, where one does.

    ``overlay`` is the person's own content. Raises what ``nudge_brief`` and ``write`` raise.
    """
    from taktvoll.send.letter import subject_line
    from taktvoll.write import write

    brief = nudge_brief(case, now)
    keep = case.nudge.parts if case.nudge else None  # "yesterday" is no longer that tomorrow
    draft = write(brief, Channel.MAIL, seed=str(case.seed), keep=keep, overlay=overlay)
    return replace(draft, subject=subject_line(brief, draft))
