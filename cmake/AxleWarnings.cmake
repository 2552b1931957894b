# The warnings that our own code is held to.
option(AXLE_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})

add_library(axle_warnings INTERFACE)
target_compile_options(axle_warnings INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    $<$<BOOL:${AXLE_WERROR}>:-Werror>)
target_compile_definitions(axle_warnings INTERFACE
    QT_NO_KEYWORDS
    QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
