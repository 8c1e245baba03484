"""Servers that imitate the registrars, written from their manuals alone."""

from registrar.sandbox.sandbox import Sandbox, start

__all__ = ["Sandbox", "start"]
