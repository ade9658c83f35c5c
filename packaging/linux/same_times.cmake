# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Run by cpack once all is laid out, before it is packed: gives every file the time of the commit. Of
# itself rpmbuild gives it to newer files only, and keeps what an older one had.
if(NOT "$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
    execute_process(
        COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -depth
            -exec touch --no-dereference "--date=@$ENV{SOURCE_DATE_EPOCH}" {} +
        COMMAND_ERROR_IS_FATAL ANY)
endif()
