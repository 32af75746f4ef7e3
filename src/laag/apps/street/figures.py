"""Figures for whoever watches over a server, as Prometheus reads them; none says anything of one home."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Figures:
    """Counted in a registry of its own.

    >>> figures = Figures()
    >>> figures.answered(taken=3, known=1, refused=0)
    >>> [line for line in figures.text().decode().splitlines() if line.startswith('laag_messages_total{status="taken"')]
    ['laag_messages_total{status="taken"} 3.0']
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        messages = Counter(
            "laag_messages", "Messages by what became of them", ["status"], registry=self._registry
        )
        self._taken, self._known, self._refused = (
            messages.labels(status) for status in ("taken", "known", "refused")
        )
        self._append_s = Histogram(
            "laag_append_seconds",
            "How long an append to the log took",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._events = Counter("laag_events", "Events appended to the log", registry=self._registry)
        self._away = Counter("laag_store_failures", "Appends that failed", registry=self._registry)
        self._members = Gauge("laag_members", "Members with a key", registry=self._registry)
        self._sources = Counter(
            "laag_source_failures",
            "Sources of prices that failed or had nothing",
            ["source"],
            registry=self._registry,
        )

    def answered(self, taken: int, known: int, refused: int) -> None:
        """What became of some messages."""
        for counter, count in ((self._taken, taken), (self._known, known), (self._refused, refused)):
            if count:
                counter.inc(count)

    def appended(self, events: int, seconds: float) -> None:
        """One append."""
        self._events.inc(events)
        self._append_s.observe(seconds)

    def away(self) -> None:
        """The store failed."""
        self._away.inc()

    def members(self, count: int) -> None:
        """How many there are."""
        self._members.set(count)

    def source_failed(self, source: str) -> None:
        """A source of prices."""
        self._sources.labels(source).inc()

    def watch(self, name: str, says: str, value: Callable[[], float]) -> None:
        """A figure that is looked up when somebody asks."""
        Gauge(name, says, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """As Prometheus reads it."""
        return generate_latest(self._registry)
