"""The asset register: what people, communities and organisations have and may bring (book chapters 1 and 3)."""
