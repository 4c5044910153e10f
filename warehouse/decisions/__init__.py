"""What people decided of facts, articles and persons: kept in files of the home."""
