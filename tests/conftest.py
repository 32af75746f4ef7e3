"""How the tests look for counterexamples: the same way every time, without a stopwatch.

`HYPOTHESIS_PROFILE=wild pytest` looks somewhere else each time; a find becomes a named test.
"""

import os

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("wild", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
