"""A page of lying bars from 0 to 100 %, as SVG: what the pictures of the studies have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ABOVE_FOOT = 32
INK, LINES, PAPER = "#22303a", "#e3e8ec", "#ffffff"
PLAIN, STRONG, EDGE = "#b9c4cc", "#1f7a5c", "#b3541e"
"""What is compared with, what it is about, and a line that is aimed at or never crossed."""


@dataclass(frozen=True, slots=True)
class Bars:
    """How wide such a page is, where its bars begin and end, and how much height a row takes."""

    width: int
    left: int
    right: int
    row: int
    top: int = 64

    def x(self, share: float) -> float:
        """Where a share lies; beyond the page is its edge.

        >>> Bars(800, 100, 100, 30).x(0.5), Bars(800, 100, 100, 30).x(2.0)
        (400.0, 700.0)
        """
        return self.left + (self.width - self.left - self.right) * min(max(share, 0.0), 1.0)

    def height(self, rows: int) -> int:
        """Of the page with so many rows."""
        return self.top + self.row * rows + 40

    def page(self, title: str, rows: int, legend: Sequence[str], parts: Sequence[str]) -> str:
        """The whole picture; ``parts`` lie over the axis."""
        height = self.height(rows)
        said = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}" role="img">',
            f"<style>text {{ font: 13px system-ui, sans-serif; fill: {INK} }}</style>",
            f"<title>{escape(title)}</title>",
            f'<rect width="{self.width}" height="{height}" fill="{PAPER}"/>',
            f'<text x="16" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
            *legend,
            *self._axis(height - ABOVE_FOOT),
            *parts,
        ]
        return "\n".join([*said, "</svg>", ""])

    def keys(self, said: Sequence[tuple[str, str]], apart: int) -> list[str]:
        """A square of each colour and its words."""
        parts = []
        for k, (colour, words) in enumerate(said):
            x = self.left + apart * k
            parts.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/>')
            parts.append(f'<text x="{x + 18}" y="48">{words}</text>')
        return parts

    def name(self, words: str, y: int) -> str:
        """What a row is about, before its bars."""
        return f'<text x="{self.left - 12}" y="{y}" text-anchor="end">{escape(words)}</text>'

    def bar(self, share: float, y: int, tall: int, colour: str) -> str:
        """From nothing to this share."""
        wide = self.x(share) - self.left
        return f'<rect x="{self.left}" y="{y}" width="{wide:.1f}" height="{tall}" fill="{colour}"/>'

    def told(self, words: str, y: int) -> str:
        """The number behind a row's bars."""
        return f'<text x="{self.width - self.right + 8}" y="{y}" font-weight="600">{words}</text>'

    def _axis(self, bottom: int) -> list[str]:
        parts = []
        for percent in (0, 25, 50, 75, 100):
            x = self.x(percent / 100)
            parts.append(
                f'<line x1="{x:.1f}" y1="{self.top - 6}" x2="{x:.1f}" y2="{bottom}" stroke="{LINES}"/>'
            )
            parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{percent} %</text>')
        return parts
