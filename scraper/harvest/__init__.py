"""Archived answers into records: page → article → facts, on all cores."""
