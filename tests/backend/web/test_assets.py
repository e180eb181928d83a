"""Static files: small on the way, kept by browsers, whole when they arrive."""

from __future__ import annotations

import gzip

from backend.web import assets


async def test_words_travel_packed_to_who_can_unpack_them(client):
    packed = await client.get(assets.url("desk.css"), headers={"Accept-Encoding": "gzip"})
    plain = await client.get(assets.url("desk.css"), headers={"Accept-Encoding": "identity"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert await packed.read() == await plain.read() == assets.content("desk.css")


def test_packing_makes_a_third_of_it_and_the_same_every_time():
    for name in ("desk.css", "desk.js", "lib/htmx.min.js"):
        assert len(assets.packed(name)) < len(assets.content(name)) / 2
        assert gzip.decompress(assets.packed(name)) == assets.content(name)


async def test_a_file_that_there_is_not_is_not_found(client):
    assert (await client.get("/static/no-such.css")).status == 404
