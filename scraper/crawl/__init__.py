"""The crawl's own knowledge: what was found, visited, judged and is due; no framework in it."""
