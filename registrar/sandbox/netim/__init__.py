"""Netim's SOAP API 2.0, imitated."""
