"""The managers' pages: registration, sign-in, onboarding, and what a hotel is run by.

A page module of this area needs three names::

    from functions.pages.admin.visitor import AdminRoute, Manager

    router = APIRouter(route_class=AdminRoute)   # who is not signed in as a manager is led to the sign-in

    @router.get("/admin/kiosks")
    async def kiosks(office: Manager) -> Response:
        rows = await office.reader.rows("kiosks")
        return office.page("admin/kiosks.html", rows=rows)

Templates extend `admin/frame.html`: blocks `heading` (the title as text) and `content`. A page appears in the
navigation when its path stands in `visitor.NAVIGATION`.
"""
