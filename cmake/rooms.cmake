# room(<name> [INCLUDES <room>...] [LIBRARIES <target>...])
#
# One static library a room, made of every .cpp below src/<name> that is not a test; a room that
# is not named under INCLUDES cannot be linked. The tests beside the code join `<name>_test`.
function(room name)
  cmake_parse_arguments(ROOM "" "" "INCLUDES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$|/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp)
  endif()
  add_library(tanfang_${name} STATIC ${sources})
  target_include_directories(tanfang_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  foreach(included IN LISTS ROOM_INCLUDES)
    target_link_libraries(tanfang_${name} PUBLIC tanfang_${included})
  endforeach()
  target_link_libraries(tanfang_${name} PUBLIC ${ROOM_LIBRARIES})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE tanfang_${name} GTest::gtest_main GTest::gmock rapidcheck)
    target_compile_definitions(${name}_test PRIVATE TANFANG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
  endif()
endfunction()
