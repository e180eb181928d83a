"""The only SQL: tables, questions and answers, and the transactions around them."""
