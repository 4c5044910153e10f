"""The genres of stories: each takes a desk and returns a finished story."""
