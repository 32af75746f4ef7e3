"""What should not happen, as one tree.

::

    LaagError
    ├── GridMismatch       two series do not cover the same quarter-hours
    ├── UnitMismatch       two series do not count the same thing
    ├── BadInput           a file, message or setting cannot be meant this way; says where
    │   └── BadOrder       an order or book that the market cannot read
    ├── LookAhead          a number is asked for before anybody could know it
    ├── OutOfBalance       a posting does not sum to zero: a fault of ours, never of the input
    ├── CannotResume       a store holds another run than the one asked for
    └── Unfinished         a run stopped half-way through no fault of its input; it can go on

What may happen on an ordinary evening (a car that cannot be full by seven, a missing reading) is a value, not
an exception: see ``Plan.shortfalls`` and ``Finding``.
"""


class LaagError(Exception):
    """Everything that laag raises on purpose."""


class GridMismatch(LaagError):
    """Two series do not cover the same quarter-hours."""


class UnitMismatch(LaagError):
    """Two series do not count the same thing."""


class BadInput(LaagError):
    """Something from outside cannot be meant this way; the message says what, where and the way out."""


class BadOrder(BadInput):
    """An order or a book that the market cannot read."""


class LookAhead(LaagError):
    """A number is asked for before anybody could know it."""


class OutOfBalance(LaagError):
    """A posting does not sum to zero."""


class CannotResume(LaagError):
    """A store holds another run than the one asked for."""


class Unfinished(LaagError):
    """A run stopped half-way through no fault of its input; what it had done is kept."""
