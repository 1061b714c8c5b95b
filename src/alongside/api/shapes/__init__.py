"""The shapes in which the API answers and asks. Ids are stable and public; times carry their zone; `lang` is the
language of somebody's own words beside it."""
