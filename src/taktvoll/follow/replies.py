"""What came back: a mail, sorted into the closed list of reply classes, with the reason.

What machines say to machines comes first: reports of mail servers, calendar parts, headers. Only
then do words decide, and what they mean depends on what we had said: "bis Mittwoch!" agrees to a
new appointment, and has not noticed a withdrawal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from taktvoll.follow import acts, automatic, guards
from taktvoll.follow.acts import Act, After
from taktvoll.follow.bounces import deliveries_in
from taktvoll.follow.moments import Times, times_in
from taktvoll.follow.reply import Delivery, DeliveryState, Reply, Said, Why
from taktvoll.follow.senders import is_stranger
from taktvoll.formats.mime import Mail
from taktvoll.language.quoting import split_quoted
from taktvoll.model import Intent, Invitation, Kind, ReplyClass

_LONGEST = 12_000  # code points of a reply that are kept

# How much surer it must be that somebody takes note than anything else; see taktvoll.follow.guards.
_CAUTION = 70.0

# What an acknowledgement that is not sure may well be; anything else is left to the person.
_MISTAKEN_FOR_IT = frozenset({Act.AUTOMATIC, Act.EXPECTS})


def classify(mail: Mail, read: Invitation, said: Said) -> Reply:
    """What ``mail`` is, after we had ``said`` something.

    ``read`` is the same mail as the step *read* sees it: its kind, its calendar facts, and when it
    was received. The class is never missing: what nothing speaks for is ``other``.
    """
    text = newest(mail, said)
    reply = _of_report(mail, said) or _of_calendar(read, said) or _of_words(mail, read, said, text)
    reply = replace(reply, text=text, stranger=is_stranger(mail, said))
    if reply.stranger and reply.kind is ReplyClass.ACKNOWLEDGEMENT:
        values = {"sender": mail.sender.email or mail.sender.name or "?"}
        why = Why(key="reply.why.stranger", values=values)
        return replace(reply, kind=ReplyClass.OTHER, why=why, knows=False)
    return replace(reply, knows=reply.knows and not reply.stranger)


def newest(mail: Mail, said: Said) -> str:
    """What the sender of ``mail`` wrote, without what is quoted and without our own lines."""
    text = mail.text[: 10 * _LONGEST]
    cut = split_quoted(text)
    if cut.all_quoted:
        return ""
    ours = {line.strip() for line in (said.text or "").split("\n") if len(line.strip()) > 20}
    lines = cut.newest.split("\n")
    return "\n".join(line for line in lines if line.strip() not in ours).strip()[:_LONGEST]


# --- reports of servers -------------------------------------------------------------------------


def _of_report(mail: Mail, said: Said) -> Reply | None:
    deliveries = deliveries_in(mail, said.own)
    if not deliveries:
        return None
    for state, key in (
        (DeliveryState.FAILED, "reply.why.failed"),
        (DeliveryState.DELAYED, "reply.why.delayed"),
    ):
        if found := next((each for each in deliveries if each.state is state), None):
            if state is DeliveryState.FAILED and not found.permanent:
                key = "reply.why.failed_for_now"
            return Reply(
                kind=ReplyClass.BOUNCE,
                why=_why_of(found, key),
                automatic=True,
                deliveries=deliveries,
            )
    # handed on, says RFC 3464; whether anybody reads it, nobody says
    why = _why_of(deliveries[0], "reply.why.delivered")
    return Reply(kind=ReplyClass.AUTO_REPLY, why=why, automatic=True, deliveries=deliveries)


def _why_of(delivery: Delivery, key: str) -> Why:
    said = " ".join(filter(None, (delivery.status, delivery.said)))
    key = key if delivery.recipient else f"{key}_unnamed"
    return Why(key=key, values={"recipient": delivery.recipient or ""}, quote=said or None)


# --- calendar parts -----------------------------------------------------------------------------


def _of_calendar(read: Invitation, said: Said) -> Reply | None:
    """RFC 5546 §1.4: what an organizer sends counts, what attendees send is not for us."""
    method, ours = read.method, said.invitation
    if method in ("REPLY", "COUNTER", "REFRESH"):
        return _calendar(ReplyClass.OTHER, "reply.why.not_for_us", method)
    if method not in ("CANCEL", "REQUEST", "DECLINECOUNTER"):
        return None
    same = _same_event(read, ours)
    if method == "DECLINECOUNTER":
        if same is False:
            return _calendar(ReplyClass.OTHER, "reply.why.other_event", method)
        return _calendar(ReplyClass.COUNTER_DECLINED, "reply.why.counter_declined", method, True)
    if method == "CANCEL" or read.kind is Kind.CANCELLATION:
        if same is False and read.start != ours.start:
            return _calendar(ReplyClass.OTHER, "reply.why.other_event", method)
        return _calendar(ReplyClass.CANCELLED_BY_EMPLOYER, "reply.why.cancel", method, True)
    return _of_request(read, said, same)


def _of_request(read: Invitation, said: Said, same: bool | None) -> Reply:
    ours, start = said.invitation, read.start
    newer = (read.sequence or 0) - (ours.sequence or 0) if same else 0
    if same and newer < 0:
        return _calendar(ReplyClass.OTHER, "reply.why.old_request", "REQUEST")
    if same is False and read.kind is Kind.OTHER:
        return _calendar(ReplyClass.OTHER, "reply.why.other_event", "REQUEST")
    if start is not None and start != ours.start:
        agreed = any(slot.start == start for slot in said.decision.slots)
        key = "reply.why.request_agreed" if agreed else "reply.why.request_moved"
        knows = agreed or said.decision.intent is Intent.RESCHEDULE
        return replace(_calendar(ReplyClass.NEW_TIME, key, "REQUEST", knows), start=start)
    if newer > 0:
        reply = _calendar(ReplyClass.NEW_TIME, "reply.why.request_updated", "REQUEST")
        return replace(reply, start=start)
    key = (
        "reply.why.request_same"
        if acts.after(said.decision.intent) is After.COMES
        else "reply.why.unaware"
    )
    return _calendar(ReplyClass.OTHER, key, "REQUEST")


def _same_event(read: Invitation, ours: Invitation) -> bool | None:
    """Whether both are one event (RFC 5545 §3.8.4.7, §3.8.4.4); None where one has no UID."""
    if read.uid is None or ours.uid is None:
        return None
    instance = read.recurrence_id is None or ours.recurrence_id is None
    return read.uid == ours.uid and (instance or read.recurrence_id == ours.recurrence_id)


def _calendar(kind: ReplyClass, key: str, method: str, knows: bool = False) -> Reply:
    return Reply(kind=kind, why=Why(key=key, quote=f"METHOD:{method}"), knows=knows)


# --- words --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What the words of a reply do, when, and where they say so."""

    act: Act
    times: Times
    span: tuple[int, int] | None


def _of_words(mail: Mail, read: Invitation, said: Said, text: str) -> Reply:
    written = read.received or mail.date
    if why := automatic.responder(mail, text):
        return _automatic(why, mail, text, written)
    machine = automatic.sent_by_machine(mail)
    if not text.strip():
        return Reply(kind=ReplyClass.OTHER, why=Why(key="reply.why.empty"), automatic=bool(machine))
    heard = _heard(text, said, written, answers=_answers(mail, said))
    if machine and heard.act in (Act.KNOWS, Act.ASKS):
        return _automatic(machine, mail, text, written)
    words = automatic.machine_words(text, mail.subject or "")
    if words and heard.act in (Act.KNOWS, Act.OTHER, Act.AUTOMATIC):
        heard = replace(heard, act=Act.AUTOMATIC, span=words)
    if heard.act is Act.AUTOMATIC:
        why = _quoted("reply.why.machine_words", text, heard.span)
        return _automatic(why, mail, text, written)
    reply = _meant(heard, said, text)
    if machine and reply.kind is ReplyClass.ACKNOWLEDGEMENT:
        return _automatic(machine, mail, text, written)
    return replace(reply, automatic=machine is not None)


def _automatic(why: Why, mail: Mail, text: str, written: datetime | None) -> Reply:
    absence = automatic.absence_in(text, mail.sender.email, written)
    return Reply(kind=ReplyClass.AUTO_REPLY, why=why, automatic=True, absence=absence)


def _answers(mail: Mail, said: Said) -> bool:
    """Whether ``mail`` answers ours; True where nobody knows what ours was called."""
    named = {mail.in_reply_to, *mail.references}
    return not said.message_ids or not named.isdisjoint(said.message_ids)


def _heard(text: str, said: Said, written: datetime | None, *, answers: bool) -> _Heard:
    """The act that the signs speak for, with caution towards the one that ends all following."""
    times, after = times_in(text, said, written), acts.after(said.decision.intent)
    scores = acts.WEIGHTS.score(acts.signs_of(text, times, after))
    question = guards.asked(text)
    if question or not guards.may_know(text, times, after, answers=answers):
        del scores[Act.KNOWS]
    if after is After.CHANGES and not guards.may_refuse(text):
        del scores[Act.KEEPS]
    if times.old and not times.named:  # the day that we know already is no other one
        del scores[Act.MOVES]
    if not guards.may_call_off(text):
        del scores[Act.CALLS_OFF]
    act = max(scores, key=scores.__getitem__)
    if act is Act.KNOWS and (waiting := guards.waited_for(text, times, after)):
        return _Heard(act=Act.EXPECTS, times=times, span=waiting)
    if act is Act.KNOWS and not times.agreed:
        rival = max((each for each in scores if each is not act), key=scores.__getitem__)
        if scores[act] - scores[rival] < _CAUTION:
            act = rival if rival in _MISTAKEN_FOR_IT else Act.OTHER
    span = question if act is Act.ASKS and question else acts.saying(text, act)
    return _Heard(act=act, times=times, span=span)


def _meant(heard: _Heard, said: Said, text: str) -> Reply:
    """What the act means after what we had said."""
    after, act, times = acts.after(said.decision.intent), heard.act, heard.times

    def reply(kind: ReplyClass, key: str, start: datetime | None = None) -> Reply:
        knows = kind in (ReplyClass.ACKNOWLEDGEMENT, ReplyClass.COUNTER_DECLINED)
        return Reply(kind=kind, why=_quoted(key, text, heard.span), start=start, knows=knows)

    if act is Act.CALLS_OFF:
        cancelled = reply(ReplyClass.CANCELLED_BY_EMPLOYER, "reply.why.calls_off")
        return replace(cancelled, knows=True)
    if act is Act.KEEPS and after is After.CHANGES:
        return reply(ReplyClass.COUNTER_DECLINED, "reply.why.keeps")
    if act in (Act.ASKS, Act.MOVES) or (act in (Act.KNOWS, Act.EXPECTS) and after is After.CHANGES):
        if times.named and (act is Act.MOVES or not times.agreed):
            return reply(ReplyClass.NEW_TIME, "reply.why.moves", times.named)
        if times.agreed and act is not Act.ASKS:
            return reply(ReplyClass.ACKNOWLEDGEMENT, "reply.why.agrees", times.agreed)
    if act is Act.ASKS:
        return reply(ReplyClass.QUESTION, "reply.why.asks")
    if act is Act.MOVES:
        return reply(ReplyClass.NEW_TIME, "reply.why.moves", times.named)
    if act is Act.KNOWS:
        return reply(ReplyClass.ACKNOWLEDGEMENT, "reply.why.knows")
    if act is Act.EXPECTS and after is After.COMES:
        return reply(ReplyClass.ACKNOWLEDGEMENT, "reply.why.expects")
    if act in (Act.EXPECTS, Act.KEEPS) and after is not After.COMES:
        return reply(ReplyClass.OTHER, "reply.why.unaware")
    return reply(ReplyClass.OTHER, "reply.why.unclear")


def _quoted(key: str, text: str, span: tuple[int, int] | None) -> Why:
    if span is None or span[0] == span[1]:
        return Why(key=key)
    return Why(key=key, quote=text[span[0] : span[1]], start=span[0], end=span[1])
