"""Content of one's own begins as a copy that is sound, and says where it lies."""

import pytest

from taktvoll.content.packs import KINDS, pack, problems
from taktvoll.content.starters import language_starter, starter
from taktvoll.errors import WrongUse
from taktvoll.library import content_problems
from taktvoll.model import Language, Reason


@pytest.mark.parametrize("language", Language)
def test_every_kind_and_every_reason_has_a_sound_beginning(language, tmp_path):
    kinds = {part.kind for part in pack(language).parts.values()} & KINDS
    for kind in kinds - {"reason", "reason_clause", "reason_by"}:
        assert starter("part", kind, language, tmp_path).is_file()
    for reason in set(Reason) - {Reason.NONE}:
        assert starter("reason", reason, language, tmp_path).is_file()
    assert problems(language, tmp_path) == ()
    added = pack(language, tmp_path).parts.keys() - pack(language).parts.keys()
    assert added
    assert all(identity.startswith("own.") for identity in added)


def test_a_copied_part_and_a_copied_rule_pass_the_check(tmp_path):
    starter("part", "wish", Language.DE, tmp_path)
    starter("rule", "grovel", Language.EN, tmp_path)
    starter("rule", "drama", Language.DE, tmp_path)
    assert content_problems(tmp_path) == []


def test_what_is_there_is_not_written_over(tmp_path):
    path = starter("part", "wish", Language.DE, tmp_path)
    before = path.read_text("utf-8")
    with pytest.raises(WrongUse) as raised:
        starter("part", "wish", Language.DE, tmp_path)
    assert raised.value.code == "content_new_exists"
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize(("what", "name"), [("part", "wihs"), ("reason", "ilness"), ("rule", "x")])
def test_a_name_that_is_not_there_is_answered_with_those_that_are(what, name, tmp_path):
    with pytest.raises(WrongUse) as raised:
        starter(what, name, Language.EN, tmp_path)
    near = {"wihs": "wish", "ilness": "illness", "x": "grovel"}[name]
    assert near in raised.value.values["names"]


def test_a_new_language_is_the_english_one_to_be_put_into_it(tmp_path):
    files = language_starter("fr", tmp_path)
    assert len(files) > 30
    wish = (tmp_path / "fr" / "parts" / "wish.toml").read_text("utf-8")
    assert '# I look forward to meeting you.\ntext = "I look forward to meeting you."' in wish
    for code in ("de", "F", "../x", "francais"):
        with pytest.raises(WrongUse):
            language_starter(code, tmp_path)
