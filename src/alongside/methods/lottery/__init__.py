"""A panel drawn by lot: as fair as the quotas allow, worked out before the draw, and checkable by anybody after it.

Serves wide-area decisions by people (Field and Miller, chapters 6 and 7). Source of the sums: Flanigan, Gölz, Gupta,
Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596, 2021.
"""
