"""The providers: complete, in both languages, and found by an address.

``docs/providers.md`` shows them; ``--update-golden`` writes it anew.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

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


def test_the_page_in_the_manual_is_this_one(update_golden):
    path = Path(__file__).parents[2] / "docs" / "providers.md"
    page = _page()
    if update_golden:
        path.write_text(page, "utf-8")
    assert path.read_text("utf-8") == page


def _page() -> str:
    lines = [
        "# Mail providers",
        "",
        "What to do at your provider before taktvoll can send by it. The servers are filled in by",
        "themselves. Nothing here was tried with a real account; where no day stands, it comes",
        "from hearsay.",
    ]
    for preset in PRESETS.values():
        lines += ["", f"## {preset.name}", ""]
        for what, server in (("Sending", preset.smtp), ("Reading", preset.imap)):
            if server:
                user = {"address": "the whole address", "local": "what stands before the @"}
                tls = {Tls.IMPLICIT: "TLS", Tls.STARTTLS: "STARTTLS"}[server.tls]
                lines.append(
                    f"- {what}: {server.host}, port {server.port}, {tls}, user: {user[server.user]}"
                )
        if preset.calendar:
            lines.append(f"- Calendar: {preset.calendar}")
        for what, day in (("Servers", preset.servers_checked), ("Steps", preset.steps_checked)):
            if day:
                lines.append(f"- {what} compared with their source on {day}")
        for title, language in (("Deutsch", Language.DE), ("English", Language.EN)):
            lines += ["", f"**{title}**", ""]
            lines += [f"{n}. {step}" for n, step in enumerate(preset.steps(language), 1)]
    return "\n".join(lines) + "\n"
