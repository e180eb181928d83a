"""Places in a text: an address grammar, the regions of China, and an institution's gazetteer."""
