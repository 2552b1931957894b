#include "output.h"

#include <QtCore/QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace Axle::Output {

namespace {

void write(const QByteArray &bytes, FILE *stream)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
}

} // namespace

void printLine(const QString &line)
{
    write(line.toUtf8() + '\n', stdout);
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

QStringList pluginIds(const ProjectName &project, const QList<EntryPoint> &plugins)
{
    QStringList ids;
    for (const EntryPoint &plugin : plugins)
        ids.append(ids.isEmpty() ? project.normalized() : project.normalized() + u':' + plugin.name);
    return ids;
}

} // namespace Axle::Output
