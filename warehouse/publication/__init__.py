"""Publications: a read-only snapshot, its exports, its page, and the gates before them."""
