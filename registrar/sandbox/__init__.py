"""Servers that imitate the registrars, written from their manuals alone. Imports nothing else of `registrar`."""

from registrar.sandbox.sandbox import Sandbox, start

__all__ = ["Sandbox", "start"]
