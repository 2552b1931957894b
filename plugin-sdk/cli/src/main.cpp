#include "command.h"
#include "configuration_p.h"
#include "world.h"

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
    std::string subject;
    std::vector<std::string> wheels;
    std::vector<std::string> requirements;
    std::string fixedFile;
    std::string python;
    std::string lockFile;
    std::string target;
    std::string origin;
    bool arePrereleasesAllowed = false;
    bool isJson = false;
    bool isDot = false;
};

QString toString(const std::string &text)
{
    return QString::fromLocal8Bit(text.c_str());
}

QStringList toStringList(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list.append(toString(text));
    return list;
}

Command::Format formatOf(const Arguments &arguments)
{
    return arguments.isJson ? Command::Format::Json : Command::Format::Text;
}

Sources sourcesOf(const Arguments &arguments)
{
    return {toString(arguments.path), toString(arguments.fixedFile), toString(arguments.python),
        arguments.arePrereleasesAllowed};
}

/// The commands, their arguments, and what they answer.
class CommandLine
{
public:
    explicit CommandLine(CLI::App &program)
        : m_program(program)
    {
        addWheelCommands();
        addPlanCommands();
        addLockCommands();
        // Everything behind `run` belongs to axle-host, its --help too.
        CLI::App *run = m_program.add_subcommand(
            "run", "Load the plugins of a folder and print what happens; 'axle run --help' says more");
        run->prefix_command()->set_help_flag();
        run->callback([this, run] { m_exitCode = Command::run(toStringList(run->remaining())); });
    }

    int exitCode() const { return m_exitCode; }

private:
    template<class Value, class Answer>
    CLI::App *add(const std::string &name, const std::string &description, const std::string &argument,
        Value Arguments::*value, Answer answer)
    {
        CLI::App *command = m_program.add_subcommand(name, description);
        command->add_option(argument, m_arguments.*value)->required()->type_name("");
        command->callback([this, answer] { m_exitCode = answer(m_arguments); });
        return command;
    }

    void addJson(CLI::App *command) { command->add_flag("--json", m_arguments.isJson, "Print one JSON document"); }

    /// A command that is about all that a folder has.
    template<class Answer>
    CLI::App *addPlan(const std::string &name, const std::string &description, Answer answer)
    {
        CLI::App *command = add(name, description, "FOLDER", &Arguments::path, answer);
        addPlanOptions(command);
        return command;
    }

    /// A command that asks about one thing of that.
    template<class Answer>
    void addQuestion(const std::string &name, const std::string &description, const std::string &subject, Answer answer)
    {
        CLI::App *command = add(name, description, subject, &Arguments::subject,
            [answer](const Arguments &a) { return answer(sourcesOf(a), toString(a.subject), formatOf(a)); });
        command->add_option("FOLDER", m_arguments.path)->required()->type_name("");
        addPlanOptions(command);
        addJson(command);
    }

    void addPlanOptions(CLI::App *command)
    {
        command->add_option("--fixed", m_arguments.fixedFile, "What the host brings: a file of name==version lines")
            ->type_name("FILE");
        command
            ->add_option("--python", m_arguments.python, "What the host brings: all that is installed for this Python")
            ->type_name("EXE");
        command->add_flag("--pre", m_arguments.arePrereleasesAllowed, "Let pre-releases count like final releases");
    }

    void addWheelCommands()
    {
        addJson(add("inspect", "Print what a wheel is, and whether it loads here", "WHEEL", &Arguments::path,
            [](const Arguments &a) { return Command::inspect(toString(a.path), formatOf(a)); }));
        addJson(
            add("verify", "Print all that is wrong with wheels, every byte of them read", "WHEEL", &Arguments::wheels,
                [](const Arguments &a) { return Command::verify(toStringList(a.wheels), formatOf(a)); }));
        addJson(add("scan", "List the wheels of a folder", "FOLDER", &Arguments::path,
            [](const Arguments &a) { return Command::scan(toString(a.path), formatOf(a)); }));
    }

    void addPlanCommands()
    {
        CLI::App *resolve = addPlan(
            "resolve", "Print what would be loaded, in order, and what would not, and why", [](const Arguments &a) {
                return Command::resolve(sourcesOf(a), toStringList(a.requirements), formatOf(a));
            });
        resolve
            ->add_option(
                "REQUIREMENT", m_arguments.requirements, "What is wanted; every plugin of the folder when not given")
            ->type_name("");
        addJson(resolve);
        addQuestion("why", "Print who needs something that is loaded, and why no newer version of it is", "PLUGIN",
            Command::why);
        addQuestion("why-not", "Print why nothing that meets a requirement is loaded", "REQUIREMENT", Command::whyNot);
        CLI::App *graph = addPlan("graph", "Print what would be loaded as a graph",
            [](const Arguments &a) { return Command::graph(sourcesOf(a), formatOf(a)); });
        addJson(graph);
        graph->add_flag("--dot", m_arguments.isDot, "Print DOT, for graphviz; so it does unless told otherwise")
            ->excludes("--json");
    }

    void addLockCommands()
    {
        addPlan("lock", "Write down which files would be loaded, with their hashes",
            [](const Arguments &a) { return Command::lock(sourcesOf(a), toString(a.target)); })
            ->add_option(
                "-o,--output", m_arguments.target, "The lock file to be written; standard output when not given")
            ->type_name("FILE");
        CLI::App *sync = addPlan("sync", "Say where a folder is not as its lock file says", [](const Arguments &a) {
            return Command::sync(sourcesOf(a), toString(a.lockFile), toString(a.origin), formatOf(a));
        });
        sync->add_option("LOCK", m_arguments.lockFile, "What 'axle lock' wrote")->required()->type_name("");
        sync->add_option("--from", m_arguments.origin, "A folder that missing wheels are copied from")
            ->type_name("DIR");
        addJson(sync);
    }

    CLI::App &m_program;
    Arguments m_arguments;
    int m_exitCode = Command::Answered;
};

} // namespace

int main(int argc, char **argv)
{
    CLI::App program("Looks at Python wheels, plans which of them load together, and runs plugins.", "axle");
    program.set_version_flag("--version", "axle " AXLE_VERSION, "Print the version and exit");
    program.require_subcommand(1);
    const CommandLine commandLine(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (argc > 1 && argv[1][0] != '-' && program.get_subcommands().empty()) {
            std::fprintf(stderr, "error: there is no command '%s'\nhint: 'axle --help' lists the commands\n", argv[1]);
            return Command::WrongUsage;
        }
        return program.exit(error) == 0 ? Command::Answered : Command::WrongUsage;
    }
    return commandLine.exitCode();
}
