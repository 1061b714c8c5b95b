"""The rules by which choices become a result, all by each ballot's exact part of the say.

`choose` applies whatever was declared: the conditions that an idea must meet, then the count, then the order of ties.
"""

from alongside.methods.say.rules.choose import choose

__all__ = ["choose"]
