"""The package itself: old Pythons, missing extras, generated lists, a wheel."""

from __future__ import annotations

import ast
import inspect
import os
import pydoc
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from harness import ROOT, run_client

import vsggym
from vsggym import _builtin_games
from vsggym._version import __version__

PACKAGE = ROOT / "clients/python"
FILES = sorted((PACKAGE / "vsggym").rglob("*.py")) + sorted((PACKAGE / "tests").glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_is_python_3_9(file: Path) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 9))
    assert file.parent.name == "_proto" or ast.get_docstring(tree), f"{file} says nothing about itself"


def test_public_names_are_documented() -> None:
    for name in vsggym.__all__:
        thing = getattr(vsggym, name)
        assert name in ("__version__", "Event", "GameLike") or thing.__doc__, name
        for member, value in inspect.getmembers(thing) if isinstance(thing, type) else ():
            assert member.startswith("_") or not callable(value) or value.__doc__, f"{name}.{member}"


def test_help_of_the_client_shows_every_method() -> None:
    text = pydoc.plain(pydoc.render_doc(vsggym.Client))
    methods = [member for member in dir(vsggym.Client) if not member.startswith("_")]
    assert {"games", "describe", "batch_env", "make", "solve", "train", "run", "models", "evaluate", "close"} <= set(methods)
    for method in methods:
        first = (inspect.getdoc(getattr(vsggym.Client, method)) or "without a docstring").splitlines()[0]
        assert method in text and first in text, method


def test_built_in_games_are_the_servers(client: vsggym.Client) -> None:
    games = {entry.id: tuple(client.describe(entry.id).game.players) for entry in client.games()}
    file = Path(_builtin_games.__file__)
    lines = "".join(f'    "{game}": {str(players).replace(chr(39), chr(34))},\n' for game, players in sorted(games.items()))
    text = f'"""{_builtin_games.__doc__}"""\n\nGAMES = {{\n{lines}}}\n'
    if os.environ.get("VSGGYM_UPDATE"):
        file.write_text(text)
    assert file.read_text() == text, "VSGGYM_UPDATE=1 rewrites it"


WITHOUT = """
import sys
class Blocker:
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in ("gymnasium", "pettingzoo"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
import vsggym
client = vsggym.connect(sys.argv[1])
with client.batch_env("pursuit-v0", 2) as env:
    env.reset()
assert client.solve("climbing-v0", "mge_f").policies
for call in (client.make, client.make_vec, client.parallel_env):
    try:
        call("pursuit-v0")
    except ModuleNotFoundError as error:
        assert 'pip install "vsggym[gymnasium]"' in str(error), error
    else:
        raise AssertionError(call)
print("fine")
"""

LAZY = """
import sys
import vsggym
assert "gymnasium" not in sys.modules and "pettingzoo" not in sys.modules
import gymnasium
assert "vsggym/pursuit-v0" in gymnasium.registry
assert not any("vsggym" in type(finder).__module__ for finder in sys.meta_path)
print("fine")
"""

EAGER = """
import gymnasium
import vsggym
import vsggym.registration
vsggym.registration.register_games()
assert len([name for name in gymnasium.registry if name.startswith("vsggym/")]) == len(vsggym.registration.GAMES)
print("fine")
"""


@pytest.mark.parametrize("script", [WITHOUT, LAZY, EAGER], ids=["without gymnasium", "gymnasium later", "gymnasium first"])
def test_gymnasium_is_optional_and_registered_in_any_order(client: vsggym.Client, script: str) -> None:
    output, errors = run_client(script, client.address).communicate(timeout=40)
    assert output == "fine\n", errors


def test_stubs_are_up_to_date() -> None:
    done = subprocess.run(["bash", str(PACKAGE / "generate_stubs.sh"), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_wheel_holds_everything_and_works(client: vsggym.Client, tmp_path: Path) -> None:
    source = tmp_path / "source"
    subprocess.run(["cp", "-r", str(PACKAGE), str(source)], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    built = subprocess.run(
        [*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(source)], capture_output=True, text=True
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"vsggym-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
        wanted = {str(f.relative_to(PACKAGE)) for f in (PACKAGE / "vsggym").rglob("*") if f.suffix in (".py", ".pyi", ".typed")}
        assert wanted <= names and not any(name.startswith("tests") for name in names)
        metadata = content.read(f"vsggym-{__version__}.dist-info/METADATA").decode()
        entry_points = content.read(f"vsggym-{__version__}.dist-info/entry_points.txt").decode()
        content.extractall(tmp_path / "installed")
    for line in ("Requires-Python: >=3.9", "Requires-Dist: grpcio >=1.51", "Provides-Extra: gymnasium", "Provides-Extra: pettingzoo", "Provides-Extra: onnx"):
        assert line.replace(" ", "") in metadata.replace(" ", "").replace("(", "").replace(")", ""), metadata
    assert "[gymnasium.envs]" in entry_points and "vsggym.registration:register_games" in entry_points
    script = "import sys, vsggym; assert sys.argv[2] in vsggym.__file__; print(len(vsggym.connect(sys.argv[1]).games()))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run([sys.executable, "-c", script, client.address, str(tmp_path)], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == str(len(_builtin_games.GAMES)), done.stderr
