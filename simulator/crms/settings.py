"""What a stand-in for a CRM is started with."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """``redirect_uris`` are the addresses of the connected app, compared whole.

    ``access_seconds``: how long an access token holds; the CRM's usual time without it.
    ``budget``: API calls in 24 hours, where the CRM has such a limit. ``burst``: calls in the CRM's
    short window; its usual limit without it. ``search_lag``: seconds until what was created is
    found, where the CRM searches an index. ``switches`` are what an org
    can be set to, by names that each CRM's own module explains. Without ``state_file`` everything
    is forgotten at the end.
    """

    client_id: str = "repline"
    client_secret: str = "repline-secret"  # noqa: S105 (guards nothing but made-up records)
    redirect_uris: tuple[str, ...] = ()
    access_seconds: float | None = None
    code_seconds: float = 600.0
    budget: int = 100_000
    burst: int | None = None
    search_lag: float = 5.0
    switches: frozenset[str] = field(default_factory=frozenset)
    state_file: Path | None = None
