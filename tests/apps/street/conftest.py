"""Places for logs in both kinds of store."""

from tests.ports.conftest import fresh, postgres

__all__ = ["fresh", "postgres"]
