"""What may leave the house as Open Referral UK 3.0: a feed and an interface for anyone to read."""
