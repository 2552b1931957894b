#include "options.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace Axle::Host {

namespace {

struct Arguments
{
    std::string folder;
    std::vector<std::string> only;
    std::string module;
    std::string code;
    std::string storeFolder;
    std::string dataFolder;
};

QString text(const std::string &argument)
{
    return QString::fromLocal8Bit(argument.c_str());
}

void describe(CLI::App &program, Arguments &arguments, Options &options)
{
    program.set_version_flag("--version", "axle-host " AXLE_VERSION, "Print the version and exit");
    program.add_option("FOLDER", arguments.folder, "The plugins folder")->required()->type_name("");
    program.add_option("--only", arguments.only, "Enable only this plugin; may be repeated")
        ->type_name("ID")
        ->allow_extra_args(false);
    auto *module = program.add_option("-m,--module", arguments.module, "Run a module as __main__ once all is loaded");
    auto *code = program.add_option("-c,--code", arguments.code, "Run code as __main__ once all is loaded");
    module->type_name("MODULE")->excludes(code);
    code->type_name("CODE")->excludes(module);
    program.add_flag(
        "--json", options.isJson, "Print one JSON object a line; what plugins print goes to standard error");
    program.add_flag("--watch", options.watch, "Stay, and react to changes of the folder, until interrupted");
    program.add_flag("--unload", options.unload, "Unload everything at the end, and print that too");
    program.add_option("--store", arguments.storeFolder, "The private store; else $AXLE_STORE, else ~/.cache/axle")
        ->type_name("DIR");
    program.add_option("--data", arguments.dataFolder, "Parent of the plugins' data folders")->type_name("DIR");
    program.footer("Exit code: 0 every enabled plugin was loaded, 1 one was not, 2 wrong usage, 3 unreadable folder.");
}

} // namespace

std::variant<Options, ExitCode> parseOptions(int argc, char **argv)
{
    CLI::App program("Loads the plugins of a folder and prints the signals as they come.", "axle run");
    Arguments arguments;
    Options options;
    describe(program, arguments, options);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return program.exit(error) == 0 ? AllLoaded : WrongUsage;
    }
    options.folder = text(arguments.folder);
    for (const std::string &id : arguments.only)
        options.only += text(id);
    options.module = text(arguments.module);
    options.code = text(arguments.code);
    options.storeFolder = text(arguments.storeFolder);
    options.dataFolder = text(arguments.dataFolder);
    return options;
}

} // namespace Axle::Host
