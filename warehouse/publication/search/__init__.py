"""Full-text search within the published file, blind to diacritics and to where a tone mark stands."""
