"""The store on real files, with real second processes. Fast: no waiting beyond what is set here."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sa_event

from taktvoll.act import Act, ActKind, Step, step
from taktvoll.case import OPEN_STATES, Case, CaseState, Event, EventKind, apply, open_case
from taktvoll.edges.store import SqliteStore, connect, migrate, records, schema, sqlite
from taktvoll.errors import TaktvollError, UnreadableInput, WrongUse
from taktvoll.messages import has
from taktvoll.model import (
    ActState,
    Channel,
    Contact,
    Decision,
    Doubt,
    DoubtCode,
    Draft,
    Duty,
    Evidence,
    Intent,
    Invitation,
    Language,
    Moment,
    Reason,
    Slot,
    Thread,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
SRC = Path(__file__).parents[2] / "src"


def invitation(**changes: object) -> Invitation:
    """An invented one with something of everything."""
    basis = Invitation(
        start=datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN),  # the day before summer time ends
        timezone="Europe/Berlin",
        company="Kranwerk Süd GmbH",
        position="Dispatcherin",
        contact=Contact(name="Ute Öhm", phone="+49 30 555 01"),
        reply_by=Moment(at=datetime(2026, 10, 10, tzinfo=BERLIN), whole_day=True),
        proposed_slots=(Slot(start=datetime(2026, 10, 26, 9, 0, tzinfo=BERLIN)),),
        uid="uid-1@kranwerk.example",
        sequence=0,
        thread=Thread(message_id="<m1@kranwerk.example>", references=("<m0@kranwerk.example>",)),
        doubts=(Doubt(code=DoubtCode.MISSING_YEAR, fact="start", detail={"year": "2026"}),),
        texts={"body": "Wir freuen uns auf Sie – 🙂"},
        evidence={"company": Evidence(text="body", quote="Wir", start=0, end=3)},
    )
    return replace(basis, **changes)


def case(case_id: str = "a1", **changes: object) -> Case:
    return open_case(case_id, invitation(**changes), seed=7, at=NOW)


def decided(before: Case, **changes: object) -> Event:
    decision = Decision(
        intent=Intent.RESCHEDULE,
        reason=Reason.EXAM,
        slots=(Slot(start=datetime(2026, 10, 27, 14, 0, tzinfo=BERLIN)),),
        duties={Duty.AGENCY: "no"},
    )
    return Event(kind=EventKind.DECIDED, at=NOW, decision=decision, **changes)


def happened(store: SqliteStore, before: Case, event: Event) -> Case:
    after = apply(before, event)
    store.save(after, event)
    return after


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "taktvoll.db"


@pytest.fixture
def store(path: Path):
    opened = SqliteStore(path)
    yield opened
    opened.close()


def in_another_process(code: str, *args: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        env={"PYTHONPATH": str(SRC), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout.strip() + done.stderr.strip()[-300:]


# --- what is kept -------------------------------------------------------------------------------


def test_a_case_and_its_event_come_back_as_they_were(store):
    first = case()
    store.add(first)
    event = decided(first, data={"note": "ruhig"}, due_at=NOW + timedelta(days=2))
    after = happened(store, first, event)
    assert store.get("a1") == after
    assert store.events("a1") == [event]
    assert store.get("nobody") is None
    assert store.events("nobody") == []


def test_the_employers_clock_comes_back_with_its_rules(store):
    store.add(case())
    kept = store.get("a1").invitation
    for moment in (kept.start, kept.reply_by.at, kept.proposed_slots[0].start):
        assert moment.tzinfo is BERLIN
    later = kept.start + timedelta(days=1)
    assert (later.hour, later.utcoffset()) == (10, timedelta(hours=1))  # 10 o'clock in winter too


def test_what_the_person_told_is_on_the_employers_clock_too(store):
    first = case()
    event = decided(first)
    store.add(first)
    after = happened(store, first, event)
    moved = Event(kind=EventKind.MOVED, at=NOW, invitation=invitation(sequence=1))
    happened(store, after, moved)
    assert store.events("a1")[0].decision.slots[0].start.tzinfo is BERLIN
    assert store.get("a1").earlier[0].decision.slots[0].start.tzinfo is BERLIN


def test_a_moment_told_on_another_clock_keeps_its_offset(store):
    received = datetime(2026, 9, 30, 6, 0, tzinfo=UTC)
    store.add(case(received=received))
    assert store.get("a1").invitation.received.utcoffset() == timedelta(0)


@pytest.mark.parametrize("zone", ["Atlantis/Capital", "../etc/passwd", "", "\0"])
def test_a_zone_that_does_not_exist_is_no_trouble(store, zone):
    store.add(case(timezone=zone))
    assert store.get("a1").invitation.start == invitation().start


@settings(max_examples=60)
@given(
    moment=st.datetimes(
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001
        max_value=datetime(2099, 1, 1),  # noqa: DTZ001
        timezones=st.timezones(),
    ),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    subject=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
def test_every_record_survives_json(moment, text, subject):
    before = case(
        start=moment.astimezone(UTC), texts={"body": text}, thread=Thread(subject=subject)
    )
    after = records.decode_case(records.encode(before))
    assert after == before
    assert after.invitation.start.utcoffset() == timedelta(0) or after.invitation.timezone


def test_a_surrogate_is_one_clear_error_and_nothing_is_kept(store):
    with pytest.raises(UnreadableInput, match="text_not_unicode"):
        store.add(case(texts={"body": "\ud83d"}))
    assert store.get("a1") is None


# --- one truth ----------------------------------------------------------------------------------


def test_the_second_of_two_writers_loses_and_writes_nothing(store, path):
    first = case()
    store.add(first)
    event = decided(first)
    other = SqliteStore(path)
    happened(other, first, event)
    closing_event = Event(kind=EventKind.CLOSED, at=NOW)
    with pytest.raises(WrongUse, match="case_changed_meanwhile"):
        happened(store, first, closing_event)
    assert [kept.kind for kept in store.events("a1")] == [EventKind.DECIDED]
    assert store.get("a1").state is CaseState.DECIDED
    other.close()


def test_an_id_is_given_once(store):
    store.add(case())
    with pytest.raises(WrongUse, match="case_changed_meanwhile"):
        store.add(case(company="Andere AG"))
    assert store.get("a1").invitation.company == "Kranwerk Süd GmbH"


def test_a_crash_before_the_commit_leaves_the_case_as_it_was(store, path):
    first = case()
    store.add(first)
    event = decided(first)

    def crash(connection, cursor, statement, *rest):
        if statement.startswith("INSERT INTO events"):
            raise RuntimeError("the power went")

    sa_event.listen(store._engine, "before_cursor_execute", crash)
    with pytest.raises(RuntimeError):
        happened(store, first, event)
    sa_event.remove(store._engine, "before_cursor_execute", crash)
    assert store.get("a1") == first
    happened(store, first, event)  # and the same step can be taken again


KILLED = """
    import os, sys
    from pathlib import Path
    from sqlalchemy import event
    from taktvoll.edges.store import SqliteStore
    from taktvoll.case import Event, EventKind, apply
    from datetime import UTC, datetime
    store = SqliteStore(Path(sys.argv[1]))
    case = store.get("a1")
    when = sys.argv[2]
    if when == "before":
        event.listen(store._engine, "commit", lambda connection: os._exit(9))
    closed = Event(kind=EventKind.CLOSED, at=datetime(2026, 10, 2, tzinfo=UTC))
    store.save(apply(case, closed), closed)
    os._exit(9)
"""


@pytest.mark.parametrize(
    ("when", "state"), [("before", CaseState.RECEIVED), ("after", CaseState.CLOSED)]
)
def test_a_killed_process_loses_only_what_was_not_committed(store, path, when, state):
    store.add(case())
    assert in_another_process(KILLED, path, when) == ""
    assert store.get("a1").state is state
    assert len(store.events("a1")) == (state is CaseState.CLOSED)


def test_two_processes_that_start_together_make_one_schema(path):
    code = (
        "import sys; from pathlib import Path; from taktvoll.edges.store import SqliteStore;"
        "print(SqliteStore(Path(sys.argv[1])).get('x'))"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            env={"PYTHONPATH": str(SRC)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in both] == ["None", "None"]


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uid", "message_ids", "found"),
    [
        ("uid-1@kranwerk.example", [], "a1"),
        (None, ["<m1@kranwerk.example>"], "a1"),
        (None, ["<x@x>", "<m0@kranwerk.example>"], "a1"),  # both answer the same mail
        ("uid-2@kranwerk.example", ["<m1@kranwerk.example>"], "a2"),  # the UID outweighs
        ("uid-9", ["<x@x>"], None),
        (None, [], None),
        ("", [""], None),
        (None, [f"<{n}@flood>" for n in range(100_000)], None),
    ],
)
def test_a_message_finds_its_case(store, uid, message_ids, found):
    store.add(case())
    store.add(case("a2", uid="uid-2@kranwerk.example", thread=Thread()))
    hit = store.find(uid, message_ids)
    assert (hit and hit.id) == found


def test_old_keys_stay_good_after_the_employer_changes_them(store):
    first = case()
    store.add(first)
    moved = Event(kind=EventKind.MOVED, at=NOW, invitation=invitation(uid="new", thread=Thread()))
    happened(store, first, moved)
    assert store.find("uid-1@kranwerk.example", []).version == 2
    assert store.find("new", []).version == 2


def test_the_list_is_in_the_order_in_which_things_are_due(store):
    def listed(**kwargs: object) -> list[str]:
        return [kept.id for kept in store.list(OPEN_STATES, **kwargs)]

    for number, (due, changed) in enumerate([(None, 1), (5, 2), (None, 3), (2, 4)]):
        at = NOW + timedelta(minutes=changed)
        due_at = None if due is None else NOW.astimezone(BERLIN) + timedelta(days=due)
        store.add(open_case(f"c{number}", invitation(), seed=1, at=at, due_at=due_at))
    assert listed() == ["c3", "c1", "c2", "c0"]
    assert listed(limit=2, offset=1) == ["c1", "c2"]
    assert store.list([CaseState.CLOSED]) == []
    assert store.list([]) == []


def test_due_is_what_has_come_by_now_whatever_the_zone(store):
    for case_id, hour, zone in [("early", 9, UTC), ("same", 12, BERLIN), ("late", 13, BERLIN)]:
        due_at = datetime(2026, 10, 1, hour, 0, tzinfo=zone)
        store.add(open_case(case_id, invitation(), seed=1, at=NOW, due_at=due_at))
    store.add(case("never"))
    now = datetime(2026, 10, 1, 10, 0, tzinfo=UTC)
    assert [kept.id for kept in store.due(now)] == ["early", "same"]
    assert [kept.id for kept in store.due(now, limit=1)] == ["early"]


def test_due_and_list_never_read_the_whole_table(store, path):
    statements: list[tuple[str, object]] = []
    sa_event.listen(
        store._engine,
        "before_cursor_execute",
        lambda c, cursor, sql, values, *rest: statements.append((sql, values)),
    )
    store.due(NOW)
    store.list(OPEN_STATES)
    queries = [(sql, values) for sql, values in statements if sql.startswith("SELECT")]
    assert len(queries) == 2
    with closing(sqlite3.connect(path)) as raw:
        for sql, values in queries:
            plan = _plan(raw, sql, values)
            assert not any("SCAN cases" in step and "INDEX" not in step for step in plan), plan
        assert any("cases_due (due_at<?)" in step for step in _plan(raw, *queries[0]))
        assert any("COVERING INDEX cases_open" in step for step in _plan(raw, *queries[1]))


def _plan(raw: sqlite3.Connection, sql: str, values: object) -> list[str]:
    return [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


# --- forgetting and taking along ----------------------------------------------------------------


def test_deleted_means_that_no_file_holds_a_word_of_it(store, path):
    secret = "Zwetschgenknödel"
    first = case(texts={"body": secret * 3000}, company=secret)
    store.add(first)
    store.add(case("a2", uid="u2", thread=Thread()))
    event = Event(kind=EventKind.CORRECTED, at=NOW, invitation=invitation(company=secret))
    happened(store, first, event)
    path.with_name(f"{path.name}.before-0002").write_text(secret)
    assert _holds(path, secret)
    store.delete("a1")
    assert not _holds(path, secret)
    assert store.get("a1") is None
    assert store.find("uid-1@kranwerk.example", []) is None
    assert store.get("a2") is not None
    store.delete("a1")  # and again is no trouble
    with closing(sqlite3.connect(path)) as raw:
        for table in ("events", "case_keys"):
            rows = raw.execute(f"SELECT count(*) FROM {table} WHERE case_id = 'a1'").fetchone()
            assert rows == (0,)


def _holds(path: Path, word: str) -> bool:
    needle = word.encode()
    return any(needle in file.read_bytes() for file in path.parent.iterdir())


def test_deleting_while_another_reads_says_so_and_can_be_repeated(store, path, monkeypatch):
    monkeypatch.setattr(connect, "WAIT", 0)
    store.close()
    impatient = SqliteStore(path)
    impatient.add(case())
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM cases").fetchall()
        with pytest.raises(TaktvollError, match="store_locked"):
            impatient.delete("a1")
    impatient.delete("a1")
    assert not _holds(path, "Kranwerk")
    impatient.close()


def test_the_export_is_json_that_holds_all(store):
    first = case()
    store.add(first)
    event = decided(first)
    happened(store, first, event)
    document = json.loads(store.export("a1"))
    assert document["case"]["invitation"]["company"] == "Kranwerk Süd GmbH"
    assert document["case"]["invitation"]["start"] == "2026-10-24T10:00:00+02:00"
    assert [kept["kind"] for kept in document["events"]] == ["decided"]
    with pytest.raises(WrongUse, match="no_such_case"):
        store.export("nobody")


# --- the file -----------------------------------------------------------------------------------


def test_only_the_owner_may_look(store, path):
    store.add(case())
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(path):
    path.parent.mkdir()
    path.touch(mode=0o644)
    SqliteStore(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_file_is_durable(store):
    with store._engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_locked_file_is_one_sentence(path, monkeypatch):
    monkeypatch.setattr(connect, "WAIT", 0)
    store = SqliteStore(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TaktvollError, match="store_locked"):
            store.add(case())
        assert store.get("a1") is None  # reading goes on
    store.add(case())
    store.close()


def test_a_full_disk_is_one_sentence_and_keeps_what_was(store):
    store.add(case())
    store.close()

    @sa_event.listens_for(store._engine, "connect")
    def limit(connection, record):
        connection.execute("PRAGMA max_page_count = 14")

    with pytest.raises(TaktvollError, match="store_full"):
        store.add(case("a2", texts={"body": "x" * 500_000}))
    assert store.get("a1") is not None
    assert store.get("a2") is None


@pytest.mark.parametrize("content", [b"This is no database. " * 100, b"SQLite format 3\0" * 99])
def test_a_damaged_file_is_one_sentence_and_stays_as_it_is(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(TaktvollError, match="store_damaged"):
        SqliteStore(path)
    assert path.read_bytes() == content


def test_a_record_that_is_no_case_is_one_sentence(store, path):
    store.add(case())
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE cases SET record = '{\"id\": 5}'")
        raw.commit()
    with pytest.raises(TaktvollError, match="store_damaged"):
        store.get("a1")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(TaktvollError, match="store_read_only"):
        SqliteStore(tmp_path / "file" / "taktvoll.db")


def test_a_folder_of_somebody_else_is_one_sentence(tmp_path):
    """As root every folder can be written to: then it is tried as nobody.

    The interpreter may lie where nobody reaches it, so a first store loads all that is needed
    before the rights are dropped.
    """
    code = """
        import os
        import sys
        from pathlib import Path
        from taktvoll.edges.store import SqliteStore
        from taktvoll.errors import TaktvollError
        SqliteStore(Path(sys.argv[1])).close()
        if os.geteuid() == 0:
            os.seteuid(65534)
        try:
            SqliteStore(Path(sys.argv[2]))
        except TaktvollError as error:
            print(error.code)
    """
    with TemporaryDirectory() as closed:  # pytest's own folders let nobody else in at all
        Path(closed).chmod(0o555)
        said = in_another_process(code, tmp_path / "taktvoll.db", Path(closed) / "taktvoll.db")
    assert said == "store_read_only"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted({*connect._CODES.values(), "store_newer"}))
def test_every_error_has_its_sentence(code, language):
    assert has(f"error.{code}", language)


# --- the schema ---------------------------------------------------------------------------------


def test_the_migrations_make_exactly_the_tables_that_are_used(store):
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.HEAD


def test_the_head_is_the_newest_script():
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_opening_a_current_file_imports_no_alembic(store, path):
    code = """
        import sys
        from pathlib import Path
        from taktvoll.edges.store import SqliteStore
        SqliteStore(Path(sys.argv[1])).get("x")
        print("alembic" in sys.modules)
    """
    assert in_another_process(code, path) == "False"


def test_a_newer_file_is_left_alone(store, path):
    store.add(case())
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(TaktvollError, match="store_newer"):
        SqliteStore(path)
    assert list(path.parent.glob("*.before-*")) == []


LATER = f"{int(schema.HEAD) + 1:04}"
STEP = '''
"""Invented: a later version of the program adds a column."""
import sqlalchemy as sa
from alembic import op
revision = "{later}"
down_revision = "{head}"

def upgrade():
    op.add_column("cases", sa.Column("colour", sa.Text()))
    {then}
'''


@pytest.fixture
def later_program(monkeypatch, tmp_path):
    """A program with one more script; called with what that script does at its end."""

    def install(then: str = "") -> None:
        scripts = tmp_path / "store" / "migrations"
        real = Path(migrate.__file__).parent / "migrations"
        (scripts / "versions").mkdir(parents=True, exist_ok=True)
        (scripts / "env.py").write_text((real / "env.py").read_text())
        for script in (real / "versions").glob("r*.py"):
            (scripts / "versions" / script.name).write_text(script.read_text())
        step = STEP.format(later=LATER, head=schema.HEAD, then=then)
        (scripts / "versions" / "later_colour.py").write_text(step)
        monkeypatch.setattr(migrate, "files", lambda package: tmp_path / "store")
        monkeypatch.setattr(migrate, "HEAD", LATER)
        monkeypatch.setattr("taktvoll.edges.store.sqlite.HEAD", LATER)

    return install


def test_an_older_file_is_brought_up_to_date_after_a_backup(store, path, later_program):
    store.add(case())
    later_program()
    later = SqliteStore(path)
    assert later.get("a1") == case()
    later.close()
    backup = path.with_name(f"taktvoll.db.before-{LATER}")
    assert backup.stat().st_mode & 0o777 == 0o600
    assert _columns(path)[-1] == "colour"
    assert "colour" not in _columns(backup)
    with closing(sqlite3.connect(backup)) as raw:
        assert raw.execute("SELECT id FROM cases").fetchall() == [("a1",)]


def test_a_migration_that_fails_changes_nothing(store, path, later_program):
    store.add(case())
    store.close()
    later_program(then="raise RuntimeError('half way')")
    with pytest.raises(RuntimeError):
        SqliteStore(path)
    assert "colour" not in _columns(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.HEAD,)
    later_program()
    SqliteStore(path).close()
    assert "colour" in _columns(path)


def test_a_fresh_file_needs_no_backup(store, path):
    assert list(path.parent.glob("*.before-*")) == []


def _columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [row[1] for row in raw.execute("PRAGMA table_info(cases)")]


def test_drafts_and_channel_are_kept_too(store):
    first = case()
    store.add(first)
    event = decided(first)
    second = happened(store, first, event)
    draft = Draft(channel=Channel.MAIL, subject="Re: Gespräch", text="Guten Tag", parts=("a", "b"))
    written = Event(kind=EventKind.WRITTEN, at=NOW, drafts=(draft,))
    happened(store, second, written)
    assert store.get("a1").drafts == (draft,)


def test_who_waited_for_another_to_migrate_does_nothing(store, path):
    store.add(case())
    with store._writing() as connection:
        migrate.migrate(connection, path)
    assert list(path.parent.glob("*.before-*")) == []


# --- settings -----------------------------------------------------------------------------------


def test_settings_are_kept_replaced_and_forgotten(store, path):
    me = {"name": "Ünal 🙂", "phones": ["+49 30 1"], "none": None, "on": True}
    assert store.setting("me") is None
    store.set_setting("me", {"name": "before"})
    store.set_setting("me", me)
    store.set_setting("look", "dark")
    store.close()
    again = SqliteStore(path)
    assert again.setting("me") == me
    assert again.setting("look") == "dark"
    again.set_setting("me", None)
    assert again.setting("me") is None
    assert again.setting("look") == "dark"


def test_a_file_of_the_first_version_gets_the_settings_and_keeps_its_cases(path, monkeypatch):
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    engine = connect.connect(path)
    with connect.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(schema.cases.insert().values(sqlite._columns(case())))
    engine.dispose()
    store = SqliteStore(path)
    assert store.get("a1") == case()
    store.set_setting("me", {"name": "Mira"})
    assert store.setting("me") == {"name": "Mira"}


def act(act_id: str = "m1", case_id: str = "a1", **changes: object) -> Act:
    basis = Act(
        id=act_id, case_id=case_id, kind=ActKind.MAIL, state=ActState.HELD, made=NOW, changed=NOW,
        account="mira", payload=bytes(range(256)), due_at=NOW + timedelta(minutes=1),
        message_id=f"<{act_id}@sandner.example>", recipients=("hr@kranwerk.example",),
        deadline=NOW + timedelta(days=3), target={"uid": "uid-1"},
    )  # fmt: skip
    return replace(basis, **changes)


def approved(store: SqliteStore, *acts: Act, case_id: str = "a1") -> None:
    opened = case(case_id)
    store.add(opened)
    event = Event(kind=EventKind.REMINDED, at=NOW)  # any that may always come
    store.save(apply(opened, event), event, acts=acts)


def test_an_act_comes_back_as_it_was_and_its_mail_finds_the_case(store):
    approved(store, act())
    assert store.act("m1") == act()
    assert store.acts("a1") == [act()]
    assert store.act("other") is None
    found = store.find(None, ["<m1@sandner.example>"])
    assert found is not None
    assert found.id == "a1"


def test_acts_and_the_event_are_kept_together_or_not_at_all(store):
    approved(store, act())
    current = store.get("a1")
    event = Event(kind=EventKind.SENT, at=NOW)
    stale = replace(act(), state=ActState.SENDING, version=3)
    with pytest.raises(WrongUse, match="case_changed_meanwhile"):
        store.save(apply(current, event), event, acts=[stale])
    assert store.get("a1") == current
    assert store.act("m1") == act()


def test_only_one_of_two_gets_to_do_an_act(store, path):
    approved(store, act())
    other = SqliteStore(path)
    claimed = step(act(), Step.CLAIMED, NOW)
    assert [store.claim(claimed), other.claim(claimed)] == [True, False]
    other.close()


def test_one_act_of_a_case_at_a_time(store):
    approved(store, act(), act("m2"))
    approved(store, act("m3", "b1"), case_id="b1")
    assert store.claim(step(act(), Step.CLAIMED, NOW))
    assert not store.claim(step(act("m2"), Step.CLAIMED, NOW))
    assert store.claim(step(act("m3", "b1"), Step.CLAIMED, NOW))
    store.keep(step(step(act(), Step.CLAIMED, NOW), Step.ACCEPTED, NOW))
    assert store.claim(step(act("m2"), Step.CLAIMED, NOW))


def test_due_acts_are_those_whose_moment_has_come(store):
    approved(
        store,
        act("late", due_at=NOW - timedelta(hours=1)),
        act("now", due_at=NOW),
        act("soon", due_at=NOW + timedelta(seconds=1)),
        act("over", due_at=None, state=ActState.ACCEPTED),
    )
    assert [each.id for each in store.due_acts(NOW)] == ["late", "now"]
    assert [each.id for each in store.due_acts(NOW, limit=1)] == ["late"]


def test_after_the_clock_is_set_back_an_act_does_not_wait_for_the_old_hour(store):
    approved(store, act(due_at=NOW + timedelta(minutes=1)), act("over", due_at=None))
    assert store.due_acts(NOW - timedelta(seconds=30)) == []
    assert [each.id for each in store.due_acts(NOW - timedelta(hours=5))] == ["m1"]


def test_due_acts_never_read_the_whole_table(store, path):
    approved(store, *(act(f"m{n}") for n in range(50)))
    with closing(sqlite3.connect(path)) as connection:
        for where in ("due_at <= ?", "changed_at > ? AND due_at IS NOT NULL"):
            query = f"EXPLAIN QUERY PLAN SELECT record FROM acts WHERE {where} ORDER BY due_at"
            plan = " ".join(row[3] for row in connection.execute(query, (str(NOW),)))
            assert "USING INDEX acts_" in plan
            assert "SCAN acts" not in plan.replace("SCAN acts USING INDEX", "")


def test_acts_go_with_their_case(store, path):
    approved(store, act(payload=b"Geheimnis im Brief"))
    store.delete("a1")
    assert store.act("m1") is None
    store.close()
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Geheimnis" not in held
    assert b"R2VoZWltbmlz" not in held  # the same in Base64
