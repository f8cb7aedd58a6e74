"""Letter content is sound, and what is wrong in a person's own is named with its place."""

import pytest

from taktvoll.content.packs import examples, pack, problems
from taktvoll.model import Intent, Language


@pytest.mark.parametrize("language", Language)
def test_the_built_in_content_is_sound(language):
    assert problems(language) == ()


@pytest.mark.parametrize("language", Language)
def test_an_example_for_every_intent(language):
    assert {line["intent"] for line in examples(language)} == set(Intent)


@pytest.mark.parametrize("language", Language)
def test_references_between_parts_exist(language):
    content = pack(language)
    for part in content.parts.values():
        assert part.avoid_with <= content.parts.keys(), part.id


GOOD = 'kind = "wish"\n\n[[part]]\nid = "wish.own"\ntext = "alles Gute."\n'


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (('"wish"', '"wishes"'), "content_unknown_kind", 1),
        (("alles Gute.", "alles Gute, {contakt}."), "content_unknown_slot", 5),
        (("alles Gute.", "alles { Gute."), "content_unknown_slot", 5),
        (('Gute."', 'Gute."\nask = "Kommt {contakt}?"'), "content_unknown_slot", 6),
        (("alles Gute.", "alles  Gute."), "content_spaces", 5),
        (('text = "', 'txt = "'), "content_unknown_key", 5),
        (("alles Gute.", ""), "content_missing_key", 4),
        ((".own", ""), "content_wrong_type", 1),
        (("Gute.", 'Gute."\ndu = "für Sie alles Gute.'), "content_register", 6),
        (('Gute."', 'Gute."\nwhen = { intent = ["flee"] }'), "content_unknown_value", 6),
        (('Gute."', 'Gute."\nwhen = { mood = ["good"] }'), "content_unknown_key", 6),
        (('Gute."', 'Gute."\nneeds = ["salary"]'), "content_unknown_value", 6),
        (('Gute."', 'Gute."\n[[part]]\nid = "wish.own"\ntext = "gut."'), "content_duplicate_id", 4),
        (('Gute."', "Gute."), "content_syntax", 5),
    ],
)
def test_own_content_is_checked(tmp_path, change, code, line):
    folder = tmp_path / "de" / "parts"
    folder.mkdir(parents=True)
    text = GOOD.replace(*change)
    if code == "content_wrong_type":
        text = 'kind = "wish"\npart = "x"\n'
        line = 2
    (folder / "own.toml").write_text(text, encoding="utf-8")
    found = problems(Language.DE, tmp_path)
    assert [(error.code, error.line) for error in found] == [(code, line)]
    assert pack(Language.DE, tmp_path).parts  # the rest is still there


def test_own_content_is_read_again_when_it_changes(tmp_path):
    folder = tmp_path / "de" / "parts"
    folder.mkdir(parents=True)
    path = folder / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert "wish.own" in pack(Language.DE, tmp_path).parts
    path.write_text(GOOD.replace("wish.own", "wish.other"), encoding="utf-8")
    assert "wish.other" in pack(Language.DE, tmp_path).parts
    assert "wish.own" not in pack(Language.DE, tmp_path).parts
