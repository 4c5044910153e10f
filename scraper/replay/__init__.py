"""Archived copies shown again, on loopback and harmless."""
