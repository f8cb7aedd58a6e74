"""Mails that say that a mail did not arrive, or not yet.

Most servers add a part for machines (RFC 3464). The others are told by who sent them and by
their words, which are the same for years: those of Exim, qmail, sendmail, Exchange and Domino,
and of the large providers, in English and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from taktvoll.follow.reply import Delivery, DeliveryState
from taktvoll.formats.mime import Mail

_LONGEST = 20_000  # code points of a report that are looked at
_MOST = 100  # recipients
_LONGEST_WORDS = 300  # of a server

_ADDRESS = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.#\-])(?P<first>[45])[0-7]\d(?=[ \-][^\W_])(?![ \-]\d)")

_DAEMON = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|microsoftexchange[0-9a-f]{20,}|"
    r"mail-?delivery|mdaemon|bounces?|no-?reply-?mailer)(?:@|$|[+\-.])",
    re.IGNORECASE,
)
_DAEMON_NAME = re.compile(
    r"mail ?delivery (?:sub)?system|mailer-daemon|postmaster|microsoft (?:outlook|exchange)|"
    r"mailzustellung|zustellsystem|systemadministrator|system administrator|mail system",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\s*(?:undeliver(?:able|ed)|unzustellbar|nicht zustellbar|mail (?:delivery|could not)|"
    r"delivery (?:status|failure|has failed|notification|incomplete|delayed)|failure notice|"
    r"returned mail|message (?:you sent )?(?:not|could not)|undelivered mail|"
    r"benachrichtigung (?:zum|über den) (?:zustell|übermittlungs)|zustell(?:ung|fehler|status)|"
    r"unzustellbarkeit|warning: (?:could not send|message)|fehler bei der (?:zu|nachrichten)|"
    r"rückläufer|ihre (?:e-?mail|nachricht) (?:konnte|wurde) nicht|verzögerung|"
    r"delayed(?: mail)?|mail delayed)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"could ?n[o']t be (?:delivered|found|reached)|(?:was|were|been) (?:un)?able to deliver|"
    r"(?:wasn't|was not|not been|hasn't been|cannot be|can't be|were not) delivered|"
    r"unable to deliver|undeliverable|delivery (?:to the following|has failed|failed)|"
    r"did(?:n't| not) reach|permanent (?:fatal )?error|returning (?:the )?message|"
    r"had permanent fatal errors|giving up|given up|no such user|user unknown|"
    r"unknown (?:user|recipient|address)|address not found|not listed in|"
    r"konnte(?:n)? (?:\w+ ){0,6}nicht (?:zugestellt|ausgeliefert|übermittelt|gefunden)|"
    r"nicht zugestellt werden|nicht (?:erfolgreich )?zustellbar|unzustellbar|"
    r"(?:empfänger|adresse\w*) (?:\w+ ){0,4}(?:nicht (?:erreicht|gefunden|vorhanden)|unbekannt)|"
    r"nicht erreicht|adresse nicht gefunden|fehlgeschlagen|zurückgewiesen|"
    r"mailbox (?:is )?full|quota|postfach (?:\w+ )?voll",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"warning message only|do not need to resend|need not resend|no action is required|"
    r"will (?:keep|continue|be retried|retry)|(?:delivery|delivered)[^.\n]{0,40} delayed|"
    r"delayed for|still (?:being )?(?:trying|tried)|not yet been delivered|delivery incomplete|"
    r"temporary problem|(?:zustell\w*|übermittlung)[^.\n]{0,60}verzögert|verzögert sich|"
    r"noch nicht (?:zugestellt|ausgeliefert)|weiter(?:e|hin)? (?:\w+ )?(?:versucht|versuche|"
    r"zustellversuche)|kein(?:e)? (?:eingreifen|aktion|handlung)|erneut versuch",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"giving up|given up|too long|retry time(?:out)? (?:not reached|exceeded)|"
    r"(?:endgültig|nach [^.\n]{1,40} aufgegeben)|permanent|will not (?:be )?retr|gave up",
    re.IGNORECASE,
)
_COPY = re.compile(  # from here on it is our own mail
    r"^(?:-{2,}\s?(?:this is a copy|below this line|the body of|begin(?:n)? (?:der|message)|"
    r"original|ursprüngliche|returned message|kopie|message header|undelivered)|"
    r"original message headers|ursprüngliche nachrichtenkopfzeilen|"
    r"(?:return-path|received|from|date|message-id|x-[\w-]+): )",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGINAL_ID = re.compile(r"^[ \t>]{0,8}message-id:\s{0,3}(<[^<>\s]{1,900}>)", re.I | re.M)


def deliveries_in(mail: Mail, own: Iterable[str] = ()) -> tuple[Delivery, ...]:
    """What ``mail`` reports of recipients, none where it is no report.

    ``own`` are the person's addresses, which stand in most reports and are never what failed.
    """
    own = {address.lower() for address in own}
    if mail.report:
        reported = tuple(islice(_reported(mail.report), _MOST))
        if reported:
            return reported
    return _told(mail, own) if _reports(mail) else ()


def original_ids(mail: Mail) -> tuple[str, ...]:
    """The Message-IDs of the mail that came back, wherever the report repeats them."""
    ids = [mail.origin.get("x-original-message-id"), mail.in_reply_to, *mail.references]
    if mail.forwarded:
        ids.append(mail.forwarded.message_id)
    if mail.report or _reports(mail):
        ids += _ORIGINAL_ID.findall(mail.text[:_LONGEST])
    return tuple(dict.fromkeys(each for each in ids if each))


def _reported(report: str) -> Iterator[Delivery]:
    """The groups of RFC 3464 §2.3, one for each recipient."""
    for group in re.split(r"\n\s*\n", report[: 10 * _LONGEST]):
        fields = _fields(group)
        recipient = fields.get("original-recipient") or fields.get("final-recipient")
        status = _STATUS.search(fields.get("status", "") or fields.get("diagnostic-code", ""))
        if recipient is None:
            continue
        address = _ADDRESS.search(recipient)
        said = fields.get("diagnostic-code", "")
        yield Delivery(
            recipient=address[0] if address else None,
            state=_state(fields.get("action", ""), status[0] if status else ""),
            status=status[0] if status else None,
            said=said.partition(";")[2].strip()[:_LONGEST_WORDS] or None,
        )


def _fields(group: str) -> dict[str, str]:
    """The fields of one group, unfolded, names in lower case."""
    lines = re.sub(r"\n[ \t]+", " ", group).split("\n")
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _state(action: str, status: str) -> DeliveryState:
    """RFC 3464 §2.3.3; a server that leaves the action out still gives the status."""
    action = action.lower()
    if action in ("failed", "fail", "failure", "undeliverable"):
        return DeliveryState.FAILED
    if action.startswith("delay"):
        return DeliveryState.DELAYED
    if action in ("delivered", "relayed", "expanded"):
        return DeliveryState.DELIVERED
    states = {"2": DeliveryState.DELIVERED, "4": DeliveryState.DELAYED}
    return states.get(status[:1], DeliveryState.FAILED)


def _reports(mail: Mail) -> bool:
    """Whether a mail server wrote it to say what became of a mail."""
    if mail.report or "x-failed-recipients" in mail.origin:
        return True
    by_server = bool(
        _DAEMON.match(mail.sender.email or "")
        or _DAEMON_NAME.search(mail.sender.name or "")
        or mail.origin.get("return-path", "").strip() == "<>"
    )
    subject, text = mail.subject or "", mail.text[:_LONGEST]
    if by_server:
        return bool(_SUBJECT.match(subject) and (_words_of_server(text) or not text.strip()))
    # one that lost its sender on the way has still both: its subject, and the code of a server
    status = _STATUS.search(text) or _CODE.search(text)
    return bool(status and _SUBJECT.match(subject) and _FAILED.search(text))


def _words_of_server(text: str) -> bool:
    return bool(_FAILED.search(text) or _DELAYED.search(text) or _STATUS.search(text))


def _told(mail: Mail, own: set[str]) -> tuple[Delivery, ...]:
    """The recipients that a report without a part for machines names in its words."""
    text = mail.text[:_LONGEST]
    copy = _COPY.search(text, 1)
    report = text[: copy.start()] if copy else text
    failed = mail.origin.get("x-failed-recipients", "")
    ours = own | {(mail.sender.email or "").lower()}
    named = _ADDRESS.findall(failed or report)
    recipients = [each for each in dict.fromkeys(named) if each.lower() not in ours]
    recipients = [each for each in recipients if not _DAEMON.match(each)]
    delayed = _DELAYED.search(f"{mail.subject}\n{report}") and not _OVER.search(report)
    state = DeliveryState.DELAYED if delayed else DeliveryState.FAILED
    status, said = _status_in(report)
    return tuple(
        Delivery(recipient=each, state=state, status=status, said=said)
        for each in (recipients[:_MOST] or [None])
    )


def _status_in(report: str) -> tuple[str | None, str | None]:
    """The status and the line it stands in; of a bare reply code, its class alone."""
    if found := _STATUS.search(report):
        return found[0], _line(report, found.start())
    if found := _CODE.search(report):
        return f"{found['first']}.0.0", _line(report, found.start())
    return None, None


def _line(text: str, at: int) -> str:
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[begin : end if end >= 0 else len(text)].strip()[:_LONGEST_WORDS]
