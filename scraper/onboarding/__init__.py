"""A portal made known: its site looked at with few requests, its file drafted, its pages recorded."""
