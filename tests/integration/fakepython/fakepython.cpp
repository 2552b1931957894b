// Stands in for a Python library: says a version, and does nothing else.
#ifdef AXLE_FAKE_PYTHON_VERSION
extern "C" __attribute__((visibility("default"))) const char *Py_GetVersion()
{
    return AXLE_FAKE_PYTHON_VERSION " (main, Mar 13 2023, 12:18:29) [GCC 12.2.0]";
}
#else
extern "C" __attribute__((visibility("default"))) const char *notPython()
{
    return "no Python";
}
#endif
