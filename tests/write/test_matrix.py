"""A sample of all letters that can be asked for, read as ``bench/write_matrix`` reads them all."""

from itertools import islice

import pytest
from tests.write import spelling
from tests.write.matrix import cells
from tests.write.reading import faults, without_facts

from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

STEP = 67  # no divisor of any of the matrix's cycles


@pytest.fixture(scope="module")
def letters():
    made = []
    for line in islice(cells(), 0, None, STEP):
        brief, channel, seed = brief_from_line(line)
        made.append((line["id"], brief, write(brief, channel, seed=seed)))
    return made


def test_nothing_is_wrong_with_the_form_of_a_letter(letters):
    found = [(name, fault) for name, brief, draft in letters for fault in faults(brief, draft)]
    assert found == []


@pytest.mark.skipif(not spelling.available(), reason="the dictionaries are not installed")
def test_every_word_is_in_the_dictionary_of_the_country(letters):
    unknown = {
        word
        for _name, brief, draft in letters
        for word in spelling.unknown_words(brief, without_facts(brief, draft.text))
    }
    assert unknown == set()
