"""What a newcomer reads is what the program does: the example in each README is its real output."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(r"```console\n\$ \./taktvoll (?P<words>.+)\n(?P<output>(?:.*\n)*?)```\n")


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.de.md", "de")])
def test_the_example_is_real(name: str, language: str, tmp_path: Path, update_golden: bool) -> None:
    readme = (ROOT / name).read_text("utf-8")
    example = EXAMPLE.search(readme)
    assert example is not None
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        [sys.executable, "-m", "taktvoll", *shlex.split(example["words"])],
        cwd=tmp_path,
        env=os.environ
        | {
            "TAKTVOLL_HOME": str(tmp_path / "home"),
            "TAKTVOLL_LANG": language,
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        check=True,
    )
    output = done.stdout.decode()
    if update_golden:
        start, end = example.span("output")
        (ROOT / name).write_text(readme[:start] + output + readme[end:], "utf-8")
    else:
        assert example["output"] == output


@pytest.mark.parametrize("name", ["README.md", "README.de.md"])
def test_the_readme_opens_with_the_two_commands(name: str) -> None:
    head = (ROOT / name).read_text("utf-8")[:400]
    assert "./taktvoll" in head
    assert "./test" in head
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target
