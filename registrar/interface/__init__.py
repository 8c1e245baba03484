"""The contract of a driver: one base class per module of the registrars' APIs."""
