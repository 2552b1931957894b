// Writes the inputs that fuzzing begins with: fuzzseeds TARGET FOLDER
#include "targets.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

int main(int argc, char **argv)
{
    if (argc != 3 || !QDir().mkpath(QString::fromLocal8Bit(argv[2])))
        return EXIT_FAILURE;
    const Axle::Fuzz::Seeds seeds = Axle::Fuzz::target(argv[1]).seeds();
    for (auto seed = seeds.begin(); seed != seeds.end(); ++seed) {
        QFile file(QString::fromLocal8Bit(argv[2]) + u'/' + seed.key());
        if (!file.open(QIODevice::WriteOnly) || file.write(*seed) != seed->size())
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
