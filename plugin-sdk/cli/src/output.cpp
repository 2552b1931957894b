#include "output.h"

#include <QtCore/QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace Axle::Output {

namespace {

void write(const QByteArray &bytes, FILE *stream)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
}

int columns()
{
    winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 100;
    return std::clamp(int(size.ws_col), 80, 120);
}

/// Where the words of a line begin: behind its indentation, and behind "1. " or "(a) ".
qsizetype beginOf(const QString &line)
{
    qsizetype begin = 0;
    while (begin < line.size() && line[begin] == u' ')
        ++begin;
    const qsizetype space = line.indexOf(u' ', begin);
    const bool isListed = space > begin + 1 && space < begin + 5
        && ((line[begin].isDigit() && line[space - 1] == u'.') || (line[begin] == u'(' && line[space - 1] == u')'));
    return isListed ? space + 1 : begin;
}

QString wrappedLine(const QString &line, int width)
{
    const QString indent = QString(beginOf(line), u' ');
    QString text;
    QString row = line;
    while (row.size() > width) {
        qsizetype end = row.lastIndexOf(u' ', width);
        // A word that is wider than the terminal stays whole.
        if (end <= indent.size())
            end = row.indexOf(u' ', indent.size());
        if (end < 0)
            break;
        text += row.first(end) + u'\n';
        row = indent + row.sliced(end + 1);
    }
    return text + row;
}

} // namespace

void printLine(const QString &line)
{
    write(line.toUtf8() + '\n', stdout);
}

void printText(const QByteArray &text)
{
    write(text, stdout);
}

void printJson(const QJsonObject &object)
{
    write(QJsonDocument(object).toJson(QJsonDocument::Indented), stdout);
}

void showProgress(int done, int total)
{
    if (::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%d of %d files", done, total);
}

void endProgress()
{
    if (::isatty(STDERR_FILENO) != 0)
        std::fputs("\r\x1b[K", stderr);
}

void printError(const Error &error)
{
    write("error: " + error.toString().toUtf8() + '\n', stderr);
}

int fail(const Error &error, Command::ExitCode code, Command::Format format, QJsonObject document)
{
    if (format == Command::Format::Json) {
        document[QStringLiteral("error")] = error.toJson();
        printJson(document);
    } else {
        printError(error);
    }
    return code;
}

void printFields(const QList<Field> &fields)
{
    qsizetype width = 0;
    for (const Field &field : fields)
        width = field.values.isEmpty() ? width : qMax(width, field.label.size());
    for (const Field &field : fields) {
        QString label = field.label;
        for (const QString &value : field.values) {
            printLine(label.leftJustified(width + 2) + value);
            label.clear();
        }
    }
}

void printTable(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths.append(0);
            widths[i] = qMax(widths[i], row[i].size());
        }
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? row[i].leftJustified(widths[i] + 2) : row[i];
        printLine(line.trimmed().isEmpty() ? QString() : line);
    }
}

QString indented(const QString &text, int spaces)
{
    const QString indent(spaces, u' ');
    return indent + QString(text).replace(u'\n', u'\n' + indent);
}

QString wrapped(const QString &text)
{
    const int width = columns();
    QStringList lines;
    for (const QString &line : text.split(u'\n'))
        lines.append(wrappedLine(line, width));
    return lines.join(u'\n');
}

QStringList pluginIds(const ProjectName &project, const QList<EntryPoint> &plugins)
{
    QStringList ids;
    for (const EntryPoint &plugin : plugins)
        ids.append(ids.isEmpty() ? project.normalized() : project.normalized() + u':' + plugin.name);
    return ids;
}

} // namespace Axle::Output
