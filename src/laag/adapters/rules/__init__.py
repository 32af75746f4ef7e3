"""The rules that hold or are on their way, as shipped in ``nl.toml``.

>>> from laag.adapters import rules
>>> rules.load()[0].key
'energy-tax'
"""

from laag.adapters.rules.load import load

__all__ = ["load"]
