"""One unit of work: everything a service reads and writes in one transaction.

It neither begins nor commits; ``Store.run`` does, and may run a unit twice, so
a unit changes nothing outside the database, and cases are made inside it. On
PostgreSQL a unit takes its locks in this order only: the person, case rows by
number, the counter row, the sums of steps. Speaking to a person locks them too, so a unit that
will speak and touch cases locks the person first. Claiming notices is a unit of
its own, which locks rows of people that nothing else waits for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.store.accounts import Accounts
from backend.store.alerts import Alerts
from backend.store.auditing import Auditing
from backend.store.bulletins import Bulletins
from backend.store.campaigns import Campaigns
from backend.store.cases import Cases
from backend.store.checks import Checks
from backend.store.clocks import Clocks
from backend.store.deeds import Deeds
from backend.store.dispatch import DispatchLooks
from backend.store.drafts import Drafts
from backend.store.duty import Duty
from backend.store.evidence import EvidenceRows
from backend.store.filters import Filters
from backend.store.forecasts import Forecasts
from backend.store.forgetting import Forgetting
from backend.store.handovers import Handovers
from backend.store.hours import Hours
from backend.store.inbox import Inbox
from backend.store.involved import Involved
from backend.store.journal import Journal
from backend.store.letters import Letters
from backend.store.listening import Listening
from backend.store.missed import MissedNotices
from backend.store.models import Models
from backend.store.nights import Nights
from backend.store.notifications import Notifications
from backend.store.outbox import Outbox
from backend.store.people import People
from backend.store.places import Places
from backend.store.platforms import Platforms
from backend.store.reach import Reaches
from backend.store.rewards import Rewards
from backend.store.rises import Rises
from backend.store.seals import Seals
from backend.store.search import Search
from backend.store.slips import Slips
from backend.store.steps import Steps
from backend.store.surveys import Surveys
from backend.store.taught import Lessons
from backend.store.totals import Totals
from backend.store.unread import Unread
from backend.store.wishes import Wishes
from backend.store.wording import Wordings
from backend.store.worklist import Worklist

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


class UnitOfWork:
    """The store's questions and changes, by subject, on one connection.

    ``salt`` gives 16 random bytes for each private text of an event.
    """

    def __init__(self, conn: Connection, *, salt: Callable[[], bytes]) -> None:  # noqa: PLR0915 - a line a subject
        self.conn = conn
        self.salt = salt
        self.people = People(conn)
        self.journal = Journal(conn)
        self.bulletins = Bulletins(conn)
        self.campaigns = Campaigns(conn)
        self.cases = Cases(conn, salt=salt)
        self.evidence = EvidenceRows(conn)
        self.handovers = Handovers(conn)
        self.hours = Hours(conn)
        self.inbox = Inbox(conn)
        self.involved = Involved(conn)
        self.outbox = Outbox(conn)
        self.unread = Unread(conn)
        self.platforms = Platforms(conn)
        self.reaches = Reaches(conn)
        self.rewards = Rewards(conn)
        self.rises = Rises(conn)
        self.surveys = Surveys(conn)
        self.totals = Totals(conn)
        self.accounts = Accounts(conn)
        self.alerts = Alerts(conn)
        self.auditing = Auditing(conn)
        self.checks = Checks(conn)
        self.deeds = Deeds(conn)
        self.clocks = Clocks(conn)
        self.duty = Duty(conn)
        self.filters = Filters(conn)
        self.forecasts = Forecasts(conn)
        self.search = Search(conn)
        self.seals = Seals(conn)
        self.places = Places(conn)
        self.worklist = Worklist(conn)
        self.missed = MissedNotices(conn)
        self.models = Models(conn)
        self.lessons = Lessons(conn)
        self.nights = Nights(conn)
        self.notifications = Notifications(conn)
        self.drafts = Drafts(conn)
        self.dispatch = DispatchLooks(conn)
        self.letters = Letters(conn)
        self.listening = Listening(conn)
        self.forgetting = Forgetting(conn)
        self.steps = Steps(conn)
        self.slips = Slips(conn)
        self.wishes = Wishes(conn)
        self.wordings = Wordings(conn)

    def lock_person(self, channel: str, address: str) -> None:
        """Wait until no other unit works for this person, known to us or not yet."""
        self.people.lock(channel, address)
