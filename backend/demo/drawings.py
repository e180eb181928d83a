"""Simple drawings that stand for citizens' photos: nobody takes them for real ones, and no two are the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Pen = ImageDraw.ImageDraw

WIDTH, HEIGHT = 640, 480  # pixels
GROUND = 300  # where the wall meets the floor
DAY, NIGHT = (205, 222, 236), (28, 34, 54)
DARK = frozenset({"lamp", "shop", "cars"})


def draw(name: str, rng: Random) -> bytes:
    """A JPEG of that thing. Raises: KeyError: it cannot be drawn."""
    paint = THINGS[name]
    picture = Image.new("RGB", (WIDTH, HEIGHT), NIGHT if name in DARK else DAY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=_grey(rng, 70, 130))
    for n in range(rng.randint(2, 4)):
        _house(pen, rng, n * 210 + rng.randint(-30, 30))
    paint(pen, rng)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _grey(rng: Random, least: int, most: int) -> tuple[int, int, int]:
    shade = rng.randint(least, most)
    return shade, shade, shade + rng.randint(0, 8)


def _house(pen: Pen, rng: Random, left: int) -> None:
    top, colour = rng.randint(40, 150), (rng.randint(150, 200), rng.randint(140, 180), rng.randint(120, 160))
    pen.rectangle((left, top, left + 150, GROUND), fill=colour, outline=(90, 90, 90))
    for row in range(top + 15, GROUND - 40, 45):
        for column in range(left + 15, left + 130, 45):
            lit = rng.random() < 0.3
            pen.rectangle((column, row, column + 25, row + 28), fill=(250, 225, 140) if lit else (90, 110, 130))


def _pothole(pen: Pen, rng: Random) -> None:
    for _ in range(rng.randint(1, 3)):
        x, y, wide = rng.randint(80, 420), rng.randint(320, 410), rng.randint(80, 170)
        pen.ellipse((x, y, x + wide, y + wide // 3), fill=(45, 42, 40), outline=(25, 25, 25), width=4)
        pen.ellipse((x + 18, y + 10, x + wide - 25, y + wide // 3 - 6), fill=(90, 105, 120))


def _lamp(pen: Pen, rng: Random) -> None:
    for n in range(rng.randint(2, 4)):
        x = 90 + n * 150 + rng.randint(-20, 20)
        pen.rectangle((x, 90, x + 9, 400), fill=(120, 120, 125))
        pen.rectangle((x - 50, 84, x + 9, 94), fill=(120, 120, 125))
        pen.ellipse((x - 66, 88, x - 36, 108), fill=(60, 60, 66), outline=(150, 150, 150))


def _shop(pen: Pen, rng: Random) -> None:
    x = rng.randint(120, 260)
    pen.rectangle((x, 190, x + 260, 380), fill=(120, 60, 40), outline=(240, 190, 90), width=5)
    pen.rectangle((x, 165, x + 260, 200), fill=(200, 40, 40))
    for n in range(2):
        left = x - 70 + n * 340
        pen.rectangle((left, 300, left + 55, 400), fill=(20, 20, 20), outline=(160, 160, 160), width=3)
        pen.ellipse((left + 10, 340, left + 45, 375), fill=(70, 70, 70), outline=(190, 190, 190))
        for wave in range(3):
            pen.arc(
                (left - 18 * wave, 310 - 18 * wave, left + 55 + 18 * wave, 380 + 18 * wave),
                200,
                340,
                (255, 220, 120),
                3,
            )


def _site(pen: Pen, rng: Random) -> None:
    x = rng.randint(180, 420)
    pen.rectangle((x, 60, x + 14, 400), fill=(230, 180, 30))
    pen.rectangle((x - 150, 70, x + 160, 82), fill=(230, 180, 30))
    pen.line((x + 120, 82, x + 120, 220), fill=(40, 40, 40), width=3)
    for n in range(0, WIDTH, 80):
        pen.rectangle((n, 340, n + 74, 420), fill=(60, 110, 180), outline=(230, 230, 230), width=3)


def _smoke(pen: Pen, rng: Random) -> None:
    x = rng.randint(200, 380)
    pen.rectangle((x, 210, x + 40, 400), fill=(150, 150, 155))
    for n in range(9):
        side, up = rng.randint(-50, 70), n * 20
        pen.ellipse((x - 20 + side, 170 - up, x + 60 + side, 220 - up), fill=_grey(rng, 95, 150))


def _river(pen: Pen, rng: Random) -> None:
    pen.polygon([(0, 330), (WIDTH, 300), (WIDTH, 470), (0, 450)], fill=(60, rng.randint(60, 85), 45))
    for _ in range(rng.randint(6, 14)):
        x, y = rng.randint(20, 600), rng.randint(335, 430)
        pen.ellipse((x, y, x + 34, y + 11), fill=(215, 220, 215))
        pen.polygon([(x + 32, y + 5), (x + 44, y), (x + 44, y + 11)], fill=(215, 220, 215))


def _manhole(pen: Pen, rng: Random) -> None:
    x, y = rng.randint(150, 380), rng.randint(330, 380)
    pen.ellipse((x, y, x + 150, y + 70), fill=(10, 10, 10), outline=(150, 150, 150), width=6)
    pen.line((x + 90, y + 40, x + 150, y - 90), fill=(90, 60, 30), width=7)
    pen.ellipse((x + 130, y - 120, x + 175, y - 75), fill=(70, 130, 60))


def _rubbish(pen: Pen, rng: Random) -> None:
    for n in range(3):
        x = 130 + n * 130
        pen.rectangle((x, 260, x + 90, 400), fill=(40, 110, 70), outline=(20, 60, 40), width=4)
    for _ in range(rng.randint(18, 34)):
        x, y, size = rng.randint(90, 520), rng.randint(225, 430), rng.randint(20, 55)
        colour = (rng.randint(60, 230), rng.randint(60, 220), rng.randint(60, 210))
        pen.ellipse((x, y, x + size, y + size * 2 // 3), fill=colour)


def _tap(pen: Pen, rng: Random) -> None:
    x = rng.randint(240, 340)
    pen.rectangle((x, 120, x + 30, 220), fill=(170, 175, 180))
    pen.rectangle((x - 90, 110, x + 30, 140), fill=(170, 175, 180))
    pen.rectangle((x - 90, 140, x - 66, 175), fill=(170, 175, 180))
    for n in range(rng.randint(1, 4)):
        y = 190 + n * 45
        pen.ellipse((x - 86, y, x - 70, y + 24), fill=(150, 120, 60))
    pen.polygon([(x - 140, 400), (x - 20, 400), (x - 40, 460), (x - 120, 460)], fill=(200, 60, 60))


def _tree(pen: Pen, rng: Random) -> None:
    lean = rng.randint(60, 170)
    pen.line((250, 430, 250 + lean, 140), fill=(95, 65, 40), width=28)
    for _ in range(14):
        x, y = 250 + lean + rng.randint(-110, 60), 130 + rng.randint(-70, 70)
        pen.ellipse((x, y, x + 85, y + 60), fill=(50, rng.randint(100, 140), 55))
    pen.line((0, 120, WIDTH, 150), fill=(20, 20, 20), width=3)


def _crack(pen: Pen, rng: Random) -> None:
    pen.rectangle((60, 30, 580, 450), fill=(215, 208, 195))
    for _ in range(rng.randint(2, 4)):
        x, y = rng.randint(120, 500), 40
        points = [(x, y)]
        while y < 420:
            x, y = x + rng.randint(-40, 40), y + rng.randint(20, 55)
            points.append((x, y))
        pen.line(points, fill=(70, 60, 55), width=rng.randint(3, 7))


def _bus(pen: Pen, rng: Random) -> None:
    x = rng.randint(60, 200)
    pen.rounded_rectangle((x, 220, x + 380, 390), 18, fill=(40, 120, 190), outline=(20, 60, 110), width=4)
    for n in range(5):
        pen.rectangle((x + 20 + n * 72, 245, x + 76 + n * 72, 305), fill=(200, 225, 240))
    for n in (60, 280):
        pen.ellipse((x + n, 365, x + n + 55, 420), fill=(25, 25, 25), outline=(150, 150, 150), width=5)


def _scale(pen: Pen, rng: Random) -> None:
    pen.rounded_rectangle((180, 280, 460, 430), 14, fill=(190, 195, 200), outline=(90, 90, 90), width=4)
    pen.rectangle((160, 255, 480, 285), fill=(225, 228, 230), outline=(90, 90, 90))
    pen.rectangle((230, 320, 410, 380), fill=(30, 60, 40))
    pen.text((255, 330), f"{rng.randint(900, 1400) / 1000:.3f} kg", fill=(120, 255, 140), font_size=30)
    pen.ellipse((230, 200, 410, 262), fill=(200, 110, 100))


def _light(pen: Pen, rng: Random) -> None:
    x = rng.randint(240, 360)
    pen.rectangle((x + 36, 250, x + 50, 430), fill=(90, 90, 95))
    pen.rounded_rectangle((x, 60, x + 86, 260), 12, fill=(30, 30, 32))
    for n in range(3):
        pen.ellipse((x + 18, 74 + n * 62, x + 68, 124 + n * 62), fill=(62, 62, 62), outline=(110, 110, 110))


def _cars(pen: Pen, rng: Random) -> None:
    for n in range(3):
        x, colour = 10 + n * 215, (rng.randint(60, 210), rng.randint(60, 200), rng.randint(60, 200))
        pen.rounded_rectangle((x, 330, x + 195, 400), 16, fill=colour)
        pen.polygon([(x + 40, 332), (x + 65, 285), (x + 135, 285), (x + 160, 332)], fill=(150, 185, 200))
        for wheel in (28, 130):
            pen.ellipse((x + wheel, 378, x + wheel + 40, 418), fill=(20, 20, 20))


def _dog(pen: Pen, rng: Random) -> None:
    x, coat = rng.randint(150, 320), (rng.randint(60, 150), rng.randint(50, 100), 45)
    pen.ellipse((x, 310, x + 170, 390), fill=coat)
    pen.ellipse((x + 140, 265, x + 215, 335), fill=coat)
    pen.polygon([(x + 150, 275), (x + 160, 235), (x + 180, 270)], fill=coat)
    for leg in (15, 45, 115, 145):
        pen.rectangle((x + leg, 370, x + leg + 16, 435), fill=coat)
    pen.ellipse((x + 182, 288, x + 192, 298), fill=(10, 10, 10))


def _lift(pen: Pen, rng: Random) -> None:
    pen.rectangle((130, 40, 470, 450), fill=(150, 155, 160), outline=(90, 90, 90), width=6)
    gap = rng.randint(6, 60)
    pen.rectangle((300 - gap, 60, 300 + gap, 450), fill=(25, 25, 30))
    pen.rectangle((500, 200, 560, 320), fill=(60, 60, 65))
    pen.text((514, 215), str(rng.randint(2, 24)), fill=(255, 70, 50), font_size=34)


def _wires(pen: Pen, rng: Random) -> None:
    for _ in range(rng.randint(2, 4)):
        x, y = rng.randint(80, 520), rng.randint(90, 190)
        points = [(x, y), (x + rng.randint(-30, 30), 260), (x + rng.randint(-60, 60), 380)]
        pen.line(points, fill=(15, 15, 15), width=5)
        pen.ellipse((points[-1][0] - 55, 380, points[-1][0] - 15, 420), outline=(20, 20, 20), width=6)
        pen.ellipse((points[-1][0] + 15, 380, points[-1][0] + 55, 420), outline=(20, 20, 20), width=6)
        pen.line((points[-1][0] - 35, 400, points[-1][0] + 35, 385), fill=(190, 40, 40), width=9)


def _drill(pen: Pen, rng: Random) -> None:
    pen.rectangle((60, 30, 580, 450), fill=(200, 190, 178))
    x, y = rng.randint(200, 320), rng.randint(180, 260)
    pen.rounded_rectangle((x, y, x + 150, y + 70), 12, fill=(230, 140, 20))
    pen.rectangle((x + 90, y + 60, x + 130, y + 150), fill=(50, 50, 55))
    pen.rectangle((x - 90, y + 28, x, y + 42), fill=(120, 120, 125))
    pen.ellipse((x - 125, y + 5, x - 80, y + 60), fill=(60, 55, 50))


def _leak(pen: Pen, rng: Random) -> None:
    pen.rectangle((0, 0, WIDTH, 170), fill=(232, 228, 220))
    for _ in range(rng.randint(2, 5)):
        x, wide = rng.randint(60, 480), rng.randint(60, 150)
        pen.ellipse((x, 60, x + wide, 150), fill=(190, 170, 120), outline=(160, 140, 95), width=4)
        for drop in range(rng.randint(1, 4)):
            y = 180 + drop * 55
            pen.ellipse((x + wide // 2, y, x + wide // 2 + 10, y + 20), fill=(120, 160, 200))


def _barrier(pen: Pen, rng: Random) -> None:
    pen.rectangle((90, 250, 150, 410), fill=(240, 200, 40), outline=(90, 80, 20), width=4)
    tilt = rng.randint(-60, 10)
    for n in range(8):
        x, y = 150 + n * 55, 275 + tilt * n // 8
        pen.line((x, y, x + 55, y + tilt // 8), fill=(210, 40, 40) if n % 2 else (245, 245, 245), width=16)


THINGS: dict[str, Callable[[Pen, Random], None]] = {
    "pothole": _pothole,
    "lamp": _lamp,
    "shop": _shop,
    "site": _site,
    "smoke": _smoke,
    "river": _river,
    "manhole": _manhole,
    "rubbish": _rubbish,
    "tap": _tap,
    "tree": _tree,
    "crack": _crack,
    "bus": _bus,
    "scale": _scale,
    "light": _light,
    "cars": _cars,
    "dog": _dog,
    "lift": _lift,
    "wires": _wires,
    "drill": _drill,
    "leak": _leak,
    "barrier": _barrier,
}
"""What can be drawn, by the name that stories call it."""
