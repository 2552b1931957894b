#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

#include <utility>

namespace Axle::Test {

/// What a program said, and how it ended.
struct Run
{
    int exitCode = -1; ///< -1: it crashed
    QByteArray out;
    QByteArray err;

    QJsonObject json() const; ///< of `out`
};

/// Runs a program in `folder` to its end, with one more environment variable; ends the test program after a minute.
Run runProgram(const QString &program, const QStringList &arguments, const QString &folder = {},
    const std::pair<QString, QString> &variable = {});

} // namespace Axle::Test
