"""The scenes themselves, painted with a few shapes and light: a courtyard at night, a road, a yard, a canal, a path."""

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (1200, 900)
WIDTH, HEIGHT = SIZE
LAMPS = ((150, 700, 250), (420, 640, 190), (650, 606, 150), (1010, 660, 215))


def _gradient(canvas, top, bottom, start=0, end=HEIGHT):
    """Fill the rows from ``start`` to ``end`` with colours running from one to the other."""
    draw = ImageDraw.Draw(canvas)
    for y in range(start, end):
        share = (y - start) / max(1, end - start - 1)
        colour = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.line((0, y, WIDTH, y), fill=colour)


def _glow(canvas, spots, blur):
    """Add light: (x, y, rx, ry, colour) ellipses, blurred and added to what is there."""
    light = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(light)
    for x, y, rx, ry, colour in spots:
        draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=colour)
    canvas.paste(ImageChops.add(canvas, light.filter(ImageFilter.GaussianBlur(blur))))


def _hills(canvas, base, height, colour, phase):
    """A ridge across the whole picture."""
    points = [
        (x, base - height * (0.55 + 0.3 * math.sin(x / 190 + phase) + 0.15 * math.sin(x / 67 + 2 * phase)))
        for x in range(0, WIDTH + 20, 20)
    ]
    ImageDraw.Draw(canvas).polygon([(0, HEIGHT), *points, (WIDTH, HEIGHT)], fill=colour)


def _house(draw, x, y, w, h, wall, roof, window):
    """A farmhouse of east Sichuan: white wall, dark curved roof, a door between two windows."""
    draw.rectangle((x, y, x + w, y + h), fill=wall)
    eave = h * 0.16
    ridge = y - h * 0.42
    draw.polygon([(x - eave, y + 4), (x + w * 0.09, ridge), (x + w * 0.91, ridge), (x + w + eave, y + 4)], fill=roof)
    draw.line((x + w * 0.08, y - h * 0.43, x + w * 0.92, y - h * 0.43), fill=roof, width=10)
    door = w * 0.13
    draw.rectangle((x + w / 2 - door / 2, y + h * 0.36, x + w / 2 + door / 2, y + h), fill=roof)
    for left in (0.16, 0.68):
        box = (x + w * left, y + h * 0.34, x + w * (left + 0.16), y + h * 0.66)
        draw.rectangle(box, fill=window)
        draw.line((x + w * (left + 0.08), box[1], x + w * (left + 0.08), box[3]), fill=roof, width=4)


def lamp(canvas, lit):
    """The courtyard at night: moonless and dark, or under its lamps."""
    chance = random.Random(2023)
    _gradient(canvas, (9, 14, 38), (38, 48, 84) if lit else (22, 28, 52), 0, 620)
    draw = ImageDraw.Draw(canvas)
    for _star in range(90):
        x, y, shade = chance.randrange(WIDTH), chance.randrange(330), chance.randrange(110, 230)
        draw.ellipse((x, y, x + chance.choice((1, 2)), y + 2), fill=(shade, shade, min(255, shade + 20)))
    _hills(canvas, 560, 190, (16, 22, 44), 0.4)
    _hills(canvas, 600, 120, (12, 18, 34), 2.1)
    _gradient(canvas, (22, 25, 36) if lit else (13, 15, 24), (34, 30, 32) if lit else (8, 10, 16), 600)
    draw = ImageDraw.Draw(canvas)
    path = [(380, HEIGHT), (590, 605), (640, 605), (820, HEIGHT)]
    draw.polygon(path, fill=(74, 66, 60) if lit else (20, 22, 30))
    wall, window = ((96, 88, 84), (255, 214, 132)) if lit else ((30, 33, 46), (150, 112, 60))
    _house(draw, 690, 470, 340, 150, wall, (14, 15, 22), window)
    _house(draw, 90, 500, 230, 110, wall, (14, 15, 22), window)
    if lit:
        _glow(canvas, [(x, y, h * 0.75, h * 0.18, (120, 84, 34)) for x, y, h in LAMPS], 34)
    draw = ImageDraw.Draw(canvas)
    for x, y, h in LAMPS if lit else ():
        draw.line((x, y, x, y - h), fill=(120, 118, 120), width=7)
        draw.line((x, y - h, x + 34, y - h - 10), fill=(120, 118, 120), width=6)
        panel = [(x - 26, y - h - 26), (x + 30, y - h - 40), (x + 34, y - h - 32), (x - 22, y - h - 17)]
        draw.polygon(panel, fill=(30, 44, 88))
        draw.ellipse((x + 24, y - h - 16, x + 52, y - h - 4), fill=(255, 244, 214))
    if lit:
        heads = [(x + 38, y - h - 8, 34, 26, (255, 226, 160)) for x, y, h in LAMPS]
        _glow(canvas, heads, 14)
        _glow(canvas, [(x, y + 40, 110, 130, (66, 46, 20)) for x, y, *_rest in heads], 55)
    else:
        _glow(canvas, [(771, 546, 40, 34, (54, 38, 14))], 24)


def _day(canvas, phase=0.2):
    _gradient(canvas, (138, 190, 222), (226, 238, 236), 0, 520)
    _hills(canvas, 500, 170, (138, 170, 160), phase)
    _hills(canvas, 560, 110, (104, 146, 104), phase + 1.4)
    _gradient(canvas, (122, 166, 90), (150, 178, 96), 540)


def road(canvas, done):
    """The village road: a narrow track with potholes, or wide with an edge line."""
    _day(canvas)
    draw, chance = ImageDraw.Draw(canvas), random.Random(7)
    if not done:
        draw.polygon([(500, HEIGHT), (585, 545), (612, 545), (760, HEIGHT)], fill=(168, 142, 108))
        for _hole in range(14):
            y = chance.randrange(600, 880)
            x, r = 600 + chance.randrange(-1, 2) * (y - 540) // 5 + (y - 540) // 9, (y - 520) // 14
            draw.ellipse((x - r, y - r // 3, x + r, y + r // 3), fill=(118, 96, 72))
        return
    draw.polygon([(210, HEIGHT), (570, 545), (632, 545), (1040, HEIGHT)], fill=(74, 78, 84))
    draw.line((262, HEIGHT, 574, 545), fill=(240, 240, 236), width=9)
    draw.line((988, HEIGHT, 628, 545), fill=(240, 240, 236), width=9)
    for n in range(6):
        y = 570 + n * n * 11
        low = y + 12 + 5 * n
        draw.polygon([(600 - n, y), (604 + n, y), (606 + 2 * n, low), (600 - 2 * n, low)], fill=(244, 208, 96))
    for x, y, r in ((120, 620, 60), (1080, 640, 70), (330, 590, 36), (880, 592, 38)):
        draw.rectangle((x - 6, y, x + 6, y + r), fill=(96, 74, 52))
        draw.ellipse((x - r, y - 1.6 * r, x + r, y + 0.3 * r), fill=(66, 122, 68))


def yard(canvas, done):
    """A farmyard: heaps of rubbish and puddles, or swept, walled and planted."""
    _day(canvas, 1.1)
    draw, chance = ImageDraw.Draw(canvas), random.Random(11)
    _house(draw, 330, 400, 520, 210, (238, 234, 222) if done else (196, 186, 168), (70, 62, 60), (120, 140, 150))
    ground = (206, 200, 188) if done else (160, 138, 106)
    draw.polygon([(120, HEIGHT), (300, 610), (880, 610), (1090, HEIGHT)], fill=ground)
    if done:
        for x in range(60, 1160, 46):
            draw.rectangle((x, 640, x + 14, 700), fill=(176, 132, 84))
            draw.ellipse((x - 16, 690, x + 30, 730), fill=(84, 140, 72))
            bloom = chance.choice(((226, 88, 96), (246, 196, 70), (240, 240, 246)))
            draw.ellipse((x - 2, 692, x + 14, 708), fill=bloom)
        return
    for _heap in range(26):
        x, y, r = chance.randrange(180, 1000), chance.randrange(650, 860), chance.randrange(14, 46)
        colour = chance.choice(((112, 104, 96), (140, 116, 84), (96, 110, 124), (150, 140, 132)))
        draw.ellipse((x - r, y - r * 0.6, x + r, y + r * 0.5), fill=colour)


def canal(canvas, done):
    """Fields with their ditch: silted and dry, or running with water."""
    _day(canvas, 2.3)
    draw = ImageDraw.Draw(canvas)
    for n in range(9):
        y = 570 + n * n * 4
        tint = (96 + 6 * n, 164, 78) if done else (176, 164 - 3 * n, 96)
        draw.polygon([(0, y), (WIDTH, y - 10), (WIDTH, y + 60), (0, y + 70)], fill=tint)
    bank, bed = ((196, 192, 184), (86, 150, 186)) if done else ((150, 128, 96), (134, 108, 76))
    draw.polygon([(620, HEIGHT), (700, 552), (744, 552), (960, HEIGHT)], fill=bank)
    draw.polygon([(668, HEIGHT), (710, 552), (734, 552), (910, HEIGHT)], fill=bed)
    for n in range(8) if done else ():
        y, w = 590 + n * 40, 10 + n * 8
        draw.arc((760 - w + n * 4, y, 760 + w + n * 4, y + 16), 190, 350, fill=(222, 240, 248), width=3)


def path(canvas, done):
    """A slope with steps: muddy, or paved and with a handrail."""
    _day(canvas, 3.0)
    draw = ImageDraw.Draw(canvas)
    for n in range(10):
        y, w = 860 - n * 32, 250 - n * 18
        left = 470 + n * 14
        stone = (206 - 4 * n, 202 - 4 * n, 194 - 4 * n) if done else (146 - 3 * n, 116, 82)
        draw.rectangle((left, y, left + w, y + 34), fill=stone)
        if done:
            draw.line((left, y, left + w, y), fill=(240, 238, 230), width=4)
    if done:
        for n in range(0, 10, 3):
            x, y = 470 + n * 14, 860 - n * 32
            draw.line((x - 8, y + 30, x - 8, y - 80), fill=(188, 60, 48), width=9)
        draw.line((462, 780, 596, 492), fill=(188, 60, 48), width=10)


def sign(canvas, painted):
    """A board beside the gate of a courtyard: bare wood, or painted in red with its courtyard in gold."""
    _day(canvas, 0.4)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 330, WIDTH, HEIGHT), fill=(232, 226, 212))
    draw.rectangle((690, 400, 1060, HEIGHT), fill=(96, 66, 46))
    draw.rectangle((868, 400, 882, HEIGHT), fill=(58, 40, 30))
    draw.polygon([(600, 400), (660, 300), (1110, 300), (1160, 400)], fill=(70, 64, 64))
    board, ink = ((150, 42, 34), (240, 200, 96)) if painted else ((164, 124, 82), (88, 58, 36))
    draw.rectangle((230, 380, 470, 830), fill=(92, 62, 40))
    draw.rectangle((246, 396, 454, 814), fill=board)
    draw.polygon([(290, 500), (350, 440), (410, 500)], outline=ink, width=9)
    draw.rectangle((306, 500, 394, 580), outline=ink, width=9)
    for y in (640, 690, 740):
        draw.line((300, y, 400, y), fill=ink, width=12)


SCENES = {"sign": sign, "lamp": lamp, "road": road, "yard": yard, "canal": canal, "path": path}
