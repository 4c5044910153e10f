"""A read-only HTTP API over what is published."""
