"""A draft left and taken up again, here or in another chat."""
