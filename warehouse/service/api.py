"""The routes: what is asked, checked and answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from scraper.console import warn
from scraper.errors import CityLedgerError
from scraper.version import VERSION
from warehouse.service import asked as forms
from warehouse.service import listings
from warehouse.service.asked import Identity, Nothing
from warehouse.service.current import Published
from warehouse.service.description import ABOUT, gives, refusals, schemas
from warehouse.service.gate import Gate
from warehouse.service.limits import MAX_BODY
from warehouse.service.page import POLICY, front_page
from warehouse.service.problems import MEDIA_TYPE, Refused, problem
from warehouse.service.rendering import JSON, json_text
from warehouse.service.service import Service, answered

_UNKNOWN = "unknown parameter; /openapi.json lists what is taken"

Route = TypeVar("Route", bound=Callable[..., Response])


def make_app(service: Service) -> FastAPI:
    """Make the application: its routes, what each takes, and how refusals are told."""
    app = FastAPI(
        title="CityLedger",
        version=VERSION,
        description=ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(_once_each)],
    )
    app.add_middleware(Gate, limits=service.limits)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        expose_headers=["Link", "ETag", "Retry-After"],
    )
    _tell_refusals(app)
    _list_routes(app, service)
    _look_up_routes(app, service)
    _sql_route(app, service)
    _description_routes(app, service)
    return app


def _once_each(request: Request) -> None:
    """Refuse a parameter that is given twice: one of its values would be dropped silently."""
    given = [name for name, _ in request.query_params.multi_items()]
    if twice := [name for name in given if given.count(name) > 1]:
        raise Refused(422, f"{twice[0]}: is given more than once")


def _list_routes(app: FastAPI, service: Service) -> None:
    def route(path: str, schema: str, **more: Any) -> Callable[[Route], Route]:  # noqa: ANN401
        answers = {200: gives(f"{schema}Page", has_csv=True), **refusals(404, 409)}
        return app.get(path, response_class=Response, responses=answers, tags=["lists"], **more)

    @route("/v1/areas", "Area", summary="Administrative units, one row a state")
    def areas(request: Request, asked: Annotated[forms.AreasAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.AREAS)

    @route("/v1/meetings", "Meeting", summary="Meetings, newest first")
    def meetings(request: Request, asked: Annotated[forms.MeetingsAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.MEETINGS)

    @route("/v1/indicators", "Indicator", summary="The vocabulary of figures")
    def indicators(request: Request, asked: Annotated[forms.IndicatorsAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.INDICATORS)

    @route("/v1/series", "SeriesPoint", summary="Figures over time: the current value of each period")
    def series(request: Request, asked: Annotated[forms.SeriesAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.SERIES if asked.as_of is None else None)

    @route("/v1/reports", "Report", summary="Figures as reported: one row a statement, nothing lost")
    def reports(request: Request, asked: Annotated[forms.ReportsAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.REPORTS)

    @route("/v1/articles", "Article", summary="Articles, newest first")
    def articles(request: Request, asked: Annotated[forms.ArticlesAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.ARTICLES)

    @route("/v1/contradictions", "Contradiction", summary="Reports of the same thing that differ")
    def contradictions(request: Request, asked: Annotated[forms.ContradictionsAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.CONTRADICTIONS)

    @route("/v1/search", "Found", summary="Areas, articles, meetings and figures by words, best first")
    def search(request: Request, asked: Annotated[forms.SearchAsked, Query()]) -> Response:
        return service.listed(request, asked, listings.FOUND)


def _look_up_routes(app: FastAPI, service: Service) -> None:
    def route(path: str, schema: str, *more: int, **said: Any) -> Callable[[Route], Route]:  # noqa: ANN401
        answers = {200: gives(schema), **refusals(*more)}
        return app.get(path, response_class=Response, responses=answers, **said)

    @app.get("/v1", include_in_schema=False)
    @route("/v1/", "Overview", summary="What is published, how new it is, where it comes from")
    def overview(request: Request, asked: Annotated[Nothing, Query()]) -> Response:
        return service.overview(request)

    @route("/v1/areas/{code}", "AreaDetail", 404, summary="An area: its states, what it came from and became")
    def area(request: Request, code: Identity, asked: Annotated[Nothing, Query()]) -> Response:
        return service.looked_up(request, listings.AREA, code)

    @route("/v1/meetings/{meeting_id}", "MeetingDetail", 404, summary="A meeting: people, sources, figures")
    def meeting(request: Request, meeting_id: Identity, asked: Annotated[Nothing, Query()]) -> Response:
        return service.looked_up(request, listings.MEETING, meeting_id)

    @route("/v1/series/{point_id}", "PointDetail", 404, summary="A figure: all reports of it, with evidence")
    def point(request: Request, point_id: Identity, asked: Annotated[Nothing, Query()]) -> Response:
        return service.looked_up(request, listings.POINT, point_id)

    @route("/v1/articles/{article_id}", "ArticleDetail", 404, summary="An article: texts, areas, facts")
    def article(request: Request, article_id: Identity, asked: Annotated[Nothing, Query()]) -> Response:
        return service.looked_up(request, listings.ARTICLE, article_id)


def _sql_route(app: FastAPI, service: Service) -> None:
    @app.post(
        "/v1/sql",
        response_class=Response,
        responses={200: gives("Answer", has_csv=True), **refusals(400, 403, 413)},
        include_in_schema=service.takes_sql,
        summary="Your own SQL; it reads the published tables and can do nothing else",
    )
    def sql(
        request: Request, statement: forms.StatementAsked, asked: Annotated[forms.FormAsked, Query()]
    ) -> Response:
        return service.own_statement(request, statement, asked.format)


def _description_routes(app: FastAPI, service: Service) -> None:
    @app.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        with service.turn() as published:
            return answered(request, published, json_text(_described(app, published)), JSON)

    @app.get("/", include_in_schema=False)
    def front(request: Request) -> Response:
        with service.turn() as published:
            text = front_page(_described(app, published), published.version, published.notices)
            headers = {"Content-Security-Policy": POLICY}
            return answered(request, published, text, "text/html; charset=utf-8", headers)


def _described(app: FastAPI, published: Published) -> dict[str, Any]:
    said = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
    made = {
        name: schema for name, schema in said["components"]["schemas"].items() if name == "StatementAsked"
    }
    said["components"]["schemas"] = made | schemas(published)
    for operations in said["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _if_given(parameter["schema"])
    return said


def _if_given(schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a parameter without the null that stands for its absence: no address can say null."""
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    return schema | kinds[0] if len(kinds) == 1 else schema


def _tell_refusals(app: FastAPI) -> None:
    def told(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
        return Response(problem(status, detail), status, dict(headers or {}), MEDIA_TYPE)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return told(error.status, str(error), error.headers)

    async def wrong(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        errors = [
            {
                "parameter": ".".join(part for part in one["loc"][1:] if isinstance(part, str))
                or one["loc"][0],
                "detail": _UNKNOWN if one["type"] == "extra_forbidden" else one["msg"],
            }
            for one in error.errors()
        ]
        first = errors[0]
        detail = f"{first['parameter']}: {first['detail']}"
        return Response(problem(422, detail, errors), 422, media_type=MEDIA_TYPE)

    async def unreadable(request: Request, error: Exception) -> Response:
        warn(f"{error}")
        return told(503, "the publication cannot be read just now: come back later", {"Retry-After": "60"})

    async def not_there(request: Request, error: Exception) -> Response:
        return told(404, "there is nothing at this address: /openapi.json lists what there is")

    async def not_so(request: Request, error: Exception) -> Response:
        headers = getattr(error, "headers", None)
        return told(405, "this address does not take that method: the Allow header names those", headers)

    async def no_body(request: Request, error: Exception) -> Response:
        return told(400, f"the body cannot be read: JSON of at most {MAX_BODY:,} bytes is asked for")

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, wrong)
    app.add_exception_handler(CityLedgerError, unreadable)
    app.add_exception_handler(400, no_body)
    app.add_exception_handler(404, not_there)
    app.add_exception_handler(405, not_so)
