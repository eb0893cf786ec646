"""Twilio's refusals: its codes, their HTTP status and sentences."""

from typing import Any

REFUSALS: dict[int, tuple[int, str]] = {
    20001: (400, "Invalid parameter"),
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    21211: (400, "Invalid 'To' Phone Number"),
    21212: (400, "Invalid From Number (caller ID)"),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21609: (400, "The StatusCallback URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21619: (400, "A text message body or media urls must be specified."),
    21654: (400, "ContentSid Required"),
    21655: (400, "The ContentSid is Invalid"),
    21656: (400, "The Content Variables parameter is invalid."),
    21658: (400, "Parameter exceeded character limit"),
    21910: (400, "Invalid From and To pair. From and To should be of the same channel"),
}


class Refused(Exception):
    """An answer that is an error of Twilio's; `status` overrides the usual one."""

    def __init__(self, code: int, status: int | None = None, retry_after: int | None = None) -> None:
        usual, self.message = REFUSALS.get(code, (400, f"Error {code}"))
        self.code = code
        self.status = status or usual
        self.headers = [(b"retry-after", str(retry_after).encode())] if retry_after is not None else []
        super().__init__(self.message)

    @property
    def payload(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
