"""The chapters of reports that are written from counts alone. Those with citizens' words are in ``backend.reporting``."""
