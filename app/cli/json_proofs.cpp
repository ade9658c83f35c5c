// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"
#include "app/cli/proofs.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

std::string runExportJson(const std::string& file, RunId run)
{
    return documentText({{"file", file}, {"run", run.value}});
}

std::string proofJson(const std::string& file, const RunProof& proof)
{
    Json document = {{"file", file}, {"ok", true}, {"sha256", proof.sha256}};
    document.update(Json::parse(proofBody(proof)));
    return documentText(document);
}

} // namespace daymark::cli
