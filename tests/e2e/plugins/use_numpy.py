import numpy


class Plugin:
    def activate(self, context):
        assert (numpy.eye(3) @ numpy.arange(3.0)).tolist() == [0.0, 1.0, 2.0]
        assert round(numpy.linalg.det(numpy.array([[1.0, 2.0], [3.0, 4.0]]))) == -2
