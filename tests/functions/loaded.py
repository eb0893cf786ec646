"""What a process of the functions has loaded before it serves; it speaks to nobody yet."""

import os

import uvicorn

from tests.functions.copies import NOWHERE

os.environ.update(NOWHERE)
uvicorn.Config("functions.app:app").load()
