"""Scrapy as it comes, fetching given addresses and keeping nothing: `scrapy_crawl.py ADDRESSES PORT`.

Each line of the file is a host and a path; the server on loopback tells the hosts apart by their header.
"""

import sys
from pathlib import Path

import scrapy
from scrapy.crawler import CrawlerProcess


class Fetching(scrapy.Spider):
    """Asks for every address once."""

    name = "fetching"
    handle_httpstatus_list = (404,)
    came = 0

    async def start(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Yield the requests."""
        addresses, port = sys.argv[1:]
        for line in Path(addresses).read_text("utf-8").splitlines():
            host, path = line.split(" ")
            yield scrapy.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host}, dont_filter=True)

    def parse(self, response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Count an answer."""
        Fetching.came += 1


if __name__ == "__main__":
    process = CrawlerProcess({"LOG_LEVEL": "WARNING"})
    process.crawl(Fetching)
    process.start()
    print(Fetching.came)
