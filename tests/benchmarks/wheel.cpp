// What the archive reader takes within a process, beside QuaZip. Prints seconds.
//
//     axle-bench-wheel write FILE COUNT        writes an archive of that many small members
//     axle-bench-wheel structure FILE TIMES    opens FILE: every rule for its structure
//     axle-bench-wheel quazip FILE TIMES       lets QuaZip list it
//     axle-bench-wheel snapshot WHEEL TIMES    Store::snapshot: private copy, SHA-256, structure and metadata
#include <axle/store/store.h>

#include <QtCore/QElapsedTimer>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

#include <cstdio>
#include <functional>

using namespace Axle;

namespace {

bool write(const QString &path, int count)
{
    QuaZip zip(path);
    zip.setDataDescriptorWritingEnabled(false);
    zip.setUtf8Enabled(true);
    if (!zip.open(QuaZip::mdCreate))
        return false;
    for (int i = 0; i < count; ++i) {
        QuaZipFile file(&zip);
        const auto name = QStringLiteral("package%1/subpackage%2/module%3.py").arg(i / 500).arg(i / 50).arg(i);
        QuaZipNewInfo info(name);
        info.dateTime = QDateTime(QDate(2020, 1, 1), QTime(0, 0));
        info.externalAttr = 0100644U << 16;
        const QByteArray text = "VALUE = " + QByteArray::number(i) + "\n\n\ndef function():\n    return VALUE\n";
        if (!file.open(QIODevice::WriteOnly, info) || file.write(text) != text.size())
            return false;
    }
    zip.close();
    return zip.getZipError() == UNZ_OK;
}

bool listWithQuaZip(const QString &path)
{
    QuaZip zip(path);
    return zip.open(QuaZip::mdUnzip) && !zip.getFileInfoList64().isEmpty();
}

bool snapshot(const QString &path)
{
    const auto store = Store::open();
    return store && store->snapshot(path);
}

} // namespace

int main(int argc, char **argv)
{
    const QString what = QString::fromLocal8Bit(argc == 4 ? argv[1] : "");
    const QString path = QString::fromLocal8Bit(argc == 4 ? argv[2] : "");
    const QMap<QString, std::function<bool()>> tasks{
        {QStringLiteral("structure"), [&] { return WheelArchive::open(path).has_value(); }},
        {QStringLiteral("quazip"), [&] { return listWithQuaZip(path); }},
        {QStringLiteral("snapshot"), [&] { return snapshot(path); }},
    };
    if (what == QStringLiteral("write"))
        return write(path, std::atoi(argv[3])) ? 0 : 1;
    const auto task = tasks.value(what);
    if (!task) {
        std::fprintf(stderr, "usage: %s write FILE COUNT | structure|quazip|snapshot FILE TIMES\n", argv[0]);
        return 2;
    }
    QElapsedTimer clock;
    clock.start();
    bool isDone = true;
    for (int i = std::atoi(argv[3]); i > 0; --i)
        isDone = task() && isDone;
    std::printf("%.6f\n", static_cast<double>(clock.nsecsElapsed()) / 1e9);
    return isDone ? 0 : 1;
}
