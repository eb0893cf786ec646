"""Notifications: the worker that sends what the ledger holds, its channels, and the providers' callbacks.

No rule lives here: what is due, who may try, what an outcome means, all of it is SQL below `sql/80_notify`.
"""
