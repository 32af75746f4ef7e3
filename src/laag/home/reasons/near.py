"""What counts as the same, and as nothing."""

NOWHEN = -1
"""No such quarter-hour, and nobody's claim."""
ON_KW = 1e-3
"""A watt more or less is nothing."""
SAME_EUR_PER_KWH = 5e-4
"""Under a twentieth of a cent nobody sees a difference."""
LEVEL_KWH = 1e-3
LEVEL_K = 0.02
