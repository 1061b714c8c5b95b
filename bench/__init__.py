"""One file for each claim: measures a ratio against a named peer or limit in the same run."""
