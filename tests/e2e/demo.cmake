# The demo application and its sample plugins; included where the demo is built.
set(demo_environment
    "DARKROOM_PROGRAM=$<TARGET_FILE:darkroom>"
    "DARKROOM_PLUGINS=${AXLE_OUTPUT_DIR}/share/darkroom/plugins"
    "DARKROOM_DESCRIPTIONS=${CMAKE_BINARY_DIR}/demo-app/plugins"
    "AXLE_PACK=$<TARGET_FILE:axle-pack>")
axle_add_test(tst_demo_plugins.cpp LIBRARIES Axle::wheel LABELS e2e ENVIRONMENT ${demo_environment})
axle_add_test(tst_demo_tour.cpp LABELS e2e ENVIRONMENT ${demo_environment})
add_dependencies(tst_e2e_demo_plugins axle-pack darkroom-plugins)
add_dependencies(tst_e2e_demo_tour darkroom darkroom-plugins)
set_tests_properties(e2e.demo_tour PROPERTIES RUN_SERIAL ON)
