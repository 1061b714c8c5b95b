"""Open Referral feeds in: every record accounted for, every fault named."""
