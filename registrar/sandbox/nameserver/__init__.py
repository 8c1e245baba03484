"""A DNS server for the zones that the imitated registrars host."""
