"""Cyrus 3.6: a CalDAV server that answers organizers by itself. Ready in 0.2 s."""

from __future__ import annotations

import re
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.rigs.process import (
    DOMAIN,
    PASSWORD,
    User,
    folder,
    free_port,
    need,
    running,
)

MASTER = "/usr/lib/cyrus/bin/master"
SASLPASSWD = "/usr/sbin/saslpasswd2"

# caldav_historical_age: invitations to what is over are delivered too.
# Invitations by mail (iMIP) go to a server that keeps them.
_IMAPD = """
configdirectory: {home}/conf
defaultpartition: default
partition-default: {home}/spool
sievedir: {home}/sieve
proc_path: {home}/run/proc
mboxname_lockpath: {home}/run/lock
idlesocket: {home}/run/idle
lmtpsocket: {home}/run/lmtp
notifysocket: {home}/run/notify
temp_path: {home}/tmp
cyrus_user: {user.name}
servername: {domain}
calendar_user_address_set: {domain}
virtdomains: off
altnamespace: no
unixhierarchysep: no
autocreate_users: anyone
autocreate_quota: 0
autocreate_post: yes
httpmodules: caldav
httpallowcompress: 0
caldav_allowscheduling: on
caldav_historical_age: -1
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {home}/conf/sasldb2
sasl_mech_list: PLAIN LOGIN
smtp_backend: host
smtp_host: 127.0.0.1:{smtp}
"""

_SERVICES = """
START {{
  recover cmd="ctl_cyrusdb -C {home}/imapd.conf -r"
}}
SERVICES {{
  http cmd="httpd -C {home}/imapd.conf" listen="127.0.0.1:{http}" prefork=1 maxchild=20
  lmtp cmd="lmtpd -C {home}/imapd.conf -a" listen="127.0.0.1:{lmtp}" prefork=0 maxchild=2
}}
EVENTS {{
}}
"""

_FOLDERS = (
    "conf/db", "conf/socket", "conf/log", "conf/user", "conf/quota", "conf/proc",
    "spool", "sieve", "run/proc", "run/lock", "tmp",
)  # fmt: skip


@dataclass
class Outgoing:
    """Takes the invitations and answers that Cyrus sends by mail."""

    mails: list[tuple[str, list[str], str]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        text = content.decode("utf-8", "replace")
        self.mails.append((str(envelope.mail_from), list(envelope.rcpt_tos), text))
        return "250 OK"


@dataclass(frozen=True)
class Cyrus:
    """A running server. ``mails`` are those that it sent out."""

    home: Path
    url: str
    lmtp: int
    outgoing: Outgoing
    _numbers: Iterator[int]

    def user(self, name: str = "candidate") -> str:
        """A fresh user who has a calendar, an inbox and an outbox."""
        user = f"{name}{next(self._numbers)}"
        subprocess.run(
            [SASLPASSWD, "-c", "-p", "-f", self.home / "conf/sasldb2", "-u", DOMAIN, user],
            input=PASSWORD.encode(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        # an INBOX has to be there before the first request, and a first request before an
        # invitation: it would go nowhere
        with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="localhost", timeout=10) as lmtp:
            lmtp.sendmail("", [f"{user}@{DOMAIN}"], b"Subject: hello\r\n\r\n")
        self.objects(user, "Default")
        return user

    def calendar(self, user: str, name: str = "Default") -> str:
        """The URL of a calendar, or of the Inbox."""
        return f"{self.url}dav/calendars/user/{user}/{name}/"

    def objects(self, user: str, name: str) -> list[str]:
        """What lies in a calendar or in the Inbox: the unfolded text of each object."""
        with httpx.Client(auth=(user, PASSWORD), base_url=self.url, trust_env=False) as client:
            listed = client.request(
                "PROPFIND", self.calendar(user, name), headers={"Depth": "1"}
            ).raise_for_status()
            paths = re.findall(r"<D:href>([^<]+[^/<])</D:href>", listed.text)
            return [re.sub(r"\r?\n[ \t]", "", client.get(path).text) for path in paths]

    def put(self, user: str, uid: str, ics: str) -> None:
        """Store an object, as a calendar program would."""
        httpx.put(
            f"{self.calendar(user)}{uid}.ics",
            content=ics.encode(),
            auth=(user, PASSWORD),
            headers={"Content-Type": "text/calendar; charset=utf-8"},
            trust_env=False,
            verify=False,
        ).raise_for_status()


@contextmanager
def cyrus() -> Iterator[Cyrus]:
    """Run one; raises ``Missing`` or ``NotReady``."""
    need(MASTER, "/usr/lib/cyrus/bin/httpd", "/usr/lib/cyrus/bin/lmtpd", SASLPASSWD)
    user = User.called("cyrus")
    outgoing = Outgoing()
    sink = Controller(outgoing, hostname="127.0.0.1", port=free_port())
    sink.start()
    try:
        with folder("cyrus") as home:
            for part in _FOLDERS:
                (home / part).mkdir(parents=True)
            http, lmtp = free_port(), free_port()
            (home / "imapd.conf").write_text(
                _IMAPD.format(home=home, user=user, domain=DOMAIN, smtp=sink.port).lstrip()
            )
            (home / "cyrus.conf").write_text(_SERVICES.format(home=home, http=http, lmtp=lmtp))
            subprocess.run(  # makes the file of passwords, which the server then owns
                [SASLPASSWD, "-c", "-p", "-f", home / "conf/sasldb2", "-u", DOMAIN, "nobody"],
                input=PASSWORD.encode(),
                stdout=subprocess.DEVNULL,
                check=True,
            )
            user.own(home)
            url = f"http://127.0.0.1:{http}/"
            command = [
                *(MASTER, "-C", str(home / "imapd.conf"), "-M", str(home / "cyrus.conf")),
                *("-p", str(home / "run/master.pid"), "-L", str(home / "conf/log/master.log")),
            ]
            with running(command, log=home / "master.log", ready=lambda: _answers(url), user=user):
                yield Cyrus(home=home, url=url, lmtp=lmtp, outgoing=outgoing, _numbers=count(1))
    finally:
        sink.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.options(url, timeout=2, trust_env=False).is_success
    except httpx.TransportError as error:
        raise OSError from error
