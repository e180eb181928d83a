"""HTTP: the citizen's chat, the desk, the API. Decides nothing that a service decides."""
