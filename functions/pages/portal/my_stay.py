"""My stay: when, where, for how many, and whom to call; in every state of the stay."""

from fastapi import APIRouter, Response

from functions.pages.base.reader import Refusal
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.stay import MyStay

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/stay")
async def my_stay(stay: MyStay) -> Response:
    if not stay.has("stay_info"):
        raise Refusal(404, "feature_closed")
    return stay.page("portal/my_stay.html")
