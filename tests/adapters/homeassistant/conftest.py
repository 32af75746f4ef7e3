"""A broker for each test that asks."""

import pytest
from tests.adapters.mqtt.broker import Mosquitto, needed


@pytest.fixture
def mosquitto(tmp_path):
    needed()
    broker = Mosquitto(tmp_path)
    broker.start()
    yield broker
    broker.stop()
