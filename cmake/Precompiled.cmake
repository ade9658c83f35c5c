# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Headers that nearly every file of a layer needs and that never change, parsed once for all of its
# rooms: most of the time that a file takes to compile.

# fmt's own definition everywhere, since precompiled headers are of use to equal compilations only.
get_target_property(fmt_definitions fmt::fmt INTERFACE_COMPILE_DEFINITIONS)
if(fmt_definitions)
    target_compile_definitions(daymark_options INTERFACE ${fmt_definitions})
endif()

file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/precompiled.cpp"
    CONTENT "// Nothing but the precompiled headers.\n")

# precompiled_headers(core LIBRARIES fmt::fmt HEADERS <string> …) makes daymark_precompiled_core.
function(precompiled_headers name)
    cmake_parse_arguments(PRE "" "" "LIBRARIES;DEFINITIONS;HEADERS" ${ARGN})
    add_library(daymark_precompiled_${name} OBJECT "${CMAKE_BINARY_DIR}/precompiled.cpp")
    target_link_libraries(daymark_precompiled_${name} PRIVATE daymark_options ${PRE_LIBRARIES})
    target_compile_definitions(daymark_precompiled_${name} PRIVATE ${PRE_DEFINITIONS})
    target_precompile_headers(daymark_precompiled_${name} PRIVATE ${PRE_HEADERS})
endfunction()

set(core_headers
    <algorithm> <array> <charconv> <chrono> <condition_variable> <cstdint> <cstring>
    <functional> <map> <memory> <mutex> <optional> <span> <stop_token> <string> <string_view>
    <thread> <utility> <variant> <vector> <tl/expected.hpp>)
set(widget_headers
    <QAction> <QApplication> <QComboBox> <QDialog> <QHBoxLayout> <QHeaderView> <QLabel>
    <QLineEdit> <QPainter> <QPushButton> <QSettings> <QStackedWidget> <QTableView> <QTimer>
    <QVBoxLayout>)

precompiled_headers(core LIBRARIES fmt::fmt HEADERS ${core_headers} <fmt/format.h>)
if(DAYMARK_GUI)
    precompiled_headers(window
        LIBRARIES Qt6::Widgets
        DEFINITIONS QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII
        HEADERS ${core_headers} ${widget_headers})
endif()
# Qt6::Test defines other paths for every folder, and precompiled headers want equal definitions:
# so the tests link Qt Test without these two, which are of use to QFINDTESTDATA alone.
if(BUILD_TESTING)
    add_library(daymark_qttest INTERFACE)
    target_include_directories(daymark_qttest SYSTEM INTERFACE
        $<TARGET_PROPERTY:Qt6::Test,INTERFACE_INCLUDE_DIRECTORIES>)
    target_compile_definitions(daymark_qttest INTERFACE QT_TESTLIB_LIB)
    target_link_libraries(daymark_qttest INTERFACE Qt6::Core $<LINK_ONLY:Qt6::Test>)
    precompiled_headers(tests
        LIBRARIES daymark_qttest
        HEADERS ${core_headers} <QCoreApplication> <QString> <QTemporaryDir> <QTest>)
endif()
if(BUILD_TESTING AND DAYMARK_GUI)
    precompiled_headers(window_tests
        LIBRARIES daymark_qttest Qt6::Widgets
        DEFINITIONS QT_NO_KEYWORDS
        HEADERS ${core_headers} ${widget_headers} <QSignalSpy> <QTemporaryDir> <QTest>)
endif()
