# axle_add_module(NAME): a static library axle_NAME with the include root framework/NAME/include.
#
# The static library serves the tests, `axle._native` and the Python-free command; the objects of all modules
# together make the shared library Axle::Framework. Sources and dependencies are named by the caller.
function(axle_add_module name)
    add_library(axle_${name} STATIC)
    set_target_properties(axle_${name} PROPERTIES LINKER_LANGUAGE CXX)
    add_library(Axle::${name} ALIAS axle_${name})
    target_include_directories(axle_${name}
        PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
        PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
    target_link_libraries(axle_${name} PRIVATE axle_warnings)
    target_precompile_headers(axle_${name} PRIVATE
        <QtCore/QByteArray> <QtCore/QHash> <QtCore/QList> <QtCore/QString> <QtCore/QStringList>
        <algorithm> <memory> <optional> <utility> <vector>)
    set_property(GLOBAL APPEND PROPERTY AXLE_MODULES ${name})
endfunction()
