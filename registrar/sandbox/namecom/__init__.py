"""Name.com: the legacy reseller API, JSON over HTTP."""
