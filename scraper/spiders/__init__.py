"""The Scrapy side of the crawl: the one spider, its settings and its connections."""
