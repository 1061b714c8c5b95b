"""One door to the counts: what asks and what tries is counted here, outside the history."""

from alongside.ground.limits.counting import ask as ask
from alongside.ground.limits.counting import for_the_first_time as for_the_first_time
from alongside.ground.limits.counting import forget_old as forget_old
from alongside.ground.limits.counting import still_today as still_today
