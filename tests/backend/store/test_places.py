from __future__ import annotations

from backend.store.places import Place
from tests.backend.store.samples import NOON


def test_a_code_leads_to_its_place(work):
    work.places.add("k3f9", "三号楼电梯", {"where": "花园小区三号楼", "target": "电梯"}, at=NOON)

    assert work.places.get("k3f9") == Place("k3f9", "三号楼电梯", {"where": "花园小区三号楼", "target": "电梯"})
    assert work.places.get("K3F9") is None
