# axle_add_test(SOURCE LIBRARIES ... [LABELS ...] [ENVIRONMENT ...]): one Qt Test program, named after its source file.
# Folder and SOURCE make the test's name: unit/packaging/tst_version.cpp -> packaging.version. All programs of a folder
# are built by the target FOLDER_tests.
function(axle_add_test source)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES;LABELS;ENVIRONMENT")
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
    get_filename_component(name "${source}" NAME_WE)
    string(REPLACE "tst_" "" name "${name}")
    set(target "tst_${folder}_${name}")
    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE axle_warnings axle_test_support Qt6::Test ${arg_LIBRARIES})
    # Tests that embed Python name it before the static module that needs it, as CMake orders them.
    target_link_options(${target} PRIVATE LINKER:--no-as-needed)
    target_precompile_headers(${target} REUSE_FROM axle_test_support)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    if(NOT TARGET ${folder}_tests)
        add_custom_target(${folder}_tests)
    endif()
    add_dependencies(${folder}_tests ${target})
    add_test(NAME ${folder}.${name} COMMAND ${target})
    set_tests_properties(${folder}.${name} PROPERTIES
        LABELS "${arg_LABELS}"
        TIMEOUT 300
        ENVIRONMENT "${AXLE_TEST_ENVIRONMENT};${arg_ENVIRONMENT}")
endfunction()

# axle_add_python_test(NAME SCRIPT [ARGUMENTS ...] [LABELS ...] [ENVIRONMENT ...]): a test that needs no program of ours
# linked into it, run by the Python that Axle is built for.
function(axle_add_python_test name script)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "ARGUMENTS;LABELS;ENVIRONMENT")
    add_test(NAME ${name} COMMAND "${Python3_EXECUTABLE}" -B "${CMAKE_CURRENT_SOURCE_DIR}/${script}" ${arg_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES
        LABELS "${arg_LABELS}"
        TIMEOUT 300
        SKIP_RETURN_CODE 77
        ENVIRONMENT "${AXLE_TEST_ENVIRONMENT};${arg_ENVIRONMENT}")
endfunction()
