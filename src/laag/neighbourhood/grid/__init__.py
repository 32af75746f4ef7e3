"""The wires: what hangs where, what flows, where trouble is, and how much more fits.

``network`` is the tree and its names; ``flow`` the power flow on it (``pip install 'laag[grid]'``); ``trouble`` what
bears less than it is given, and ``headroom`` how much more it bears; ``sensitivities`` who relieves what.
"""
