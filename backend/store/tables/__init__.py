"""The tables. The only place that names a column; migrations follow it, and a test compares them.

What a time and free text are there, columns.py says. The local day is stored
beside the times that reports count by.
"""

from __future__ import annotations

from backend.store.columns import UNSTORABLE as UNSTORABLE
from backend.store.columns import Instant as Instant
from backend.store.columns import storable as storable
from backend.store.tables.campaigns import campaign_answers as campaign_answers
from backend.store.tables.campaigns import campaign_people as campaign_people
from backend.store.tables.campaigns import campaign_refusals as campaign_refusals
from backend.store.tables.campaigns import campaigns as campaigns
from backend.store.tables.campaigns import questionnaires as questionnaires
from backend.store.tables.cases import BY_OFFICERS as BY_OFFICERS
from backend.store.tables.cases import LOOKED as LOOKED
from backend.store.tables.cases import bindings as bindings
from backend.store.tables.cases import callbacks as callbacks
from backend.store.tables.cases import cases as cases
from backend.store.tables.cases import cohosts as cohosts
from backend.store.tables.cases import counters as counters
from backend.store.tables.cases import event_texts as event_texts
from backend.store.tables.cases import events as events
from backend.store.tables.cases import evidence as evidence
from backend.store.tables.cases import invitations as invitations
from backend.store.tables.cases import named_officers as named_officers
from backend.store.tables.cases import rewards as rewards
from backend.store.tables.cases import seals as seals
from backend.store.tables.cases import slips as slips
from backend.store.tables.cases import surveys as surveys
from backend.store.tables.desk import LIVE as LIVE
from backend.store.tables.desk import absences as absences
from backend.store.tables.desk import alerts as alerts
from backend.store.tables.desk import check_cases as check_cases
from backend.store.tables.desk import duty as duty
from backend.store.tables.desk import forecasts as forecasts
from backend.store.tables.desk import model_moves as model_moves
from backend.store.tables.desk import models as models
from backend.store.tables.desk import nights as nights
from backend.store.tables.desk import places as places
from backend.store.tables.desk import saved_filters as saved_filters
from backend.store.tables.desk import sessions as sessions
from backend.store.tables.desk import tokens as tokens
from backend.store.tables.desk import users as users
from backend.store.tables.desk import word_verdicts as word_verdicts
from backend.store.tables.desk import wordings as wordings
from backend.store.tables.dispatch import dispatch_looks as dispatch_looks
from backend.store.tables.found import FOUND as FOUND
from backend.store.tables.found import called as called
from backend.store.tables.found import searchable as searchable
from backend.store.tables.found import tallied as tallied
from backend.store.tables.found import totalled as totalled
from backend.store.tables.found import totals as totals
from backend.store.tables.ground import metadata as metadata
from backend.store.tables.keeping import checks as checks
from backend.store.tables.keeping import deeds as deeds
from backend.store.tables.listening import ended_marks as ended_marks
from backend.store.tables.listening import talk_scores as talk_scores
from backend.store.tables.reporting import bulletin_wishes as bulletin_wishes
from backend.store.tables.reporting import report_letters as report_letters
from backend.store.tables.reporting import report_notices as report_notices
from backend.store.tables.reporting import report_wishes as report_wishes
from backend.store.tables.rising import again as again
from backend.store.tables.rising import hours as hours
from backend.store.tables.rising import looked_again as looked_again
from backend.store.tables.rising import rise_acts as rise_acts
from backend.store.tables.rising import rises as rises
from backend.store.tables.talks import conversations as conversations
from backend.store.tables.talks import draft_codes as draft_codes
from backend.store.tables.talks import grants as grants
from backend.store.tables.talks import handover_moves as handover_moves
from backend.store.tables.talks import handovers as handovers
from backend.store.tables.talks import inbox as inbox
from backend.store.tables.talks import journal as journal
from backend.store.tables.talks import outbox as outbox
from backend.store.tables.talks import people as people
from backend.store.tables.talks import platforms as platforms
from backend.store.tables.talks import sayings as sayings
from backend.store.tables.talks import steps as steps
from backend.store.tables.talks import wrong_claims as wrong_claims
from backend.store.tables.telling import missed as missed
from backend.store.tables.telling import notifications as notifications
from backend.store.tables.telling import notified as notified
