"""How often somebody may ask or try: counts that all processes share and that no restart forgets."""
