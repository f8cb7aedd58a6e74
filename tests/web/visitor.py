"""A person at a page in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.conftest import EXAMPLES

from taktvoll.messages import say
from taktvoll.model import Language

SCREENS = {"large": {"width": 1280, "height": 900}, "small": {"width": 360, "height": 740}}
LOCALES = {Language.DE: "de-DE", Language.EN: "en-GB"}
INVITED = {Language.DE: EXAMPLES / "einladung.eml", Language.EN: EXAMPLES / "invitation.eml"}


class Visitor:
    """Says what is on a page in their language, and counts what they do."""

    def __init__(self, page, host: str, language: Language, scripts: bool) -> None:
        self.page = page
        self.host = host
        self.language = language
        self.scripts = scripts
        self.done = 0
        self.problems: list[str] = []
        page.on("console", lambda m: m.type == "error" and self.problems.append(m.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "request",
            lambda asked: self.host in asked.url or self.problems.append(asked.url),
        )

    def t(self, key: str, **values: str) -> str:
        return say(key, self.language, **values)

    def go(self, path: str) -> None:
        self.page.goto(f"http://{self.host}{path}")

    def follow(self, key: str) -> None:
        self.done += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.t(key)).first.click()

    def fill(self, key: str, value: str) -> None:
        self.done += 1
        self.page.get_by_label(self.t(key), exact=True).first.fill(value)

    def press(self, key: str) -> None:
        self.done += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.t(key), exact=True).first.click()

    def choose_file(self, path: Path) -> None:
        self.done += 1
        self.page.set_input_files("#file", path)

    def letter(self) -> str:
        return self.page.get_by_label(self.t("web.letter.text")).input_value()

    def case(self) -> str:
        return re.search(r"/cases/(\w+)", self.page.url)[1]

    def width(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth")
