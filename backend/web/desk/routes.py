"""The desk, where handlers work: its parts, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.web import printing
from backend.web.desk import alerts as desk_alerts
from backend.web.desk import answers as desk_answers
from backend.web.desk import audit as desk_audit
from backend.web.desk import calls as desk_calls
from backend.web.desk import campaigns as desk_campaigns
from backend.web.desk import case as desk_case
from backend.web.desk import dashboard as desk_dashboard
from backend.web.desk import dispatch as desk_dispatch
from backend.web.desk import drafts as desk_drafts
from backend.web.desk import duty as desk_duty
from backend.web.desk import ended as desk_ended
from backend.web.desk import evidence as desk_evidence
from backend.web.desk import files as desk_files
from backend.web.desk import funnel as desk_funnel
from backend.web.desk import learning as desk_learning
from backend.web.desk import lexicon as desk_lexicon
from backend.web.desk import list as desk_list
from backend.web.desk import list_batch as desk_batch
from backend.web.desk import list_saved as desk_saved
from backend.web.desk import login as desk_login
from backend.web.desk import mishaps as desk_mishaps
from backend.web.desk import offices as desk_offices
from backend.web.desk import pages as desk_pages
from backend.web.desk import register as desk_register
from backend.web.desk import reports as desk_reports
from backend.web.desk import samples as desk_samples
from backend.web.desk import stream as desk_stream
from backend.web.desk import talks as desk_talks
from backend.web.desk import tokens as desk_tokens
from backend.web.desk import topics as desk_topics
from backend.web.desk import traffic as desk_traffic
from backend.web.desk import trouble as desk_trouble
from backend.web.desk import users as desk_users
from backend.web.desk import voices as desk_voices
from backend.web.desk import wording as desk_wording

if TYPE_CHECKING:
    from aiohttp import web

PARTS = (
    desk_drafts,
    desk_mishaps,
    desk_answers,
    desk_login,
    desk_list,
    desk_batch,
    desk_saved,
    desk_trouble,
    desk_alerts,
    desk_duty,
    desk_voices,
    desk_talks,
    desk_files,
    desk_evidence,
    desk_register,
    desk_dispatch,
    desk_calls,
    desk_ended,
    desk_samples,
    desk_case,
    printing,
    desk_learning,
    desk_lexicon,
    desk_wording,
    desk_funnel,
    desk_campaigns,
    desk_dashboard,
    desk_topics,
    desk_reports,
    desk_traffic,
    desk_users,
    desk_tokens,
    desk_audit,
    desk_offices,
    desk_stream,
)


def setup(app: web.Application) -> None:
    """Add /desk and everything below it."""
    app.router.add_get("/desk/language", desk_pages.switch_language)
    app.router.add_get("/desk/light", desk_pages.switch_light)
    for part in PARTS:
        part.setup(app)
