"""What all tests share: caches of their own, away from the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pvelint.cachefile import VARIABLE


@pytest.fixture(scope="session", autouse=True)
def own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches in a folder of the session, so that no test sees or fills those of a user."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("caches"))
    yield
    if before is None:
        del os.environ[VARIABLE]
    else:
        os.environ[VARIABLE] = before
