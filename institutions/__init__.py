"""What an institution is, and one data file for each."""
