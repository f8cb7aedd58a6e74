"""What the program knows, to be read: the templates, the guide, the rules of the check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from taktvoll import library
from taktvoll.content.guide import Article, articles
from taktvoll.content.rules import Example, RuleSource, rule_sources
from taktvoll.desk import Desk
from taktvoll.errors import ContentError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Category, Intent, Language
from taktvoll.web import forms
from taktvoll.web.asking import Ask, Reply, Show
from taktvoll.web.marks import Piece, Place, pieces
from taktvoll.web.records import ArticleOut, RuleOut, TemplateOut

_SHOWN = 6  # examples of each kind beside a rule; some have hundreds
_AT_A_GLANCE = 1  # on the page of all rules


class Shelf:
    """One method a noun."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def templates(self, ask: Ask) -> Reply:
        """Every kind of letter as a template and filled; with ``intent`` only that kind."""
        chosen = forms.word(ask.form, "intent", Intent)
        found = [
            each
            for each in _templates(ask.language, self.desk.overlay)
            if chosen in (None, each.intent)
        ]
        record: list[TemplateOut] = [
            {
                "intent": each.intent,
                "name": say(f"intent.{each.intent}", ask.language),
                "when": say(f"intent.{each.intent}.when", ask.language),
                "when_not": say(f"intent.{each.intent}.when_not", ask.language),
                "template": each.gaps.text,
                "subject": each.filled.subject,
                "example": each.filled.text,
            }
            for each in found
        ]
        gaps = {each.intent: _gaps(each.gaps.text) for each in found}
        values = {"templates": found, "gaps": gaps, "intents": list(Intent), "chosen": chosen}
        return Show("templates.html", record, values)

    def guide(self, ask: Ask) -> Reply:
        """The list of articles."""
        found = self._articles(ask)
        return Show("guide.html", [_article_out(each) for each in found], {"articles": found})

    def article(self, ask: Ask, article_id: str) -> Reply:
        """One article."""
        for article in self._articles(ask):
            if article.id == article_id:
                values = {"article": article, "paragraphs": list(_paragraphs(article.body))}
                return Show("article.html", _article_out(article), values)
        raise WrongUse("no_such_article", article=article_id[:40])

    def _articles(self, ask: Ask) -> Sequence[Article]:
        broken: list[ContentError] = []  # one of the person's own: the others can be read
        return articles(ask.language, self.desk.overlay, broken)

    def rules(self, ask: Ask) -> Reply:
        """What the check looks for, by category, each rule with examples."""
        found = _rules(ask.language, self.desk.overlay)
        chosen = forms.word(ask.form, "category", Category)
        by_category: dict[Category, list[Shown]] = {}
        for rule in found:
            if chosen in (None, rule.category):
                most = _SHOWN if chosen else _AT_A_GLANCE
                by_category.setdefault(rule.category, []).append(_shown(rule, most))
        record: list[RuleOut] = [
            {
                "id": rule.id,
                "category": rule.category.value,
                "severity": rule.category.severity.value,
                "why": rule.why,
                "wrong": [e.text for e in rule.examples if e.wrong],
                "right": [e.text for e in rule.examples if not e.wrong],
            }
            for rule in found
            if chosen in (None, rule.category)
        ]
        categories = [c for c in Category if any(rule.category is c for rule in found)]
        values = {"by_category": by_category, "categories": categories, "chosen": chosen}
        return Show("rules.html", record, values)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule with a few of its examples, the wrong ones marked."""

    rule: RuleSource
    wrong: Sequence[Sequence[Piece]]
    right: Sequence[str]


def _shown(rule: RuleSource, most: int) -> Shown:
    wrong = [_marked(e) for e in rule.examples if e.wrong][:most]
    return Shown(rule, wrong, [e.text for e in rule.examples if not e.wrong][:most])


def _marked(example: Example) -> Sequence[Piece]:
    places = [Place("wrong", *example.span)] if example.span else []
    return pieces(example.text, places)


_GAP = re.compile(r"\[[^\]\n]{1,60}\]")


def _gaps(text: str) -> Sequence[Piece]:
    return pieces(text, [Place("gap", m.start(), m.end()) for m in _GAP.finditer(text)])


_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def _paragraphs(body: str) -> Iterator[Sequence[Piece]]:
    """The article's paragraphs; bold words are the only mark there is."""
    for paragraph in body.strip().split("\n\n"):
        flat = " ".join(paragraph.split())
        found, at = [], 0
        for match in _BOLD.finditer(flat):
            found += [Piece(flat[at : match.start()]), Piece(match[1], ("bold",))]
            at = match.end()
        yield [*found, Piece(flat[at:])]


def _article_out(article: Article) -> ArticleOut:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "sources": list(article.sources),
        "body": article.body,
    }


# Content is read once a run: whoever changes their own starts anew, or asks ``content check``.
@lru_cache(maxsize=4)
def _templates(language: Language, overlay: Path | None) -> tuple[library.Template, ...]:
    return library.templates(language, overlay)


@lru_cache(maxsize=4)
def _rules(language: Language, overlay: Path | None) -> tuple[RuleSource, ...]:
    return tuple(rule_sources(language, overlay))
