"""The choices of a decision that was counted, as a file that anybody can count again."""
