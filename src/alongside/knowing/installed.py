"""The search table: words and shown place of every asset that everyone may see, kept so by triggers; and a
list of what has come or gone since the vector file was written.

Two sets (design/model.md, decision 11): only what anyone may see stands here, so a search needs no check
of who is looking; what a viewer sees besides is looked up apart. The rule for what enters is taken from
`records.queries`, which is the one place that decides it.
"""

from alongside.ground.history.installed import Installed
from alongside.ground.people.models import PartyState
from alongside.ground.records.models import Audience
from alongside.ground.records.queries import FOUND, SHOWN

TABLE, WORDS, DUE = "knowing_assetsearch", "knowing_assetwords", "knowing_meaningdue"
EVERYTHING = 0  # in place of a record: the vector file is to be compared with the whole table
SOURCES = ("knowing_asset", "ground_record", "ground_party", "ground_spot", "ground_consent")
HERE = (PartyState.LIVE, PartyState.PROVISIONAL)  # somebody who takes a break, or has gone, is in no list
COLUMNS = "record, owner, holder, cost, title, words, who, lat, lng"
# Letters with accents are found by plain ones on PostgreSQL too; SQLite's reader of words does this itself.
ACCENTS = ("àáâäãåçèéêëìíîïñòóôöõùúûüýÿŵŷ", "aaaaaaceeeeiiiinooooouuuuyywy")


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


# Nobody finds a person by their surname.
SQLITE_NAME = "CASE WHEN p.kind = 'person' THEN substr(p.name, 1, instr(p.name || ' ', ' ') - 1) ELSE p.name END"
POSTGRESQL_NAME = "CASE WHEN p.kind = 'person' THEN split_part(p.name, ' ', 1) ELSE p.name END"


# Whom it is for is part of what is said of it: somebody who looks for "carers" finds it.
SAID_OF_IT = "CASE WHEN a.open_to = '' THEN a.words ELSE a.open_to || '. ' || a.words END"


# The holder's word on being found. A last day that has passed is left out when a search answers (`lapsed`).
SAID = f"SELECT 1 FROM ground_consent c WHERE c.record_id = r.id AND c.purpose = '{FOUND}'"


def _enter(name: str) -> str:
    return f"""
INSERT INTO {TABLE} ({COLUMNS})
SELECT r.id, p.id, p.kind, a.cost, a.title, {SAID_OF_IT}, {name}, s.shown_lat, s.shown_lng
FROM knowing_asset a JOIN ground_record r ON r.id = a.record_id JOIN ground_party p ON p.id = r.owner_id
LEFT JOIN ground_spot s ON s.record_id = r.id
WHERE r.audience = '{Audience.EVERYONE}' AND r.state IN ({_list(SHOWN)}) AND p.state IN ({_list(HERE)})
AND (NOT EXISTS ({SAID}) OR EXISTS ({SAID} AND c.withdrawn_at IS NULL))
"""


SQLITE_ENTER, POSTGRESQL_ENTER = _enter(SQLITE_NAME), _enter(POSTGRESQL_NAME)
# Browsing reads only this: whose, what it costs, and where.
NARROW = f"CREATE INDEX {TABLE}_narrow ON {TABLE} (holder, cost, lat, lng, record)"
ROW = (
    "record bigint PRIMARY KEY, owner bigint NOT NULL, holder varchar(12) NOT NULL, cost varchar(16) NOT NULL,"
    " title text NOT NULL, words text NOT NULL, who text NOT NULL, lat double precision, lng double precision"
)


def folded(text: str) -> str:
    """A PostgreSQL expression: the text in small letters without accents."""
    return f"translate(lower({text}), '{ACCENTS[0]}', '{ACCENTS[1]}')"


def _weighed(column: str, weight: str) -> str:
    return f"setweight(to_tsvector('english', {folded(column)}), '{weight}')"


DOCUMENT = " || ".join((_weighed("title", "A"), _weighed("who", "B"), _weighed("words", "D")))

table = Installed(
    name=TABLE,
    kind="table",
    tables=SOURCES,
    sqlite=(
        f"DROP TABLE IF EXISTS {WORDS}",
        f"DROP TABLE IF EXISTS {TABLE}",
        f"CREATE TABLE {TABLE} ({ROW.replace('bigint PRIMARY', 'integer PRIMARY')})",
        NARROW,
        SQLITE_ENTER,
    ),
    postgresql=(
        f"DROP TABLE IF EXISTS {TABLE}",
        f"CREATE TABLE {TABLE} ({ROW}, document tsvector GENERATED ALWAYS AS ({DOCUMENT}) STORED)",
        NARROW,
        POSTGRESQL_ENTER,
        f"CREATE OR REPLACE FUNCTION {TABLE}_refresh(one bigint) RETURNS void AS $$ BEGIN"
        f" DELETE FROM {TABLE} WHERE record = one; {POSTGRESQL_ENTER} AND r.id = one; END $$ LANGUAGE plpgsql",
    ),
)

words = Installed(
    name=WORDS,
    kind="table",
    tables=(TABLE,),
    sqlite=(
        f"DROP TABLE IF EXISTS {WORDS}",
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(title, words, who, holder, content='{TABLE}', content_rowid='record',"
        " tokenize='porter unicode61 remove_diacritics 2')",
        f"INSERT INTO {WORDS}({WORDS}) VALUES('rebuild')",
        f"CREATE TRIGGER {WORDS}_in AFTER INSERT ON {TABLE} BEGIN"
        f" INSERT INTO {WORDS}(rowid, title, words, who, holder)"
        " VALUES (NEW.record, NEW.title, NEW.words, NEW.who, NEW.holder); END",
        f"CREATE TRIGGER {WORDS}_out AFTER DELETE ON {TABLE} BEGIN"
        f" INSERT INTO {WORDS}({WORDS}, rowid, title, words, who, holder)"
        " VALUES ('delete', OLD.record, OLD.title, OLD.words, OLD.who, OLD.holder); END",
    ),
    postgresql=(
        f"DROP INDEX IF EXISTS {WORDS}",
        f"CREATE INDEX {WORDS} ON {TABLE} USING gin (document)",
    ),
)


# What has come, changed or gone since the vector file was last written, in the same transaction as the change
# itself. Whoever writes the file takes out the rows it has dealt with, by `n`.
NOTE = f"INSERT INTO {DUE} (record)"

due = Installed(
    name=DUE,
    kind="table",
    tables=(TABLE,),
    sqlite=(
        f"CREATE TABLE IF NOT EXISTS {DUE} (n integer PRIMARY KEY AUTOINCREMENT, record bigint NOT NULL)",
        f"DELETE FROM {DUE} WHERE record = {EVERYTHING}",
        f"{NOTE} VALUES ({EVERYTHING})",
        *(
            f"CREATE TRIGGER {DUE}_{name} AFTER {event} ON {TABLE} BEGIN {NOTE} VALUES ({which}.record); END"
            for name, event, which in (("in", "INSERT", "NEW"), ("out", "DELETE", "OLD"))
        ),
    ),
    postgresql=(
        f"CREATE TABLE IF NOT EXISTS {DUE} (n bigserial PRIMARY KEY, record bigint NOT NULL)",
        f"DELETE FROM {DUE} WHERE record = {EVERYTHING}",
        f"{NOTE} VALUES ({EVERYTHING})",
        f"CREATE OR REPLACE FUNCTION {DUE}_note() RETURNS trigger AS $$ BEGIN"
        f" IF TG_OP = 'INSERT' THEN {NOTE} VALUES (NEW.record); ELSE {NOTE} VALUES (OLD.record); END IF;"
        " RETURN NULL; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {DUE}_note AFTER INSERT OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {DUE}_note()",
    ),
)


def _follow(name: str, event: str, source: str, which: str, postgresql: str = "", when: str = "") -> Installed:
    """A trigger that takes rows out and puts them back in as they now are; `which` says which, by record."""
    name = f"{TABLE}_{name}"
    again = f"PERFORM {TABLE}_refresh(one.id) FROM (SELECT {which} AS id) one;"
    condition = f"WHEN ({when}) " if when else ""
    return Installed(
        name=name,
        kind="trigger",
        tables=(*SOURCES, TABLE),
        sqlite=(
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {event} ON {source} {condition}BEGIN"
            f" DELETE FROM {TABLE} WHERE record IN (SELECT {which}); {SQLITE_ENTER} AND r.id IN (SELECT {which}); END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
            f" {postgresql or again} RETURN NULL; END $$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {source}",
            f"CREATE TRIGGER {name} AFTER {event} ON {source} FOR EACH ROW {condition}EXECUTE FUNCTION {name}()",
        ),
    )


def _move(name: str, event: str) -> Installed:
    """The shown place follows without touching the words."""
    name = f"{TABLE}_{name}"
    put = f"UPDATE {TABLE} SET lat = NEW.shown_lat, lng = NEW.shown_lng WHERE record = NEW.record_id;"
    return Installed(
        name=name,
        kind="trigger",
        tables=(*SOURCES, TABLE),
        sqlite=(
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {event} ON ground_spot BEGIN {put} END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {put} RETURN NULL; END $$"
            " LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON ground_spot",
            f"CREATE TRIGGER {name} AFTER {event} ON ground_spot FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


OWNED = "id FROM ground_record WHERE owner_id = NEW.id AND kind = 'asset'"
THINGS = [
    table,
    words,
    due,
    _follow("asset_new", "INSERT", "knowing_asset", "NEW.record_id"),
    _follow("asset_changed", "UPDATE OF title, words, open_to, cost", "knowing_asset", "NEW.record_id"),
    _follow("asset_gone", "DELETE", "knowing_asset", "OLD.record_id"),
    _follow(
        "record",
        "UPDATE OF audience, state, owner_id",
        "ground_record",
        "NEW.id",
        when="NEW.kind = 'asset'",
    ),
    _follow("consent_new", "INSERT", "ground_consent", "NEW.record_id", when=f"NEW.purpose = '{FOUND}'"),
    _follow("consent_said", "UPDATE", "ground_consent", "NEW.record_id", when=f"NEW.purpose = '{FOUND}'"),
    _follow(
        "party",
        "UPDATE OF name, kind, state",
        "ground_party",
        OWNED,
        postgresql=f"PERFORM {TABLE}_refresh(id) FROM ground_record WHERE owner_id = NEW.id AND kind = 'asset';",
    ),
    _move("spot_new", "INSERT"),
    _move("spot_changed", "UPDATE OF shown_lat, shown_lng"),
]
