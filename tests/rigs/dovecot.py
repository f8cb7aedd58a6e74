"""Dovecot 2.3 with IMAP, IMAPS, STARTTLS and LMTP. Ready in 0.1 s, gone after 1.1 s.

Each test takes mailboxes of its own by ``user()``; so one server serves a whole run.
"""

from __future__ import annotations

import grp
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from imapclient import IMAPClient

from tests.rigs.ca import Authority
from tests.rigs.process import (
    DOMAIN,
    PASSWORD,
    User,
    folder,
    free_port,
    greets,
    need,
    running,
)

PROGRAM = "/usr/sbin/dovecot"

NAMES = ("candidate", "employer")
USERS = 1000  # of each name: Dovecot looks at its file of users once a second, so all are there

# Without the anvil listener the login after a wrong password would wait for four seconds.
_CONFIG = r"""
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
default_internal_user = {user.name}
default_internal_group = {group}
default_login_user = {user.name}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{home}/mail/%u
mail_max_userip_connections = 500
mail_fsync = never
mailbox_list_index = no
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {home}/users
  override_fields = uid={user.uid} gid={user.gid} home={home}/mail/%u
}}
service auth {{
  inet_listener {{
    port = {auth}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \Sent
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server. ``auth`` is the port where Postfix asks whether a password is right."""

    home: Path
    imap: int
    imaps: int
    lmtp: int
    auth: int
    _numbers: Iterator[int]

    def user(self, name: str = "candidate") -> str:
        """A fresh address with an empty mailbox; its password is ``PASSWORD``."""
        assert name in NAMES
        return f"{name}-{next(self._numbers)}@{DOMAIN}"

    def deliver(self, message: bytes, to: str, sender: str = f"employer@{DOMAIN}") -> None:
        """Put a mail into an INBOX, as the mail server before it would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="localhost", timeout=10) as lmtp:
            lmtp.sendmail(sender, [to], message)

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """All that lies in a folder, as it is stored, oldest first."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def client(self, user: str) -> IMAPClient:
        """A plain client that is logged in."""
        client = IMAPClient("127.0.0.1", self.imap, ssl=False, timeout=10)
        client.login(user, PASSWORD)
        return client


@contextmanager
def dovecot(authority: Authority) -> Iterator[Dovecot]:
    """Run one; raises ``Missing`` or ``NotReady``."""
    need(PROGRAM, "/usr/lib/dovecot/lmtp", "/usr/lib/dovecot/imap")
    user = User.called("nobody")
    with folder("dovecot") as home:
        for part in ("mail", "run", "state"):
            (home / part).mkdir()
        for file in (authority.certificate, authority.key):
            (home / file.name).write_bytes(file.read_bytes())
        (home / "users").write_text(
            "".join(
                f"{name}-{number}@{DOMAIN}:{{PLAIN}}{PASSWORD}::::::\n"
                for name in NAMES
                for number in range(1, USERS + 1)
            )
        )
        ports = {name: free_port() for name in ("imap", "imaps", "lmtp", "auth")}
        group = grp.getgrgid(user.gid).gr_name
        config = _CONFIG.format(home=home, user=user, group=group, **ports)
        (home / "dovecot.conf").write_text(config)
        user.own(home)
        with running(
            [PROGRAM, "-F", "-c", str(home / "dovecot.conf")],
            log=home / "out.log",
            ready=lambda: greets(ports["imap"], b"* OK") and greets(ports["lmtp"], b"220"),
            user=user,
        ):
            yield Dovecot(home=home, _numbers=count(1), **ports)
