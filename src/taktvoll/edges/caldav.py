"""One calendar of the person on a CalDAV server (RFC 4791, scheduling by RFC 6638)."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from taktvoll.edges.connection import spoken
from taktvoll.edges.http import Answer, Failed, Http, join
from taktvoll.errors import UnreadableInput
from taktvoll.formats.xml import parse
from taktvoll.ports import LONGEST_ACT, Entry, Outcome, Unreachable

_DAV = "{DAV:}"
_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_XML = {"Content-Type": "application/xml; charset=utf-8"}

# RFC 4791 §7.8; the filter finds UIDs that hold the text, so what comes back is compared
_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<prop><getetag/><C:schedule-tag/><C:calendar-data/></prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:prop-filter name="UID">
<C:text-match collation="i;octet">{uid}</C:text-match>
</C:prop-filter></C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""

_ABOUT = """<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
<resourcetype/><displayname/><current-user-privilege-set/><current-user-principal/>
<C:calendar-home-set/><C:supported-calendar-component-set/>
</prop></propfind>"""

# preconditions that mean: another object holds this UID (RFC 4791 §5.3.2.1, RFC 6638 §3.2.4.1)
_TAKEN = (b"no-uid-conflict", b"unique-scheduling-object-resource")

_WRITING = {f"{_DAV}{name}" for name in ("all", "write", "write-content", "bind")}


class CalDav:
    """``ports.Calendar`` at ``url``, the calendar's own.

    ``ssl_context`` replaces the machine's own trust in certificates; ``longest`` is how many
    seconds one act may take in all.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: str | None,
        *,
        ssl_context: ssl.SSLContext | None = None,
        longest: float = LONGEST_ACT,
    ) -> None:
        self._url = url if url.endswith("/") else f"{url}/"
        self._user = user
        self._password = password
        self._context = ssl_context
        self._longest = longest

    def schedules(self) -> bool:
        """See ``ports.Calendar.schedules``."""
        try:
            with self._http() as http:
                return _schedules(http, self._url)
        except Failed as failed:
            raise Unreachable(failed.outcome) from failed

    def find(self, uid: str) -> Entry | None:
        """See ``ports.Calendar.find``: events alone."""
        if not uid.isprintable():  # no XML holds it
            return None
        query = _QUERY.format(uid=escape(uid)).encode()
        try:
            with self._http() as http:
                answer = http.ask(
                    "REPORT", self._url, content=query, headers={**_XML, "Depth": "1"}
                )
                for url, properties in _found(answer):
                    ics = properties.get(f"{_CALDAV}calendar-data")
                    text = ics.text if ics is not None and ics.text else _text(http, url)
                    if uid in _uids(text):
                        return Entry(
                            url=url,
                            etag=_tag(properties.get(f"{_DAV}getetag")),
                            schedule_tag=_tag(properties.get(f"{_CALDAV}schedule-tag")),
                            ics=text,
                        )
        except Failed as failed:
            raise Unreachable(failed.outcome) from failed
        return None

    def put(self, ics: str, *, replacing: Entry | None, name: str = "") -> Outcome:
        """See ``ports.Calendar.put``. Without ``name`` a new object is named after its UID."""
        # RFC 4791 §4.1: what lies in a calendar has no METHOD
        assert not re.search(r"^METHOD[:;]", ics, re.MULTILINE | re.IGNORECASE)
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        if replacing is None:
            name = name or sha256("".join(_uids(ics)).encode()).hexdigest()[:32]
            url = join(self._url, f"{quote(name, safe='')}.ics")
            headers["If-None-Match"] = "*"
        else:
            url = replacing.url
            condition = _unchanged(replacing)
            if not condition:
                return Outcome.permanent("calendar_unsafe")
            headers |= condition
        return self._change("PUT", url, headers, ics.encode(), "calendar_written")

    def remove(self, entry: Entry) -> Outcome:
        """See ``ports.Calendar.remove``. Organizers are told nothing by it."""
        condition = _unchanged(entry)
        if not condition:
            return Outcome.permanent("calendar_unsafe")
        # RFC 6638 §8.1: the one answer that there is has its own way
        headers = {**condition, "Schedule-Reply": "F"}
        return self._change("DELETE", entry.url, headers, b"", "calendar_removed")

    def try_out(self) -> Outcome:
        """See ``ports.Calendar.try_out``."""
        try:
            with self._http() as http:
                answer = _about(http, self._url, depth=0)
                properties = next((each for _, each in _found(answer)), {})
        except Failed as failed:
            return failed.outcome
        if not _is_calendar(properties):
            return Outcome.permanent("not_a_calendar")
        if not _is_writable(properties):
            return Outcome.permanent("calendar_refused")
        return Outcome.accepted("connected")

    def _http(self) -> Http:
        if not self._password:
            raise Failed(Outcome.permanent("no_password"))
        return Http(
            self._url,
            auth=(self._user, self._password),
            ssl_context=self._context,
            longest=self._longest,
        )

    def _change(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, done: str
    ) -> Outcome:
        try:
            with self._http() as http:
                answer = http.ask(method, url, content=content, headers=headers)
        except Failed as failed:
            return Outcome.unknown("perhaps_written") if failed.sent else failed.outcome
        if answer.status in (200, 201, 204):
            return Outcome.accepted(done)
        if answer.status in (404, 410) and method == "DELETE":
            return Outcome.accepted(done)
        if answer.status in (404, 410, 412) or any(each in answer.body for each in _TAKEN):
            return Outcome.permanent("calendar_changed")
        return _refusal(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A calendar that ``discover`` has found."""

    name: str
    url: str
    writable: bool
    schedules: bool


def discover(
    url: str,
    user: str,
    password: str,
    *,
    ssl_context: ssl.SSLContext | None = None,
    longest: float = LONGEST_ACT,
) -> Sequence[Found]:
    """The calendars for events of ``user`` at ``url``, which may be the server's name alone, or
    the address of a principal, a home or a calendar (RFC 6764 §6, RFC 4791 §6.2).

    Raises ``Unreachable``.
    """
    if "://" not in url:
        url = f"https://{url}"
    try:
        with Http(url, auth=(user, password), ssl_context=ssl_context, longest=longest) as http:
            calendars: dict[str, Found] = {}
            for home in _homes(http, url):
                schedules = _schedules(http, home)
                for place, properties in _found(_about(http, home, depth=1)):
                    if _is_calendar(properties):
                        calendars[place] = Found(
                            name=_name(properties, place),
                            url=place,
                            writable=_is_writable(properties),
                            schedules=schedules,
                        )
            if not calendars:
                raise Unreachable(Outcome.permanent("not_a_calendar"))
            return list(calendars.values())
    except Failed as failed:
        raise Unreachable(failed.outcome) from failed


def _homes(http: Http, url: str) -> Sequence[str]:
    """Where the calendars lie: asked at the address itself, then at the usual places."""
    failure: Failed | None = None
    for start in (url, join(url, "/.well-known/caldav"), join(url, "/")):
        try:
            answer = _about(http, start, depth=0)
            place, properties = next(iter(_found(answer)), (start, {}))
            if _is_calendar(properties):
                return [place]
            if not (homes := _hrefs(answer, properties, f"{_CALDAV}calendar-home-set")):
                for principal in _hrefs(answer, properties, f"{_DAV}current-user-principal"):
                    about = _about(http, principal, depth=0)
                    of_principal = next((each for _, each in _found(about)), {})
                    homes = _hrefs(about, of_principal, f"{_CALDAV}calendar-home-set")
            if homes:
                return homes
        except Failed as failed:
            failure = failure or failed
            if failed.outcome.code == "login_refused":
                break
    raise failure or Failed(Outcome.permanent("not_a_calendar"))


def _schedules(http: Http, url: str) -> bool:
    answer = http.ask("OPTIONS", url)
    if not 200 <= answer.status <= 299:
        raise Failed(_refusal(answer))
    offers = re.split(r"\s*,\s*", answer.headers.get("dav", "").strip().lower())
    return "calendar-auto-schedule" in offers


def _about(http: Http, url: str, *, depth: int) -> Answer:
    headers = {**_XML, "Depth": str(depth)}
    return http.ask("PROPFIND", url, content=_ABOUT.encode(), headers=headers)


def _text(http: Http, url: str) -> str:
    answer = http.ask("GET", url)
    return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""


def _found(answer: Answer) -> Iterator[tuple[str, Mapping[str, Element]]]:
    """The resources of a multistatus (RFC 4918 §13) with the properties that they have."""
    if answer.status != 207:
        raise Failed(_refusal(answer))
    try:
        root = parse(answer.body)
    except UnreadableInput as broken:
        raise Failed(Outcome.temporary("not_understood")) from broken
    for response in root.iter(f"{_DAV}response"):
        href = response.findtext(f"{_DAV}href", "").strip()
        properties = {
            each.tag: each
            for propstat in response.iter(f"{_DAV}propstat")
            if " 200" in propstat.findtext(f"{_DAV}status", "")
            for each in propstat.iterfind(f"{_DAV}prop/*")
        }
        if href and properties:
            yield join(answer.url, href), properties


def _hrefs(answer: Answer, properties: Mapping[str, Element], name: str) -> list[str]:
    held = properties.get(name)
    texts = [each.text or "" for each in held.iter(f"{_DAV}href")] if held is not None else []
    return [join(answer.url, text.strip()) for text in texts if text.strip()]


def _is_calendar(properties: Mapping[str, Element]) -> bool:
    """Whether it is a calendar that takes events; one that does not say takes everything."""
    kind = properties.get(f"{_DAV}resourcetype")
    if kind is None or kind.find(f"{_CALDAV}calendar") is None:
        return False
    components = properties.get(f"{_CALDAV}supported-calendar-component-set")
    names = [each.get("name", "").upper() for each in components or ()]
    return not names or "VEVENT" in names


def _is_writable(properties: Mapping[str, Element]) -> bool:
    """Whether one may write there; a server that does not say so is tried."""
    privileges = properties.get(f"{_DAV}current-user-privilege-set")
    return privileges is None or any(each.tag in _WRITING for each in privileges.iter())


def _name(properties: Mapping[str, Element], url: str) -> str:
    shown = properties.get(f"{_DAV}displayname")
    return spoken((shown.text if shown is not None else "") or "") or url.rstrip("/").split("/")[-1]


def _unchanged(entry: Entry) -> Mapping[str, str]:
    """What lets the server refuse where the entry has changed. The Schedule-Tag does not change
    when another guest answers (RFC 6638 §3.2.10)."""
    if entry.schedule_tag:
        return {"If-Schedule-Tag-Match": entry.schedule_tag}
    return {"If-Match": entry.etag} if entry.etag else {}


def _tag(held: Element | None) -> str | None:
    text = (held.text or "").strip() if held is not None else ""
    return text if text.isascii() and text.isprintable() and text else None


def _uids(ics: str) -> set[str]:
    """The UIDs in a calendar object, unescaped (RFC 5545 §3.1 and §3.3.11)."""
    unfolded = re.sub(r"\r?\n[ \t]", "", ics)
    found = re.findall(r"^UID(?:;[^:\r\n]*)?:([^\r\n]*)", unfolded, re.MULTILINE | re.IGNORECASE)
    return {re.sub(r"\\(.)", r"\1", each).strip() for each in found}


def _refusal(answer: Answer) -> Outcome:
    """What a status that is no success means."""
    match answer.status:
        case 401:
            return Outcome.permanent("login_refused")
        case 404 | 405 | 409 | 410:
            return Outcome.permanent("calendar_missing")
        case 507:
            return Outcome.permanent("calendar_full")
        case 423 | 429 | 500 | 502 | 503 | 504:
            return Outcome.temporary("not_now")
        case 400 | 403 | 412 | 413 | 415 | 422 | 501:
            return Outcome.permanent("calendar_refused")
    return Outcome.temporary("not_understood")
