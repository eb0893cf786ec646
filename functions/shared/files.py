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
    """Files by tenant and id. Safe to call from any thread."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, tenant_id: UUID, file_id: UUID, content: bytes) -> None:
        """Keeps a file; again under the same id it is replaced."""
        obstore.put(self._store, path_of(tenant_id, file_id), content)

    def get(self, tenant_id: UUID, file_id: UUID) -> bytes:
        """A file's bytes. Raises FileMissing."""
        try:
            return bytes(obstore.get(self._store, path_of(tenant_id, file_id)).bytes())
        except FileNotFoundError:
            raise FileMissing from None

    def remove(self, tenant_id: UUID, file_id: UUID) -> None:
        """Removes a file; one that is not there is removed already."""
        try:
            obstore.delete(self._store, path_of(tenant_id, file_id))
        except FileNotFoundError:
            return


def path_of(tenant_id: UUID, file_id: UUID) -> str:
    """A tenant's files lie together."""
    return f"{tenant_id}/{file_id}"


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
