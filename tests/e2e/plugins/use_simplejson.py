import simplejson
import simplejson._speedups


class Plugin:
    def activate(self, context):
        assert simplejson._speedups.__file__.endswith(".so")
        assert simplejson.loads(simplejson.dumps({"a": [1, 2.5, None]})) == {"a": [1, 2.5, None]}
