"""The add-on for Home Assistant: every option in both languages, and settings that the agent takes."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from laag import __version__
from laag.apps.agent.config import parse
from laag.apps.cli import parser

HERE = Path(__file__).parents[2] / "deploy" / "home-assistant-addon"
CONFIG = yaml.safe_load((HERE / "config.yaml").read_text())
PORT = "8410"


def script(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers(said):
    low, high = re.fullmatch(r"float\((-?\d+),(\d+)\)", said).groups()
    return st.floats(float(low), float(high))


def options():
    schema = CONFIG["schema"]
    given = {name: numbers(said) for name, said in schema.items() if said.startswith("float")}
    household = re.fullmatch(r"list\((.*)\)\?", schema["household"])[1].split("|")
    return st.fixed_dictionaries(
        {
            **given,
            "name": st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30),
            "meter": st.sampled_from(["/dev/ttyUSB0", "tcp://192.168.1.9:23", "homewizard://192.168.1.9"]),
        },
        optional={
            "household": st.sampled_from(household),
            "neighbourhood": st.sampled_from(["", "https://energie.voorbeeld.example"]),
        },
    )


@given(options())
def test_any_options_give_settings_that_the_agent_takes(given_options):
    home = parse(script("options").settings(given_options), Path("/data"))
    assert home.name == given_options["name"]
    assert home.page.port == int(PORT)
    assert home.contract.buy_eur_per_kwh == given_options["buy_eur_per_kwh"]
    assert (home.neighbourhood is None) == (not given_options.get("neighbourhood"))
    assert home.store_folder == Path("/data/store")


def test_the_options_that_it_comes_with_are_taken():
    assert parse(script("options").settings(CONFIG["options"]), Path("/data")).neighbourhood is None


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_option_has_its_name_and_its_words_in_both_languages(lang):
    said = yaml.safe_load((HERE / "translations" / f"{lang}.yaml").read_text())
    assert list(said["configuration"]) == list(CONFIG["schema"])
    assert all(one["name"] and one["description"] for one in said["configuration"].values())
    assert list(said["network"]) == list(CONFIG["ports"])


def test_every_option_that_must_be_has_a_value_to_begin_with():
    needed = {name for name, said in CONFIG["schema"].items() if not said.endswith("?")}
    assert needed <= set(CONFIG["options"]) <= set(CONFIG["schema"])


def test_its_version_and_its_port_are_those_of_laag():
    assert CONFIG["version"] == __version__
    assert f"{PORT}/tcp" in CONFIG["ports"]
    assert f"[PORT:{PORT}]" in CONFIG["webui"]
    assert f":{PORT}/health" in (HERE / "Dockerfile").read_text()


def test_its_script_gives_commands_that_laag_knows():
    said = (HERE / "run.sh").read_text()
    given = re.findall(r"/opt/laag/bin/laag (.*)", said)
    assert len(given) == 2
    for command in given:
        parser().parse_args(command.replace('"$settings"', "home.toml").split())


@pytest.mark.parametrize("name", ["run.sh", "prepare"])
def test_its_scripts_can_be_read(name):
    assert subprocess.run(["sh", "-n", HERE / name], check=False).returncode == 0


def test_what_its_recipe_copies_is_what_prepare_puts_there():
    prepared = (HERE / "prepare").read_text()
    for source in re.findall(r"^COPY (\S+) ", (HERE / "Dockerfile").read_text(), re.MULTILINE):
        assert source in prepared.replace("laag-*.whl", "laag-*.whl"), source
