"""What people see: the guest's portal and the console, as server-rendered pages.

Pages are clients like any other. They read `api` views through PostgREST with the visitor's own token and
write through the same commands as everyone, so no rule lives here: a page asks, shows the answer, and when
the answer is a refusal shows that, with what the visitor had entered.
"""

from functions.pages.routes import router as router
