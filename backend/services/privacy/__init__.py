"""Who may read whom a case is about, and what is erased, forgotten, masked and handed out."""
