"""One public function a use case. No HTTP, no loop: those call these."""
