"""What is the person's own: pictures of all cases, export and import, and forgetting it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import compare_digest, token_urlsafe
from urllib.parse import quote

from taktvoll import archive
from taktvoll.case import Case, CaseState
from taktvoll.desk import Desk
from taktvoll.errors import TaktvollError, UnreadableInput, WrongUse
from taktvoll.in_words import axis_text, moment_text
from taktvoll.messages import say
from taktvoll.model import Language
from taktvoll.overview import Overview, overview
from taktvoll.web import views
from taktvoll.web.asking import Ask, Give, Go, Reply, Show
from taktvoll.web.records import OverviewOut, case_line

FEED = "/calendar"


class Own:
    """One method a noun and verb."""

    def __init__(self, desk: Desk, host: str) -> None:
        self.desk = desk
        self.host = host

    def overview(self, ask: Ask, error: TaktvollError | None = None) -> Reply:
        """The pictures, and what can be done with all cases."""
        seen = overview(self.desk, ask.now)
        wait = seen.usual_wait
        if ask.api:
            record: OverviewOut = {
                "counts": {state.value: count for state, count in seen.counts.items()},
                "interviews": [case_line(case, ask.language) for case in seen.interviews],
                "usual_wait_hours": wait.total_seconds() / 3600 if wait is not None else None,
            }
            return Show("", record)
        secret = self.desk.store().setting("feed")
        values = {
            "seen": seen,
            "timeline": _timeline(seen, ask),
            "pipeline": _pipeline(seen),
            "waits": _waits(seen, ask),
            "usual_wait": views.duration_text(wait, ask.language) if wait is not None else None,
            "feed": f"http://{self.host}{FEED}/{secret}.ics" if secret else None,
            "home": self.desk.home,
            "taken": ask.form.get("taken", ""),
        }
        return Show("overview.html", None, values, error)

    def export(self, ask: Ask, name: str) -> Reply:
        """All cases in one file."""
        if name == "taktvoll.json":
            return Give(name, archive.as_json(self.desk))
        if name == "taktvoll.csv":
            return Give(name, archive.as_csv(self.desk, ask.language))
        if name == "taktvoll.ics":
            return Give(name, archive.as_ics(self.desk, ask.language, ask.now))
        raise WrongUse("page_not_found")

    def take_in(self, ask: Ask) -> Reply:
        """Bring back what was taken along."""
        data = ask.file[1] if ask.file else ask.form.get("document", "").encode("utf-8", "replace")
        try:
            if not data.strip():
                raise UnreadableInput("import_nothing")
            taken = archive.take_in(self.desk, data)
        except TaktvollError as error:
            if ask.api:
                raise
            return self.overview(ask, error)
        words = say("web.overview.taken", ask.language, new=taken.new, known=taken.known)
        return Go(f"/overview?taken={quote(words)}", archive.record(taken))

    def feed(self, ask: Ask) -> Reply:
        """Make the secret address of the calendar, make another one, or forget it."""
        wanted = ask.form.get("feed")
        self.desk.store().set_setting("feed", token_urlsafe(24) if wanted == "new" else None)
        return Go("/overview#calendar", {"feed": wanted == "new"})

    def calendar(self, ask: Ask, secret: str) -> Reply:
        """The calendar behind the secret address; a wrong one is nothing at all."""
        known = self.desk.store().setting("feed")
        given = secret.removesuffix(".ics")
        if not known or not compare_digest(given.encode("utf-8", "replace"), str(known).encode()):
            raise WrongUse("page_not_found")
        return Give("taktvoll.ics", archive.as_ics(self.desk, ask.language, ask.now), inline=True)

    def forget(self, ask: Ask) -> Reply:
        """Forget everything, if the person says so twice."""
        if not ask.form.get("sure"):
            return self.overview(ask, WrongUse("forget_not_sure"))
        self.desk.forget_everything()
        return Go("/", {})


# --- the pictures -------------------------------------------------------------------------------

_WIDTH = 1000  # units of the picture
_ROW = 34


@dataclass(frozen=True, slots=True)
class Point:
    """An interview in the picture: where it stands, and what the table says of it."""

    case: Case
    title: str
    when: str
    state: str
    x: int
    y: int
    due_x: int | None
    due: str | None
    left: bool  # whether its words stand on the left of it


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture of the interviews: a row each, weeks as lines, today among them."""

    points: Sequence[Point]
    weeks: Sequence[tuple[int, str]]
    today: int
    width: int
    height: int


def _timeline(seen: Overview, ask: Ask) -> Timeline:
    whole = (seen.until - seen.since).total_seconds()

    def x(moment: datetime) -> int:
        part = (moment - seen.since).total_seconds() / whole
        return round(min(max(part, 0.0), 1.0) * _WIDTH)

    points = []
    for row, case in enumerate(seen.interviews):
        start = case.invitation.start
        if start is None:
            continue
        at = x(start)
        points.append(
            Point(
                case=case,
                title=views.case_text(case, ask.language),
                when=views.when_text(case, ask.language) or "",
                state=say(f"case.state.{case.state}", ask.language),
                x=at,
                y=40 + row * _ROW,
                due_x=x(case.due_at) if case.due_at else None,
                due=_due(case, ask.language),
                left=at > _WIDTH * 0.72,
            )
        )
    local = seen.since.astimezone()
    monday = local - timedelta(days=local.weekday()) + timedelta(days=7)
    weeks = []
    while monday < seen.until:
        weeks.append((x(monday), axis_text(monday, ask.language)))
        monday += timedelta(days=7)
    return Timeline(points, weeks, x(ask.now), _WIDTH, 60 + _ROW * max(len(points), 1))


def _due(case: Case, language: Language) -> str | None:
    if case.due_at is None:
        return None
    return moment_text(case.invitation.local(case.due_at), language)


def _pipeline(seen: Overview) -> list[tuple[CaseState, int, int]]:
    """Each state with how many cases are in it, and the width of its bar."""
    most = max(seen.counts.values(), default=0)
    return [
        (state, seen.counts.get(state, 0), round(100 * seen.counts.get(state, 0) / max(most, 1)))
        for state in CaseState
        if seen.counts.get(state)
    ]


def _waits(seen: Overview, ask: Ask) -> list[tuple[str, str, int]]:
    """The last answers: from whom, how long it took, and the width of its bar."""
    shown = seen.waits[:8]
    longest = max((wait.length for wait in shown), default=timedelta(1))
    return [
        (
            views.case_text(wait.case, ask.language),
            views.duration_text(wait.length, ask.language),
            max(1, round(100 * (wait.length / max(longest, timedelta(seconds=1))))),
        )
        for wait in shown
    ]
