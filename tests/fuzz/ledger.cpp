// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A ledger with bytes changed, zeroed or cut off, opened for reading and for writing and asked what
// it holds: an answer or an error, never a crash. The input is a list of changes, five bytes each.
#include "core/ledger/ledger.h"
#include "fuzz_input.h"

#include <fstream>
#include <iterator>

using namespace daymark;
using namespace daymark::ledger;

namespace {

namespace fs = std::filesystem;

const Stamp kStamp{"fuzz", Instant{std::chrono::seconds(1'655'460'000)}};

/// A folder of this process, in memory where the system has such a place.
const fs::path& folder()
{
    // Never destroyed: what is registered below runs after that would have been.
    static const fs::path& path = *new fs::path([] {
        const fs::path place =
            fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
        std::string name = (place / "daymark-fuzz-XXXXXX").string();
        fuzz::hold(::mkdtemp(name.data()) != nullptr);
        std::atexit([] {
            std::error_code ignored;
            fs::remove_all(folder(), ignored);
        });
        return fs::path(name);
    }());
    return path;
}

/// A whole ledger with a source, signals of its days and a run.
const std::string& wholeLedger()
{
    static const std::string bytes = [] {
        const fs::path file = folder() / "whole" / kFileName;
        fs::create_directories(file.parent_path());
        {
            const auto ledger = Ledger::create(file, kStamp);
            fuzz::hold(ledger.has_value());
            SourceEdit edit;
            edit.config.name = "shop";
            edit.config.kind = "sqlite";
            edit.config.uri = "/data/shop.sqlite";
            const Result<SourceId> source = (*ledger)->sourceTable().add(edit, kStamp);
            fuzz::hold(source.has_value());
        }
        std::ifstream in(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }();
    return bytes;
}

std::string changed(fuzz::Input input)
{
    std::string bytes = wholeLedger();
    while (!input.rest().empty() && !bytes.empty()) {
        const std::uint8_t kind = input.byte() % 4;
        const std::size_t low = input.byte() | static_cast<std::size_t>(input.byte()) << 8U;
        const std::size_t at = (low | static_cast<std::size_t>(input.byte()) << 16U) % bytes.size();
        const auto value = static_cast<char>(input.byte());
        if (kind == 0)
            bytes[at] = value;
        else if (kind == 1)
            bytes[at] = static_cast<char>(bytes[at] ^ value);
        else if (kind == 2)
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                        std::min<std::size_t>(bytes.size() - at, 4096), value);
        else
            bytes.resize(at);
    }
    return bytes;
}

void ask(Access access)
{
    const auto ledger = Ledger::open(folder() / kFileName, access, kStamp);
    if (!ledger) {
        fuzz::hold(!ledger.error().message.empty());
        return;
    }
    (void)(*ledger)->idTypeTable().list();
    const auto sources = (*ledger)->sourceTable().list(true);
    if (!sources)
        return;
    for (const SourceRecord& source : *sources)
        (void)(*ledger)->dayTable().list(source.id);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string bytes = changed(fuzz::Input(data, std::min<std::size_t>(size, 100)));
    for (const auto& entry : fs::directory_iterator(folder())) {
        if (entry.path().filename() != "whole")
            fs::remove_all(entry.path());
    }
    std::ofstream(folder() / kFileName, std::ios::binary) << bytes;
    ask(Access::Read);
    ask(Access::Write);
    return 0;
}
