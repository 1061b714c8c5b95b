"""What the ground installs in the database: history and looks can only grow."""

from alongside.ground.history.installed import append_only

THINGS = [append_only("ground_event"), append_only("ground_look"), append_only("ground_link")]
