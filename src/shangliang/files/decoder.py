"""Decodes one hostile picture: a program of its own, picture on stdin, clean copies on stdout.

It imports nothing of the product, takes away its own memory, time and files before it reads a byte,
and prints one JSON line (``{"error": …}`` or sizes) followed by the JPEG and its thumbnail.
"""

import io
import json
import resource
import sys
import warnings

MEMORY = 1024**3  # a 40 Mpx picture with transparency needs about 400 MB
SECONDS = 5
PIXELS = 40_000_000
LONGEST, THUMBNAIL = 1600, 480
QUALITY = 82
FORMATS = ["JPEG", "PNG", "WEBP"]


class NotAPicture(Exception):
    """The bytes are none of the formats that phones make."""


def take_limits() -> None:
    """Give up memory, processor time and the right to write files, for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(raw: bytes):
    """The picture the right way up; raises if it is none or has too many pixels."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    formats = FORMATS
    if raw[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        formats = ["HEIF"]
    try:
        picture = Image.open(io.BytesIO(raw), formats=formats)
    except UnidentifiedImageError as why:
        raise NotAPicture from why
    if picture.format == "JPEG":
        # A JPEG can be read at a half of its size, in a fraction of the time and memory.
        scale = max(picture.size) / LONGEST
        if scale > 1:
            picture.draft(None, [int(side / scale) for side in picture.size])
    picture.load()
    try:
        return ImageOps.exif_transpose(picture)
    except (MemoryError, Image.DecompressionBombError):
        raise
    except Exception:  # metadata that lies must not cost the person the picture
        return picture


def flat(picture):
    """The picture as RGB (or CMYK) on white, without transparency, palette or 16-bit samples."""
    from PIL import Image

    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGB", "CMYK"):
        return picture
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")


def in_srgb(picture, profile: bytes | None):
    """The picture in sRGB: its colour profile is applied, because it is then thrown away."""
    from PIL import ImageCms

    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that cannot be read: colours as they come
    return picture.convert("RGB")


def clean(raw: bytes):
    """The picture and its thumbnail, without anything but pixels."""
    from PIL import Image

    picture = opened(raw)
    profile = picture.info.get("icc_profile")
    picture = flat(picture)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    picture = in_srgb(picture, profile)
    picture.info = {}  # comments and XMP would be written again from here
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return picture, small


def jpeg(picture) -> bytes:
    """A progressive JPEG of the pixels alone."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return out.getvalue()


def answer(raw: bytes) -> tuple[dict, bytes, bytes]:
    """What to tell the parent: sizes and copies, or the kind of trouble."""
    from PIL import Image

    try:
        picture, small = clean(raw)
        body, thumbnail = jpeg(picture), jpeg(small)
    except NotAPicture:
        return {"error": "not_a_picture"}, b"", b""
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return {"error": "too_many_pixels"}, b"", b""
    except Exception:  # every decoder has its own ways to fail on a damaged file
        return {"error": "broken"}, b"", b""
    width, height = picture.size
    return {"width": width, "height": height, "split": len(body)}, body, thumbnail


if __name__ == "__main__":
    take_limits()
    head, body, thumbnail = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body + thumbnail)
