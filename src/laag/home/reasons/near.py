"""What counts as the same, and as nothing."""

NOWHEN = -1
"""No such quarter-hour, and nobody's claim."""
ON_KW = 1e-3
"""A watt more or less is nothing."""
LITTLE_EUR_PER_KWH = 0.02
"""What is worth no more than this is not taken for its own sake."""
SAME_EUR_PER_KWH = 5e-4
"""Under a twentieth of a cent nobody sees a difference."""
ABOUT_THE_SAME_EUR_PER_KWH = 5e-3
"""Under half a cent a rough comparison tells nothing."""
WHOLE_CENTS_FROM_EUR = 0.0995
"""What rounds to ten cents or more is said in whole cents."""
LEVEL_KWH = 1e-3
LEVEL_K = 0.02
