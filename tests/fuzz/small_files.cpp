// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of our own that others may have changed: notices.json, the proof of a run, and the settings
// of a source's format. A proof that is taken is written as it was read.
#include "core/base/text.h"
#include "core/engine/notice_file.h"
#include "core/engine/proof_format.h"
#include "core/source/csv_dialect.h"
#include "core/source/format_keys.h"
#include "fuzz_input.h"

#include <algorithm>
#include <fstream>

using namespace daymark;

namespace {

/// A folder of this process.
const std::filesystem::path& folder()
{
    // Never destroyed: what is registered below runs after that would have been.
    static const std::filesystem::path& path = *new std::filesystem::path([] {
        std::string name =
            (std::filesystem::temp_directory_path() / "daymark-fuzz-XXXXXX").string();
        fuzz::hold(::mkdtemp(name.data()) != nullptr);
        std::atexit([] {
            std::error_code ignored;
            std::filesystem::remove_all(folder(), ignored);
        });
        return std::filesystem::path(name);
    }());
    return path;
}

void checkNotices(std::string_view text)
{
    std::ofstream(folder() / "notices.json", std::ios::binary) << text;
    const Result<NoticeState> state = readNotices(folder());
    if (!state)
        fuzz::hold(!state.error().message.empty());
}

void checkProof(std::string_view text)
{
    const Result<RunProof> proof = parseProof(text);
    if (proof)
        fuzz::hold(parseProof(proofText(*proof)).has_value());
}

void checkSettings(std::string_view text)
{
    const std::map<std::string, std::string> format{{"columns", std::string(text)},
                                                    {"delimiter", std::string(text.substr(0, 3))},
                                                    {"quote", std::string(text.substr(0, 1))}};
    const std::vector<std::string> names = columnsOf(format);
    // Names that were given by hand may be anything; those that are kept are text.
    if (std::all_of(names.begin(), names.end(), [](const auto& name) { return isUtf8(name); }))
        fuzz::hold(columnsOf({{"columns", columnsSetting(names)}}) == names);
    (void)CsvDialect::of(format);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    switch (input.byte() % 3) {
    case 0:
        checkNotices(input.rest());
        break;
    case 1:
        checkProof(input.rest());
        break;
    default:
        checkSettings(input.rest());
        break;
    }
    return 0;
}
