from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.act import OPEN_ACTS, STEPS, Act, ActKind, Step, step
from taktvoll.errors import WrongUse
from taktvoll.messages import has
from taktvoll.model import ActState, Language

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


def act(state: ActState = ActState.HELD) -> Act:
    return Act(
        id="a1", case_id="c1", kind=ActKind.MAIL, state=state, made=NOW, changed=NOW,
        account="mira", payload=b"Subject: x\r\n\r\n", due_at=NOW + timedelta(minutes=1),
    )  # fmt: skip


@pytest.mark.parametrize("state", ActState)
@pytest.mark.parametrize("what", Step)
def test_step_follows_the_table_and_refuses_all_else(state: ActState, what: Step) -> None:
    if (state, what) in STEPS:
        after = step(act(state), what, NOW)
        assert after.state is STEPS[state, what]
        assert after.version == 2
    else:
        with pytest.raises(WrongUse) as caught:
            step(act(state), what, NOW)
        assert caught.value.code == "act_not_possible"


def test_what_may_have_left_is_never_done_again() -> None:
    assert (ActState.UNKNOWN, Step.CLAIMED) not in STEPS
    assert (ActState.SENDING, Step.CLAIMED) not in STEPS
    assert (ActState.SENDING, Step.UNDONE) not in STEPS


@given(st.lists(st.sampled_from(Step), max_size=20))
def test_an_act_keeps_its_bytes_and_is_accepted_at_most_once(steps: list[Step]) -> None:
    current, accepted = act(), 0
    for what in steps:
        if (current.state, what) not in STEPS:
            continue
        current = step(current, what, NOW)
        accepted += current.state is ActState.ACCEPTED
        assert current.payload == act().payload
    assert accepted <= 1
    assert (current.state in OPEN_ACTS) == any(s is current.state for s, _ in STEPS)


@pytest.mark.parametrize("language", Language)
def test_every_kind_and_state_has_its_words(language: Language) -> None:
    keys = [f"act.kind.{kind}" for kind in ActKind] + [f"act.state.{state}" for state in ActState]
    assert [key for key in keys if not has(key, language)] == []
