"""What linters do not see: sizes, the help, the README, what must not be committed."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from isogen.cli.app import app
from isogen.stages.start import packaged_stages

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for top in ("isogen", "inference") for path in (ROOT / top).rglob("*.py"))
MOST_LINES = 300
MOST_FUNCTION_LINES = 50  # with its docstring; 40 of code
HELP_START, HELP_END = "<!-- help: start -->", "<!-- help: end -->"


def names(paths):
    return [p.relative_to(ROOT).as_posix() for p in paths]


def commands():
    """Every command with the words that name it."""
    found = {}
    pending = [((), typer.main.get_command(app))]
    while pending:
        words, command = pending.pop(0)
        if words:
            found[" ".join(words)] = command
        for name, child in getattr(command, "commands", {}).items():
            pending.append(((*words, name), child))
    return found


def help_text(words, command):
    parent = typer.Context(
        typer.main.get_command(app),
        info_name="isogen",
        terminal_width=80,
        help_option_names=["-h", "--help"],
    )
    context = typer.Context(command, info_name=words, parent=parent)
    return command.get_help(context)


def readme_help():
    """The command reference as the README must hold it."""
    parts = []
    for words, command in commands().items():
        if hasattr(command, "commands"):
            continue
        parts.append(f"### `isogen {words}`\n\n```text\n{help_text(words, command).strip()}\n```\n")
    return "\n".join(parts)


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_a_module_is_about_one_thing(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_a_function_is_about_one_thing(path):
    tree = ast.parse(path.read_text())
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    code = {n.name: _code_lines(n) for n in functions}
    assert {name: lines for name, lines in code.items() if lines > 40} == {}


def _code_lines(function):
    """Lines of a function's body without its docstring and its signature."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("words", sorted(commands()))
def test_every_help_has_an_example(words):
    assert "Example: isogen " in help_text(words, commands()[words])


def test_the_readme_holds_the_help_of_every_command(update_golden):
    path = ROOT / "README.md"
    before, _, rest = path.read_text().partition(HELP_START)
    held, _, after = rest.partition(HELP_END)
    if update_golden:
        path.write_text(f"{before}{HELP_START}\n\n{readme_help()}\n{HELP_END}{after}")
        held = readme_help()
    assert held.strip() == readme_help().strip(), "run `make readme`"


def test_a_new_project_has_the_stages_of_this_one():
    assert packaged_stages() == (ROOT / "dvc.yaml").read_bytes()


def test_nothing_committed_names_a_registry_or_a_folder_of_a_machine():
    listed = subprocess.run(
        [shutil.which("git") or "git", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = [ROOT / n for n in listed.stdout.split("\0") if n]
    locks = [f for f in files if f.name in {"requirements.lock", "package-lock.json"}]
    named = re.compile(r"registry\.|pypi\.|--index|--extra-index|file:|\"resolved\"")
    assert {f.name for f in locks} == {"requirements.lock", "package-lock.json"}
    assert {
        f.name: named.findall(f.read_text())[:3] for f in locks if named.search(f.read_text())
    } == {}
