"""What people mean by what they say: the lexicon, and which things on offer serve what matters."""
