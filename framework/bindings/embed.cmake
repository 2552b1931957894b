# cmake -D OUTPUT=x.cpp -D "FILES=name|path;name|path" -P embed.cmake: a C++ source that holds the files.
# The names must be sorted.
set(arrays "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
    string(REPLACE "|" ";" file "${file}")
    list(GET file 0 name)
    list(GET file 1 path)
    file(READ "${path}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    string(REGEX REPLACE "(('..x..',)('..x..',)('..x..',)('..x..',)('..x..',)('..x..',)('..x..',)('..x..',))" "\\1\n    " bytes "${bytes}")
    string(APPEND arrays "constexpr char file${index}[] = {\n    ${bytes}0};\n")
    string(APPEND rows "        {\"${name}\", QByteArrayView(file${index}, sizeof(file${index}) - 1)},\n")
    math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Generated from the Python package; edit that.
#include \"embeddedpackage_p.h\"

namespace Axle::Internal {

namespace {

${arrays}
} // namespace

const QList<EmbeddedFile> &embeddedFiles()
{
    static const QList<EmbeddedFile> files{
${rows}    };
    return files;
}

} // namespace Axle::Internal
")
