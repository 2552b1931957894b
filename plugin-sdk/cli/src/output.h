#pragma once

#include <axle/core/error.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

/// How the commands print. Everything goes to standard output but errors in text form.
namespace Axle::Output {

void printLine(const QString &line);
/// One document, and nothing else in the run.
void printJson(const QJsonObject &object);
/// A line on standard error that is written over and over; nothing where that is no terminal.
void showProgress(int done, int total);
/// Removes the line, if there is one.
void endProgress();
/// `error: …` with caret, causes and hint on standard error.
void printError(const Error &error);

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

/// What a plugin is called: the project for the first entry point of a wheel, `project:entry` for further ones.
QStringList pluginIds(const ProjectName &project, const QList<EntryPoint> &plugins);

} // namespace Axle::Output
