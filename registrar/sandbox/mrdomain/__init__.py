"""MrDomain's Simple API 1.0.20, imitated from its manual."""
