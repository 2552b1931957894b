from lxml import etree, html


class Plugin:
    def activate(self, context):
        assert etree.fromstring("<a><b c='1'/></a>").xpath("//b/@c") == ["1"]
        assert html.fromstring("<p>x<br>y").text_content() == "xy"
