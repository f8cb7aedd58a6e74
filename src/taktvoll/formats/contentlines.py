"""Calendar text as a tree of components and content lines (RFC 5545 §3.1), read and written.

Read tolerantly: the library parses each line's parameters; the tree is ours, because a calendar
that ends in the middle, closes what it never opened or breaks one property must not lose the rest.
Written faithfully: a line that nobody changed goes out as it came in.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MAX_TEXT = 2_000_000  # characters; an invitation has a few thousand
_MAX_LINES = 20_000
_MAX_DEPTH = 8

_BEGIN = re.compile(r"BEGIN[ \t]{0,8}:[ \t]{0,8}(VCALENDAR|VEVENT)", re.IGNORECASE)
_PROPERTY = re.compile(r"[ \t]{0,8}[A-Za-z][A-Za-z0-9_.-]{0,60}[ \t]{0,8}[;:]")
_SOUND_HEAD = re.compile(  # name and parameters as RFC 5545 §3.1 writes them
    r'[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*'
)
_TOKEN = re.compile(r"[A-Za-z0-9-]+")
_ESCAPED = re.compile(r'\\([\\;,:"nN])')
_TO_ESCAPE = re.compile(r"[\\;,\n]")
# the parameters that hold several addresses (RFC 5545 §3.2.4, §3.2.5, §3.2.11)
_SEVERAL = frozenset({"DELEGATED-FROM", "DELEGATED-TO", "MEMBER"})
_NEXT_ADDRESS = re.compile(r", (?=[A-Za-z][A-Za-z0-9+.-]*:)")
_UNWANTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF])


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: NAME;PARAMS:value, the name in upper case, the value as written."""

    name: str
    value: str
    params: Mapping[str, str] = field(default_factory=dict)  # keys in upper case
    source: str | None = field(default=None, compare=False, repr=False)  # as read, where sound

    @classmethod
    def of_text(cls, name: str, text: str, params: Mapping[str, str] | None = None) -> Line:
        """A line with ``text`` as its TEXT value (RFC 5545 §3.3.11): escaped, one line, clean."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNWANTED)
        return cls(name, _TO_ESCAPE.sub(_escaped, text), params or {})

    def but(self, *, value: str | None = None, params: Mapping[str, str] | None = None) -> Line:
        """This line with another value or other parameters, written anew."""
        return Line(
            self.name,
            self.value if value is None else value,
            self.params if params is None else params,
        )

    def text(self) -> str:
        """The value as TEXT (RFC 5545 §3.3.11), its escapes undone, quoted-printable decoded."""
        value = self.value
        if self.params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":  # vCalendar 1.0
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        return _ESCAPED.sub(_unescaped, value).replace("\r\n", "\n").strip()

    def content(self) -> str:
        """The line as it is written out again, unfolded, with its parameters quoted rightly."""
        from icalendar.parser import Contentline, Parameters
        from icalendar.prop import vUnknown

        params = {
            key: _NEXT_ADDRESS.split(text) if key in _SEVERAL else text
            for key, text in ((key, _encodable(value)) for key, value in self.params.items())
        }
        # vUnknown leaves the value alone: it is escaped already
        return str(
            Contentline.from_parts(
                self.name, Parameters(params), vUnknown(_encodable(self.value)), sorted=False
            )
        )


@dataclass(slots=True)
class Component:
    """A component with its lines and parts in the order of the file."""

    name: str
    lines: list[Line] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)
    closed: bool = False

    def first(self, name: str) -> Line | None:
        """The first line called ``name``."""
        return next((line for line in self.lines if line.name == name), None)

    def all(self, *names: str) -> list[Line]:
        """The lines with one of these names, in their order."""
        return [line for line in self.lines if line.name in names]

    def walk(self, name: str) -> list[Component]:
        """The components called ``name`` at any depth below this one."""
        found = []
        for child in self.children:
            if child.name == name:
                found.append(child)
            found.extend(child.walk(name))
        return found

    def content_lines(self) -> Iterator[Line]:
        """All its lines in the order in which they are written, from BEGIN to END."""
        yield Line("BEGIN", self.name)
        yield from self.lines
        for child in self.children:
            yield from child.content_lines()
        yield Line("END", self.name)


def read_components(text: str) -> Component | None:
    """The first calendar in ``text`` as a tree, or None where there is none.

    Further calendars of the same text add their components to the first. ``closed`` is False
    where the END is missing. An event without a calendar around it is read all the same.
    """
    return _read(text)[0]


def read_whole(text: str) -> Component | None:
    """The calendar in ``text`` if all of it could be read, for what will be written again.

    None where it is no calendar, ends early, holds several, or is too long or too deep for us.
    """
    root, lines = _read(text)
    if root is None or len(text) > _MAX_TEXT:
        return None
    # all found its place, if as many lines would go out as came in (but the first BEGIN)
    return root if sum(1 for _ in root.content_lines()) == lines + 1 else None


def write(lines: Iterable[Line]) -> str:
    """Content lines as calendar text: CRLF, folded by the library (RFC 5545 §3.1)."""
    from icalendar.parser import Contentline, Contentlines

    texts = [_encodable(line.source or line.content()) for line in lines]
    contents = [Contentline(text) for text in texts]  # type: ignore[no-untyped-call]
    ics: bytes = Contentlines(contents).to_ical()  # type: ignore[no-untyped-call]
    return ics.decode()


def _encodable(text: str) -> str:
    """Without lone surrogates: half a character has no bytes."""
    return text.encode("utf-8", "replace").decode()


def _read(text: str) -> tuple[Component | None, int]:
    """The tree, and how many lines it was read from."""
    begin = _BEGIN.search(text[:_MAX_TEXT])
    if begin is None:
        return None, 0
    root = Component("VCALENDAR")
    stack = [root]
    after = begin.end() if begin[1].upper() == "VCALENDAR" else begin.start()
    lines = _logical_lines(text[after:_MAX_TEXT])
    for raw in lines:
        line = _line(raw)
        if line.name == "BEGIN":
            _open(line.value.strip().upper(), stack)
        elif line.name == "END":
            _close(line.value.strip().upper(), stack)
        else:
            stack[-1].lines.append(line)
    return root, len(lines)


def _logical_lines(text: str) -> list[str]:
    """The unfolded lines; a line that is no property continues the one before it."""
    lines: list[list[str]] = []
    for physical in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:_MAX_LINES]:
        line = physical.translate(_UNWANTED)
        if not line.strip():
            continue
        if lines and _soft_break(lines[-1]):  # vCalendar 1.0 in quoted-printable
            lines[-1][-1] = lines[-1][-1][:-1]
            lines[-1].append(line)
        elif lines and line[0] in " \t":
            lines[-1].append(line[1:])
        elif _PROPERTY.match(line):
            lines.append([line])
        elif lines:  # a raw line break inside a value
            lines[-1].append("\\n" + line)
    return ["".join(parts) for parts in lines]


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _escaped(match: re.Match[str]) -> str:
    return "\\n" if match[0] == "\n" else "\\" + match[0]


def _soft_break(parts: list[str]) -> bool:
    return parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0][:200].upper()


def _line(raw: str) -> Line:
    from icalendar.parser import Contentline

    line = Contentline(raw.strip(" \t"))  # type: ignore[no-untyped-call]
    colon = line.value_separator_index()
    if colon < 0:  # a quote that is never closed
        colon = line.find(":")
    if colon < 0:  # RRULE;FREQ=DAILY
        colon = line.find(";")
    head, value = str(line[:colon]), str(line[colon + 1 :])
    name, semicolon, rest = head.partition(";")
    name = name.strip().upper()
    source = str(line) if line[colon] == ":" and _SOUND_HEAD.fullmatch(head) else None
    if not semicolon:
        return Line(name, value, {}, source)
    try:
        params = Contentline(head + ":").raw_parts()[1]  # type: ignore[no-untyped-call]
    except ValueError:
        return Line(name, value, _parameters_by_hand(rest))
    joined = {str(key).upper(): _joined(item) for key, item in params.items()}
    return Line(name, value, joined, source)


def _joined(value: object) -> str:
    """A parameter value; commas without quotes make the library see a list of values."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item).strip() for item in value)
    return str(value)


def _parameters_by_hand(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {
        key.strip().upper(): value.strip().strip('"')
        for key, equals, value in pairs
        if equals and _TOKEN.fullmatch(key.strip())
    }


def _open(name: str, stack: list[Component]) -> None:
    if name == "VCALENDAR":  # a second calendar
        del stack[1:]
        stack[0].closed = False
        return
    if name == stack[-1].name or (name == "VEVENT" and len(stack) > 1):
        del stack[1:]  # the one before was never closed
    if len(stack) < _MAX_DEPTH:
        component = Component(name)
        stack[-1].children.append(component)
        stack.append(component)


def _close(name: str, stack: list[Component]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].name == name:
            stack[depth].closed = True
            del stack[max(depth, 1) :]
            return
