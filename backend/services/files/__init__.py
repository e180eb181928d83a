"""Evidence: looked into, kept, shown, covered, and voice notes written down."""
