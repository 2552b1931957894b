# Installation and export: what `find_package(Axle)` needs, and nothing else. The static modules are the build's own
# affair; of them only the public headers are installed, as the header set of Axle::Framework.
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY AXLE_MODULES)
foreach(module IN LISTS modules)
    get_target_property(headers axle_${module} HEADER_SET)
    get_target_property(base axle_${module} HEADER_DIRS)
    if(headers)
        target_sources(axle_framework PUBLIC FILE_SET HEADERS BASE_DIRS ${base} FILES ${headers})
    endif()
endforeach()
# The headers are moc'ed where they belong; a second time would define everything twice.
# `all_verify_interface_header_sets` compiles each header alone, with no more than a host is given.
set_target_properties(axle_framework PROPERTIES AUTOMOC OFF VERIFY_INTERFACE_HEADER_SETS ON)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Axle")
install(TARGETS axle_framework EXPORT AxleTargets
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT AxleTargets NAMESPACE Axle:: DESTINATION "${package_folder}")
configure_package_config_file(cmake/AxleConfig.cmake.in AxleConfig.cmake INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file(AxleConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_CURRENT_BINARY_DIR}/AxleConfig.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/AxleConfigVersion.cmake"
    DESTINATION "${package_folder}")
# The Python package, to be put on PYTHONPATH. Embedding hosts need no copy: libAxle brings its own.
include("${PROJECT_SOURCE_DIR}/plugin-sdk/python/files.cmake")
set(python_folder "${CMAKE_INSTALL_LIBDIR}/axle/python")
foreach(file IN LISTS AXLE_PACKAGE_FILES)
    cmake_path(GET file PARENT_PATH folder)
    install(FILES "plugin-sdk/python/${file}" DESTINATION "${python_folder}/${folder}")
endforeach()
install(TARGETS axle_native LIBRARY DESTINATION "${python_folder}/axle")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
