"""Ways of speaking: language, script, elder mode, voice, and few bubbles."""
