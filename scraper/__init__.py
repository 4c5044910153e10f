"""The half that turns the web into plain records: portals, crawl, archive, reading."""
