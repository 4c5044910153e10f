"""The commands that serve what is published: to programs, and to people."""

from __future__ import annotations

from typing import Annotated

import typer

from scraper.console import DEFAULT_HOME, CommandGroup, ExistingHome, UnusedPortalsDir, say, serving

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")


@app.command()
def serve(
    home: ExistingHome = DEFAULT_HOME,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 lets other machines ask.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8766,
    sql: Annotated[
        bool, typer.Option("--sql", help="Answer clients' own SELECTs too, each in a sandbox of its own.")
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=600, help="For one statement.")] = 10.0,
    memory: Annotated[
        int,
        typer.Option("--memory", min=32, max=65536, help="Megabytes for one statement of a client's own."),
    ] = 256,
    rate: Annotated[
        int, typer.Option("--rate", min=1, help="Requests a minute from one address; a sixth of it at once.")
    ] = 600,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Serve what is published over HTTP, for reading: JSON and CSV, described at /openapi.json.

    It follows the publications: what `publish` or `refresh` puts there is served at once. Ctrl-C or SIGTERM
    ends it when the requests in hand are answered.

    Example: cityledger serve --port 8080, then curl 'http://127.0.0.1:8080/v1/series?area=305&limit=5'
    """
    from warehouse.service.limits import Limits
    from warehouse.service.server import Serving

    limits = Limits(rate=rate, seconds=seconds, memory=memory)
    service = Serving(home, host, port, limits, takes_sql=sql)
    say(f"serve: {service.address}/ (Ctrl-C ends it)")
    with serving():
        service.serve()


@app.command()
def site(
    home: ExistingHome = DEFAULT_HOME,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 lets other machines look.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8767,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Serve the published site: pages to look at, search, and SQL in the browser.

    Scripts that are not the site's own cannot run in it. It follows the publications: what `publish` or
    `refresh` puts there is served at once. Ctrl-C or SIGTERM ends it.

    Example: cityledger site, then open http://127.0.0.1:8767/
    """
    from warehouse.service.server import SiteServing

    service = SiteServing(home, host, port)
    say(f"site: {service.address}/ (Ctrl-C ends it)")
    with serving():
        service.serve()
