"""WGS-84 to GCJ-02, the shifted coordinates in which maps of mainland China are drawn: for showing, never for keeping.

The formula is the one that has been public since 2013; what its authors meant by the constants is not known. It is off
by less than a metre from what the map services give themselves.
"""

from math import cos, pi, radians, sin, sqrt

#: The ellipsoid of Krassowski 1940: its long half axis in metres, and its eccentricity squared.
AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323
#: Outside of this box (longitudes, latitudes) nothing is shifted.
EAST, NORTH = (72.004, 137.8347), (0.8293, 55.8271)


def from_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) of the same point on a map in GCJ-02; unchanged outside of China's box."""
    if not (EAST[0] <= longitude <= EAST[1] and NORTH[0] <= latitude <= NORTH[1]):
        return longitude, latitude
    x, y, phi = longitude - 105, latitude - 35, radians(latitude)
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves + _swing(x, 150, 12, 300, 30)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves + _swing(y, 160, 12, 320, 30)
    bend = 1 - ECCENTRICITY * sin(phi) ** 2
    metres_east = AXIS / sqrt(bend) * cos(phi)
    metres_north = AXIS * (1 - ECCENTRICITY) / (bend * sqrt(bend))
    return longitude + east * 180 / (metres_east * pi), latitude + north * 180 / (metres_north * pi)


def _swing(at, wide, period, widest, longest) -> float:
    """The long waves of the shift in metres along one axis."""
    short = 20 * sin(at * pi) + 40 * sin(at / 3 * pi)
    return (short + wide * sin(at / period * pi) + widest * sin(at / longest * pi)) * 2 / 3
