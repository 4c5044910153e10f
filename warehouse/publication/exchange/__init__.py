"""The publication in formats that people already use: workbooks, calendars, feeds, civic data, statistics."""
