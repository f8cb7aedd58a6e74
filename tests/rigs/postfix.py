"""Postfix 3.7 before Dovecot, which also checks its passwords. Root only. Ready in 2 s."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.rigs.ca import Authority
from tests.rigs.dovecot import Dovecot
from tests.rigs.process import (
    DOMAIN,
    Missing,
    NotReady,
    folder,
    free_port,
    greets,
    need,
    wait_until,
)

PROGRAM = "/usr/sbin/postfix"

# ``mynetworks`` is no network of ours: only who logs in may send
_MAIN = """
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {home}/postfix.log
maillog_file_prefixes = {home}
myhostname = mail.{domain}
mydestination =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{dovecot.lmtp}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.2/32
alias_maps =
alias_database =
local_recipient_maps =
smtp_dns_support_level = disabled
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {authority.certificate}
smtpd_tls_key_file = {authority.key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{dovecot.auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
"""

_SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
flush unix n - n 1000? 0 flush
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(dovecot: Dovecot, authority: Authority) -> Iterator[int]:
    """Run one and give its port; raises ``Missing`` or ``NotReady``."""
    need(PROGRAM, "/usr/lib/postfix/sbin/smtpd")
    if os.getuid() != 0:
        raise Missing("root, without whom Postfix does not start")
    with folder("postfix") as home:
        for part in ("etc", "spool", "data"):
            (home / part).mkdir()
        home.chmod(0o755)
        port = free_port()
        config = home / "etc"
        (config / "main.cf").write_text(
            _MAIN.format(home=home, domain=DOMAIN, dovecot=dovecot, authority=authority)
        )
        (config / "master.cf").write_text(_SERVICES.format(port=port))
        shutil.chown(home / "data", "postfix")
        started = _control(config, "start")
        log = home / "postfix.log"
        if started.returncode:
            raise NotReady(started.stderr + (log.read_text() if log.exists() else ""))
        try:
            wait_until(lambda: greets(port, b"220"), log=log.read_text)
            yield port
        finally:
            _control(config, "stop")


def _control(config: os.PathLike[str], what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "-c", os.fspath(config), what],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
