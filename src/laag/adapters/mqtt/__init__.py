"""Devices behind an MQTT broker: any topic, as it is set down for each of them."""

from laag.adapters.mqtt.line import Line
from laag.adapters.mqtt.link import MqttLink
from laag.adapters.mqtt.wire import Broker, MqttDevice, MqttSettings

__all__ = ["Broker", "Line", "MqttDevice", "MqttLink", "MqttSettings"]
