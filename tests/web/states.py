"""Every page, and every state in which one can find it: to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tests.web.conftest import ACCOUNT, EXAMPLES, NOW, Served, editor
from tests.web.visitor import Visitor

from taktvoll.case import Event, EventKind
from taktvoll.model import Channel

LONG = "Oberösterreichische Donaudampfschifffahrtsgesellschaftskapitänsvereinigung mbH"
LONG_POSITION = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsbeauftragte"


@dataclass(frozen=True)
class State:
    """Where it is found, by the names of cases; ``reach`` is what one does there to come to it.

    ``empty``: at a desk on which nothing lies yet.
    """

    path: str
    reach: Callable[[Visitor], None] | None = None
    empty: bool = False


def _account(address: str) -> Callable[[Visitor], None]:
    def reach(person: Visitor) -> None:
        person.page.fill("#account_address", address)
        person.press("web.account.add")

    return reach


def _calendar(password: str) -> Callable[[Visitor], None]:
    def reach(person: Visitor) -> None:
        person.page.get_by_text(person.t("web.calendar.connect")).click()
        person.page.get_by_label(person.t("web.calendar.where")).fill("dav.example.org")
        person.page.get_by_label(person.t("web.calendar.password")).fill(password)
        person.press("web.calendar.look")

    return reach


def _forget_unsure(person: Visitor) -> None:
    person.page.evaluate("document.querySelector('form[action=\"/deletion\"]').noValidate = true")
    person.press("web.forget.do")


def _tried(person: Visitor) -> None:
    with person.page.expect_navigation():
        person.page.locator("form[action*='/test'] button").click()


def _answer_without_intent(person: Visitor) -> None:
    person.page.evaluate(
        "document.querySelectorAll('[name=intent]').forEach(e => { e.checked = false; })"
    )
    person.page.evaluate("document.querySelector('form.decide').noValidate = true")
    person.press("web.decide.write")


def _advised(person: Visitor) -> None:
    person.page.get_by_text(person.t("sure.rather_not"), exact=True).click()
    person.page.locator("#advised").wait_for()


def _nothing_typed(person: Visitor) -> None:
    person.press("web.entry.cancel")


STATES: Mapping[str, State] = {
    "start": State("/"),
    "start-empty": State("/", empty=True),
    "door-no": State("/start/no"),
    "door-no-problem": State("/start/no", _nothing_typed),
    "door-move": State("/start/move"),
    "door-late": State("/start/late"),
    "door-unsure": State("/start/unsure"),
    "cases": State("/cases"),
    "cases-closed": State("/cases?state=closed"),
    "cases-empty": State("/cases", empty=True),
    "read": State("/cases/{letter}?step=read"),
    "read-doubts": State("/cases/{doubts}?step=read"),
    "read-long": State("/cases/{long}?step=read"),
    "decide": State("/cases/{doubts}?step=decide"),
    "decide-advised": State("/cases/{fresh}?step=decide", _advised),
    "decide-problem": State("/cases/{fresh}?step=decide", _answer_without_intent),
    "write": State("/cases/{letter}?step=write"),
    "write-hurry": State("/cases/{hurry}?step=write"),
    "write-missing": State("/cases/{nameless}?step=write"),
    "write-sheet": State("/cases/{visit}?step=write&sheet=yes"),
    "write-paper": State("/cases/{contract}?step=write"),
    "send": State("/cases/{letter}?step=send"),
    "send-hurry": State("/cases/{hurry}?step=send"),
    "send-paper": State("/cases/{contract}?step=send"),
    "send-held": State("/cases/{held}?step=send"),
    "send-long": State("/cases/{long}?step=send"),
    "follow-received": State("/cases/{fresh}?step=follow"),
    "follow-written": State("/cases/{letter}?step=follow"),
    "follow-held": State("/cases/{held}?step=follow"),
    "follow-sent": State("/cases/{sent}?step=follow"),
    "follow-uncertain": State("/cases/{uncertain}?step=follow"),
    "follow-not-delivered": State("/cases/{failed}?step=follow"),
    "follow-handed-over": State("/cases/{handed}?step=follow"),
    "follow-confirmed": State("/cases/{confirmed}?step=follow"),
    "follow-answered": State("/cases/{answered}?step=follow"),
    "follow-asking": State("/cases/{asking}?step=follow"),
    "follow-acknowledged": State("/cases/{long}?step=follow"),
    "follow-closed": State("/cases/{closed}?step=follow"),
    "templates": State("/templates"),
    "templates-one": State("/templates?intent=late"),
    "guide": State("/guide"),
    "article": State("/guide/law"),
    "rules": State("/rules"),
    "rules-one": State("/rules?category=grovel"),
    "overview": State("/overview"),
    "overview-empty": State("/overview", empty=True),
    "overview-problem": State("/overview", _forget_unsure),
    "settings": State("/settings"),
    "settings-saved": State("/settings", lambda person: person.press("web.settings.save")),
    "settings-tried": State("/settings", _tried),
    "account-known": State("/settings", _account("mira@gmx.de")),
    "account-unknown": State("/settings", _account("mira@example.net")),
    "account-refused": State("/settings", _account("mira@proton.me")),
    "calendar-missing": State("/settings", _calendar("")),
    "calendar-choice": State("/settings", _calendar("several")),
    "reminder-shown": State("/settings", lambda person: person.press("web.reminders.show")),
    "problem": State("/nowhere"),
}


def live(served: Served) -> dict[str, str]:
    """Puts cases of every kind onto a desk; the id of each by its name in ``STATES``."""
    mail = (EXAMPLES / "einladung.eml").read_bytes()
    made: dict[str, str] = {}

    def keep(name: str, page) -> str:
        made[name] = page.url.path.split("/")[2]
        return made[name]

    def typed(name: str, /, **fields: str) -> str:
        fields = {"company": f"{name.title()} & Söhne KG", "day": "2026-12-15", "hour": "09:30",
                  "name": "Mira Sandner", "email": "post@soehne.example",
                  "phone": "0421 555-0134", **fields}  # fmt: skip
        return keep(name, served.typed(**{"door": "no", "intent": "cancel", **fields}))

    def then(name: str, /, *kinds: EventKind, **more: object) -> None:
        for number, kind in enumerate(kinds):
            at = NOW - timedelta(hours=20 - number)
            event = Event(kind=kind, at=at, **more)
            served.desk.post.happened(served.desk.case(made[name]), event)

    served.desk.post.add_account(ACCOUNT, {})
    typed("asking")
    then("asking", EventKind.CONFIRMED_BY_PERSON)
    served.desk.clock.moment = NOW + timedelta(days=2)
    served.desk.post.tick(collect=False)
    served.desk.clock.moment = NOW
    letter = keep("letter", served.hand_in(mail, door="no", intent="cancel"))
    text = editor(served.client.get(f"/cases/{letter}?step=write"))
    served.post(f"/cases/{letter}/letter", text=f"{text}\nIch habe Durchfall. LG")
    keep("doubts", served.hand_in((EXAMPLES / "einladung.txt").read_bytes(), "x.txt"))
    keep("fresh", served.typed(door="unsure", example="yes"))
    typed("long", company=LONG, position=LONG_POSITION, day="2026-12-17")
    then("long", EventKind.CONFIRMED_BY_PERSON)
    then("long", EventKind.SPOKEN, data={"whom": "Frau Öztürk"})
    typed("hurry", door="late", intent="late", day="2026-12-02", hour="10:00", eta="10:20")
    typed("nameless", name="")
    typed("visit", intent="accept")
    served.post(f"/cases/{made['visit']}/answer", intent="go_and_find_out")
    typed("contract")
    served.post(f"/cases/{made['contract']}/answer", intent="withdraw_before", duty_contract="yes")
    for name, after in (
        ("held", ()),
        ("sent", (EventKind.SENT,)),
        ("uncertain", (EventKind.UNCERTAIN,)),
        ("failed", (EventKind.FAILED,)),
    ):
        typed(name)
        served.post(f"/cases/{made[name]}/sending", way="send")
        then(name, *after)
    typed("handed")
    then("handed", EventKind.HANDED_OVER, channel=Channel.MAIL)
    typed("confirmed")
    then("confirmed", EventKind.CONFIRMED_BY_PERSON)
    typed("answered")
    then("answered", EventKind.CONFIRMED_BY_PERSON)
    then("answered", EventKind.REPLIED, data={"class": "question", "why": "asks"})
    typed("closed")
    then("closed", EventKind.CLOSED)
    served.post("/calendar", feed="new")
    return made
