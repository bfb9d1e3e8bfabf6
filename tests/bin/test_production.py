"""What describes production: the example of settings, the containers, the lock files."""

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE = set(re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
COMPOSE_TEXT = (PROJECT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
OURS = ("web", "worker", "beat", "migrate")


def test_every_setting_stands_in_the_example():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (PROJECT / "pemasyarakatan" / "env.py").read_text()))
    assert len(read) > 15
    assert read <= EXAMPLE


def test_the_containers_ask_for_nothing_that_the_example_does_not_name():
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT)) <= EXAMPLE


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
        address = COMPOSE["services"][name]["environment"]["DATABASE_URL"]
        assert ("portal_owner" in address) == (name == "migrate")


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
