"""People, communities and organisations as parties of equal standing; how they sign in and who acts for whom."""
