"""``taktvoll account | settings | doctor``: the mail account, and what is wrong with it."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from getpass import getpass

from taktvoll.cli.screen import Screen
from taktvoll.desk import Desk
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.model import Account, ActState
from taktvoll.post import Post, server_named


def account(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Add, test, remove or list accounts."""
    post = desk.post
    if arguments.action == "add":
        return _add(arguments, post, screen)
    if arguments.action == "remove":
        post.remove_account(arguments.address)
        screen.out(screen.say("cli.account.removed", address=arguments.address))
        return 0
    if arguments.action == "test":
        return _test(post, post.account(arguments.address), screen)
    for known in post.accounts():
        screen.out(_line(known))
    if not post.accounts():
        screen.note(screen.say("error.no_account"))
    return 0


def _add(arguments: Namespace, post: Post, screen: Screen) -> int:
    """Find the servers, tell what has to be done there first, ask for the password, try it."""
    address = arguments.address.strip()
    suggested, provider, foreign = post.suggested(address)
    if provider is not None:
        screen.heading("cli.account.first_steps", provider=provider.name)
        for number, step in enumerate(provider.steps(screen.language), 1):
            screen.item(step, mark=f"{number}.")
        screen.out()
    new = _with_servers(suggested or Account(id=address.lower(), address=address), arguments)
    if new.smtp is None and new.imap is None:
        raise WrongUse("no_servers", address=address)
    screen.note(_line(new))
    if foreign and not arguments.yes and not screen.agreed("cli.account.foreign"):
        return 2
    password = _password(arguments, screen)
    url = arguments.caldav or (provider.calendar if provider is not None else None)
    if url:
        new = _with_calendar(new, url, password, arguments, post, screen)
    services = [name for name, server in (("smtp", new.smtp), ("imap", new.imap)) if server]
    services += ["caldav"] if new.calendar_url else []
    post.add_account(new, dict.fromkeys(services, password))
    return _test(post, new, screen)


def _with_servers(account: Account, arguments: Namespace) -> Account:
    user = arguments.user or account.address
    return replace(
        account,
        name=arguments.name or account.name,
        aliases=tuple(arguments.alias) or account.aliases,
        smtp=server_named(arguments.smtp, "smtp", user) or account.smtp,
        imap=server_named(arguments.imap, "imap", user) or account.imap,
        keeps_sent=arguments.keeps_sent or account.keeps_sent,
        secrets_in_file=arguments.secrets_in_file,
    )


def _with_calendar(
    account: Account, url: str, password: str, arguments: Namespace, post: Post, screen: Screen
) -> Account:
    """The calendar that the person chooses; without one, everything else works as well."""
    from taktvoll.ports import Unreachable

    user = arguments.user or account.address
    try:
        found = [each for each in post.directory.calendars(url, user, password) if each.writable]
    except Unreachable as failed:
        screen.note(screen.say(f"outcome.{failed.outcome.code}"))
        return account
    if not found:
        return account
    chosen = found[0]
    if len(found) > 1 and screen.can_ask():
        for number, each in enumerate(found, 1):
            screen.note(f"{number:3}  {each.name}")
        typed = screen.ask(screen.say("cli.account.which_calendar"))
        if typed.isdecimal() and 1 <= int(typed) <= len(found):
            chosen = found[int(typed) - 1]
    screen.note(screen.say("cli.account.calendar", name=chosen.name))
    return replace(account, calendar_url=chosen.url, calendar_user=user)


def _password(arguments: Namespace, screen: Screen) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not screen.can_ask():
        raise WrongUse("password_needed")
    return getpass(screen.say("cli.account.password") + " ", stream=sys.stderr)


def _test(post: Post, account: Account, screen: Screen) -> int:
    """Each connection, and in plain words what is wrong with it. 0 where all work."""
    wrong = 0
    for service, outcome in post.try_out(account.id):
        works = outcome.state is ActState.ACCEPTED
        wrong += not works
        said = screen.say("cli.account.works") if works else screen.say(f"outcome.{outcome.code}")
        screen.out(f"{service:7} {said}")
        if outcome.said and not works:
            screen.out(f"        {screen.say('cli.account.said', words=outcome.said)}")
        for number, step in enumerate(post.directory.advice(outcome, account, screen.language), 1):
            screen.item(step, mark=f"        {number}.")
    return int(wrong > 0)


def _line(account: Account) -> str:
    servers = [
        f"{name} {server.host}:{server.port}"
        for name, server in (("SMTP", account.smtp), ("IMAP", account.imap))
        if server
    ]
    return "  ".join([account.address, *servers, account.calendar_url or ""]).rstrip()


def settings(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """How the person is reminded: show it, after changing it where that is asked for."""
    if arguments.reminders_by_mail is not None:
        desk.post.set_reminders_by_mail(arguments.reminders_by_mail == "always")
    how = "always" if desk.post.reminders_by_mail() else "no_screen"
    screen.out(screen.say(f"cli.settings.reminders_by_mail.{how}"))
    return 0


def doctor(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Look at everything that can be wrong: the data folder, the content, each connection."""
    wrong = 0
    try:
        desk.cases(1)
        screen.out(screen.say("cli.doctor.store"))
    except TaktvollError as error:
        wrong += 1
        screen.complain(error)
    for known in desk.post.accounts():
        screen.heading("cli.doctor.account", address=known.address)
        wrong += _test(desk.post, known, screen)
    if not desk.post.accounts():
        screen.out(screen.say("cli.doctor.no_account"))
    if not desk.post.notifier.notify(
        "taktvoll", screen.say("cli.doctor.notification"), pressing=False
    ):
        screen.out(screen.say("cli.doctor.no_notifications"))
    return int(wrong > 0)
