"""A city of many cases: invented.py tells their lives, filling.py writes them, ../size.py measures."""
