"""The bundle of repositories over one database, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass

from storage.articles import Articles
from storage.broadcasts import Broadcasts
from storage.chats import Chats, Notes
from storage.database import POSTGRESQL, Database
from storage.desk import Desk
from storage.editions import Editions
from storage.events import Events
from storage.facts import FactStore
from storage.feeds import Feeds
from storage.figures import Figures
from storage.follows import Follows
from storage.forgetting import Forgetting
from storage.history import History
from storage.inbox import Inbox
from storage.intakes import Intakes
from storage.milestones import Milestones
from storage.names import Names
from storage.news import News
from storage.operations import Operations
from storage.organizations import Organizations
from storage.outbox import Outbox
from storage.people import People
from storage.products import Products
from storage.review import Review
from storage.search import Search
from storage.sqlite import SQLiteDatabase
from storage.subscriptions import Subscriptions
from storage.topics import Topics
from storage.users import Users
from storage.works import Works
from storage.years import Years


@dataclass(frozen=True, slots=True)
class Repositories:
    """Everything the program asks of the database, one attribute per aggregate."""

    database: Database
    articles: Articles
    events: Events
    people: People
    organizations: Organizations
    topics: Topics
    products: Products
    figures: Figures
    works: Works
    milestones: Milestones
    years: Years
    facts: FactStore
    desk: Desk
    history: History
    review: Review
    names: Names
    search: Search
    chats: Chats
    users: Users
    subscriptions: Subscriptions
    follows: Follows
    news: News
    editions: Editions
    broadcasts: Broadcasts
    outbox: Outbox
    notes: Notes
    inbox: Inbox
    intakes: Intakes
    feeds: Feeds
    operations: Operations
    forgetting: Forgetting


async def open_database(url: str) -> Database:
    """Open the database that an address names; whoever opens it closes it.

    Args:
        url: ``sqlite:///PATH`` or ``postgresql://…``.

    Raises:
        DatabaseURLError: the address names no database that can be opened.
        DatabaseTooNewError: a newer program has migrated the database.
    """
    if url.startswith(POSTGRESQL):
        from storage.postgresql import PostgreSQLDatabase  # noqa: PLC0415 - asyncpg is needed nowhere else

        return await PostgreSQLDatabase.open(url)
    return await SQLiteDatabase.open(url)


async def open_repositories(url: str) -> Repositories:
    """Open the database, bring its schema up to date and prepare every named statement.

    Whoever opens it closes it: ``await repositories.database.close()``.

    Raises:
        StorageError: the address is wrong, the database is too new, or a statement does not fit the schema.
    """
    database = await open_database(url)
    try:
        await database.prepare_statements()
    except BaseException:
        await database.close()
        raise
    return Repositories(
        database=database,
        articles=Articles(database),
        events=Events(database),
        people=People(database),
        organizations=Organizations(database),
        topics=Topics(database),
        products=Products(database),
        figures=Figures(database),
        works=Works(database),
        milestones=Milestones(database),
        years=Years(database),
        facts=FactStore(database),
        desk=Desk(database),
        history=History(database),
        review=Review(database),
        names=Names(database),
        search=Search(database),
        chats=Chats(database),
        users=Users(database),
        subscriptions=Subscriptions(database),
        follows=Follows(database),
        news=News(database),
        editions=Editions(database),
        broadcasts=Broadcasts(database),
        outbox=Outbox(database),
        notes=Notes(database),
        inbox=Inbox(database),
        intakes=Intakes(database),
        feeds=Feeds(database),
        operations=Operations(database),
        forgetting=Forgetting(database),
    )
