"""The services: families that wait, V&V, Overdracht, maatwerk and monitoring, each in every state it knows."""

from vt_cvs.demo.diensten import monitoren, overdracht, vv

SITUATIES = [*vv.SITUATIES, *overdracht.SITUATIES, *monitoren.SITUATIES]
