"""What the four systems print: article pages, listings, feeds, sitemaps, each after its CMS."""
