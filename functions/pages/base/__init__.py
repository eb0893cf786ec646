"""The foundation every page stands on: rendering, languages, formats, icons, assets, reading, error pages.

A page module needs four names::

    from functions.pages.base.reader import reader
    from functions.pages.base.rendering import done, render
    from functions.pages.base.routing import PageRoute

    router = APIRouter(route_class=PageRoute)   # refusals become pages, not JSON

    @router.get("/app/inbox")
    async def inbox(request: Request, visitor: Staff) -> Response:
        rows = await reader(request, visitor.token).rows("requests", order="created_at.desc", limit="50")
        return render(request, "inbox/list.html", language="en", rows=rows)

Templates extend `base/page.html`, use `_("English sentence")` (Spanish in `locale/es/*.po`), the filters of
`formats.py` and `icon("name")`. A page includes its partials, and the partial is what a live update asks for.
"""
