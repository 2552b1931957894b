# axle_add_plugin(NAME
#     VERSION version                     of the wheel (PEP 440)
#     PYTHON folder                       a package; goes into the wheel under its own name, with its resources
#     [MODULE package.name SOURCES ...]   a pybind11 module of that full name, built for the Python of the build
#     [REQUIRES requirement ...]          Requires-Dist (PEP 508)
#     [ENTRY_POINT name=module:attribute] in the group axle.plugins; without one the wheel is a library
#     [SUMMARY text]
#     OUTPUT folder)                      receives the wheel
#
# Makes the target NAME, which builds the wheel; its property AXLE_WHEEL is the wheel's path.

# The tag of a wheel with native code, as the interpreter names itself: cp311-cp311-linux_x86_64.
function(axle_native_tag out)
    if(NOT DEFINED CACHE{AXLE_PYTHON_PLATFORM})
        execute_process(
            COMMAND ${Python3_EXECUTABLE} -c "import sysconfig; print(sysconfig.get_platform())"
            OUTPUT_VARIABLE platform
            OUTPUT_STRIP_TRAILING_WHITESPACE
            COMMAND_ERROR_IS_FATAL ANY)
        string(REGEX REPLACE "[-.]" "_" platform "${platform}")
        set(AXLE_PYTHON_PLATFORM "${platform}" CACHE INTERNAL "Platform tag of native wheels")
    endif()
    set(python "cp${Python3_VERSION_MAJOR}${Python3_VERSION_MINOR}")
    set(${out} "${python}-${python}-${AXLE_PYTHON_PLATFORM}" PARENT_SCOPE)
endfunction()

# A module that finds nothing by an absolute path and shows nothing but its init function. Its file name carries the
# interpreter's SOABI, so that a wheel is read right by every installer.
function(axle_add_plugin_module target module)
    pybind11_add_module(${target} MODULE ${ARGN})
    string(REGEX REPLACE ".*\\." "" name "${module}")
    set_target_properties(${target} PROPERTIES
        OUTPUT_NAME ${name}
        LIBRARY_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${target}"
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
        BUILD_WITH_INSTALL_RPATH ON
        INSTALL_RPATH ""
        AUTOMOC OFF)
endfunction()

# A JSON array of the given texts.
function(axle_json_array out)
    set(json "[]")
    set(index 0)
    foreach(text IN LISTS ARGN)
        string(JSON json SET "${json}" ${index} "\"${text}\"")
        math(EXPR index "${index} + 1")
    endforeach()
    set(${out} "${json}" PARENT_SCOPE)
endfunction()

# The description that axle-pack reads, in `file`; takes the arguments of axle_add_plugin from its caller's arg_….
function(axle_write_plugin_description file name tag native)
    set(files "{}")
    set(extensions "{}")
    if(native)
        string(REGEX REPLACE "\\.[^.]*$" "" package "${arg_MODULE}")
        string(REPLACE "." "/" package "${package}")
        set(member "${package}/$<TARGET_FILE_NAME:${native}>")
        string(JSON files SET "${files}" "${member}" "\"$<TARGET_FILE:${native}>\"")
        string(JSON extensions SET "${extensions}" "${arg_MODULE}" "\"${member}\"")
    endif()
    set(entry_points "{}")
    if(arg_ENTRY_POINT MATCHES "^([^=]+)=(.+)$")
        set(entry_points "{\"axle.plugins\": {\"${CMAKE_MATCH_1}\": \"${CMAKE_MATCH_2}\"}}")
    endif()
    axle_json_array(requirements ${arg_REQUIRES})

    set(description "{}")
    set(requires_python ">=${Python3_VERSION_MAJOR}.${Python3_VERSION_MINOR}")
    foreach(pair "name;${name}" "version;${arg_VERSION}" "tag;${tag}" "summary;${arg_SUMMARY}"
                 "package;${arg_PYTHON}" "requires-python;${requires_python}")
        list(POP_FRONT pair key)
        string(JSON description SET "${description}" "${key}" "\"${pair}\"")
    endforeach()
    string(JSON description SET "${description}" "requires" "${requirements}")
    string(JSON description SET "${description}" "entry-points" "${entry_points}")
    string(JSON description SET "${description}" "files" "${files}")
    string(JSON description SET "${description}" "extensions" "${extensions}")
    file(GENERATE OUTPUT "${file}" CONTENT "${description}\n")
endfunction()

function(axle_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg ""
        "VERSION;PYTHON;MODULE;ENTRY_POINT;SUMMARY;OUTPUT" "SOURCES;REQUIRES")
    foreach(required VERSION PYTHON OUTPUT)
        if(NOT arg_${required})
            message(FATAL_ERROR "axle_add_plugin(${name}): ${required} is missing")
        endif()
    endforeach()
    cmake_path(ABSOLUTE_PATH arg_PYTHON NORMALIZE)

    set(tag py3-none-any)
    set(native "")
    if(arg_MODULE)
        set(native ${name}-module)
        axle_add_plugin_module(${native} ${arg_MODULE} ${arg_SOURCES})
        axle_native_tag(tag)
    endif()
    set(description "${CMAKE_CURRENT_BINARY_DIR}/${name}.json")
    axle_write_plugin_description("${description}" ${name} ${tag} "${native}")

    string(REGEX REPLACE "[-_.]+" "_" file_name "${name}")
    set(file_name "${file_name}-${arg_VERSION}-${tag}.whl")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${arg_PYTHON}/*")
    list(FILTER sources EXCLUDE REGEX "/__pycache__/")
    add_custom_command(
        OUTPUT "${arg_OUTPUT}/${file_name}"
        COMMAND ${CMAKE_COMMAND} -E make_directory "${arg_OUTPUT}"
        COMMAND axle-pack "${description}" "${arg_OUTPUT}"
        DEPENDS axle-pack ${native} "${description}" ${sources}
        COMMENT "Packing ${file_name}"
        VERBATIM)
    add_custom_target(${name} ALL DEPENDS "${arg_OUTPUT}/${file_name}")
    set_target_properties(${name} PROPERTIES AXLE_WHEEL "${arg_OUTPUT}/${file_name}")
endfunction()
