#pragma once

#include "command.h"

#include <axle/core/error.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

/// How the commands print. Everything goes to standard output but errors in text form.
namespace Axle::Output {

void printLine(const QString &line);
/// As it is.
void printText(const QByteArray &text);
/// One document, and nothing else in the run.
void printJson(const QJsonObject &object);
/// A line on standard error that is written over and over; nothing where that is no terminal.
void showProgress(int done, int total);
/// Removes the line, if there is one.
void endProgress();
/// `error: …` with caret, causes and hint on standard error.
void printError(const Error &error);
/// Says in either format that there is no answer; `document` is what else its JSON has. Gives `code`.
int fail(const Error &error, Command::ExitCode code, Command::Format format, QJsonObject document = {});

/// A label and its values, one a line; nothing where there is no value.
struct Field
{
    QString label;
    QStringList values;
};
/// Labels in one column, values in the next.
void printFields(const QList<Field> &fields);
/// Cells in columns as wide as their widest cell; the last column is not padded.
void printTable(const QList<QStringList> &rows);
/// Indents every line of a text.
QString indented(const QString &text, int spaces);

/// Breaks lines that are wider than the terminal, at least 80 and at most 120 columns; 100 where there is none. What
/// was broken goes on below the beginning of its sentence, behind a number or letter of a list.
QString wrapped(const QString &text);

/// What a plugin is called: the project for the first entry point of a wheel, `project:entry` for further ones.
QStringList pluginIds(const ProjectName &project, const QList<EntryPoint> &plugins);

} // namespace Axle::Output
