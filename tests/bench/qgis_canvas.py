"""Run by QGIS (`qgis --code`): shows a catalogue's towns and has its records as a table, and writes when it was painted.

HPVIEWER_QGIS_FILE is the catalogue, HPVIEWER_QGIS_TOLD a file for the answer (monotonic seconds).
"""

import os
import time

from qgis.core import QgsProject, QgsVectorLayer
from qgis.utils import iface

catalogue, told = os.environ["HPVIEWER_QGIS_FILE"], os.environ["HPVIEWER_QGIS_TOLD"]
names = ("records", "towns")


def painted() -> None:
    if names[-1] not in {layer.name() for layer in canvas.layers()}:  # an earlier, empty picture
        canvas.refresh()
        return
    with open(told, "w") as file:
        file.write(str(time.monotonic()))
    os._exit(0)


layers = [QgsVectorLayer(f"{catalogue}|layername={name}", name, "ogr") for name in names]
assert all(layer.isValid() for layer in layers)
QgsProject.instance().addMapLayers(layers)
canvas = iface.mapCanvas()
canvas.setExtent(layers[-1].extent())
canvas.mapCanvasRefreshed.connect(painted)
canvas.refresh()
