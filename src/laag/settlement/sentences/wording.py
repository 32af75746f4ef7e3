"""The parts of what a line says."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of line."""

    text: Said
    because: Said
    rule: Said
    """How it is computed, for who asks."""
    more: Said = Said()
    """The comparison, where otherwise the line would have been higher."""
    less: Said = Said()
    same: Said = Said()

    def otherwise(self, difference_units: int) -> Said:
        """The comparison that fits; under half a cent nothing differs."""
        if abs(difference_units) < 500_000:
            return self.same
        return self.more if difference_units > 0 else self.less
