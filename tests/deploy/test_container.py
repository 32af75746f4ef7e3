"""What the recipes for containers name is there: paths, commands, ports, volumes, secrets."""

import json
import re
from pathlib import Path

import pytest
import yaml

from laag.adapters.stores.address import Address
from laag.apps.cli import parser
from laag.apps.street.config import read

ROOT = Path(__file__).parents[2]
HERE = ROOT / "deploy" / "container"
COMPOSE = yaml.safe_load((HERE / "compose.yaml").read_text())
STREET_PORT = "8400"


def instructions(path):
    """Each instruction of a recipe with its words; lines that end in a backslash go on."""
    lines = re.sub(r"\\\n\s*", " ", path.read_text()).splitlines()
    return [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]


def of(kind, path=HERE / "Containerfile"):
    return [words for name, words in instructions(path) if name == kind]


def as_list(words):
    return json.loads(words[words.index("[") :])


def test_what_is_copied_into_the_image_is_there_and_let_through():
    let = [
        line[1:] for line in (HERE / "Containerfile.dockerignore").read_text().splitlines() if line[0] == "!"
    ]
    copied = [source for words in of("COPY") if "--from" not in words for source in words.split()[:-1]]
    assert len(copied) > 4
    for source in copied:
        assert (ROOT / source).exists()
        assert any(source == one or one.startswith(f"{source}/") for one in let), source


def test_nothing_is_installed_that_the_lock_file_has_no_hash_of():
    installs = [step for words in of("RUN") for step in words.split("&&") if "pip install" in step]
    assert len(installs) == 2
    assert all("--require-hashes" in step or "--no-deps" in step for step in installs)


def test_it_runs_as_nobody_in_particular_and_keeps_its_state_outside():
    assert of("USER") == ["8400:8400"]
    assert as_list(of("VOLUME")[0]) == ["/var/lib/laag"]
    assert of("EXPOSE") == [STREET_PORT]


def test_its_command_and_its_look_at_its_own_health_are_of_this_laag():
    (entry,), (command,), (health,) = of("ENTRYPOINT"), of("CMD"), of("HEALTHCHECK")
    assert as_list(entry) == ["/opt/laag/bin/laag"]
    parser().parse_args(as_list(command))
    assert f"http://127.0.0.1:{STREET_PORT}/health" in as_list(health)[-1]
    compile(as_list(health)[-1], "health", "exec")


def test_two_stages_from_one_base():
    bases = [words.split()[0] for words in of("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_what_a_service_names_is_there(name):
    service = COMPOSE["services"][name]
    known = set(COMPOSE["volumes"])
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        made_by_hand = {"./mosquitto.passwords"}
        assert source in known | made_by_hand or (HERE / source).exists(), source
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert set(service.get("depends_on", ())) <= set(COMPOSE["services"])
    assert service["image"].count(":") == 1


def test_the_server_is_given_a_command_that_it_knows_and_its_files_where_it_looks():
    server = COMPOSE["services"]["server"]
    args = parser().parse_args(server["command"])
    assert str(args.config) in [volume.split(":")[1] for volume in server["volumes"]]
    assert (HERE / server["build"]["context"]).resolve() == ROOT
    assert (ROOT / server["build"]["dockerfile"]).exists()


def test_only_the_proxy_is_reached_from_outside_and_only_the_server_by_the_database():
    services = COMPOSE["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert services["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert "inside" not in services["proxy"]["networks"]


def test_secrets_are_asked_for_and_never_written():
    text = (HERE / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{(\w+):[?-]", text))
    example = dict(
        line.split("=", 1) for line in (HERE / "example.env").read_text().splitlines() if "=" in line
    )
    assert asked == set(example)
    assert example["LAAG_DB_PASSWORD"] == ""
    assert not re.search(r"PASSWORD: (?!\$\{)", text)


def test_the_servers_settings_are_such_as_it_takes_and_the_proxy_can_reach():
    given = read(HERE / "street.toml")
    assert (given.wire.host, str(given.wire.port)) == ("0.0.0.0", STREET_PORT)
    database = Address.of(given.store)
    service = COMPOSE["services"]["database"]
    assert database.host in COMPOSE["services"]
    assert (database.user, database.database) == (
        service["environment"]["POSTGRES_USER"],
        service["environment"]["POSTGRES_DB"],
    )


def test_the_proxy_leads_to_the_server_and_keeps_its_figures_inside():
    said = (HERE / "Caddyfile").read_text()
    assert f"reverse_proxy server:{STREET_PORT}" in said
    assert "respond @inside 404" in said
    assert said.count("{") == said.count("}")


def test_the_broker_lets_nobody_in_without_a_name():
    said = (HERE / "mosquitto.conf").read_text()
    assert "allow_anonymous false" in said
    mounted = [volume.split(":")[1] for volume in COMPOSE["services"]["broker"]["volumes"]]
    assert re.search(r"^password_file (\S+)$", said, re.MULTILINE)[1] in mounted
