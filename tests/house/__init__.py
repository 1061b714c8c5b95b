"""Rules about the code itself: each refuses something that would be dear to mend later."""
