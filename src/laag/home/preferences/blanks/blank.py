"""A blank in a sentence: what may stand there, in words, in plain data and as a control on a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, TypeVar

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

T = TypeVar("T")

Plain = str | int | float | bool | list[str] | None
"""What a control sends and a file keeps."""


class Unfit(BadInput):
    """What stands in a blank is understood and cannot be meant; says it in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True, slots=True)
class Control:
    """What a page needs to draw a blank: a ``slider``, ``clock``, ``days``, ``date``, ``choice`` or ``switch``."""

    kind: str
    label: Said
    least: float | None = None
    most: float | None = None
    step: float | None = None
    unit: str = ""
    options: tuple[tuple[str, Said], ...] = ()
    """What can be chosen: the plain value, and how it is called."""


class Blank(ABC, Generic[T]):
    """What may stand in one place of a sentence."""

    @abstractmethod
    def pattern(self, lang: Lang) -> str:
        """Everything that reads like it, as a regular expression on lower-case words."""

    @abstractmethod
    def read(self, words: str, lang: Lang) -> T:
        """The value of words that the pattern let through; ``Unfit`` where it cannot be meant."""

    @abstractmethod
    def write(self, value: T, lang: Lang) -> str:
        """The value in words that ``read`` gives back."""

    @abstractmethod
    def plain(self, value: T) -> Plain:
        """The value as a control sends it."""

    @abstractmethod
    def of_plain(self, sent: Plain) -> T:
        """The value of what a control sent; ``Unfit`` for anything else."""

    @abstractmethod
    def check(self, value: T) -> None:
        """Raise ``Unfit`` where this value cannot be meant."""

    @property
    @abstractmethod
    def control(self) -> Control:
        """How a page shows it."""


def either(*words: str) -> str:
    """A pattern of any of these words, the longest first.

    >>> either("sun", "sunday")
    '(?:sunday|sun)'
    """
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
