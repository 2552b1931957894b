import pandas


class Plugin:
    def activate(self, context):
        frame = pandas.DataFrame({"amount": [1, 2, 3], "kind": ["a", "b", "b"]})
        assert frame.groupby("kind")["amount"].sum().to_dict() == {"a": 1, "b": 5}
        assert pandas.Timestamp("2026-03-29", tz="Europe/Berlin").utcoffset().total_seconds() == 3600
