import pydantic


class Plugin:
    def activate(self, context):
        model = pydantic.create_model("Model", x=(int, ...))
        assert model(x="3").x == 3
        try:
            model(x="three")
        except pydantic.ValidationError:
            return
        raise AssertionError("'three' passed for an int")
