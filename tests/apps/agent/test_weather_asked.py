"""Nobody is asked for the weather unless the household says so, and then its page says whom."""

from pathlib import Path

import pytest

from laag.adapters.openmeteo import Newest
from laag.apps.agent.config import parse
from laag.apps.agent.wiring import agent_of
from laag.foundation.errors import BadInput

HOME = """
[home]
name = "Kade 12"
meter = "tcp://127.0.0.1:1"
"""
PLACE = "\n[home.place]\nlatitude = 52.3676\nlongitude = 4.9041\n"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ('weather = "open-meteo"\n', "home.place"),
        ('weather = "open-meteo"\nclock = "60x 2026-06-01T00:00Z since 2026-11-22T08:30Z"\n' + PLACE, "simulated"),
        ('weather = "knmi"\n' + PLACE, "weather"),
    ],
)  # fmt: skip
def test_a_service_that_cannot_be_asked_is_refused_with_what_it_needs(said, named):
    with pytest.raises(BadInput, match=named):
        parse(HOME + said, Path())


def test_a_home_asks_only_where_its_settings_say_so(tmp_path):
    silent = agent_of(parse(HOME + PLACE, tmp_path / "silent"))
    asking = agent_of(parse(HOME + 'weather = "open-meteo"\n' + PLACE, tmp_path / "asking"))
    assert not silent.asks_weather
    assert asking.asks_weather
    assert isinstance(asking._weather, Newest)
    for agent in (silent, asking):
        agent.life.store.close()
