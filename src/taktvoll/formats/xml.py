"""XML from strangers: elements and text alone, bounded, without document types and entities."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from taktvoll.errors import UnreadableInput

DEEPEST = 50  # elements within each other
MOST = 100_000  # elements in all


def parse(data: bytes) -> Element:
    """The root of a document; names are ``{namespace}name``.

    Raises ``UnreadableInput("not_xml")`` for what is not well formed, is too deep or too long,
    and for any document type: with it come entities, which can name files and grow without end.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    reader = _Reader()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.tree.data
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(data, True)
        return reader.tree.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as broken:
        raise UnreadableInput("not_xml") from broken


class _Reader:
    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self._depth = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST:
            raise UnreadableInput("not_xml")
        self.tree.start(
            _qualified(name), {_qualified(key): value for key, value in attributes.items()}
        )

    def end(self, name: str) -> None:
        self._depth -= 1
        self.tree.end(_qualified(name))

    def doctype(self, *_: object) -> None:
        raise UnreadableInput("not_xml")


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name
