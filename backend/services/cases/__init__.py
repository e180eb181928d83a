"""What happens to a case: filed, moved, acted upon, clocked, told, answered, visited back, found."""
