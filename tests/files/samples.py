"""Pictures as phones make them, and as attackers make them."""

import io

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

#: EXIF tags: orientation, maker, and the block of the place.
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
SECRET = "HUAWEI-SECRET-MAKER"


def upload(body: bytes, name="路灯.jpg"):
    """Bytes as a browser hands them in."""
    return SimpleUploadedFile(name, body, content_type="image/jpeg")


def encoded(picture, kind="JPEG", **options) -> bytes:
    """A picture in the bytes of a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photo(width=640, height=480, colour=(180, 90, 30)):
    """A plain picture whose left half is red, so that turning it shows."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste((220, 0, 0), (0, 0, width // 2, height))
    return picture


def jpeg(width=640, height=480) -> bytes:
    """A good JPEG."""
    return encoded(photo(width, height))


def phone_jpeg(orientation=6) -> bytes:
    """A phone's JPEG: lying on its side, with maker, place, XMP, a comment and a colour profile."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, SECRET
    exif.get_ifd(GPS).update({1: "N", 2: (29.0, 24.0, 36.0), 3: "E", 4: (105.0, 36.0, 0.0)})
    return encoded(
        photo(),
        exif=exif,
        xmp=f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode(),
        comment=SECRET.encode(),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )


def heic() -> bytes:
    """What an iPhone sends."""
    out = io.BytesIO()
    pillow_heif.from_pillow(photo()).save(out)
    return out.getvalue()


def bomb() -> bytes:
    """144 million pixels in 17 kB."""
    return encoded(Image.new("1", (12000, 12000)), "PNG")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
