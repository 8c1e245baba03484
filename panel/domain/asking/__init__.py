"""Asking nameservers what they serve of a name: workers ask and write down, pages read."""
