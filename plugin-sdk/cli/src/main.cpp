#include "command.h"
#include "configuration_p.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

using namespace Axle;

namespace {

/// What the command line said.
struct Arguments
{
    std::string path;
    std::vector<std::string> wheels;
    std::vector<std::string> requirements;
    bool isJson = false;

    QString pathText() const { return QString::fromLocal8Bit(path.c_str()); }
    Command::Format format() const { return isJson ? Command::Format::Json : Command::Format::Text; }
};

QStringList toStringList(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list.append(QString::fromLocal8Bit(text.c_str()));
    return list;
}

template<class Value>
CLI::App *addCommand(CLI::App &program, const std::string &name, const std::string &description,
    const std::string &argument, Value Arguments::*value, Arguments &arguments)
{
    CLI::App *command = program.add_subcommand(name, description);
    command->add_option(argument, arguments.*value)->required()->type_name("");
    command->add_flag("--json", arguments.isJson, "Print one JSON document");
    return command;
}

int dispatch(const CLI::App &program, const Arguments &arguments)
{
    const std::string name = program.get_subcommands().front()->get_name();
    if (name == "inspect")
        return Command::inspect(arguments.pathText(), arguments.format());
    if (name == "verify")
        return Command::verify(toStringList(arguments.wheels), arguments.format());
    if (name == "scan")
        return Command::scan(arguments.pathText(), arguments.format());
    if (name == "resolve")
        return Command::resolve(arguments.pathText(), toStringList(arguments.requirements), arguments.format());
    return Command::run(toStringList(program.get_subcommands().front()->remaining()));
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App program("Looks at Python wheels, plans which of them load together, and runs plugins.", "axle");
    program.set_version_flag("--version", "axle " AXLE_VERSION, "Print the version and exit");
    program.require_subcommand(1);
    Arguments arguments;
    addCommand(
        program, "inspect", "Print what a wheel is, and whether it loads here", "WHEEL", &Arguments::path, arguments);
    addCommand(program, "verify", "Print all that is wrong with wheels, every byte of them read", "WHEEL",
        &Arguments::wheels, arguments);
    addCommand(program, "scan", "List the wheels of a folder", "FOLDER", &Arguments::path, arguments);
    addCommand(program, "resolve", "Print what would be loaded, in order, and what would not, and why", "FOLDER",
        &Arguments::path, arguments)
        ->add_option("REQUIREMENT", arguments.requirements, "What is wanted; every plugin of the folder when not given")
        ->type_name("");
    // Everything behind `run` belongs to axle-host, its --help too.
    program.add_subcommand("run", "Load the plugins of a folder and print what happens; 'axle run --help' says more")
        ->prefix_command()
        ->set_help_flag();
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (argc > 1 && argv[1][0] != '-' && program.get_subcommands().empty()) {
            std::fprintf(stderr, "error: there is no command '%s'\nhint: 'axle --help' lists the commands\n", argv[1]);
            return Command::WrongUsage;
        }
        return program.exit(error) == 0 ? Command::Answered : Command::WrongUsage;
    }
    return dispatch(program, arguments);
}
