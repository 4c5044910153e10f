"""What an article's page says, part by part: dates, metadata, captions, bylines, furniture, dense text."""
