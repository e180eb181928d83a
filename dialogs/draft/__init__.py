"""A complaint in the making: questions, answers, corrections, the summary, the receipt."""
