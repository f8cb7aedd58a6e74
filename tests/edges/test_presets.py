"""The providers: complete, in both languages, and found by an address."""

from __future__ import annotations

import re
from datetime import date

import pytest

from taktvoll.edges.autoconfig import _HOST
from taktvoll.edges.presets import advice, preset_at, preset_of, presets
from taktvoll.model import Account, Language, Server, Tls
from taktvoll.ports import Outcome

PRESETS = presets()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_an_entry_is_whole(preset):
    for language in Language:
        steps = preset.steps(language)
        assert steps
        assert all(step == step.strip() and step[-1] in "." for step in steps)
    assert len(preset.de) == len(preset.en)
    assert not re.search(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b", " ".join(preset.de))
    assert '"' not in " ".join(preset.de)
    if preset.by_hand:
        assert preset.smtp is preset.imap is preset.calendar is None
        return
    for server, port in ((preset.smtp, 465), (preset.imap, 993)):
        assert _HOST.match(server.host)
        assert server.tls in (Tls.IMPLICIT, Tls.STARTTLS)
        assert server.port == (port if server.tls is Tls.IMPLICIT else {465: 587, 993: 143}[port])
    assert preset.calendar is None or re.fullmatch(r"https://[a-z0-9.:-]+/", preset.calendar)
    assert preset.servers_checked is None or preset.servers_checked >= date(2026, 11, 1)


def test_all_that_people_here_use_are_there():
    names = {preset.name for preset in PRESETS.values()}
    assert names == {
        "GMX", "WEB.DE", "T-Online (Telekom)", "Posteo", "mailbox.org", "Gmail", "iCloud", "Yahoo",
        "Fastmail", "IONOS (1&1)", "Strato", "Outlook.com",
    }  # fmt: skip


def test_no_domain_belongs_to_two():
    domains = [domain for preset in PRESETS.values() for domain in preset.domains]
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() for domain in domains)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("mira@gmx.at", "GMX"),
        ("Mira@GMail.com", "Gmail"),
        ("mira@hotmail.de", "Outlook.com"),
        ("mira@example.test", None),
        ("gmx.de", "GMX"),
        ("", None),
        ("mira@evil-gmx.de", None),
    ],
)
def test_a_provider_is_found_by_the_domain(address, name):
    preset = preset_of(address)
    assert (preset.name if preset else None) == name


def test_a_provider_is_found_by_its_server():
    assert preset_at("SMTP.ionos.de").name == "IONOS (1&1)"
    assert preset_at("smtp.example.test") is None


def test_an_account_is_made_from_an_address():
    account = PRESETS["icloud"].account("mira@icloud.com", account_id="mira", name="Mira")
    assert account.smtp == Server(
        host="smtp.mail.me.com", port=587, tls=Tls.STARTTLS, user="mira@icloud.com"
    )
    assert account.imap == Server(host="imap.mail.me.com", port=993, tls=Tls.IMPLICIT, user="mira")
    assert not account.keeps_sent
    assert PRESETS["gmail"].account("a@gmail.com", account_id="a").keeps_sent


def test_who_is_refused_gets_the_steps_of_their_provider():
    account = PRESETS["tonline"].account("mira@t-online.de", account_id="mira")
    refused = Outcome.permanent("login_refused")
    assert advice(refused, account, Language.DE) == PRESETS["tonline"].de
    assert advice(refused, account, Language.EN) == PRESETS["tonline"].en
    assert advice(Outcome.temporary("timeout"), account, Language.DE) == ()
    assert advice(refused, Account(id="a", address="a@b.test"), Language.DE) == ()
