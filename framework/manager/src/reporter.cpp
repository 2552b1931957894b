#include "reporter_p.h"

namespace Axle::Internal {

void Reporter::setState(PluginRecord &record, PluginState state, const Error &error)
{
    if (record.state == state && record.error == error)
        return;
    const PluginState from = std::exchange(record.state, state);
    record.error = error;
    emitSignal(&PluginManager::stateChanged, record.id, from, state, error);
}

void Reporter::setDisposition(PluginRecord &record, Disposition disposition, const QString &detail)
{
    if (record.disposition == disposition && record.dispositionDetail == detail)
        return;
    record.disposition = disposition;
    record.dispositionDetail = detail;
    emitSignal(&PluginManager::dispositionChanged, record.id, disposition, detail);
}

} // namespace Axle::Internal
