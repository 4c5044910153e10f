"""Archived pages: WARC files, one folder a portal."""
