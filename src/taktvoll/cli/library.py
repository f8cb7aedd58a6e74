"""``taktvoll templates | guide | rules | content``: what the program knows, to be read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from taktvoll import library
from taktvoll.cli.screen import Screen
from taktvoll.content import guide as guide_content
from taktvoll.content import starters
from taktvoll.content.rules import rule_sources
from taktvoll.desk import Desk
from taktvoll.errors import WrongUse


def templates(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Every kind of letter, with a filled example beside it."""
    language = arguments.lang or screen.language
    for template in library.templates(language, desk.overlay):
        if arguments.intent in (None, template.intent):
            screen.heading(f"intent.{template.intent}")
            screen.item(screen.say(f"intent.{template.intent}.when"))
            screen.item(screen.say(f"intent.{template.intent}.when_not"), mark="×")
            screen.out()
            for title, draft in (("cli.template", template.gaps), ("cli.example", template.filled)):
                screen.out(f"[{screen.say(title)}]")
                screen.out()
                if draft.subject:
                    screen.out(screen.say("cli.subject", subject=draft.subject))
                    screen.out()
                screen.out(draft.text)
                screen.out()
    return 0


def guide(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """The list of articles, or one of them."""
    articles = guide_content.articles(arguments.lang or screen.language, desk.overlay)
    if arguments.article is None:
        for article in articles:
            screen.out(f"{article.id:<14} {article.title}")
        screen.out()
        screen.out(screen.say("cli.guide_hint"))
        return 0
    for article in articles:
        if article.id == arguments.article:
            screen.out(article.title)
            screen.out()
            screen.article(article.body)
            for source in article.sources:
                screen.out()
                screen.out(screen.say("cli.source", source=source, date=article.date))
            return 0
    raise WrongUse("no_such_article", article=arguments.article[:40])


def rules(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Every rule of the check, with its examples."""
    for rule in rule_sources(arguments.lang or screen.language, desk.overlay):
        screen.heading("cli.rule", rule=rule.id, category=rule.category)
        screen.item(rule.why)
        for example in rule.examples:
            screen.item(example.text, mark="−" if example.wrong else "+")
    return 0


def content(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Check all content, or begin some of one's own."""
    if arguments.action == "new":
        return _new_content(arguments, desk, screen)
    return _check_content(arguments.folder or desk.overlay, screen)


def _check_content(overlay: Path | None, screen: Screen) -> int:
    """What is wrong, the person's own content included: path:line:column and a suggestion."""
    problems = library.content_problems(overlay)
    for problem in problems:
        sentence = screen.say(f"error.{problem.code}", **problem.values)
        if near := problem.values.get("suggestion"):
            sentence = f"{sentence} {screen.say('cli.did_you_mean', suggestion=near)}"
        screen.out(f"{problem.path}:{problem.line}:{problem.column}: {sentence}")
    if not problems:
        screen.out(screen.say("cli.content_fine"))
    return int(bool(problems))


def _new_content(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Files to begin with, in the person's own folder."""
    folder = arguments.into or desk.own_content
    if folder is None:
        raise WrongUse("content_new_where")
    if arguments.what == "language":
        files = starters.language_starter(arguments.name, folder)
        screen.out(screen.say("cli.content_language", count=len(files), folder=folder))
        return 0
    language = arguments.lang or screen.language
    path = starters.starter(arguments.what, arguments.name, language, folder)
    screen.out(screen.say("cli.content_new", path=path))
    return 0
