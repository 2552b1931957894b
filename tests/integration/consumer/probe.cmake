# Included after the `project` call of the guide's window host.
cmake_language(DEFER CALL target_sources window-host PRIVATE "${AXLE_PROBE}")
