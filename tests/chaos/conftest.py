"""Orders, as the tests of operations place them."""

from tests.operation.conftest import order_name

__all__ = ["order_name"]
