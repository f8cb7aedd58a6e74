"""The words of the command line, as argparse knows them, in the person's language."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from taktvoll.errors import WrongUse
from taktvoll.messages import LOCALE, say
from taktvoll.model import (
    Channel,
    Country,
    Duty,
    Formality,
    Intent,
    InterviewFormat,
    Language,
    Moment,
    Reason,
    Situation,
    Tell,
)

_E = TypeVar("_E", bound=StrEnum)


class _Parser(argparse.ArgumentParser):
    """An argparse parser whose complaint is one sentence of ours."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse("usage", problem=message, command=self.prog)


def build_parser(language: Language) -> argparse.ArgumentParser:
    """The parser with all commands; every help text in ``language``."""

    def help_of(name: str) -> str:
        return say(f"cli.help.{name}", language).replace("%", "%%")

    _let_argparse_speak(language)
    root = _Parser(
        prog="taktvoll", description=help_of("taktvoll"), epilog=help_of("without_command")
    )
    root.add_argument("--version", action="store_true", help=help_of("version"))
    commands = root.add_subparsers(dest="command", metavar="…", parser_class=_Parser)

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_of(name), description=help_of(name))

    read = command("read")
    read.add_argument("files", nargs="+", metavar="FILE", help=help_of("files"))
    read.add_argument("--json", action="store_true", help=help_of("json"))
    _add_reading(read, help_of)

    answer = command("answer")
    answer.add_argument("file", nargs="?", metavar="FILE", help=help_of("file"))
    answer.add_argument("--intent", type=_one_of(Intent), required=True, help=help_of("intent"))
    _add_decision(answer, help_of)
    _add_voice(answer, help_of)
    _add_facts(answer, help_of)
    _add_reading(answer, help_of)
    answer.add_argument("--variant", type=int, default=0, metavar="N", help=help_of("variant"))
    answer.add_argument("--now", type=_moment, metavar="ISO", help=help_of("now"))
    answer.add_argument("--out", type=Path, metavar="DIR", help=help_of("out"))

    check = command("check")
    check.add_argument("file", nargs="?", metavar="FILE", default="-", help=help_of("file"))
    check.add_argument("--against", metavar="INVITATION", help=help_of("against"))
    check.add_argument("--intent", type=_one_of(Intent), help=help_of("intent"))
    check.add_argument("--channel", type=_one_of(Channel), default=Channel.MAIL)
    check.add_argument("--name", metavar="NAME", help=help_of("name"))
    check.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))
    check.add_argument("--formality", type=_one_of(Formality), help=help_of("formality"))
    check.add_argument("--fix", action="store_true", help=help_of("fix"))
    check.add_argument("--now", type=_moment, metavar="ISO", help=help_of("now"))
    _add_reading(check, help_of)
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=help_of("json"))
    form.add_argument("--jsonl", action="store_true", help=help_of("jsonl"))

    write = command("write")
    write.add_argument("--jsonl", action="store_true", required=True, help=help_of("jsonl"))

    command("cases").add_argument("--json", action="store_true", help=help_of("json"))

    show = command("show")
    show.add_argument("case", metavar="CASE", help=help_of("case"))
    show.add_argument("--json", action="store_true", help=help_of("json"))

    decide = command("decide")
    decide.add_argument("case", metavar="CASE|FILE", help=help_of("case_or_file"))
    decide.add_argument("--sure", metavar="WORD", help=help_of("sure"))
    decide.add_argument(
        "--reason", type=_one_of(Reason), help=f"{help_of('reason')}: {', '.join(Reason)}"
    )
    decide.add_argument("--afraid", action="store_true", help=help_of("afraid"))
    decide.add_argument("--confirmed", action="store_true", help=help_of("confirmed"))
    decide.add_argument(
        "--moved-by-employer", type=int, default=0, metavar="N", help=help_of("moved_by_employer")
    )
    decide.add_argument(
        "--moved-by-me", type=int, default=0, metavar="N", help=help_of("moved_by_me")
    )
    decide.add_argument(
        "--duty", type=_duty, action="append", default=[], metavar="K=V", help=help_of("duty")
    )
    decide.add_argument("--now", type=_moment, metavar="ISO", help=help_of("now"))
    decide.add_argument("--json", action="store_true", help=help_of("json"))
    _add_reading(decide, help_of)

    templates = command("templates")
    templates.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))
    templates.add_argument("--intent", type=_one_of(Intent), help=help_of("intent"))

    guide = command("guide")
    guide.add_argument("article", nargs="?", metavar="ARTICLE", help=help_of("article"))
    guide.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))

    rules = command("rules")
    rules.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))

    content = command("content")
    actions = content.add_subparsers(dest="action", required=True, parser_class=_Parser)
    checked = actions.add_parser("check", help=help_of("content_check"))
    checked.add_argument("folder", nargs="?", type=Path, metavar="DIR", help=help_of("own_content"))
    new = actions.add_parser("new", help=help_of("content_new"))
    new.add_argument("what", choices=["part", "rule", "reason", "language"])
    new.add_argument("name", metavar="NAME", help=help_of("content_new_name"))
    new.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))
    new.add_argument("--into", type=Path, metavar="DIR", help=help_of("own_content"))

    send = command("send")
    send.add_argument("case", metavar="CASE", help=help_of("case"))
    send.add_argument("--account", metavar="ADDRESS", help=help_of("account_of"))
    send.add_argument("--yes", action="store_true", help=help_of("yes"))
    send.add_argument("--later", action="store_true", help=help_of("later"))
    send.add_argument("--nudge", action="store_true", help=help_of("nudge"))
    send.add_argument("--despite", action="store_true", help=help_of("despite"))
    way = send.add_mutually_exclusive_group()
    way.add_argument("--draft", action="store_true", help=help_of("draft"))
    way.add_argument("--eml", type=Path, metavar="FILE", help=help_of("eml"))
    way.add_argument("--mailto", action="store_true", help=help_of("mailto"))
    way.add_argument("--reminder", type=Path, metavar="FILE", help=help_of("reminder"))
    way.add_argument("--sent", action="store_true", help=help_of("sent"))
    way.add_argument("--not-sent", action="store_true", help=help_of("not_sent"))
    way.add_argument("--spoke-to", metavar="NAME", help=help_of("spoke_to"))
    way.add_argument("--answered", action="store_true", help=help_of("answered"))

    command("undo").add_argument("case", metavar="CASE", help=help_of("case"))

    command("tick")

    watch = command("watch")
    watch.add_argument("--account", metavar="ADDRESS", help=help_of("account_of"))
    watch.add_argument("--once", action="store_true", help=help_of("once"))

    account = command("account")
    account_actions = account.add_subparsers(dest="action", parser_class=_Parser, metavar="…")
    account_actions.add_parser("list", help=help_of("account_list"))
    for name in ("add", "test", "remove"):
        action = account_actions.add_parser(name, help=help_of(f"account_{name}"))
        nargs = "?" if name == "test" else None
        action.add_argument("address", nargs=nargs, metavar="ADDRESS", help=help_of("as_address"))
        if name == "add":
            _add_account(action, help_of)

    settings = command("settings")
    settings.add_argument(
        "--reminders-by-mail", choices=["always", "no_screen"], help=help_of("reminders_by_mail")
    )

    command("doctor")

    delete = command("delete")
    delete.add_argument("case", metavar="CASE", help=help_of("case"))

    serve = command("serve")
    serve.add_argument("--port", type=int, default=0, metavar="N", help=help_of("port"))
    serve.add_argument("--no-browser", action="store_true", help=help_of("no_browser"))
    return root


def _add_account(parser: argparse.ArgumentParser, help_of: Callable[[str], str]) -> None:
    parser.add_argument("--smtp", metavar="HOST:PORT", help=help_of("server"))
    parser.add_argument("--imap", metavar="HOST:PORT", help=help_of("server"))
    parser.add_argument("--caldav", metavar="URL", help=help_of("caldav"))
    parser.add_argument("--user", metavar="NAME", help=help_of("user"))
    parser.add_argument("--name", metavar="NAME", help=help_of("name"))
    parser.add_argument(
        "--alias", action="append", default=[], metavar="ADDRESS", help=help_of("alias")
    )
    parser.add_argument("--keeps-sent", action="store_true", help=help_of("keeps_sent"))
    parser.add_argument("--secrets-in-file", action="store_true", help=help_of("secrets_in_file"))
    parser.add_argument("--password-stdin", action="store_true", help=help_of("password_stdin"))
    parser.add_argument("--yes", action="store_true", help=help_of("yes"))


def _let_argparse_speak(language: Language) -> None:
    # argparse asks the process-wide domain of gettext, which knows a language by this variable
    gettext.bindtextdomain("argparse", str(LOCALE))
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = language.value


def _add_reading(parser: argparse.ArgumentParser, help_of: Callable[[str], str]) -> None:
    parser.add_argument("--received", type=_moment, metavar="ISO", help=help_of("received"))
    parser.add_argument("--country", type=_one_of(Country), help=help_of("country"))
    parser.add_argument("--timezone", metavar="ZONE", help=help_of("timezone"))


def _add_decision(parser: argparse.ArgumentParser, help_of: Callable[[str], str]) -> None:
    parser.add_argument(
        "--reason",
        type=_one_of(Reason),
        default=Reason.NONE,
        help=f"{help_of('reason')}: {', '.join(Reason)}",
    )
    parser.add_argument("--tell", type=_one_of(Tell), default=Tell.GENERAL, help=help_of("tell"))
    parser.add_argument(
        "--slot", type=_there, action="append", default=[], metavar="ISO", help=help_of("slot")
    )
    parser.add_argument("--about", metavar="TEXT", help=help_of("about"))
    parser.add_argument("--eta", type=_there, metavar="ISO", help=help_of("eta"))
    parser.add_argument("--until", type=_day_or_moment_there, metavar="ISO", help=help_of("until"))
    parser.add_argument(
        "--earlier", type=_day_or_moment_there, metavar="ISO", help=help_of("earlier")
    )
    parser.add_argument("--wish", type=_one_of(InterviewFormat), help=help_of("wish"))
    parser.add_argument("--sentence", metavar="TEXT", help=help_of("sentence"))
    parser.add_argument(
        "--duty", type=_duty, action="append", default=[], metavar="K=V", help=help_of("duty")
    )
    parser.add_argument(
        "--situation",
        type=_situation,
        action="append",
        default=[],
        metavar="K=V",
        help=f"{help_of('situation')}: {', '.join(Situation)}",
    )


def _add_voice(parser: argparse.ArgumentParser, help_of: Callable[[str], str]) -> None:
    parser.add_argument("--as", dest="address", metavar="ADDRESS", help=help_of("as"))
    parser.add_argument("--name", metavar="NAME", help=help_of("name"))
    parser.add_argument("--phone", metavar="N", help=help_of("phone"))
    parser.add_argument(
        "--postal", type=_lines, default=(), metavar="LINE, LINE", help=help_of("postal")
    )
    parser.add_argument("--lang", type=_one_of(Language), help=help_of("lang"))
    parser.add_argument("--formality", type=_one_of(Formality), help=help_of("formality"))


def _add_facts(parser: argparse.ArgumentParser, help_of: Callable[[str], str]) -> None:
    parser.add_argument("--company", metavar="TEXT", help=help_of("company"))
    parser.add_argument("--position", metavar="TEXT", help=help_of("position"))
    parser.add_argument("--contact", metavar="TEXT", help=help_of("contact"))
    parser.add_argument("--to", metavar="ADDRESS", help=help_of("to"))
    parser.add_argument("--start", type=_day_or_moment_there, metavar="ISO", help=help_of("start"))


# --- values: each raises ValueError for argparse, which names the argument ------------------------


def _one_of(kind: type[_E]) -> Callable[[str], _E]:
    def parse(word: str) -> _E:
        try:
            return kind(word)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{word!r} ({', '.join(kind)})") from None

    return parse


def _moment(word: str) -> datetime:
    moment = datetime.fromisoformat(word)
    # without an offset: the clock of this machine, which is what the person sees
    return moment if moment.tzinfo else moment.astimezone()


def _there(word: str) -> datetime:
    # naive stays naive: the hour is on the employer's clock, which is not known here
    return datetime.fromisoformat(word)


def _day_or_moment_there(word: str) -> Moment:
    return Moment(at=_there(word), whole_day="T" not in word and " " not in word)


def _lines(word: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in word.split(","))))


def _duty(word: str) -> tuple[Duty, str]:
    key, _, value = word.partition("=")
    return _one_of(Duty)(key), value or "yes"


def _situation(word: str) -> tuple[Situation, str]:
    key, _, value = word.partition("=")
    return _one_of(Situation)(key), value or "yes"
