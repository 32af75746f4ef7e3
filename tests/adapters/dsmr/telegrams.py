"""Telegrams of our own making, in the manner of several standards."""

from laag.adapters.dsmr.crc import crc16

_OLD = """/ABC5\\laag-1

0-0:96.1.1(30313233343536373839)
1-0:1.8.1({import_1:09.3f}*kWh)
1-0:1.8.2({import_2:09.3f}*kWh)
1-0:2.8.1({export_1:09.3f}*kWh)
1-0:2.8.2({export_2:09.3f}*kWh)
0-0:96.14.0(0001)
1-0:1.7.0(0000.25*kW)
1-0:2.7.0(0000.00*kW)
0-0:17.0.0(0999.00*kW)
0-0:96.3.10(1)
0-0:96.13.1()
0-0:96.13.0()
0-1:24.1.0(3)
0-1:96.1.0(39383736353433323130)
0-1:24.3.0(240612130000)(00)(60)(1)(0-1:24.2.1)(m3)
(00321.045)
0-1:24.4.0(1)
!
"""
_NEW = """/ABC5\\laag-5

1-3:0.2.8(50)
0-0:1.0.0({stamp})
0-0:96.1.1({meter})
1-0:1.8.1({import_1:010.3f}*kWh)
1-0:1.8.2({import_2:010.3f}*kWh)
1-0:2.8.1({export_1:010.3f}*kWh)
1-0:2.8.2({export_2:010.3f}*kWh)
0-0:96.14.0(0002)
1-0:1.7.0(00.250*kW)
1-0:2.7.0(00.000*kW)
0-0:96.7.21(00004)
0-0:96.13.0()
1-0:32.7.0(230.1*V)
1-0:31.7.0(001*A)
1-0:21.7.0(00.250*kW)
1-0:22.7.0(00.000*kW)
0-1:24.1.0(003)
0-1:96.1.0(39383736353433323130)
0-1:24.2.1(240612130500S)(00321.045*m3)
!"""
_BELGIAN = """/ABC5\\laag-B

0-0:96.1.4(50217)
0-0:96.1.1({meter})
0-0:1.0.0({stamp})
1-0:1.8.1({import_1:010.3f}*kWh)
1-0:1.8.2({import_2:010.3f}*kWh)
1-0:2.8.1({export_1:010.3f}*kWh)
1-0:2.8.2({export_2:010.3f}*kWh)
0-0:96.14.0(0001)
1-0:1.4.0(00.052*kW)
1-0:1.7.0(00.338*kW)
1-0:2.7.0(00.000*kW)
0-0:96.3.10(1)
0-0:17.0.0(999.9*kW)
0-0:96.13.0()
0-1:24.1.0(003)
0-1:96.1.1(39383736353433323130)
0-1:24.2.3(240612130500S)(00321.045*m3)
0-2:24.1.0(007)
0-2:96.1.1(31383736353433323130)
0-2:24.2.1(240612130500S)(00008.579*m3)
!"""
_WATT = """/ABC5\\laag-W

1-3:0.2.8(50)
0-0:1.0.0({stamp})
1-0:1.8.0({import_all:09.0f}*Wh)
1-0:1.7.0(000000286*W)
1-0:2.8.0({export_all:09.0f}*Wh)
1-0:2.7.0(000000000*W)
!"""
STANDARDS = {"old": _OLD, "new": _NEW, "belgian": _BELGIAN, "watt": _WATT}


def telegram(
    standard="new", stamp="240612131501S", import_1_wh=1_000_000, import_2_wh=2_000_000, export_1_wh=300_000,
    export_2_wh=400_000, meter="30313233343536373839", extra="",
):  # fmt: skip
    """A telegram with a right CRC, where its standard has one."""
    kwh = {"import_1": import_1_wh / 1000, "import_2": import_2_wh / 1000, "export_1": export_1_wh / 1000,
           "export_2": export_2_wh / 1000, "import_all": import_1_wh + import_2_wh,
           "export_all": export_1_wh + export_2_wh}  # fmt: skip
    text = STANDARDS[standard].format(stamp=stamp, meter=meter, **kwh)
    text = text.replace("1-0:1.7.0", extra + "1-0:1.7.0")
    return signed(text.replace("\n", "\r\n").encode())


def signed(body):
    """The body with the CRC that belongs to it; an old one, which ends in an empty line, stays as it is."""
    return body + f"{crc16(body):04X}\r\n".encode() if body.endswith(b"!") else body
