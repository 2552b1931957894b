import attrs


class Plugin:
    def activate(self, context):
        point = attrs.make_class("Point", ["x", "y"])
        assert attrs.asdict(point(3, 4)) == {"x": 3, "y": 4}
