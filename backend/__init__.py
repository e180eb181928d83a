"""The server: cases and their store, the services around them, the web, the jobs, the command line."""
