"""HTML bodies as text and links. Nothing is loaded, nothing is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_MAX_HTML = 1_000_000
_MAX_LINKS = 300
_MAX_AREA = 4_000_000
_BREAK = re.compile(r"</?(?:br|div|h\d|hr|li|ol|p|pre|table|td|th|tr|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:^|;)(?:opacity|max-height):0(?:px|em|%)?(?:;|!|$)"
)
# what newsletters stuff their preheaders with, and soft hyphens
_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF])


def html_text(html: str) -> str:
    """The text of a page as a reader sees it: tables kept, hidden preheaders dropped."""
    from inscriptis import Inscriptis  # type: ignore[import-untyped]

    tree = _tree(html)
    if tree is None:
        return ""
    for element in tree.iter("dt", "dd"):
        element.tag = "div"  # Inscriptis runs the parts of a list of definitions together
    # every line of a cell is padded to its widest, anew for each table around it
    if _area(html) * _depth(tree) > _MAX_AREA:
        for element in tree.iter("table", "tr", "td", "th"):
            element.tag = "div"
    try:
        text = str(Inscriptis(tree).get_text())
    except (RecursionError, ValueError, AttributeError, IndexError):
        text = str(tree.text_content())
    text = "\n".join(map(str.strip, text.split("\n")))  # first, as most of a table is padding
    text = text.translate(_INVISIBLE).replace("\xa0", " ")
    lines = [re.sub(r"(?<=\S) {3,}", "  ", line.strip()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _area(html: str) -> int:
    """About how many characters a page fills as a table: its lines times its widest line."""
    lines = _TAG.sub("", _BREAK.sub("\0", html[:_MAX_HTML])).split("\0")
    return len(lines) * max(map(len, lines))


def _depth(tree: HtmlElement) -> int:
    """How many tables lie within each other at most."""
    tables = tree.xpath("//table[not(.//table)]")
    return max((1 + sum(1 for _ in table.iterancestors("table")) for table in tables), default=1)


def html_links(html: str) -> list[tuple[str, str]]:
    """``(label, url)`` of each link that goes to http or https."""
    tree = _tree(html)
    if tree is None:
        return []
    links: dict[tuple[str, str], None] = {}
    for anchor in tree.iter("a"):
        url = "".join(str(anchor.get("href", "")).split())[:2000]
        if re.match(r"https?://[^/]", url, re.IGNORECASE):
            label = " ".join(str(anchor.text_content()).translate(_INVISIBLE).split())
            links[label[:200], url] = None
    return list(links)[:_MAX_LINKS]


def _tree(html: str) -> HtmlElement | None:
    """The page without its hidden parts; None where there is no page."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html[:_MAX_HTML].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for element in list(tree.iter("head", "script", "style", "title", "noscript", "template")):
        _drop(element)
    for element in tree.xpath("//*[@hidden or @style]"):
        if _is_hidden(element):
            _drop(element)
    return tree


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    return _HIDDEN.search("".join(element.get("style")[:2000].split()).lower()) is not None


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
