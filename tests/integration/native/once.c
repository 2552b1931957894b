// An extension module as numpy's is: single-phase, and it refuses to be initialised a second time in one process.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int initialised = 0;

static PyObject *count(PyObject *self, PyObject *arguments)
{
    static long calls = 0;
    (void)self;
    (void)arguments;
    return PyLong_FromLong(++calls);
}

static PyMethodDef methods[] = {{"count", count, METH_NOARGS, "How often it was called."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "once", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__once(void)
{
    if (initialised++) {
        PyErr_SetString(PyExc_ImportError, "cannot load module more than once per process");
        return NULL;
    }
    return PyModule_Create(&definition);
}
