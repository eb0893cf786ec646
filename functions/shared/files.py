"""Where files lie that are not the database's: a folder of the home, or any store that speaks S3."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

import obstore
from obstore.store import LocalStore, ObjectStore, from_url


class FileMissing(Exception):
    """There is no such file."""


class Files:
    """Files by tenant and id, those of a shelf apart from the rest. Safe to call from any thread."""

    def __init__(self, store: ObjectStore, shelf: str = "") -> None:
        self._store = store
        self._shelf = shelf

    def shelf(self, name: str) -> "Files":
        """The files kept under a name of their own: what is asked for here is never another's."""
        return Files(self._store, name)

    def put(self, tenant_id: UUID, file_id: UUID, content: bytes) -> None:
        """Keeps a file; again under the same id it is replaced."""
        obstore.put(self._store, path_of(tenant_id, file_id, self._shelf), content)

    def get(self, tenant_id: UUID, file_id: UUID) -> bytes:
        """A file's bytes. Raises FileMissing."""
        try:
            return bytes(obstore.get(self._store, path_of(tenant_id, file_id, self._shelf)).bytes())
        except FileNotFoundError:
            raise FileMissing from None

    def remove(self, tenant_id: UUID, file_id: UUID) -> None:
        """Removes a file; one that is not there is removed already."""
        try:
            obstore.delete(self._store, path_of(tenant_id, file_id, self._shelf))
        except FileNotFoundError:
            return


def path_of(tenant_id: UUID, file_id: UUID, shelf: str = "") -> str:
    """A tenant's files lie together."""
    return f"{tenant_id}/{shelf}/{file_id}" if shelf else f"{tenant_id}/{file_id}"


def files_of(environment: Mapping[str, str]) -> Files:
    """The store that STAYBASE_FILES_URL names (s3://bucket/…), else the folder `files` of the home."""
    url = environment.get("STAYBASE_FILES_URL", "")
    if url:
        return Files(from_url(url))
    folder = Path(environment.get("STAYBASE_HOME") or ".staybase", "files")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Files(LocalStore(folder))


@cache
def own_files() -> Files:
    """This process's store."""
    return files_of(os.environ)
