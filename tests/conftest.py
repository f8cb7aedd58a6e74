"""The one option of the test suite, and its rule for CI: there, what is skipped has failed."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["tests.rigs.fixtures"]

# A busy machine is no fault of the code. In CI the same cases run every time; new ones are sought
# at home.
settings.register_profile("taktvoll", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("taktvoll")

_skipped: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew, to be reviewed by eye",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    # the samples are not part of the project: where they are missing, nothing is wrong
    if report.skipped and "samples" not in report.keywords and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    if _skipped and os.environ.get("CI") == "true" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line("With CI=true a skip is a failure:")
        for name in _skipped:
            terminalreporter.write_line(f"  {name}")
