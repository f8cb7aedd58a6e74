"""The mail providers that people here use, from ``presets.toml``: their servers, and what one has
to do there first."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from taktvoll.model import Account, Language, Server, Tls
from taktvoll.ports import Outcome

# where the provider's own steps help more than what we can say of every provider
_HELPED = ("login_refused", "login_app_password", "login_not_offered")


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetServer:
    """A server of a provider. ``user`` is the whole address, or what stands before the @."""

    host: str
    port: int
    tls: Tls
    user: Literal["address", "local"]

    def of(self, address: str) -> Server:
        """The server as ``address`` logs in to it."""
        user = address if self.user == "address" else address.partition("@")[0]
        return Server(host=self.host, port=self.port, tls=self.tls, user=user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A provider. With ``by_hand`` taktvoll cannot log in there, and the steps say why.

    ``app_password``: whether mail programs need a password of their own there. The ``…_checked``
    days are None where nobody has compared the entry with its source.
    """

    name: str
    domains: tuple[str, ...]
    de: tuple[str, ...]
    en: tuple[str, ...]
    smtp: PresetServer | None = None
    imap: PresetServer | None = None
    calendar: str | None = None
    keeps_sent: bool = False
    app_password: Literal["with_two_factors", "always"] | None = None
    by_hand: bool = False
    servers_checked: date | None = None
    steps_checked: date | None = None

    def steps(self, language: Language) -> tuple[str, ...]:
        """What to do at the provider before the first login, in order."""
        return self.de if language is Language.DE else self.en

    def account(self, address: str, *, account_id: str, name: str | None = None) -> Account:
        """The account of ``address``; its calendar is chosen by ``caldav.discover`` later."""
        return Account(
            id=account_id,
            address=address,
            name=name,
            smtp=self.smtp.of(address) if self.smtp else None,
            imap=self.imap.of(address) if self.imap else None,
            keeps_sent=self.keeps_sent,
        )


@cache
def presets() -> dict[str, Preset]:
    """All providers by their ids."""
    import msgspec

    raw = tomllib.loads(files("taktvoll.edges").joinpath("presets.toml").read_text("utf-8"))
    return msgspec.convert(raw, dict[str, Preset], strict=True)


def preset_of(address: str) -> Preset | None:
    """The provider of a mail address by its domain, None where it is not among them."""
    domain = address.rpartition("@")[2].lower()
    return next((each for each in presets().values() if domain in each.domains), None)


def advice(outcome: Outcome, account: Account, language: Language) -> tuple[str, ...]:
    """What to do at the provider of ``account`` where its server refused the login, beside the
    sentence of the outcome; nothing where the provider is none that we know."""
    servers = [server for server in (account.smtp, account.imap) if server]
    known = next(filter(None, (preset_at(server.host) for server in servers)), None)
    return known.steps(language) if known and outcome.code in _HELPED else ()


def preset_at(host: str) -> Preset | None:
    """The provider whose server ``host`` is: also those with a domain of their own have one."""
    for each in presets().values():
        if any(server and server.host == host.lower() for server in (each.smtp, each.imap)):
            return each
    return None
