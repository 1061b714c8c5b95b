"""Cast a ballot, change it, and close the box."""

from __future__ import annotations

from alongside.planning.ballots.casting import Done as Done
from alongside.planning.ballots.casting import Taken as Taken
from alongside.planning.ballots.casting import cast as cast
from alongside.planning.ballots.casting import hold_box as hold_box
from alongside.planning.ballots.casting import put_in as put_in
from alongside.planning.ballots.closing import before_closing as before_closing
from alongside.planning.ballots.closing import close as close
from alongside.planning.ballots.closing import close_due as close_due
from alongside.planning.ballots.receipts import fresh as fresh
from alongside.planning.ballots.room import GroupInRoom as GroupInRoom
from alongside.planning.ballots.room import keep_room as keep_room
