"""Tools that build, check and photograph the house. Nothing in the product imports them."""
