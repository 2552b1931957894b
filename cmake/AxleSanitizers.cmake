# AXLE_SANITIZE applies to every target of the tree, so that objects and their users agree.
if(AXLE_SANITIZE)
    add_compile_options(-fsanitize=${AXLE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${AXLE_SANITIZE})
endif()
