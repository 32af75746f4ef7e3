"""What all links to devices share: a number out of whatever they say, a secret, patience with what is gone, one queue."""

from laag.adapters.devices.again import Again
from laag.adapters.devices.command import Call, words
from laag.adapters.devices.kinds import Kind, each_once
from laag.adapters.devices.queue import Queue, heard
from laag.adapters.devices.secret import Place, Secret, secret_of
from laag.adapters.devices.sense import Quantity, Sense, measured, number_at

__all__ = [
    "Again", "Call", "Kind", "Place", "Quantity", "Queue", "Secret", "Sense", "each_once", "heard", "measured", "number_at", "secret_of", "words",
]  # fmt: skip
