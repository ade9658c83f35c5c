// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/json_out.h"
#include "app/cli/proofs.h"

namespace daymark::cli {

namespace {

struct ProofAsked
{
    std::int64_t run = 0;
    std::string file;
};

Outcome runRunExport(Session& session, const ProofAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    if (const auto written = exportRun(**engine, RunId{asked.run}, asked.file); !written)
        return fail(written.error());
    session.print(session.json() ? runExportJson(asked.file, RunId{asked.run})
                                 : "The proof of run " + std::to_string(asked.run) + " is in " +
                                       printable(asked.file, 4000) + ".\n");
    return Done;
}

/// Needs no workspace.
Outcome runRunProof(Session& session, const std::string& file)
{
    const auto proof = readRunProof(file);
    if (!proof)
        return fail(proof.error());
    session.print(session.json() ? proofJson(file, *proof) : proofText(*proof, session.style()));
    return Done;
}

} // namespace

Run setUpRunExport(Arguments& arguments)
{
    auto asked = std::make_shared<ProofAsked>();
    arguments.positionalNumber("ID", "the run's number", 1, asked->run);
    arguments.neededText("--to-file", "F", "the file to write, such as run-12.daymark-run",
                         asked->file);
    return [asked](Session& session) { return runRunExport(session, *asked); };
}

Run setUpRunProof(Arguments& arguments)
{
    auto file = std::make_shared<std::string>();
    arguments.positional("FILE", "what `run export` wrote", *file);
    return [file](Session& session) { return runRunProof(session, *file); };
}

} // namespace daymark::cli
