# The files of the Python package, sorted. They are copied to the build's python folder and compiled into the framework.
set(AXLE_PACKAGE_FILES
    axle/__init__.py
    axle/_native.pyi
    axle/context.py
    axle/plugin.py
    axle/py.typed)
