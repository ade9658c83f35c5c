// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "app/cli/arguments.h"
#include "app/cli/usage_fault.h"
#include "core/base/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace daymark::cli {

namespace {

constexpr const char* kProgram = "daymark-cli";

constexpr const char* kCommonOptions = R"(Options of every command, before or after its name:
  --workspace DIR   the workspace folder (or DAYMARK_WORKSPACE)
  --now TIME        the clock that decisions go by, as RFC 3339 (or DAYMARK_NOW)
  --json            one JSON document on stdout
  --quiet           only results and errors
  --help            this help
)";

/// Whether `--json` is among the arguments, where the parser has not come so far.
bool asksForJson(const std::vector<std::string>& arguments)
{
    const auto end = std::find(arguments.begin(), arguments.end(), "--");
    return std::find(arguments.begin(), end, "--json") != end;
}

std::string padded(std::string_view text, std::size_t width)
{
    return std::string(text) + std::string(width > text.size() ? width - text.size() : 1, ' ');
}

std::string programHelp()
{
    std::string help = "Brings days of product metrics from customers' databases and files into an "
                       "experimentation\nplatform's store: in order, without gaps, checked and "
                       "explained.\n\nUsage: daymark-cli [OPTIONS] COMMAND ...\n";
    for (const CommandGroup& group : commandGroups()) {
        help += "\n" + std::string(group.title) + ":\n";
        for (const Command& command : group.commands)
            help += "  " + padded(command.name, 19) + std::string(command.help) + "\n";
    }
    help += "\n" + std::string(kCommonOptions) +
            "  --version         the versions of the program and its libraries\n\n"
            "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 another process runs the "
            "workspace,\n130 interrupted.\n\nExample:\n  daymark-cli init && daymark-cli demo && "
            "daymark-cli import\n";
    return help;
}

/// The help of one command or of the commands that share a first word.
class CommandFormatter : public CLI::Formatter
{
public:
    CommandFormatter()
    {
        label("Positionals", "Arguments");
        label("SUBCOMMAND", "COMMAND");
        column_width(32);
    }

    std::string make_description(const CLI::App* app) const override
    {
        return app->get_description() + ".\n\n";
    }

    std::string make_usage(const CLI::App* app, std::string) const override
    {
        std::string words = app->get_name();
        for (const CLI::App* above = app->get_parent(); above; above = above->get_parent())
            words.insert(0, above->get_name() + " ");
        return CLI::Formatter::make_usage(app, words);
    }
};

/// The parser with all commands; `chosen` receives the one that the command line names.
class Parser
{
public:
    explicit Parser(GlobalOptions& options) : m_app("", kProgram)
    {
        m_app.formatter(std::make_shared<CommandFormatter>());
        m_app.fallthrough();
        m_app.require_subcommand(1);
        m_app.set_help_flag("--help", "this help");
        m_app.set_version_flag("--version", "");
        m_app.add_option("--workspace", options.workspace, "")->take_last();
        m_app.add_option("--now", options.now, "")->take_last();
        m_app.add_flag("--json", options.json, "");
        m_app.add_flag("--quiet", options.quiet, "");
        for (const CommandGroup& group : commandGroups()) {
            for (const Command& command : group.commands)
                add(command);
        }
    }

    Run parse(std::vector<std::string> arguments)
    {
        std::reverse(arguments.begin(), arguments.end());
        m_app.parse(std::move(arguments));
        return m_chosen;
    }

    [[nodiscard]] std::string help() const
    {
        return m_app.get_subcommands().empty() ? programHelp() : deepest().help();
    }

    [[nodiscard]] Error refusal(const CLI::Error& error) const
    {
        return {ErrorCode::UsageInvalid, sentence(error), hint()};
    }

    [[nodiscard]] std::string hint() const
    {
        std::string words = kProgram;
        for (const CLI::App* app = &m_app; !app->get_subcommands().empty();) {
            app = app->get_subcommands().front();
            words += " " + app->get_name();
        }
        return "`" + words + " --help` shows what it takes.";
    }

private:
    void add(const Command& command)
    {
        const auto blank = command.name.find(' ');
        CLI::App* above = &m_app;
        if (blank != std::string_view::npos)
            above = group(std::string(command.name.substr(0, blank)));
        const std::string name(
            command.name.substr(blank == std::string_view::npos ? 0 : blank + 1));
        CLI::App* app = above->add_subcommand(name, sentenceCase(command.help));
        app->group("Commands");
        app->footer(std::string(kCommonOptions) + "\nExample:\n  daymark-cli " +
                    std::string(command.example));
        Arguments arguments(*app);
        app->final_callback([this, run = command.setUp(arguments)] { m_chosen = run; });
    }

    /// The app of a first word that several commands share.
    CLI::App* group(const std::string& word)
    {
        CLI::App*& app = m_groups[word];
        if (!app) {
            app = m_app.add_subcommand(word, "Commands on " + word + "s");
            app->require_subcommand(1);
            app->footer("`daymark-cli " + word + " COMMAND --help` shows what each takes.");
        }
        return app;
    }

    static std::string sentenceCase(std::string_view text)
    {
        std::string result(text);
        if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
            result[0] = static_cast<char>(result[0] - 'a' + 'A');
        return result;
    }

    [[nodiscard]] const CLI::App& deepest() const
    {
        const CLI::App* app = &m_app;
        while (!app->get_subcommands().empty())
            app = app->get_subcommands().front();
        return *app;
    }

    [[nodiscard]] std::string sentence(const CLI::Error& error) const
    {
        const auto left = m_app.remaining(true);
        const bool wantsCommand = deepest().get_require_subcommand_min() > 0 &&
                                  dynamic_cast<const CLI::ArgumentMismatch*>(&error) == nullptr;
        if (!left.empty() && left.front().rfind('-', 0) == 0)
            return "The option " + shortened(left.front()) + " is not known here.";
        if (!left.empty() && wantsCommand)
            return "There is no command \"" + shortened(left.front()) + "\"." +
                   nearestCommand(left);
        if (!left.empty())
            return "The argument \"" + shortened(left.front()) + "\" is not expected here.";
        if (wantsCommand)
            return "A command is needed after " + deepest().get_name() + ".";
        return shortened(error.what(), 300) + ".";
    }

    [[nodiscard]] std::string nearestCommand(const std::vector<std::string>& left) const
    {
        std::vector<std::string> names;
        for (const CLI::App* app : deepest().get_subcommands({}))
            names.push_back(app->get_name());
        const auto near = nearest(left.front(), names);
        return near ? " Did you mean \"" + *near + "\"?" : "";
    }

    CLI::App m_app;
    std::map<std::string, CLI::App*> m_groups; ///< by first word; owned by m_app
    Run m_chosen;
};

} // namespace

CommandLine parseCommandLine(const std::vector<std::string>& arguments)
{
    CommandLine line;
    Parser parser(line.options);
    try {
        line.run = parser.parse(arguments);
    } catch (const CLI::CallForHelp&) {
        line.help = parser.help();
    } catch (const CLI::CallForVersion&) {
        line.version = true;
    } catch (const UsageFault& fault) {
        line.run = fail(fault.error);
    } catch (const CLI::Error& error) {
        line.run = fail(parser.refusal(error));
    }
    line.options.json = line.options.json || asksForJson(arguments);
    return line;
}

} // namespace daymark::cli
