"""Settings: who the person is, their accounts and calendars, how they are reminded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urljoin

from taktvoll.desk import Desk
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.messages import say
from taktvoll.model import Account, Country, Language
from taktvoll.ports import FoundCalendar, Unreachable
from taktvoll.post import server_named, with_mailbox
from taktvoll.web import forms
from taktvoll.web.asking import Ask, Go, Reply, Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """An account that is being added: its servers, as far as known, and what to do first."""

    account: Account
    steps: Sequence[str]
    foreign: bool

    @property
    def ready(self) -> bool:
        """Whether there is a server to log in to."""
        return bool(self.account.smtp or self.account.imap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A calendar that is being chosen for an account: where it is looked for, and what is there."""

    account: str
    url: str
    user: str
    found: Sequence[FoundCalendar] = ()


# What an address has to look like before anybody is asked about its domain.
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{3,253}")


class Settings:
    """One method a noun and verb."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def show(
        self,
        ask: Ask,
        error: TaktvollError | None = None,
        tried: Sequence[str] = (),
        adding: Adding | None = None,
        choosing: Choosing | None = None,
        reminded: str | None = None,
    ) -> Reply:
        """Who the person is, the accounts, and how the pages look."""
        accounts = self.desk.post.accounts()
        values = {
            "form": {**asdict(ask.me), **(ask.form if error else {})},
            "countries": list(Country),
            "languages": list(Language),
            "home": self.desk.home,
            "accounts": accounts,
            "places": {each.id: self._calendars_of(each) for each in accounts},
            "tried": tried,
            "adding": adding,
            "choosing": choosing,
            "by_mail": self.desk.post.reminders_by_mail(),
            "mailbox": with_mailbox(accounts),
            "reminded": reminded,
            "saved": "saved" in ask.form,
        }
        return Show("settings.html", asdict(ask.me), values, error)

    def _calendars_of(self, account: Account) -> str:
        """Where the calendars of an account are looked for, as far as known."""
        provider = self.desk.post.directory.provider(account.address)
        if provider is not None and provider.calendar:
            return provider.calendar
        # beside the chosen one: its home lists them all
        return urljoin(account.calendar_url, "../") if account.calendar_url else ""

    def set(self, ask: Ask) -> Reply:
        """Keep the settings."""
        try:
            me = forms.me(ask.form, ask.me)
            self.desk.set_me(me)
        except TaktvollError as error:
            if ask.api:
                raise
            return self.show(ask, error)
        return Go("/settings?saved=yes", asdict(me))

    def remind(self, ask: Ask) -> Reply:
        """Show a reminder as it would come, or keep whether each goes into the mailbox too."""
        if ask.form.get("show"):
            words = say("cli.doctor.notification", ask.language)
            shown = self.desk.post.notifier.notify("taktvoll", words, pressing=False)
            key = "web.reminders.shown" if shown else "web.reminders.no_screen"
            return self.show(ask, reminded=say(key, ask.language))
        try:
            self.desk.post.set_reminders_by_mail(bool(ask.form.get("by_mail")))
        except TaktvollError as error:
            return self.show(ask, error)
        return Go("/settings?saved=yes", {})

    def add_account(self, ask: Ask) -> Reply:
        """An account: first what is known of its servers, then the password, then a try."""
        try:
            adding = self._adding(ask)
            password = ask.form.get("password", "")
            agreed = not adding.foreign or bool(ask.form.get("agreed"))
            if not password or not adding.ready or not agreed:
                return self.show(ask, adding=adding)
            services = [
                name
                for name, server in (("smtp", adding.account.smtp), ("imap", adding.account.imap))
                if server
            ]
            self.desk.post.add_account(adding.account, dict.fromkeys(services, password))
        except TaktvollError as error:
            address = ask.form.get("account_address", "")
            adding = Adding(account=Account(id="", address=address), steps=(), foreign=False)
            return self.show(ask, error, adding=adding)
        return self.try_out(ask, adding.account.id)

    def _adding(self, ask: Ask) -> Adding:
        address = forms.text(ask.form, "account_address") or ""
        if not _ADDRESS.fullmatch(address):
            raise WrongUse("bad_sender", address=address[:100])
        suggested, provider, foreign = self.desk.post.suggested(address)
        account = suggested or Account(id=address.lower(), address=address)
        account = replace(
            account,
            smtp=server_named(forms.text(ask.form, "smtp"), "smtp", address) or account.smtp,
            imap=server_named(forms.text(ask.form, "imap"), "imap", address) or account.imap,
            name=ask.me.name or None,
            secrets_in_file=bool(ask.form.get("in_file")),
        )
        steps = provider.steps(ask.language) if provider is not None else ()
        return Adding(account=account, steps=steps, foreign=foreign)

    def calendars(self, ask: Ask, account_id: str) -> Reply:
        """Look for the calendars of an account, and take the one that the person chooses."""
        post, chosen = self.desk.post, forms.text(ask.form, "calendar")
        url, user = forms.text(ask.form, "calendar_url"), forms.text(ask.form, "calendar_user")
        choosing = Choosing(account=account_id, url=url or "", user=user or "")
        if ask.form.get("none"):
            post.choose_calendar(account_id, None)
            return Go("/settings#accounts-card", {})
        try:
            password = ask.form.get("calendar_password") or None
            found = post.calendars(account_id, url=url, user=user, password=password)
        except Unreachable as failed:
            error = WrongUse("calendar_unreachable")
            said = [say(f"outcome.{failed.outcome.code}", ask.language)]
            return self.show(ask, error, tried=said, choosing=choosing)
        except TaktvollError as error:
            return self.show(ask, error, choosing=choosing)
        if not found:
            return self.show(ask, WrongUse("calendar_none_writable"), choosing=choosing)
        urls = [each.url for each in found]
        if chosen in urls or len(urls) == 1:
            post.choose_calendar(account_id, chosen or urls[0], user)
            return Go("/settings?saved=yes#accounts-card", {})
        return self.show(ask, choosing=replace(choosing, found=found))

    def remove_account(self, ask: Ask, account_id: str) -> Reply:
        """Forget an account and its passwords."""
        self.desk.post.remove_account(account_id)
        return Go("/settings#accounts-card", {})

    def try_out(self, ask: Ask, account_id: str) -> Reply:
        """Try each server of an account, and say in plain words how it went."""
        tried = [
            f"{service.upper()}: {say(f'outcome.{outcome.code}', ask.language)}"
            for service, outcome in self.desk.post.try_out(account_id)
        ]
        return self.show(replace(ask, form={}), tried=tried)
